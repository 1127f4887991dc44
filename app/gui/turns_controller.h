// What can be done with a question and its answer: asking again, editing, copying, taking that
// back.
#pragma once

#include <QObject>
#include <QString>
#include <QtQmlIntegration>
#include <memory>

#include "app/core/assistant.h"

namespace lectern {

class AssistantController;

/// Belongs to the window's thread; a part of the assistant's controller, which outlives it.
class TurnsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(QString takenText READ takenText NOTIFY takenChanged)

  public:
    explicit TurnsController(AssistantController& controller);

    /// What undo() brings back; empty: nothing.
    QString takenText() const;

    /// Takes back the question in this row and those behind it, and asks `text` in their place.
    /// false: nothing can be asked now.
    Q_INVOKABLE bool askAgain(int row, const QString& text);
    /// Asks the question in this row once more. Empty, or why that would give the same answer: then
    /// nothing was asked.
    Q_INVOKABLE QString retry(int row);
    /// The turns that were taken back, in the place of what was asked since.
    Q_INVOKABLE void undo();
    /// They cannot be brought back any more.
    Q_INVOKABLE void dismiss();
    Q_INVOKABLE QString question(int row) const;
    /// Markdown with the sources.
    Q_INVOKABLE void copyAnswer(int row);
    /// As it reads, without marks of any kind.
    Q_INVOKABLE void copyPlain(int row);
    Q_INVOKABLE void copyQuestion(int row);

    /// The seed of the next question: another one with every retry.
    std::uint64_t seed() const { return m_seed; }
    /// A question was asked: what was taken back before another one stays away.
    void question_asked();

  signals:
    void takenChanged();

  private:
    AssistantController& m_controller;
    int m_n_taken = 0;
    bool m_asking_again = false;
    std::uint64_t m_seed = 0;
    std::shared_ptr<SavedConversation>
        m_before;  ///< the engine's, once its worker has put it there
};

}  // namespace lectern

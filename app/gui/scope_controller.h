// What the next question is narrowed to: chips in the composer, and what "@" offers.
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <QtQmlIntegration>
#include <filesystem>
#include <vector>

namespace lectern {

class AssistantController;

/// Belongs to the window's thread; a part of the assistant's controller, which outlives it. The
/// library's documents are looked up on a worker.
class ScopeController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    /// One map each: name, path, folder.
    Q_PROPERTY(QVariantList chips READ chips NOTIFY chipsChanged)
    /// One map each: name, path, folder, detail.
    Q_PROPERTY(QVariantList choices READ choices NOTIFY choicesChanged)

  public:
    explicit ScopeController(AssistantController& controller) : m_controller(controller) {}

    QVariantList chips() const;
    QVariantList choices() const { return m_choices; }
    const std::vector<std::filesystem::path>& scope() const { return m_scope; }
    /// Of a chat that was opened, or nothing.
    void set_scope(std::vector<std::filesystem::path> scope);

    /// Offers what fits; the documents are looked up anew when `typed` is empty.
    Q_INVOKABLE void offer(const QString& typed);
    Q_INVOKABLE void add(const QString& path);
    Q_INVOKABLE void remove(int chip);

  signals:
    void chipsChanged();
    void choicesChanged();

  private:
    void find_choices();

    AssistantController& m_controller;
    std::vector<std::filesystem::path> m_scope, m_documents;
    QString m_typed;
    QVariantList m_choices;
};

/// "Notes, manual.pdf": the names of folders and documents; empty: there are none.
QString scope_text(const std::vector<std::filesystem::path>& scope);

}  // namespace lectern

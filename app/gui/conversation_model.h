// The conversation as the window lists it: a row a question.
#pragma once

#include <QAbstractListModel>
#include <QVariantList>
#include <QVariantMap>
#include <QtQmlIntegration>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/core/chat.h"
#include "app/gui/answer_block_model.h"
#include "app/gui/answer_text.h"

namespace lectern {

/// Belongs to the window's thread. Only the last row is ever in progress.
class ConversationModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The controller has it.")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    enum Role {
        QuestionRole = Qt::UserRole + 1,
        BlocksRole,  ///< AnswerBlockModel, as long as the row is there
        AnswerRole,  ///< as it was decoded: Markdown; empty while it comes
        SourcesRole,
        FiguresRole,
        WhyRole,  ///< of why_answer.h; empty: nothing to unfold
        ErrorRole,
        StreamingRole,
        StoppedRole,
        WithoutHitsRole,
        ScopeRole,        ///< names of what the question was narrowed to; empty: nothing
        SearchedForRole,  ///< in the place of the question; empty: the question itself
        ContextNoteRole,  ///< what of the turns above has left the context; empty: nothing more
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void append_question(const QString& question, std::vector<std::filesystem::path> scope = {});
    void show_draft(const AnswerDraft& draft);
    void finish(const Answer& answer);
    void fail_last(const QString& error);
    void clear();
    /// A kept chat's turns instead.
    void show(const std::vector<ChatTurn>& turns);

    /// Turns from this row on are put aside, in the place of what was put aside before.
    void take_back(int row);
    /// They come back in the place of those behind the row they were taken from.
    void restore_taken();
    void forget_taken();
    /// How many of the engine's turns stand before this row.
    int n_engine_turns(int row) const;
    /// The answer with its markers, behind it the sources; and without marks of any kind.
    QString answer_markdown(int row) const;
    QString answer_plain(int row) const;

  signals:
    void countChanged();

  private:
    /// Of an object that delegates may still look at.
    struct DeleteLater {
        void operator()(QObject* object) const { object->deleteLater(); }
    };
    struct Turn {
        QString question;
        std::unique_ptr<AnswerBlockModel, DeleteLater> blocks{new AnswerBlockModel};
        QString answer;
        QVariantList sources;
        QString figures;
        QVariantMap why;
        QString error;
        bool streaming = true;
        bool stopped = false;
        bool without_hits = false;
        QString context_note;
        ChatTurn kept;  ///< the answer as it is kept
    };
    void last_changed();
    void show_turn(Turn& turn, const ChatTurn& kept);
    void note_context();

    std::vector<Turn> m_turns, m_taken;
    int m_taken_from = 0;
};

}  // namespace lectern

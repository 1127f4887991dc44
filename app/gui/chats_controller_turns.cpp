// A question and its answer on their way into the kept chats.
#include <QDateTime>
#include <utility>

#include "app/gui/chats_controller.h"

namespace lectern {
namespace {

std::int64_t now_ms() { return QDateTime::currentMSecsSinceEpoch(); }

ChatTurn turn_of(const AnswerDraft& draft, bool stopped) {
    ChatTurn turn;
    turn.answer = draft.text;
    turn.citations = draft.citations;
    turn.sentences = draft.sentences;
    turn.stopped = stopped;
    return turn;
}

}  // namespace

std::shared_ptr<KeptTurn> ChatsController::begin_turn(const QString& question,
                                                      std::vector<std::filesystem::path> scope) {
    auto turn = std::make_shared<KeptTurn>();
    turn->chat = m_chat;
    turn->scope = std::move(scope);
    m_growing = turn;
    m_growth = {};
    ++m_n_shown;
    const std::string text = question.toStdString();
    if (m_title.isEmpty()) {
        m_title = QString::fromStdString(chat_title(text));
        emit titleChanged();
    }
    work([this, turn, text](ChatStore& store) -> Status {
        if (*turn->chat == 0) {
            LECTERN_ASSIGN(*turn->chat, store.add_chat(chat_title(text), now_ms()));
            LECTERN_TRY(store.keep_draft(0, {}));
            LECTERN_TRY(store.keep_last_shown(*turn->chat));
        }
        LECTERN_ASSIGN(turn->id, store.add_turn(*turn->chat, text, now_ms()));
        post_to(this, [this, chat = turn->chat, id = *turn->chat] {
            if (chat == m_chat) show_as_open(id);
        });
        return {};
    });
    refresh_list();
    return turn;
}

void ChatsController::grow(const std::shared_ptr<KeptTurn>& turn, const AnswerDraft& draft) {
    if (turn == nullptr || turn != m_growing) return;
    m_growth = draft;
    if (!m_grow_timer.isActive()) m_grow_timer.start();
}

void ChatsController::write_growing(bool stopped) {
    m_grow_timer.stop();
    if (m_growing == nullptr) return;
    work([turn = m_growing, kept = turn_of(m_growth, stopped)](ChatStore& store) mutable {
        kept.id = turn->id;
        kept.scope = turn->scope;
        return kept.id == 0 ? Status() : store.keep_growing(kept);  // 0: its beginning failed
    });
}

void ChatsController::end(const std::shared_ptr<KeptTurn>& turn, const Answer& answer,
                          const std::optional<SavedConversation>& conversation) {
    write_ended(turn, kept_turn(answer), conversation);
}

void ChatsController::take_back(int row) {
    work([chat = m_chat, row](ChatStore& store) {
        return *chat == 0 ? Status() : store.take_back(*chat, row);
    });
}

void ChatsController::restore_taken(const std::shared_ptr<const SavedConversation>& conversation) {
    work([chat = m_chat, conversation](ChatStore& store) -> Status {
        if (*chat == 0) return {};
        LECTERN_TRY(store.restore_taken(*chat));
        return store.keep_conversation(*chat, *conversation);
    });
}

void ChatsController::fail_turn(const std::shared_ptr<KeptTurn>& turn, const QString& error) {
    ChatTurn kept = turn_of(turn == m_growing ? m_growth : AnswerDraft{}, false);
    kept.error = error.toStdString();
    write_ended(turn, std::move(kept), std::nullopt);
}

void ChatsController::write_ended(const std::shared_ptr<KeptTurn>& turn, ChatTurn kept,
                                  const std::optional<SavedConversation>& conversation) {
    if (turn == nullptr) return;
    if (turn == m_growing) m_growing = nullptr;
    m_grow_timer.stop();
    work([turn, kept = std::move(kept), conversation](ChatStore& store) mutable -> Status {
        kept.id = turn->id;
        kept.scope = turn->scope;
        if (kept.id == 0) return {};  // its beginning failed, which was said
        LECTERN_TRY(store.keep_ended(kept));
        return conversation ? store.keep_conversation(*turn->chat, *conversation) : Status();
    });
}

}  // namespace lectern

#include "app/gui/turns_controller.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/gui/assistant_controller.h"

namespace lectern {

TurnsController::TurnsController(AssistantController& controller) : m_controller(controller) {}

QString TurnsController::takenText() const {
    if (m_n_taken == 0) return {};
    if (m_n_taken == 1) return tr("The question was taken back.");
    return tr("%1 questions were taken back.").arg(m_n_taken);
}

bool TurnsController::askAgain(int row, const QString& text) {
    ConversationModel& turns = *m_controller.conversation();
    if (text.trimmed().isEmpty() || !m_controller.canAsk() || row < 0 || row >= turns.rowCount())
        return false;
    m_n_taken = turns.rowCount() - row;
    const int n_kept = turns.n_engine_turns(row);
    turns.take_back(row);
    m_controller.chats()->take_back(row);
    m_before = std::make_shared<SavedConversation>();
    m_controller.on_engine([before = m_before, n_kept](Assistant& assistant,
                                                       std::optional<SavedConversation>& resume) {
        *before = resume ? *resume : assistant.conversation();
        if (!resume) return assistant.take_back(n_kept);
        const int n = std::max(0, n_kept - resume->n_left);
        if (n < static_cast<int>(resume->turns.size()))
            resume->turns.resize(static_cast<std::size_t>(n));
    });
    m_asking_again = true;
    m_controller.ask(text);
    m_asking_again = false;
    emit takenChanged();
    return true;
}

QString TurnsController::retry(int row) {
    const ConversationModel& turns = *m_controller.conversation();
    const QModelIndex index = turns.index(row);
    const bool complete = !index.data(ConversationModel::StoppedRole).toBool() &&
                          index.data(ConversationModel::ErrorRole).toString().isEmpty();
    if (complete && m_controller.ask_options().temperature <= 0)
        return tr(
            "The same question would give the same answer: the temperature is 0. Edit the "
            "question, or raise the temperature.");
    ++m_seed;
    askAgain(row, question(row));
    return {};
}

void TurnsController::undo() {
    if (m_n_taken == 0 || m_controller.busy()) return;
    m_controller.conversation()->restore_taken();
    m_controller.chats()->restore_taken(m_before);
    m_controller.on_engine([before = std::exchange(m_before, nullptr)](
                               Assistant& assistant, std::optional<SavedConversation>& resume) {
        assistant.forget_conversation();
        resume.reset();
        if (!before->turns.empty()) resume = *before;
    });
    m_n_taken = 0;
    emit takenChanged();
}

void TurnsController::dismiss() {
    if (std::exchange(m_n_taken, 0) == 0) return;
    m_controller.conversation()->forget_taken();
    m_before = nullptr;
    emit takenChanged();
}

void TurnsController::question_asked() {
    if (!m_asking_again) dismiss();
}

QString TurnsController::question(int row) const {
    const ConversationModel& turns = *m_controller.conversation();
    return turns.index(row).data(ConversationModel::QuestionRole).toString();
}

void TurnsController::copyQuestion(int row) { m_controller.copyText(question(row)); }

void TurnsController::copyAnswer(int row) {
    m_controller.copyText(m_controller.conversation()->answer_markdown(row));
}

void TurnsController::copyPlain(int row) {
    m_controller.copyText(m_controller.conversation()->answer_plain(row));
}

}  // namespace lectern

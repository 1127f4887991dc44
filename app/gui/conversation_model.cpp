#include "app/gui/conversation_model.h"

#include <QHash>
#include <algorithm>
#include <iterator>
#include <utility>

#include "app/core/chat_export.h"
#include "app/core/markdown_blocks.h"
#include "app/gui/scope_controller.h"
#include "app/gui/why_answer.h"

namespace lectern {

int ConversationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_turns.size());
}

QVariant ConversationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Turn& turn = m_turns[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case QuestionRole:
            return turn.question;
        case BlocksRole:
            return QVariant::fromValue(turn.blocks.get());
        case AnswerRole:
            return turn.answer;
        case SourcesRole:
            return turn.sources;
        case FiguresRole:
            return turn.figures;
        case WhyRole:
            return turn.why;
        case ErrorRole:
            return turn.error;
        case StreamingRole:
            return turn.streaming;
        case StoppedRole:
            return turn.stopped;
        case WithoutHitsRole:
            return turn.without_hits;
        case ScopeRole:
            return scope_text(turn.kept.scope);
        case SearchedForRole:
            return QString::fromStdString(turn.kept.searched_for);
        case ContextNoteRole:
            return turn.context_note;
        default:
            return {};
    }
}

QHash<int, QByteArray> ConversationModel::roleNames() const {
    return {{QuestionRole, "question"},
            {BlocksRole, "blocks"},
            {AnswerRole, "answer"},
            {SourcesRole, "sources"},
            {FiguresRole, "figures"},
            {WhyRole, "why"},
            {ErrorRole, "error"},
            {StreamingRole, "streaming"},
            {StoppedRole, "stopped"},
            {WithoutHitsRole, "withoutHits"},
            {ScopeRole, "scopeNames"},
            {SearchedForRole, "searchedFor"},
            {ContextNoteRole, "contextNote"}};
}

void ConversationModel::append_question(const QString& question,
                                        std::vector<std::filesystem::path> scope) {
    const int row = rowCount();
    beginInsertRows({}, row, row);
    Turn turn;
    turn.question = question;
    turn.kept.scope = std::move(scope);
    m_turns.push_back(std::move(turn));
    endInsertRows();
    emit countChanged();
}

void ConversationModel::show_draft(const AnswerDraft& draft) {
    if (m_turns.empty()) return;
    Turn& turn = m_turns.back();
    turn.blocks->show(draft);
    QVariantList sources = source_list(draft);
    // Delegates of sources are made anew when their role changes: not 30 times a second.
    if (sources == turn.sources) return;
    turn.sources = std::move(sources);
    const QModelIndex last = index(rowCount() - 1);
    emit dataChanged(last, last, {SourcesRole});
}

void ConversationModel::finish(const Answer& answer) {
    if (m_turns.empty()) return;
    Turn& turn = m_turns.back();
    ChatTurn kept = kept_turn(answer);
    kept.question = turn.question.toStdString();
    kept.scope = turn.kept.scope;
    show_turn(turn, kept);
    turn.why = why_answer(answer);
    last_changed();
    note_context();
}

void ConversationModel::fail_last(const QString& error) {
    if (m_turns.empty()) return;
    m_turns.back().error = error;
    m_turns.back().streaming = false;
    last_changed();
}

void ConversationModel::clear() {
    beginResetModel();
    m_turns.clear();
    endResetModel();
    emit countChanged();
}

void ConversationModel::show(const std::vector<ChatTurn>& turns) {
    beginResetModel();
    m_turns.clear();
    for (const ChatTurn& kept : turns) {
        Turn& turn = m_turns.emplace_back();
        turn.question = QString::fromStdString(kept.question);
        show_turn(turn, kept);
    }
    endResetModel();
    emit countChanged();
    note_context();
}

void ConversationModel::show_turn(Turn& turn, const ChatTurn& kept) {
    const AnswerDraft whole{kept.answer, kept.sentences, kept.citations};
    turn.kept = kept;
    turn.blocks->show(whole);
    turn.answer = QString::fromStdString(kept.answer);
    turn.sources = source_list(whole);
    turn.figures = QString::fromStdString(kept.figures);
    turn.error = QString::fromStdString(kept.error);
    turn.streaming = false;
    turn.stopped = kept.stopped;
    turn.without_hits = kept.citations.empty() && !kept.stopped && kept.error.empty();
}

void ConversationModel::last_changed() {
    const QModelIndex last = index(rowCount() - 1);
    emit dataChanged(last, last);
}

void ConversationModel::take_back(int row) {
    const int last = rowCount() - 1;
    if (row < 0 || row > last) return;
    beginRemoveRows({}, row, last);
    const auto first = m_turns.begin() + row;
    m_taken.assign(std::make_move_iterator(first), std::make_move_iterator(m_turns.end()));
    m_turns.erase(first, m_turns.end());
    m_taken_from = row;
    endRemoveRows();
    emit countChanged();
    note_context();
}

void ConversationModel::restore_taken() {
    if (m_taken.empty()) return;
    beginResetModel();
    m_turns.resize(static_cast<std::size_t>(m_taken_from));
    for (Turn& turn : m_taken) m_turns.push_back(std::move(turn));
    m_taken.clear();
    endResetModel();
    emit countChanged();
    note_context();
}

void ConversationModel::forget_taken() { m_taken.clear(); }

int ConversationModel::n_engine_turns(int row) const {
    int n = 0;
    for (int before = 0; before < std::min(row, rowCount()); ++before)
        n = std::max(n, m_turns[static_cast<std::size_t>(before)].kept.turn + 1);
    return n;
}

/// The line stands above the first turn that is still in the context as a whole, or by its words.
void ConversationModel::note_context() {
    int first = 0, first_with_passages = 0;
    for (const Turn& turn : m_turns) {
        if (turn.kept.turn < 0) continue;
        first = turn.kept.first_turn;
        first_with_passages = turn.kept.first_with_passages;
    }
    int before = -1;
    for (std::size_t row = 0; row < m_turns.size(); ++row) {
        Turn& turn = m_turns[row];
        QString note;
        if (turn.kept.turn >= 0) {
            const auto begins = [&](int from) { return before < from && turn.kept.turn >= from; };
            if (before >= 0 && begins(first_with_passages) && first_with_passages > first)
                note =
                    tr("Of what stands above, the model has only the words: the passages left "
                       "its context.");
            if (before >= 0 && begins(first))
                note = tr("What stands above has left the model's context.");
            before = turn.kept.turn;
        }
        if (std::exchange(turn.context_note, note) == note) continue;
        const QModelIndex changed = index(static_cast<int>(row));
        emit dataChanged(changed, changed, {ContextNoteRole});
    }
}

QString ConversationModel::answer_markdown(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return QString::fromStdString(
        lectern::answer_markdown(m_turns[static_cast<std::size_t>(row)].kept));
}

QString ConversationModel::answer_plain(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    const ChatTurn& kept = m_turns[static_cast<std::size_t>(row)].kept;
    const auto blocks = markdown_blocks(kept.answer);
    return QString::fromStdString(blocks ? plain_text(*blocks) : kept.answer);
}

}  // namespace lectern

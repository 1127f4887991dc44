#include "app/gui/conversation_model.h"

#include <QHash>

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
        default:
            return {};
    }
}

QHash<int, QByteArray> ConversationModel::roleNames() const {
    return {{QuestionRole, "question"}, {BlocksRole, "blocks"},
            {AnswerRole, "answer"},     {SourcesRole, "sources"},
            {FiguresRole, "figures"},   {WhyRole, "why"},
            {ErrorRole, "error"},       {StreamingRole, "streaming"},
            {StoppedRole, "stopped"},   {WithoutHitsRole, "withoutHits"}};
}

void ConversationModel::append_question(const QString& question) {
    const int row = rowCount();
    beginInsertRows({}, row, row);
    Turn turn;
    turn.question = question;
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
    const AnswerDraft whole{answer.text, answer.sentences, answer.citations};
    turn.blocks->show(whole);
    turn.answer = QString::fromStdString(answer.text);
    turn.sources = source_list(whole);
    turn.figures = figures_line(answer);
    turn.why = why_answer(answer);
    turn.stopped = answer.cancelled;
    turn.without_hits = answer.citations.empty() && !answer.cancelled;
    turn.streaming = false;
    last_changed();
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
        const AnswerDraft whole{kept.answer, kept.sentences, kept.citations};
        Turn& turn = m_turns.emplace_back();
        turn.question = QString::fromStdString(kept.question);
        turn.blocks->show(whole);
        turn.answer = QString::fromStdString(kept.answer);
        turn.sources = source_list(whole);
        turn.figures = QString::fromStdString(kept.figures);
        turn.error = QString::fromStdString(kept.error);
        turn.streaming = false;
        turn.stopped = kept.stopped;
        turn.without_hits = kept.citations.empty() && !kept.stopped && kept.error.empty();
    }
    endResetModel();
    emit countChanged();
}

void ConversationModel::last_changed() {
    const QModelIndex last = index(rowCount() - 1);
    emit dataChanged(last, last);
}

}  // namespace lectern

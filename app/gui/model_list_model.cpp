#include "app/gui/model_list_model.h"

#include <algorithm>

#include "app/gui/model_texts.h"

namespace lectern {

int ModelListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shelf.size());
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const ShelfModel& shelf = m_shelf[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromStdString(shelf.model.name);
    switch (role) {
        case NameRole:
            return name;
        case Qt::DisplayRole:
        case TitleRole:
            return QString::fromStdString(shelf.model.title);
        case NoteRole:
            return QString::fromStdString(shelf.model.note);
        case SectionRole:
            return shelf.installed ? tr("On this machine") : tr("To download");
        case FiguresRole:
            return figures_text(shelf);
        case SpeedRole:
            return speed_text(shelf);
        case MisfitRole:
            return QString::fromStdString(shelf.misfit);
        case InstalledRole:
            return shelf.installed;
        case UsedRole:
            return shelf.installed && shelf.model.location == m_used;
        case AnswersRole:
            return shelf.model.role == ModelRole::kAnswering;
        case StartedRole:
            return !shelf.installed && shelf.unfinished_bytes > 0;
        case VerifiableRole:
            return shelf.installed && shelf.in_catalogue;
        case FreedRole:
            return size_text(shelf.installed ? bytes_freed_by_removing(shelf) : 0);
        default:
            break;
    }
    const Work work = m_work.value(name);
    switch (role) {
        case ActivityRole:
            return work.activity;
        case ShareRole:
            return work.share;
        case ProgressRole:
            return work.progress;
        case ProblemRole:
            return work.problem;
        case DoneRole:
            return work.done;
        default:
            return {};
    }
}

QHash<int, QByteArray> ModelListModel::roleNames() const {
    return {
        {NameRole, "name"},         {TitleRole, "title"},         {NoteRole, "note"},
        {SectionRole, "section"},   {FiguresRole, "figures"},     {SpeedRole, "speed"},
        {MisfitRole, "misfit"},     {InstalledRole, "installed"}, {UsedRole, "used"},
        {AnswersRole, "answers"},   {StartedRole, "started"},     {VerifiableRole, "verifiable"},
        {FreedRole, "freed"},       {ActivityRole, "activity"},   {ShareRole, "share"},
        {ProgressRole, "progress"}, {ProblemRole, "problem"},     {DoneRole, "done"}};
}

void ModelListModel::show(std::vector<ShelfModel> shelf, const std::filesystem::path& used) {
    std::stable_partition(shelf.begin(), shelf.end(),
                          [](const ShelfModel& one) { return one.installed; });
    const bool same_rows =
        std::equal(shelf.begin(), shelf.end(), m_shelf.begin(), m_shelf.end(),
                   [](const ShelfModel& a, const ShelfModel& b) {
                       return a.model.name == b.model.name && a.installed == b.installed;
                   });
    m_used = used;
    if (same_rows) {
        m_shelf = std::move(shelf);
        return all_changed();
    }
    beginResetModel();
    m_shelf = std::move(shelf);
    endResetModel();
}

void ModelListModel::show_work(const QString& name, const Work& work) {
    m_work.insert(name, work);
    for (int row = 0; row < rowCount(); ++row)
        if (m_shelf[static_cast<std::size_t>(row)].model.name == name.toStdString())
            emit dataChanged(index(row), index(row));
}

void ModelListModel::show_used(const std::filesystem::path& used) {
    m_used = used;
    all_changed();
}

const ShelfModel* ModelListModel::used() const {
    for (const ShelfModel& shelf : m_shelf)
        if (shelf.installed && shelf.model.location == m_used) return &shelf;
    return nullptr;
}

const ShelfModel* ModelListModel::missing_embedder() const {
    const ShelfModel* missing = nullptr;
    for (const ShelfModel& shelf : m_shelf) {
        if (shelf.model.role != ModelRole::kEmbedder) continue;
        if (shelf.installed) return nullptr;
        if (missing == nullptr) missing = &shelf;
    }
    return missing;
}

const ShelfModel* ModelListModel::find(const QString& name) const {
    for (const ShelfModel& shelf : m_shelf)
        if (shelf.model.name == name.toStdString()) return &shelf;
    return nullptr;
}

void ModelListModel::all_changed() {
    if (!m_shelf.empty()) emit dataChanged(index(0), index(rowCount() - 1));
}

}  // namespace lectern

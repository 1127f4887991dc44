#include "app/gui/file_status_model.h"

#include <QSet>

namespace lectern {
namespace {

QString path_of(const FileStatus& file) { return QString::fromStdString(file.path.string()); }

}  // namespace

int FileStatusModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid()) return 0;
    return n_attention() + static_cast<int>(m_others.files.size());
}

QVariant FileStatusModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const FileStatus& file = file_at(index.row());
    switch (role) {
        case Qt::DisplayRole:
        case NameRole:
            return QString::fromStdString(file.path.filename().string());
        case PathRole:
            return path_of(file);
        case StateRole:
            return static_cast<int>(file.state);
        case ReasonRole:
            return QString::fromStdString(file.reason);
        case ChunksRole:
            return file.chunks;
        case SectionRole:
            return index.row() < n_attention() ? tr("Needs attention") : tr("Files");
        default:
            return {};
    }
}

QHash<int, QByteArray> FileStatusModel::roleNames() const {
    return {{NameRole, "name"},     {PathRole, "path"},     {StateRole, "fileState"},
            {ReasonRole, "reason"}, {ChunksRole, "chunks"}, {SectionRole, "section"}};
}

void FileStatusModel::show(const FileStatus& status) {
    if (status.state == FileState::kFailed) {
        drop(m_others, n_attention(), path_of(status));
        put(m_attention, 0, status);
    } else {
        drop(m_attention, 0, path_of(status));
        put(m_others, n_attention(), status);
    }
}

void FileStatusModel::show_failed(const std::vector<FileStatus>& failed) {
    QSet<QString> paths;
    for (const FileStatus& file : failed) paths.insert(path_of(file));
    for (const QString& path : m_attention.places.keys())
        if (!paths.contains(path)) drop(m_attention, 0, path);
    // A file that is being read again shows that, not how it went before.
    for (const FileStatus& file : failed)
        if (!m_others.places.contains(path_of(file))) put(m_attention, 0, file);
}

const FileStatus& FileStatusModel::file_at(int row) const {
    if (row < n_attention()) return m_attention.files[static_cast<std::size_t>(row)];
    return m_others.files[static_cast<std::size_t>(row - n_attention())];
}

void FileStatusModel::put(Section& section, int first_row, const FileStatus& status) {
    const QString path = path_of(status);
    if (const auto known = section.places.constFind(path); known != section.places.constEnd()) {
        section.files[static_cast<std::size_t>(*known)] = status;
        const QModelIndex changed = index(first_row + *known);
        emit dataChanged(changed, changed);
        return;
    }
    const int place = static_cast<int>(section.files.size());
    beginInsertRows({}, first_row + place, first_row + place);
    section.files.push_back(status);
    section.places.insert(path, place);
    endInsertRows();
}

void FileStatusModel::drop(Section& section, int first_row, const QString& path) {
    const auto known = section.places.constFind(path);
    if (known == section.places.constEnd()) return;
    const int place = *known;
    beginRemoveRows({}, first_row + place, first_row + place);
    section.files.erase(section.files.begin() + place);
    section.places.remove(path);
    for (int& other : section.places)
        if (other > place) --other;
    endRemoveRows();
}

}  // namespace lectern

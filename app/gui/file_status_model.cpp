#include "app/gui/file_status_model.h"

namespace lectern {

int FileStatusModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_files.size());
}

QVariant FileStatusModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const FileStatus& file = m_files[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case NameRole:
            return QString::fromStdString(file.path.filename().string());
        case PathRole:
            return QString::fromStdString(file.path.string());
        case StateRole:
            return static_cast<int>(file.state);
        case ReasonRole:
            return QString::fromStdString(file.reason);
        case ChunksRole:
            return file.chunks;
        default:
            return {};
    }
}

QHash<int, QByteArray> FileStatusModel::roleNames() const {
    return {{NameRole, "name"},
            {PathRole, "path"},
            {StateRole, "fileState"},
            {ReasonRole, "reason"},
            {ChunksRole, "chunks"}};
}

void FileStatusModel::show(const FileStatus& status) {
    const QString path = QString::fromStdString(status.path.string());
    if (const auto known = m_rows.constFind(path); known != m_rows.constEnd()) {
        m_files[static_cast<std::size_t>(*known)] = status;
        emit dataChanged(index(*known), index(*known));
        return;
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_files.push_back(status);
    m_rows.insert(path, row);
    endInsertRows();
}

}  // namespace lectern

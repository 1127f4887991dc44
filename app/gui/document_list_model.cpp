#include "app/gui/document_list_model.h"

#include <algorithm>
#include <utility>

namespace lectern {
namespace {

bool same(const LibraryDocument& a, const LibraryDocument& b) {
    return a.path == b.path && a.state == b.state && a.chunks == b.chunks && a.reason == b.reason &&
           a.advice == b.advice && a.can_retry == b.can_retry;
}

/// As the library sorts them: by the bytes of the whole path.
bool comes_before(const LibraryDocument& a, const LibraryDocument& b) {
    return a.path.native() < b.path.native();
}

}  // namespace

int DocumentListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_documents.size());
}

QVariant DocumentListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const LibraryDocument& document = m_documents[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case NameRole:
            return QString::fromStdString(document.path.filename().string());
        case PathRole:
            return QString::fromStdString(document.path.string());
        case StateRole:
            return document.path == m_reading ? Reading : static_cast<int>(document.state);
        case ReasonRole:
            return QString::fromStdString(document.reason);
        case AdviceRole:
            return QString::fromStdString(document.advice);
        case CanRetryRole:
            return document.can_retry;
        case ChunksRole:
            return static_cast<int>(document.chunks);
        default:
            return {};
    }
}

QHash<int, QByteArray> DocumentListModel::roleNames() const {
    return {{NameRole, "name"},     {PathRole, "path"},     {StateRole, "fileState"},
            {ReasonRole, "reason"}, {AdviceRole, "advice"}, {CanRetryRole, "canRetry"},
            {ChunksRole, "chunks"}};
}

bool DocumentListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_more && !m_asked;
}

void DocumentListModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) return;
    m_asked = true;
    emit pageWanted();
}

std::filesystem::path DocumentListModel::last_path() const {
    return m_documents.empty() ? std::filesystem::path() : m_documents.back().path;
}

void DocumentListModel::append(const DocumentList& page) {
    m_asked = false;
    m_more = page.more;
    if (page.documents.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(page.documents.size()) - 1);
    m_documents.insert(m_documents.end(), page.documents.begin(), page.documents.end());
    endInsertRows();
}

void DocumentListModel::replace(const DocumentList& now) {
    m_asked = false;
    m_more = now.more;
    std::size_t row = 0;
    for (const LibraryDocument& document : now.documents) {
        while (row < m_documents.size() && comes_before(m_documents[row], document)) {
            beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row));
            m_documents.erase(m_documents.begin() + static_cast<std::ptrdiff_t>(row));
            endRemoveRows();
        }
        if (row == m_documents.size() || comes_before(document, m_documents[row])) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_documents.insert(m_documents.begin() + static_cast<std::ptrdiff_t>(row), document);
            endInsertRows();
        } else if (!same(m_documents[row], document)) {
            m_documents[row] = document;
            emit dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
        }
        ++row;
    }
    if (row == m_documents.size()) return;
    beginRemoveRows({}, static_cast<int>(row), rowCount() - 1);
    m_documents.resize(row);
    endRemoveRows();
}

void DocumentListModel::clear() {
    beginResetModel();
    m_documents.clear();
    m_more = true;
    m_asked = false;
    endResetModel();
}

void DocumentListModel::set_reading(const std::filesystem::path& path) {
    if (path == m_reading) return;
    const std::filesystem::path before = std::exchange(m_reading, path);
    announce(before);
    announce(path);
}

void DocumentListModel::announce(const std::filesystem::path& path) {
    LibraryDocument wanted;
    wanted.path = path;
    const auto found =
        std::lower_bound(m_documents.begin(), m_documents.end(), wanted, comes_before);
    if (found == m_documents.end() || found->path != path) return;
    const QModelIndex changed = index(static_cast<int>(found - m_documents.begin()));
    emit dataChanged(changed, changed, {StateRole});
}

}  // namespace lectern

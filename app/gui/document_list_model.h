// All documents of the library, by path, filled page by page as the list is looked at.
#pragma once

#include <QAbstractListModel>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/library_desk.h"

namespace lectern {

/// Belongs to the window's thread. Pages come from whoever hears pageWanted.
class DocumentListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The library has it.")

  public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        PathRole,
        StateRole,
        ReasonRole,
        AdviceRole,
        CanRetryRole,
        ChunksRole
    };
    enum State { Waiting, Reading, Ready, Failed, Offline };
    Q_ENUM(State)

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// Of the last row; empty: there is none.
    std::filesystem::path last_path() const;
    /// The page behind last_path().
    void append(const DocumentList& page);
    /// What stands from the first row on now: rows that stay keep their places.
    void replace(const DocumentList& documents);
    /// Of another search.
    void clear();
    /// The file that is being read; empty: none.
    void set_reading(const std::filesystem::path& path);

  signals:
    void pageWanted();

  private:
    void announce(const std::filesystem::path& path);

    std::vector<LibraryDocument> m_documents;
    std::filesystem::path m_reading;
    bool m_more = true;
    bool m_asked = false;  ///< for a page that has not come yet
};

}  // namespace lectern

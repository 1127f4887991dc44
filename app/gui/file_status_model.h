// The files that were read since the window opened, and all that need attention.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/assistant.h"

namespace lectern {

/// Belongs to the window's thread. A row a path: those that need attention first, then the others,
/// each in the order they came.
class FileStatusModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The controller has it.")

  public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        PathRole,
        StateRole,
        ReasonRole,
        ChunksRole,
        SectionRole
    };
    enum State { Waiting, Reading, Ready, Failed, Offline };
    Q_ENUM(State)

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void show(const FileStatus& status);
    /// All that need attention now; any other that did is no longer listed.
    void show_failed(const std::vector<FileStatus>& failed);

  private:
    struct Section {
        std::vector<FileStatus> files;
        QHash<QString, int> places;  ///< path → index in files
    };

    const FileStatus& file_at(int row) const;
    void put(Section& section, int first_row, const FileStatus& status);
    void drop(Section& section, int first_row, const QString& path);
    int n_attention() const { return static_cast<int>(m_attention.files.size()); }

    Section m_attention, m_others;
};

}  // namespace lectern

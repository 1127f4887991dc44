// The files that were read since the window opened, and all that need attention.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/assistant.h"

namespace lectern {

/// Belongs to the window's thread. A row a path; rows stay in the order they came.
class FileStatusModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The controller has it.")

  public:
    enum Role { NameRole = Qt::UserRole + 1, PathRole, StateRole, ReasonRole, ChunksRole };
    enum State { Waiting, Reading, Ready, Failed, Offline };
    Q_ENUM(State)

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void show(const FileStatus& status);

  private:
    std::vector<FileStatus> m_files;
    QHash<QString, int> m_rows;  ///< path → row
};

}  // namespace lectern

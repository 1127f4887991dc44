// The answering and embedding models there are for this machine, each with what is done with it.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/model_shelf.h"

namespace lectern {

/// Belongs to the window's thread. Those that are installed come first.
class ModelListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The controller has it.")

  public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        TitleRole,
        NoteRole,
        SectionRole,
        FiguresRole,
        SpeedRole,
        MisfitRole,
        InstalledRole,
        UsedRole,
        AnswersRole,
        StartedRole,
        VerifiableRole,
        FreedRole,
        ActivityRole,
        ShareRole,
        ProgressRole,
        ProblemRole,
        DoneRole
    };
    enum Activity { Idle, Waiting, Downloading, Checking, Measuring };
    Q_ENUM(Activity)

    /// What is done with a model now, or came of it.
    struct Work {
        Activity activity = Idle;
        double share = -1;  ///< 0…1; −1: not known
        QString progress;   ///< in words
        QString problem;    ///< a sentence, until something else is done with it
        QString done;       ///< a sentence, as problem
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// used: the place of the model that answers; empty: none.
    void show(std::vector<ShelfModel> shelf, const std::filesystem::path& used);
    void show_work(const QString& name, const Work& work);
    void show_used(const std::filesystem::path& used);
    Work work(const QString& name) const { return m_work.value(name); }
    /// The one that answers; nullptr: none of these. Until the next show().
    const ShelfModel* used() const;
    /// The first that can find passages; nullptr: one is installed, or none is known.
    const ShelfModel* missing_embedder() const;
    /// nullptr: there is none of this name. Until the next show().
    const ShelfModel* find(const QString& name) const;

  private:
    void all_changed();

    std::vector<ShelfModel> m_shelf;
    std::filesystem::path m_used;
    QHash<QString, Work> m_work;
};

}  // namespace lectern

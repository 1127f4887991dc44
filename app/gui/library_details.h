// What the library's page shows: all documents, what folders take, the KV budget; and what can be
// done with them.
#pragma once

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <QtQmlIntegration>
#include <functional>

#include "app/core/library_desk.h"
#include "app/gui/document_list_model.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: one worker asks the desk, which outlives
/// this. While nobody looks, nothing is asked.
class LibraryDetails : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The library has it.")
    Q_PROPERTY(lectern::DocumentListModel* documents READ documents CONSTANT)
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY searchChanged)
    Q_PROPERTY(bool attentionOnly READ attentionOnly WRITE setAttentionOnly NOTIFY searchChanged)
    Q_PROPERTY(QVariantList folders READ folders NOTIFY changed)
    Q_PROPERTY(QString countText READ countText NOTIFY changed)
    Q_PROPERTY(int attentionCount READ attentionCount NOTIFY changed)
    Q_PROPERTY(QString kvText READ kvText NOTIFY changed)
    Q_PROPERTY(QString kvPartsText READ kvPartsText NOTIFY changed)
    Q_PROPERTY(double kvShare READ kvShare NOTIFY changed)
    Q_PROPERTY(QString removalPath READ removalPath NOTIFY removalChanged)
    Q_PROPERTY(QString removalName READ removalName NOTIFY removalChanged)
    Q_PROPERTY(QString removalText READ removalText NOTIFY removalChanged)

  public:
    explicit LibraryDetails(LibraryDesk& desk, QObject* parent = nullptr);

    DocumentListModel* documents() { return &m_documents; }
    bool active() const { return m_active; }
    void setActive(bool active);
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    bool attentionOnly() const { return m_attention_only; }
    void setAttentionOnly(bool only);
    /// A map for each: name, path, state (a word, or nothing), detail, paused, isFile.
    QVariantList folders() const;
    QString countText() const;
    int attentionCount() const { return static_cast<int>(m_use.documents.failed); }
    QString kvText() const;       ///< how full, and how much of what is expected
    QString kvPartsText() const;  ///< of which models
    double kvShare() const;       ///< of the budget
    /// Of the folder that is asked about; empty: nobody asks.
    QString removalPath() const { return m_removal_path; }
    QString removalName() const;
    QString removalText() const { return m_removal_text; }  ///< what it would free

    Q_INVOKABLE void pause(const QString& folder, bool paused);
    Q_INVOKABLE void putFirst(const QString& folder);
    Q_INVOKABLE void leaveOut(const QString& file);
    Q_INVOKABLE void tryAgain(const QString& file);
    Q_INVOKABLE void showInFolder(const QString& path);
    /// Finds out what it would free; then removalPath is set.
    Q_INVOKABLE void askToRemove(const QString& folder);
    Q_INVOKABLE void keep();
    Q_INVOKABLE void remove();

    /// The library may have changed.
    void refresh();

  signals:
    void activeChanged();
    void searchChanged();
    void changed();
    void removalChanged();
    /// A decision was taken that the next run of indexing follows.
    void decided();
    void removalWanted(const QString& folder);
    void failed(const QString& message);

  private:
    DocumentQuery query(int limit) const;
    void read_all();
    void read_page();
    void search_anew();
    void decide(const std::function<Status(LibraryDesk&)>& decision);

    LibraryDesk& m_desk;
    DocumentListModel m_documents;
    LibraryUse m_use;
    QString m_removal_path, m_removal_text;
    QString m_filter;
    bool m_attention_only = false;
    bool m_active = false;
    bool m_reading = false;  ///< an answer to read_all is under way
    bool m_stale = false;    ///< it is to be asked again then
    int m_search = 0;        ///< answers for earlier searches are dropped
    QTimer m_refresh_timer;
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern

// The source pane's state: which source of an answer is open, its document, the search in it.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQmlIntegration>
#include <functional>
#include <stop_token>
#include <vector>

#include "app/gui/assistant_controller.h"
#include "app/gui/job_thread.h"
#include "app/gui/pdf_pages.h"
#include "app/gui/source_place.h"
#include "app/gui/text_blocks.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: files are looked at and read on a worker.
/// The controller outlives it.
class SourceReader : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(lectern::AssistantController* assistant MEMBER m_assistant NOTIFY assistantChanged)
    Q_PROPERTY(lectern::PdfPages* pages READ pages CONSTANT)
    Q_PROPERTY(lectern::TextBlocks* blocks READ blocks CONSTANT)
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    Q_PROPERTY(bool canReadAgain READ canReadAgain NOTIFY stateChanged)
    Q_PROPERTY(int number READ number NOTIFY sourceChanged)
    Q_PROPERTY(int count READ count NOTIFY sourceChanged)
    Q_PROPERTY(QString title READ title NOTIFY sourceChanged)
    Q_PROPERTY(QString detail READ detail NOTIFY sourceChanged)
    Q_PROPERTY(QString path READ path NOTIFY sourceChanged)
    Q_PROPERTY(QString passage READ passage NOTIFY sourceChanged)
    Q_PROPERTY(bool hasNext READ hasNext NOTIFY sourceChanged)
    Q_PROPERTY(bool hasPrevious READ hasPrevious NOTIFY sourceChanged)
    Q_PROPERTY(int matchCount READ matchCount NOTIFY matchChanged)
    Q_PROPERTY(int matchNumber READ matchNumber NOTIFY matchChanged)
    Q_PROPERTY(bool searching READ searching NOTIFY matchChanged)

  public:
    enum State { Closed, Opening, ShowingPages, ShowingText, Unreadable };
    Q_ENUM(State)

    explicit SourceReader(QObject* parent = nullptr);
    ~SourceReader() override;

    PdfPages* pages() { return &m_pages; }
    TextBlocks* blocks() { return &m_blocks; }
    State state() const { return m_state; }
    /// Why the document or the passage cannot be shown, with the way out; empty: they can.
    QString problem() const { return m_problem; }
    /// Whether the problem may go when the document is read again.
    bool canReadAgain() const { return m_can_read_again; }
    int number() const { return place().number; }
    int count() const { return static_cast<int>(m_places.size()); }
    QString title() const { return place().title; }
    QString detail() const { return place().detail; }
    QString path() const { return place().path; }
    QString passage() const { return place().passage; }
    bool hasNext() const { return m_at + 1 < m_places.size(); }
    bool hasPrevious() const { return m_at > 0; }
    int matchCount() const;
    int matchNumber() const { return m_match + 1; }  ///< from 1; 0: at none
    bool searching() const { return m_searching; }

    /// Opens the source of this number, of an answer's source_list(); the others are its next and
    /// previous ones. Nothing happens where there is none of this number.
    Q_INVOKABLE void show(const QVariantList& sources, int number);
    Q_INVOKABLE void showNext();
    Q_INVOKABLE void showPrevious();
    Q_INVOKABLE void close();
    /// Opens the document again as it is now.
    Q_INVOKABLE void openAgain();
    /// Brings the library's documents up to date.
    Q_INVOKABLE void readAgain();
    Q_INVOKABLE void openInApplication();
    Q_INVOKABLE void showInFolder();

    /// Looks for the text, whatever its case, and stands at the first match at or behind `row`,
    /// which is in sight.
    Q_INVOKABLE void find(const QString& wanted, int row);
    Q_INVOKABLE void findNext();
    Q_INVOKABLE void findPrevious();

  signals:
    void assistantChanged();
    void stateChanged();
    void sourceChanged();
    void matchChanged();
    /// Should be in sight now: `at` is a page's points or a block's characters.
    void placeShown(int row, double at);

  private:
    const SourcePlace& place() const;
    void open_at(std::size_t at);
    void read_text(const SourcePlace& place, bool changed, int opening,
                   const std::stop_token& stop);
    void take_look(const Result<FileLook>& look);
    void take_text(Result<std::vector<ReadingBlock>> text);
    void take_pages(int page, double top);
    QString missing_passage() const;
    void set_state(State state, const QString& problem = {}, bool can_read_again = false);
    void reset_search();
    void take_matches();
    void stand_at(int match);

    AssistantController* m_assistant = nullptr;
    PdfPages m_pages;
    TextBlocks m_blocks;
    State m_state = Closed;
    QString m_problem;
    bool m_can_read_again = false;
    std::vector<SourcePlace> m_places;
    std::size_t m_at = 0;
    bool m_changed = false;  ///< the document, since it was read
    int m_opening = 0;       ///< results of earlier openings are dropped
    bool m_searching = false;
    int m_match = -1;
    int m_search_row = 0;
    std::stop_source m_reading{std::nostopstate};
    JobThread m_worker;  ///< last: it uses what is above
};

}  // namespace lectern

#include "app/gui/source_reader.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "app/gui/file_manager.h"
#include "app/gui/reading_blocks.h"

namespace lectern {

SourceReader::SourceReader(QObject* parent) : QObject(parent) {
    connect(&m_pages, &PdfPages::opened, this, &SourceReader::take_pages);
    connect(&m_pages, &PdfPages::failed, this,
            [this](const QString& problem) { set_state(Unreadable, problem); });
    connect(&m_pages, &PdfPages::searched, this, &SourceReader::take_matches);
    connect(&m_pages, &PdfPages::matchPlaced, this, &SourceReader::placeShown);
}

SourceReader::~SourceReader() { m_reading.request_stop(); }

const SourcePlace& SourceReader::place() const {
    static const SourcePlace kNone;
    return m_at < m_places.size() ? m_places[m_at] : kNone;
}

void SourceReader::show(const QVariantList& sources, int number) {
    std::vector<SourcePlace> places;
    std::size_t at = 0;
    bool is_there = false;
    for (const QVariant& source : sources) {
        places.push_back(source_place(source.toMap()));
        if (places.back().number != number) continue;
        at = places.size() - 1;
        is_there = true;
    }
    if (!is_there) return;
    m_places = std::move(places);
    open_at(at);
}

void SourceReader::showNext() {
    if (hasNext()) open_at(m_at + 1);
}

void SourceReader::showPrevious() {
    if (hasPrevious()) open_at(m_at - 1);
}

void SourceReader::openAgain() {
    if (m_state != Closed) open_at(m_at);
}

void SourceReader::close() {
    ++m_opening;
    m_reading.request_stop();
    m_pages.close();
    m_blocks.clear();
    m_places.clear();
    m_at = 0;
    reset_search();
    set_state(Closed);
    emit sourceChanged();
}

void SourceReader::readAgain() {
    if (m_assistant != nullptr) m_assistant->library()->resumeIndexing();
}

void SourceReader::openInApplication() {
    if (m_assistant != nullptr) m_assistant->openFile(path());
}

void SourceReader::showInFolder() { show_in_file_manager(path()); }

void SourceReader::open_at(std::size_t at) {
    m_at = at;
    const int opening = ++m_opening;
    m_reading.request_stop();
    m_pages.close();
    m_blocks.clear();
    reset_search();
    set_state(Opening);
    emit sourceChanged();
    m_reading = m_worker.post([this, opening, place = place()](const std::stop_token& stop) {
        const Result<FileLook> look = look_at(place);
        post_to(this, [this, opening, look] {
            if (opening == m_opening) take_look(look);
        });
        if (look && look->form == FileForm::kOther && !stop.stop_requested())
            read_text(place, look->changed, opening, stop);
    });
}

void SourceReader::take_look(const Result<FileLook>& look) {
    if (!look) {
        set_state(Unreadable, QString::fromStdString(look.error().text()),
                  look.error().code == ErrorCode::kNotFound);
        return;
    }
    m_changed = look->changed;
    if (look->form == FileForm::kPdf) m_pages.open(place(), m_changed);
}

/// On the worker.
void SourceReader::read_text(const SourcePlace& place, bool changed, int opening,
                             const std::stop_token& stop) {
    const QByteArray path = place.path.toUtf8();
    Result<ParsedDocument> document =
        m_assistant->assistant().read_document(path.toStdString(), stop);
    Result<std::vector<ReadingBlock>> text;
    if (document)
        text = reading_blocks(*document, place, changed);
    else
        text = tl::unexpected(document.error());
    post_to(this, [this, opening, text = std::move(text)]() mutable {
        if (opening == m_opening) take_text(std::move(text));
    });
}

void SourceReader::take_text(Result<std::vector<ReadingBlock>> text) {
    if (!text) {
        set_state(Unreadable, QString::fromStdString(text.error().text()), m_changed);
        return;
    }
    m_blocks.show(std::move(*text));
    const int row = m_blocks.marked_row();
    set_state(ShowingText, row < 0 ? missing_passage() : QString(), m_changed && row < 0);
    if (row >= 0) emit placeShown(row, m_blocks.marked_character(row));
}

void SourceReader::take_pages(int page, double top) {
    set_state(ShowingPages, page < 0 ? missing_passage() : QString(), m_changed && page < 0);
    emit placeShown(page < 0 ? std::max(0, place().page - 1) : page, top);
}

/// Why a document that is shown has no passage marked.
QString SourceReader::missing_passage() const {
    const QString name = QFileInfo(path()).fileName();
    if (m_changed)
        return tr("%1 has changed since it was read, and this passage is no longer in it.")
            .arg(name);
    return tr("The place of this passage in %1 could not be found.").arg(name);
}

void SourceReader::set_state(State state, const QString& problem, bool can_read_again) {
    m_state = state;
    m_problem = problem;
    m_can_read_again = can_read_again;
    emit stateChanged();
}

void SourceReader::reset_search() {
    m_match = -1;
    m_searching = false;
    emit matchChanged();
}

int SourceReader::matchCount() const {
    return m_state == ShowingPages ? m_pages.n_matches() : m_blocks.n_matches();
}

void SourceReader::find(const QString& wanted, int row) {
    m_match = -1;
    m_search_row = row;
    m_searching = m_state == ShowingPages && !wanted.isEmpty();
    emit matchChanged();
    if (m_state == ShowingPages) {
        m_pages.search(wanted);
    } else if (m_state == ShowingText) {
        m_blocks.search(wanted);
        take_matches();
    }
}

void SourceReader::take_matches() {
    m_searching = false;
    stand_at(m_state == ShowingPages ? m_pages.match_from(m_search_row)
                                     : m_blocks.match_from(m_search_row));
}

void SourceReader::findNext() {
    if (matchCount() > 0) stand_at((m_match + 1) % matchCount());
}

void SourceReader::findPrevious() {
    if (matchCount() > 0) stand_at((m_match + matchCount() - 1) % matchCount());
}

void SourceReader::stand_at(int match) {
    m_match = match;
    if (m_state == ShowingPages) {
        m_pages.stand_at(match);  // tells where it is once that is looked up
    } else {
        m_blocks.stand_at(match);
        if (match >= 0) emit placeShown(m_blocks.row_of(match), m_blocks.character_of(match));
    }
    emit matchChanged();
}

}  // namespace lectern

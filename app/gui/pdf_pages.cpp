#include "app/gui/pdf_pages.h"

#include <algorithm>
#include <utility>

namespace lectern {
namespace {

constexpr int kMaxMatches = 2000;
constexpr int kMatchesOnPage = 200;  ///< that are looked up: each takes milliseconds

QVariantList rectangle_list(const std::vector<QRectF>& rectangles) {
    QVariantList list;
    for (const QRectF& rectangle : rectangles) list << rectangle;
    return list;
}

/// The places that were noted when the passage was read, as far as the file has them.
std::vector<PdfPlace> noted_places(const PdfFile& file, const SourcePlace& place) {
    std::vector<PdfPlace> places;
    for (const SourceSpan& span : place.spans)
        if (span.page >= 1 && span.page <= file.n_pages() && span.begin >= 0 && span.length > 0 &&
            span.begin + span.length < INT32_MAX)
            places.push_back(
                {span.page - 1, {static_cast<int>(span.begin), static_cast<int>(span.length)}});
    return places;
}

int n_characters(const std::vector<TextRange>& ranges) {
    int n = 0;
    for (const TextRange& range : ranges) n += range.length;
    return n;
}

/// By its words: on the page that has the most of them, its own first, and on the next one where
/// they go on.
std::vector<PdfPlace> places_by_words(PdfFile& file, const SourcePlace& place,
                                      const std::stop_token& stop) {
    constexpr double kWhole = 0.9;  // of the passage: no other page can have more
    const double whole = kWhole * static_cast<double>(place.passage.size());
    const int first = std::clamp(place.page - 1, 0, file.n_pages() - 1);
    int best = -1;
    std::vector<TextRange> found;
    for (int i = 0; i < file.n_pages() && n_characters(found) < whole; ++i) {
        if (stop.stop_requested()) return {};
        const int page = (first + i) % file.n_pages();
        auto here = find_passage(file.text_of(page), place.passage);
        if (n_characters(here) <= n_characters(found)) continue;
        best = page;
        found = std::move(here);
    }
    std::vector<PdfPlace> places;
    places.reserve(found.size());
    for (const TextRange& range : found) places.push_back({best, range});
    if (best < 0 || n_characters(found) >= whole || best + 1 >= file.n_pages()) return places;
    for (const TextRange& range : find_passage(file.text_of(best + 1), place.passage))
        places.push_back({best + 1, range});
    return places;
}

}  // namespace

struct PdfPages::Opened {
    std::vector<Page> pages;
    int page = -1;
    double top = 0;
};

PdfPages::~PdfPages() {
    m_opening.request_stop();
    m_searching.request_stop();
}

int PdfPages::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_pages.size());
}

QVariant PdfPages::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Page& page = m_pages[static_cast<std::size_t>(index.row())];
    switch (role) {
        case PageSizeRole:
            return page.size;
        case MarksRole:
            return page.marks;
        case MatchesRole:
            return page.matches;
        case CurrentMatchRole:
            return index.row() == m_current_page ? m_current_match : QRectF();
        default:
            return {};
    }
}

QHash<int, QByteArray> PdfPages::roleNames() const {
    return {{PageSizeRole, "pageSize"},
            {MarksRole, "marks"},
            {MatchesRole, "matches"},
            {CurrentMatchRole, "currentMatch"}};
}

void PdfPages::open(const SourcePlace& place, bool changed) {
    close();
    m_opening =
        m_worker.post([this, place, changed, number = m_file_number](const std::stop_token& stop) {
            if (stop.stop_requested()) return;
            auto file = PdfFile::open(place.path);
            if (!file) {
                const QString problem = QString::fromStdString(file.error().text());
                post_to(this, [this, number, problem] {
                    if (number == m_file_number) emit failed(problem);
                });
                return;
            }
            m_file = std::move(*file);
            Opened opened;
            opened.pages.resize(static_cast<std::size_t>(m_file->n_pages()));
            for (int i = 0; i < m_file->n_pages(); ++i)
                opened.pages[static_cast<std::size_t>(i)].size = m_file->size_of(i);
            std::vector<PdfPlace> places;
            if (!changed) places = noted_places(*m_file, place);
            if (places.empty()) places = places_by_words(*m_file, place, stop);
            for (const PdfPlace& found : places) {
                const auto lines = m_file->rectangles(found);
                if (lines.empty()) continue;
                if (opened.page < 0) {
                    opened.page = found.page;
                    opened.top = lines.front().top();
                }
                opened.pages[static_cast<std::size_t>(found.page)].marks << rectangle_list(lines);
            }
            post_to(this, [this, number, opened = std::move(opened)]() mutable {
                if (number == m_file_number) take_opened(std::move(opened));
            });
        });
}

void PdfPages::close() {
    ++m_file_number;
    ++m_search_number;
    m_opening.request_stop();
    m_searching.request_stop();
    m_worker.post([this](const std::stop_token&) { m_file.reset(); });
    beginResetModel();
    m_pages.clear();
    m_matches.clear();
    m_current_page = -1;
    endResetModel();
}

void PdfPages::take_opened(Opened opened) {
    beginResetModel();
    m_pages = std::move(opened.pages);
    endResetModel();
    emit this->opened(opened.page, opened.top);
}

void PdfPages::search(const QString& wanted) {
    m_searching.request_stop();
    clear_matches();
    if (wanted.isEmpty()) {
        emit searched();
        return;
    }
    m_searching =
        m_worker.post([this, wanted, number = m_search_number](const std::stop_token& stop) {
            std::vector<PdfPlace> matches;
            const int n_pages = m_file ? m_file->n_pages() : 0;
            for (int page = 0; page < n_pages && !stop.stop_requested(); ++page) {
                const int room = kMaxMatches - static_cast<int>(matches.size());
                for (const TextRange& range : find_all(m_file->text_of(page), wanted, room))
                    matches.push_back({page, range});
            }
            post_to(this, [this, number, matches = std::move(matches)]() mutable {
                if (number != m_search_number) return;
                m_matches = std::move(matches);
                emit searched();
            });
        });
}

void PdfPages::clear_matches() {
    ++m_search_number;
    m_matches.clear();
    m_current_page = -1;
    for (Page& page : m_pages) {
        page.matches.clear();
        page.matches_wanted = false;
    }
    if (!m_pages.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {MatchesRole, CurrentMatchRole});
}

int PdfPages::match_from(int page) const {
    if (m_matches.empty()) return -1;
    const auto at = std::find_if(m_matches.begin(), m_matches.end(),
                                 [page](const PdfPlace& match) { return match.page >= page; });
    return at == m_matches.end() ? 0 : static_cast<int>(at - m_matches.begin());
}

void PdfPages::stand_at(int match) {
    if (match < 0) return;
    const PdfPlace place = m_matches[static_cast<std::size_t>(match)];
    wantMatches(place.page);
    m_worker.post([this, place, number = m_search_number](const std::stop_token&) {
        const auto lines = m_file ? m_file->rectangles(place) : std::vector<QRectF>();
        post_to(this, [this, place, number, lines] {
            if (number != m_search_number) return;
            const int before = std::exchange(m_current_page, place.page);
            m_current_match = lines.empty() ? QRectF() : lines.front();
            for (const int page : {before, place.page})
                if (page >= 0) emit dataChanged(index(page), index(page), {CurrentMatchRole});
            emit matchPlaced(place.page, m_current_match.top());
        });
    });
}

std::vector<PdfPlace> PdfPages::matches_on(int page) const {
    std::vector<PdfPlace> places;
    for (const PdfPlace& match : m_matches)
        if (match.page == page && places.size() < kMatchesOnPage) places.push_back(match);
    return places;
}

void PdfPages::wantMatches(int page) {
    if (page < 0 || page >= rowCount()) return;
    if (std::exchange(m_pages[static_cast<std::size_t>(page)].matches_wanted, true)) return;
    const std::vector<PdfPlace> places = matches_on(page);
    if (places.empty()) return;
    m_worker.post([this, page, places, number = m_search_number](const std::stop_token&) {
        std::vector<QRectF> rectangles;
        for (const PdfPlace& place : places) {
            const auto lines = m_file ? m_file->rectangles(place) : std::vector<QRectF>();
            rectangles.insert(rectangles.end(), lines.begin(), lines.end());
        }
        post_to(this, [this, page, number, rectangles] {
            if (number == m_search_number) take_matches(page, rectangles);
        });
    });
}

void PdfPages::take_matches(int page, const std::vector<QRectF>& rectangles) {
    m_pages[static_cast<std::size_t>(page)].matches = rectangle_list(rectangles);
    emit dataChanged(index(page), index(page), {MatchesRole});
}

std::stop_source PdfPages::draw(int page, QSize pixels, QObject* receiver,
                                const std::function<void(const QImage&)>& take) {
    const QPointer<QObject> still_there(receiver);
    return m_worker.post([=, this, number = m_file_number](const std::stop_token& stop) {
        if (stop.stop_requested() || !m_file || page >= m_file->n_pages()) return;
        const QImage image = m_file->draw(page, pixels);
        post_to(this, [=, this] {
            if (number == m_file_number && still_there && !stop.stop_requested()) take(image);
        });
    });
}

}  // namespace lectern

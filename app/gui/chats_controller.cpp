#include "app/gui/chats_controller.h"

#include <QDateTime>
#include <chrono>
#include <future>
#include <utility>

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kGrowInterval{1000};  ///< the most that a kill can lose
constexpr std::chrono::milliseconds kTypingPause{400};
constexpr std::chrono::seconds kUndoTime{20};

int row_of_turn(const Chat& chat, std::int64_t turn) {
    for (std::size_t row = 0; row < chat.turns.size(); ++row)
        if (chat.turns[row].id == turn) return static_cast<int>(row);
    return -1;
}

std::vector<ChatHit> as_hits(const std::vector<ChatSummary>& chats) {
    std::vector<ChatHit> hits;
    for (const ChatSummary& chat : chats) hits.push_back({chat, 0, {}, 0, 0});
    return hits;
}

void set_up(QTimer& timer, std::chrono::milliseconds interval) {
    timer.setSingleShot(true);
    timer.setInterval(interval);
}

}  // namespace

ChatsController::ChatsController(const std::filesystem::path& file, QObject* parent)
    : QObject(parent), m_chat(std::make_shared<std::int64_t>(0)) {
    set_up(m_grow_timer, kGrowInterval);
    set_up(m_draft_timer, kTypingPause);
    set_up(m_removed_timer, kUndoTime);
    connect(&m_grow_timer, &QTimer::timeout, this, [this] { write_growing(false); });
    connect(&m_draft_timer, &QTimer::timeout, this, &ChatsController::write_draft);
    connect(&m_removed_timer, &QTimer::timeout, this, &ChatsController::dismissRemoved);
    m_midnight_timer.setSingleShot(true);
    connect(&m_midnight_timer, &QTimer::timeout, this, &ChatsController::refresh_list);
    m_worker.post([this, file](std::stop_token) { open_store(file); });
    refresh_list();
    work([this, n_shown = m_n_shown](ChatStore& store) -> Status {
        LECTERN_ASSIGN(const std::int64_t last, store.last_shown());
        post_to(this, [this, n_shown, last] {
            if (m_n_shown == n_shown) load(last, 0, /*at_start=*/true);
        });
        return {};
    });
}

ChatsController::~ChatsController() {
    write_growing(true);
    write_draft();
    std::promise<void> written;
    m_worker.post([&](std::stop_token) { written.set_value(); });
    written.get_future().wait();
}

void ChatsController::setSearch(const QString& text) {
    if (m_search == text) return;
    m_search = text;
    emit searchChanged();
    refresh_list();
}

void ChatsController::open(int row) {
    const ChatHit* hit = m_list.hit(row);
    if (hit != nullptr) load(hit->chat.id, hit->turn, /*at_start=*/false);
}

void ChatsController::rename(int row, const QString& title) {
    const ChatHit* hit = m_list.hit(row);
    if (hit != nullptr) rename_chat(hit->chat.id, title);
}

void ChatsController::renameOpen(const QString& title) {
    if (m_open != 0) rename_chat(m_open, title);
}

void ChatsController::rename_chat(std::int64_t chat, const QString& title) {
    const QString line = title.simplified();
    if (line.isEmpty()) return;
    if (chat == m_open) {
        m_title = line;
        emit titleChanged();
    }
    work([chat, line = line.toStdString()](ChatStore& store) { return store.rename(chat, line); });
    refresh_list();
}

void ChatsController::remove(int row) {
    const ChatHit* hit = m_list.hit(row);
    if (hit != nullptr) remove_chat(hit->chat.id, QString::fromStdString(hit->chat.title));
}

void ChatsController::removeOpen() {
    if (m_open != 0) remove_chat(m_open, m_title);
}

void ChatsController::remove_chat(std::int64_t chat, const QString& title) {
    m_removed = chat;
    m_removed_title = title;
    m_removed_was_open = chat == m_open;
    work([chat](ChatStore& store) { return store.remove(chat); });
    refresh_list();
    m_removed_timer.start();
    emit removedChanged();
    if (m_removed_was_open) emit openRemoved();
}

void ChatsController::undoRemove() {
    if (m_removed == 0) return;
    work([chat = m_removed](ChatStore& store) { return store.restore(chat); });
    refresh_list();
    if (m_removed_was_open) load(m_removed, 0, /*at_start=*/false);
    dismissRemoved();
}

void ChatsController::dismissRemoved() {
    m_removed = 0;
    m_removed_title.clear();
    m_removed_timer.stop();
    emit removedChanged();
}

void ChatsController::keepDraft(const QString& text) {
    if (m_draft == text) return;
    m_draft = text;
    m_draft_timer.start();
}

void ChatsController::leave() {
    write_growing(true);
    m_growing = nullptr;
    ++m_n_shown;
    const auto before = std::exchange(m_chat, std::make_shared<std::int64_t>(0));
    m_draft_timer.stop();
    work([this, before, n_shown = m_n_shown,
          typed = m_draft.toStdString()](ChatStore& store) -> Status {
        LECTERN_TRY(store.keep_last_shown(0));
        if (!typed.empty()) {
            LECTERN_TRY(store.keep_draft(*before, {}));
            return store.keep_draft(0, typed);
        }
        LECTERN_ASSIGN(const std::string draft, store.draft(0));
        post_to(this, [this, n_shown, draft] {
            if (m_n_shown == n_shown)
                emit draftRestored(QString::fromStdString(draft), /*replaces=*/false);
        });
        return {};
    });
    show_as_open(0);
    m_title.clear();
    emit titleChanged();
}

void ChatsController::load(std::int64_t chat, std::int64_t turn, bool at_start) {
    ++m_n_shown;
    if (!at_start) write_draft();
    work([this, chat, turn, at_start, n_shown = m_n_shown](ChatStore& store) -> Status {
        LECTERN_ASSIGN(std::string draft, store.draft(chat));
        Chat loaded;
        if (chat != 0) {
            auto found = store.chat(chat);
            if (!found && at_start && found.error().code == ErrorCode::kNotFound) return {};
            if (!found) return tl::unexpected<Error>(found.error());
            loaded = std::move(*found);
        }
        post_to(this, [this, turn, at_start, n_shown, loaded = std::move(loaded),
                       draft = std::move(draft)] {
            if (m_n_shown == n_shown) take_chat(loaded, turn, draft, at_start);
        });
        return {};
    });
}

void ChatsController::take_chat(const Chat& chat, std::int64_t turn, const std::string& draft,
                                bool at_start) {
    const int row = row_of_turn(chat, turn);
    if (chat.summary.id == m_open && !at_start) {
        if (row >= 0) emit turnWanted(row);
        return;
    }
    write_growing(true);
    m_growing = nullptr;
    if (!at_start) write_draft();
    m_chat = std::make_shared<std::int64_t>(chat.summary.id);
    if (!at_start)
        work([id = chat.summary.id](ChatStore& store) { return store.keep_last_shown(id); });
    show_as_open(chat.summary.id);
    m_title = QString::fromStdString(chat.summary.title);
    emit titleChanged();
    if (chat.summary.id != 0) {
        emit opened(chat);
        emit turnWanted(row);
    }
    if (!at_start) m_draft = QString::fromStdString(draft);
    emit draftRestored(QString::fromStdString(draft), /*replaces=*/!at_start);
}

void ChatsController::show_as_open(std::int64_t chat) {
    m_open = chat;
    m_list.show_open(chat);
}

void ChatsController::refresh_list() {
    work([this, search = m_search.toStdString()](ChatStore& store) -> Status {
        LECTERN_ASSIGN(const std::vector<ChatSummary> chats, store.list());
        std::vector<ChatHit> hits = as_hits(chats);
        if (!search.empty()) {
            LECTERN_ASSIGN(hits, store.search(search));
        }
        post_to(this,
                [this, hits = std::move(hits), any = !chats.empty()] { take_list(hits, any); });
        return {};
    });
}

void ChatsController::take_list(const std::vector<ChatHit>& hits, bool any) {
    const QDateTime now = QDateTime::currentDateTime();
    m_list.show(hits, now.date());
    m_any = any;
    emit listChanged();
    m_midnight_timer.start(static_cast<int>(now.msecsTo(now.date().addDays(1).startOfDay())) + 1);
}

void ChatsController::write_draft() {
    if (!m_draft_timer.isActive()) return;
    m_draft_timer.stop();
    work([chat = m_chat, text = m_draft.toStdString()](ChatStore& store) {
        return store.keep_draft(*chat, text);
    });
}

/// On the worker.
void ChatsController::open_store(const std::filesystem::path& file) {
    auto opened = ChatStore::open(file);
    if (!opened) {
        const QString reason = QString::fromStdString(opened.error().text());
        post_to(this, [this, reason] {
            emit storeFailed(tr("Chats are not kept when the window closes. %1").arg(reason));
        });
        opened = ChatStore::open({});
    }
    if (opened) m_store = std::move(*opened);
}

void ChatsController::work(Job job) {
    m_worker.post([this, job = std::move(job)](std::stop_token) {
        if (m_store == nullptr) return;  // not even in memory, which was said
        const Status done = job(*m_store);
        if (done) return;
        const QString message = QString::fromStdString(done.error().text());
        post_to(this, [this, message] { emit storeFailed(message); });
    });
}

}  // namespace lectern

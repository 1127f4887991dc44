// Searching the kept chats.
#include <map>

#include "app/core/chat_database.h"
#include "app/core/chat_excerpt.h"
#include "app/core/chat_store.h"

namespace lectern {
namespace {

constexpr const char* kTurns =
    "SELECT t.chat, t.id, t.question, t.answer, bm25(turns_fts) AS badness FROM turns_fts "
    "JOIN turns t ON t.id = turns_fts.rowid WHERE turns_fts MATCH ?1 AND t.taken_back = 0 ORDER BY badness, t.id DESC";
constexpr const char* kTitles = "SELECT rowid FROM chats_fts WHERE chats_fts MATCH ?1";

/// The best turn of each chat that has one.
std::map<std::int64_t, ChatHit> best_turns(SQLite::Database& db, const std::string& expression,
                                           const std::vector<std::string>& words) {
    std::map<std::int64_t, ChatHit> hits;
    SQLite::Statement query(db, kTurns);
    query.bind(1, expression);
    while (query.executeStep()) {
        const auto [place, added] = hits.try_emplace(query.getColumn(0).getInt64());
        if (!added) continue;
        ChatHit& hit = place->second;
        hit.turn = query.getColumn(1).getInt64();
        auto found = excerpt(query.getColumn(3).getString(), words);
        if (!found) found = excerpt(query.getColumn(2).getString(), words);
        if (!found) continue;
        hit.excerpt = std::move(found->text);
        hit.match = found->match;
        hit.n_match = found->n_match;
    }
    return hits;
}

}  // namespace

Result<std::vector<ChatHit>> ChatStore::search(const std::string& text, int limit) const {
    const std::vector<std::string> words = search_words(text);
    const auto expression = search_expression(words);
    if (!expression) return std::vector<ChatHit>{};
    LECTERN_ASSIGN(const std::vector<ChatSummary> chats, list());
    return guarded_chats(file_, [&]() -> Result<std::vector<ChatHit>> {
        std::map<std::int64_t, ChatHit> hits = best_turns(*db_, *expression, words);
        SQLite::Statement titles(*db_, kTitles);
        titles.bind(1, *expression);
        while (titles.executeStep()) hits.try_emplace(titles.getColumn(0).getInt64());
        std::vector<ChatHit> found;
        for (const ChatSummary& chat : chats) {
            const auto hit = hits.find(chat.id);
            if (hit == hits.end() || static_cast<int>(found.size()) == limit) continue;
            hit->second.chat = chat;
            found.push_back(std::move(hit->second));
        }
        return found;
    });
}

}  // namespace lectern

// Chats kept in one SQLite file (WAL): what is done is on the disk when a call returns, so that a
// kill or a power cut loses nothing of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/core/chat.h"
#include "engine/base/result.h"

namespace SQLite {
class Database;
}

namespace lectern {

/// One thread at a time; every call may wait for the disk, so never the window's. Two processes may
/// stand on one file. Errors of all methods: kNotFound (no such chat or turn), kCorrupt, kBusy
/// (locked longer than a few seconds), kDiskFull, kReadOnly, kIo; with an error nothing was done.
class ChatStore {
  public:
    /// Creates file and folder where there are none, and brings an older file up to date; an empty
    /// path: in memory, gone with the object. Answers that a kill left in their midst are stopped
    /// ones from now on; removed chats go for good. kCorrupt: damaged or another application's
    /// file, kUnsupported: a newer version's; neither is changed.
    static Result<std::unique_ptr<ChatStore>> open(const std::filesystem::path& file);
    ~ChatStore();

    /// The last used first.
    Result<std::vector<ChatSummary>> list() const;
    /// With its turns, in the order they were asked.
    Result<Chat> chat(std::int64_t id) const;
    /// Chats of which the title or one turn has all words of the text, the last one as far as it is
    /// typed; the last used first. A text without words finds nothing.
    Result<std::vector<ChatHit>> search(const std::string& text, int limit = 200) const;

    Result<std::int64_t> add_chat(const std::string& title, std::int64_t now_ms);
    Status rename(std::int64_t id, const std::string& title);
    /// Hidden from list() and search(), until restore() or the next open().
    Status remove(std::int64_t id);
    Status restore(std::int64_t id);

    /// Returns the turn's id; the chat was used now.
    Result<std::int64_t> add_turn(std::int64_t chat, const std::string& question,
                                  std::int64_t now_ms);
    /// All but its question, of an answer that still grows. Call it no more than once a second.
    Status keep_growing(const ChatTurn& turn);
    /// All but its question, once there is nothing more to come.
    Status keep_ended(const ChatTurn& turn);
    /// Hides all turns behind the first n, until restore_taken() or the next open(). Turns of this
    /// chat that were hidden before go for good.
    Status take_back(std::int64_t chat, int n_turns);
    /// The hidden turns again, in the place of those asked since, which go for good.
    Status restore_taken(std::int64_t chat);
    Status keep_conversation(std::int64_t chat, const SavedConversation& conversation);

    /// What is typed in the composer of a chat; chat 0 is the one that has not begun.
    Result<std::string> draft(std::int64_t chat) const;
    Status keep_draft(std::int64_t chat, const std::string& text);
    /// The chat that was shown last; 0: none.
    Result<std::int64_t> last_shown() const;
    Status keep_last_shown(std::int64_t chat);

  private:
    ChatStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> db);
    Status keep_turn(const ChatTurn& turn, bool ended);
    Status tidy();

    std::filesystem::path file_;
    std::unique_ptr<SQLite::Database> db_;
};

}  // namespace lectern

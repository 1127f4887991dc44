// The kept chats as the window deals with them: the list, the chat that is shown, what is typed.
#pragma once

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQmlIntegration>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/core/chat_store.h"
#include "app/gui/answer_text.h"
#include "app/gui/chat_list_model.h"
#include "app/gui/job_thread.h"

namespace lectern {

/// A question's place in the store. Only the chats' worker reads and writes the ids.
struct KeptTurn {
    std::shared_ptr<std::int64_t> chat;  ///< 0 until the chat has begun
    std::int64_t id = 0;
    std::vector<std::filesystem::path> scope{};  ///< what the question was narrowed to
};

/// Belongs to the window's thread and never blocks it: one worker owns the store and does all in
/// the order it was asked for. Destroying it waits until the worker has written what is left. Where
/// the file cannot be opened, chats are kept in memory, which storeFailed says.
class ChatsController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The assistant's controller has it.")
    Q_PROPERTY(lectern::ChatListModel* list READ list CONSTANT)
    Q_PROPERTY(bool any READ any NOTIFY listChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(QString removedTitle READ removedTitle NOTIFY removedChanged)

  public:
    /// file: empty: in memory. Begins to load the list and the chat that was shown last.
    explicit ChatsController(const std::filesystem::path& file, QObject* parent = nullptr);
    ~ChatsController() override;

    ChatListModel* list() { return &m_list; }
    bool any() const { return m_any; }  ///< whatever is searched for
    QString search() const { return m_search; }
    void setSearch(const QString& text);
    QString title() const { return m_title; }  ///< of the chat that is shown; empty: not begun
    /// Of the chat that undoRemove brings back; empty: there is none.
    QString removedTitle() const { return m_removed_title; }

    Q_INVOKABLE void open(int row);
    /// An empty title changes nothing.
    Q_INVOKABLE void rename(int row, const QString& title);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void renameOpen(const QString& title);
    Q_INVOKABLE void removeOpen();
    /// Writes the chat that is shown; the file's suffix decides: .html, .pdf, else Markdown.
    Q_INVOKABLE void exportOpen(const QUrl& file);
    /// A name for that file: the title without what names of files cannot hold.
    Q_INVOKABLE QString exportName(const QString& suffix) const;
    Q_INVOKABLE void undoRemove();
    Q_INVOKABLE void dismissRemoved();
    /// What the composer holds, for the next start and for coming back to this chat.
    Q_INVOKABLE void keepDraft(const QString& text);

    // What happens to the chat that is shown.
    std::shared_ptr<KeptTurn> begin_turn(const QString& question,
                                         std::vector<std::filesystem::path> scope = {});
    /// Written within a second.
    void grow(const std::shared_ptr<KeptTurn>& turn, const AnswerDraft& draft);
    /// conversation: nothing: it is what it was.
    void end(const std::shared_ptr<KeptTurn>& turn, const Answer& answer,
             const std::optional<SavedConversation>& conversation);
    void fail_turn(const std::shared_ptr<KeptTurn>& turn, const QString& error);
    /// Turns from this row on are hidden, for restore_taken.
    void take_back(int row);
    /// They come back in the place of what was asked since. The engine's worker is done with
    /// writing `conversation`, which was the engine's before.
    void restore_taken(const std::shared_ptr<const SavedConversation>& conversation);
    /// The next question begins a new chat. An answer under way is kept as stopped; what is typed
    /// goes along.
    void leave();

  signals:
    void listChanged();
    void searchChanged();
    void titleChanged();
    void removedChanged();
    void opened(const lectern::Chat& chat);
    /// Behind opened, and where a search found a place in the chat that is shown; −1: to its end.
    void turnWanted(int turn);
    void openRemoved();  ///< the chat that is shown was removed
    void draftRestored(const QString& text, bool replaces);
    void storeFailed(const QString& message);

  private:
    using Job = std::function<Status(ChatStore&)>;

    void work(Job job);
    void write_ended(const std::shared_ptr<KeptTurn>& turn, ChatTurn kept,
                     const std::optional<SavedConversation>& conversation);
    void open_store(const std::filesystem::path& file);
    void load(std::int64_t chat, std::int64_t turn, bool at_start);
    void take_chat(const Chat& chat, std::int64_t turn, const std::string& draft, bool at_start);
    void rename_chat(std::int64_t chat, const QString& title);
    void remove_chat(std::int64_t chat, const QString& title);
    void refresh_list();
    void take_list(const std::vector<ChatHit>& hits, bool any);
    void show_as_open(std::int64_t chat);
    void write_growing(bool stopped);
    void write_draft();

    ChatListModel m_list;
    bool m_any = false;
    QString m_search, m_title, m_removed_title;
    std::int64_t m_removed = 0;
    bool m_removed_was_open = false;
    std::shared_ptr<std::int64_t> m_chat;  ///< that is shown; the worker's to read
    std::int64_t m_open = 0;               ///< the same, as far as the window knows; 0: not begun
    int m_n_shown = 0;  ///< chats shown so far: one that comes after another was chosen is dropped
    std::shared_ptr<KeptTurn> m_growing;
    AnswerDraft m_growth;
    QString m_draft;
    QTimer m_grow_timer, m_draft_timer, m_removed_timer, m_midnight_timer;
    std::unique_ptr<ChatStore> m_store;  ///< the worker's
    JobThread m_worker;                  ///< last: it uses what is above
};

}  // namespace lectern

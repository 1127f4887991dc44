// What the window can ask for and show: the assistant's calls on two workers, their results as
// properties.
#pragma once

#include <QObject>
#include <QTimer>
#include <QtQmlIntegration>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "app/core/assistant.h"
#include "app/gui/chats_controller.h"
#include "app/gui/conversation_model.h"
#include "app/gui/data_controller.h"
#include "app/gui/job_thread.h"
#include "app/gui/library_controller.h"
#include "app/gui/settings_controller.h"
#include "app/gui/models_controller.h"
#include "app/gui/scope_controller.h"
#include "app/gui/turns_controller.h"

namespace lectern {

/// Belongs to the window's thread and never blocks it: questions and what is done when nobody asks
/// run on one worker, looks for models on another, reading ahead of half-typed questions on a
/// third. The workers leave text in an inbox that is emptied about 30 times a second; results come
/// by queued calls. Destroying it stops the workers and waits for them. The assistant outlives it.
class AssistantController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes it.")
    Q_PROPERTY(lectern::ConversationModel* conversation READ conversation CONSTANT)
    Q_PROPERTY(lectern::ChatsController* chats READ chats CONSTANT)
    Q_PROPERTY(lectern::LibraryController* library READ library CONSTANT)
    Q_PROPERTY(lectern::SettingsController* settings READ settings CONSTANT)
    Q_PROPERTY(lectern::DataController* data READ data CONSTANT)
    Q_PROPERTY(lectern::ModelsController* models READ models CONSTANT)
    Q_PROPERTY(lectern::TurnsController* turns READ turns CONSTANT)
    Q_PROPERTY(lectern::ScopeController* scope READ scope CONSTANT)
    Q_PROPERTY(Stage stage READ stage NOTIFY stageChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY stageChanged)
    Q_PROPERTY(bool canAsk READ canAsk NOTIFY canAskChanged)
    Q_PROPERTY(bool hasDocuments READ hasDocuments NOTIFY canAskChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(QString modelName READ modelName NOTIFY modelChanged)
    Q_PROPERTY(QString modelProblem READ modelProblem NOTIFY modelChanged)

  public:
    enum Stage { Idle, LoadingModel, Searching, Reading, Answering, Stopping };
    Q_ENUM(Stage)

    /// Begins to look at the library and brings its documents up to date, and to load the chats
    /// kept in the file (none: they are kept in memory). settings: their file; none: the defaults.
    explicit AssistantController(Assistant& assistant, const std::filesystem::path& chats = {},
                                 const std::filesystem::path& settings = {},
                                 QObject* parent = nullptr);
    ~AssistantController() override;

    /// For calls of any thread that need nothing of the controller's.
    Assistant& assistant() { return m_assistant; }
    ConversationModel* conversation() { return &m_conversation; }
    ChatsController* chats() { return &m_chats; }
    LibraryController* library() { return &m_library; }
    SettingsController* settings() { return &m_settings; }
    DataController* data() { return &m_data; }
    ModelsController* models() { return &m_models; }
    TurnsController* turns() { return &m_turns; }
    ScopeController* scope() { return &m_scope; }
    Stage stage() const { return m_stage; }
    bool busy() const { return m_stage != Idle; }
    bool canAsk() const;
    bool hasDocuments() const { return m_library.hasDocuments(); }
    QString notice() const { return m_notice; }  ///< until it is dismissed
    QString modelName() const { return QString::fromStdString(m_model.name); }
    QString modelProblem() const { return QString::fromStdString(m_model.problem); }
    /// Of the next question.
    AskOptions ask_options() const;
    /// Runs behind what the engine's worker has to do, with what it resumes before the next
    /// question.
    using EngineJob = std::function<void(Assistant&, std::optional<SavedConversation>& resume)>;
    void on_engine(EngineJob job);
    /// Runs on the worker that looks things up.
    void on_look(std::function<void(Assistant&)> job);
    /// Looks again for models and documents.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void dismissNotice();
    /// false: nothing was asked (an empty question, or canAsk is false); keep the text.
    Q_INVOKABLE bool ask(const QString& text);
    /// The question as far as it is typed: once the typing pauses, its passages are read ahead.
    Q_INVOKABLE void prefetch(const QString& text);
    Q_INVOKABLE void stop();
    Q_INVOKABLE void newChat();
    Q_INVOKABLE void openFile(const QString& path);
    /// To the web or a mail address; any other is left alone.
    Q_INVOKABLE void openLink(const QString& link);
    Q_INVOKABLE void copyText(const QString& text);

  signals:
    void stageChanged();
    void canAskChanged();
    void modelChanged();
    void answerFailed(const QString& question, const QString& message);
    void noticeChanged();

  private:
    /// What the workers left since the window last looked.
    struct Inbox {
        bool announced = false;
        int turn = 0;
        std::optional<AskStage> stage;
        bool draft_changed = false;
        AnswerDraft draft;
    };

    void leave(const std::function<void(Inbox&)>& put);
    void empty_inbox();
    AskEvents ask_events(int turn);
    Result<Answer> ask_on_engine(const std::string& question, const AskOptions& options,
                                 const AskEvents& events, std::stop_token stop);
    void take_answer(int turn, const QString& question, Result<Answer> answer);
    void keep_answer(const std::shared_ptr<KeptTurn>& kept, const Result<Answer>& answer,
                     const SavedConversation& conversation);
    void take_chat(const Chat& chat);
    void leave_conversation();
    void follow_settings();
    void show_notice(const QString& notice);
    void work_when_idle();
    void take_idle_work(const Result<int>& repaired, const Result<bool>& calibrated,
                        const Result<std::int64_t>& precomputed);
    void start_prefetch();
    void set_stage(Stage stage);

    Assistant& m_assistant;
    ConversationModel m_conversation;
    ChatsController m_chats;
    SettingsController m_settings;
    DataController m_data{data_folders()};
    TurnsController m_turns{*this};
    ScopeController m_scope{*this};
    std::shared_ptr<KeptTurn> m_kept_turn;  ///< of the question under way
    /// What the engine goes on with before it answers the next question; the engine's worker alone.
    std::optional<SavedConversation> m_resume;
    LibraryController m_library;
    ModelsController m_models;
    Stage m_stage = Idle;
    int m_turn = 0;  ///< of the question under way; results of earlier ones are dropped
    ModelState m_model;
    QString m_notice;
    bool m_repair_wanted = false;
    bool m_calibrate_wanted = true;
    bool m_precompute_wanted = false;
    QTimer m_inbox_timer;
    QTimer m_prefetch_timer;
    QString m_half_question;
    std::mutex m_inbox_mutex;
    Inbox m_inbox;
    std::stop_source m_question;
    std::stop_source m_idle_work;
    std::stop_source m_prefetch;
    JobThread m_prefetch_worker;  ///< the workers last: they use what is above
    JobThread m_look_worker;
    JobThread m_engine_worker;
};

}  // namespace lectern

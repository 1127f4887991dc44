#include "app/gui/assistant_controller.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <chrono>
#include <utility>

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kInboxInterval{33};
constexpr std::chrono::milliseconds kTypingPause{250};  ///< between words, not letters

AssistantController::Stage shown_stage(AskStage stage) {
    switch (stage) {
        case AskStage::kLoadingModel:
            return AssistantController::LoadingModel;
        case AskStage::kSearching:
            return AssistantController::Searching;
        case AskStage::kReading:
            return AssistantController::Reading;
        case AskStage::kAnswering:
            return AssistantController::Answering;
    }
    return AssistantController::Searching;
}

}  // namespace

AssistantController::AssistantController(Assistant& assistant, const std::filesystem::path& chats,
                                         const std::filesystem::path& settings, QObject* parent)
    : QObject(parent),
      m_assistant(assistant),
      m_chats(chats),
      m_settings(assistant, settings),
      m_library(assistant),
      m_models(assistant) {
    m_inbox_timer.setSingleShot(true);
    m_inbox_timer.setInterval(kInboxInterval);
    connect(&m_inbox_timer, &QTimer::timeout, this, &AssistantController::empty_inbox);
    m_prefetch_timer.setSingleShot(true);
    m_prefetch_timer.setInterval(kTypingPause);
    connect(&m_prefetch_timer, &QTimer::timeout, this, &AssistantController::start_prefetch);
    connect(this, &AssistantController::stageChanged, this, &AssistantController::canAskChanged);
    connect(this, &AssistantController::modelChanged, this, &AssistantController::canAskChanged);
    connect(&m_chats, &ChatsController::opened, this, &AssistantController::take_chat);
    connect(&m_chats, &ChatsController::openRemoved, this, &AssistantController::newChat);
    connect(&m_chats, &ChatsController::storeFailed, this, &AssistantController::show_notice);
    connect(&m_library, &LibraryController::changed, this, &AssistantController::canAskChanged);
    connect(&m_library, &LibraryController::noticeWanted, this, &AssistantController::show_notice);
    connect(&m_library, &LibraryController::indexingBegan, this, [this] {
        m_idle_work.request_stop();
        m_models.measure_for_offer();
    });
    connect(&m_library, &LibraryController::indexingEnded, this, [this] {
        m_precompute_wanted = true;
        work_when_idle();
    });
    connect(&m_models, &ModelsController::installedChanged, this, [this] {
        refresh();
        if (!m_library.error().isEmpty()) m_library.resumeIndexing();  // a model was missing
    });
    follow_settings();
    refresh();
}

AssistantController::~AssistantController() {
    empty_inbox();  // the chats keep what came of an answer under way
    m_question.request_stop();
    m_idle_work.request_stop();
    m_prefetch.request_stop();
    m_library.stopIndexing();
}

bool AssistantController::canAsk() const {
    return !busy() && hasDocuments() && !m_model.name.empty();
}

void AssistantController::refresh() {
    m_look_worker.post([this](std::stop_token) {
        ModelState model = m_assistant.model();
        post_to(this, [this, model = std::move(model)] {
            m_model = model;
            emit modelChanged();
            m_library.refresh();
        });
    });
}

void AssistantController::dismissNotice() { show_notice({}); }

bool AssistantController::ask(const QString& text) {
    const QString question = text.trimmed();
    if (question.isEmpty() || !canAsk()) return false;
    m_idle_work.request_stop();
    m_prefetch_timer.stop();
    m_prefetch.request_stop();
    const int turn = ++m_turn;
    {
        const std::lock_guard lock(m_inbox_mutex);
        m_inbox.turn = turn;
        m_inbox.draft = {};
        m_inbox.draft_changed = false;
        m_inbox.stage.reset();
    }
    m_turns.question_asked();
    m_conversation.append_question(question, m_scope.scope());
    m_kept_turn = m_chats.begin_turn(question, m_scope.scope());
    set_stage(Searching);
    m_question = m_engine_worker.post(
        [this, question, turn, kept = m_kept_turn, options = ask_options()](std::stop_token stop) {
            Result<Answer> answer =
                ask_on_engine(question.toStdString(), options, ask_events(turn), stop);
            SavedConversation conversation = m_assistant.conversation();
            post_to(this, [this, turn, question, kept, answer = std::move(answer),
                           conversation = std::move(conversation)]() mutable {
                keep_answer(kept, answer, conversation);
                take_answer(turn, question, std::move(answer));
            });
        });
    return true;
}

/// On the engine's worker: a chat that was opened is resumed with its first question, so that
/// looking at chats loads no model.
Result<Answer> AssistantController::ask_on_engine(const std::string& question,
                                                  const AskOptions& options,
                                                  const AskEvents& events, std::stop_token stop) {
    if (m_resume) {
        events.on_stage(AskStage::kLoadingModel);
        LECTERN_TRY(m_assistant.resume(*m_resume, stop));
        m_resume.reset();
    }
    return m_assistant.ask(question, options, events, std::move(stop));
}

AskOptions AssistantController::ask_options() const {
    AskOptions options = m_settings.ask_options();
    options.seed = m_turns.seed();
    options.scope = m_scope.scope();
    return options;
}

void AssistantController::on_engine(EngineJob job) {
    m_idle_work.request_stop();
    m_engine_worker.post(
        [this, job = std::move(job)](std::stop_token) { job(m_assistant, m_resume); });
}

void AssistantController::on_look(std::function<void(Assistant&)> job) {
    m_look_worker.post([this, job = std::move(job)](std::stop_token) { job(m_assistant); });
}

void AssistantController::prefetch(const QString& text) {
    m_half_question = text.trimmed();
    m_prefetch_timer.start();
}

void AssistantController::start_prefetch() {
    m_prefetch.request_stop();
    // What is read ahead comes from the whole library.
    if (m_half_question.isEmpty() || !hasDocuments() || !m_scope.scope().empty()) return;
    m_prefetch = m_prefetch_worker.post(
        [this, half_question = m_half_question.toStdString()](std::stop_token stop) {
            if (stop.stop_requested()) return;
            // What fails here fails the question, too, which says so.
            static_cast<void>(m_assistant.prefetch(half_question, stop));
        });
}

void AssistantController::stop() {
    if (!busy()) return;
    m_question.request_stop();
    set_stage(Stopping);
}

void AssistantController::newChat() {
    leave_conversation();
    m_chats.leave();
    m_engine_worker.post([this](std::stop_token) {
        m_resume.reset();
        m_assistant.forget_conversation();
    });
    m_conversation.clear();
    m_scope.set_scope({});
    work_when_idle();
}

void AssistantController::take_chat(const Chat& chat) {
    leave_conversation();
    m_engine_worker.post([this, conversation = chat.conversation](std::stop_token) {
        m_resume.reset();
        if (!conversation.turns.empty()) m_resume = conversation;
        m_assistant.forget_conversation();
    });
    m_conversation.show(chat.turns);
    m_scope.set_scope(chat.turns.empty() ? ChatTurn{}.scope : chat.turns.back().scope);
    work_when_idle();
}

/// What comes of the question under way is kept, but not shown any more.
void AssistantController::leave_conversation() {
    m_turns.dismiss();
    m_question.request_stop();
    m_idle_work.request_stop();
    m_kept_turn = nullptr;
    ++m_turn;
    set_stage(Idle);
}

void AssistantController::openFile(const QString& path) {
    if (!QFileInfo::exists(path))
        show_notice(tr("%1 is no longer there. It was moved, renamed or deleted.").arg(path));
    else if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        show_notice(tr("No application opened %1. Choose one for this kind of file in the system "
                       "settings.")
                        .arg(path));
}

void AssistantController::openLink(const QString& link) {
    const QUrl url(link);
    static const QStringList kSchemes{QStringLiteral("http"), QStringLiteral("https"),
                                      QStringLiteral("mailto")};
    if (kSchemes.contains(url.scheme()) && !QDesktopServices::openUrl(url))
        show_notice(tr("No application opened %1. Copy the link and open it yourself.").arg(link));
}

void AssistantController::copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

/// Of the question `turn`; what a question that was left still sends is dropped.
AskEvents AssistantController::ask_events(int turn) {
    const auto leave_of_turn = [this, turn](const std::function<void(Inbox&)>& put) {
        leave([&](Inbox& inbox) {
            if (inbox.turn == turn) put(inbox);
        });
    };
    AskEvents events;
    events.on_stage = [=](AskStage stage) {
        leave_of_turn([stage](Inbox& inbox) { inbox.stage = stage; });
    };
    events.on_passages = [=](const std::vector<Citation>& citations) {
        leave_of_turn([&](Inbox& inbox) {
            inbox.draft.citations = citations;
            inbox.draft_changed = true;
        });
    };
    events.on_sentence = [=](const CitedSentence& sentence) {
        leave_of_turn([&](Inbox& inbox) { inbox.draft.sentences.push_back(sentence); });
    };
    events.on_text = [=](std::string_view text) {
        leave_of_turn([&](Inbox& inbox) {
            inbox.draft.text += text;
            inbox.draft_changed = true;
        });
    };
    return events;
}

/// Of a chat that was left meanwhile, too.
void AssistantController::keep_answer(const std::shared_ptr<KeptTurn>& kept,
                                      const Result<Answer>& answer,
                                      const SavedConversation& conversation) {
    Answer nothing;
    nothing.cancelled = true;
    if (answer)
        m_chats.end(kept, *answer, conversation);
    else if (answer.error().code == ErrorCode::kCancelled)
        m_chats.end(kept, nothing, std::nullopt);
    else
        m_chats.fail_turn(kept, QString::fromStdString(answer.error().text()));
}

void AssistantController::take_answer(int turn, const QString& question, Result<Answer> answer) {
    if (turn != m_turn) return;  // of a chat that was left
    m_kept_turn = nullptr;
    set_stage(Idle);
    m_repair_wanted = true;
    if (answer) {
        m_conversation.finish(*answer);
    } else if (answer.error().code == ErrorCode::kCancelled) {
        Answer nothing;
        nothing.cancelled = true;
        m_conversation.finish(nothing);
    } else {
        const QString message = QString::fromStdString(answer.error().text());
        m_conversation.fail_last(message);
        emit answerFailed(question, message);
    }
    work_when_idle();
}

/// The conversation first: its next question comes sooner than one about passages not asked for
/// yet. The model before these passages: it takes minutes, they may take hours.
void AssistantController::work_when_idle() {
    const bool can = !busy() && !m_library.indexing() && hasDocuments() && !m_model.name.empty();
    const bool precompute = m_precompute_wanted && m_library.kv_policy() != KvPolicy::kLazy;
    if (!can || !(m_repair_wanted || m_calibrate_wanted || precompute)) return;
    m_idle_work =
        m_engine_worker.post([this, repair = m_repair_wanted, calibrate = m_calibrate_wanted,
                              precompute](std::stop_token stop) {
            Result<int> repaired = 0;
            Result<bool> calibrated = false;
            Result<std::int64_t> precomputed = 0;
            if (repair) repaired = m_assistant.repair(stop);
            if (calibrate) calibrated = m_assistant.calibrate(stop);
            if (precompute) precomputed = m_assistant.precompute(stop);
            post_to(this, [this, repaired = std::move(repaired), calibrated = std::move(calibrated),
                           precomputed = std::move(precomputed)] {
                take_idle_work(repaired, calibrated, precomputed);
            });
        });
}

void AssistantController::take_idle_work(const Result<int>& repaired,
                                         const Result<bool>& calibrated,
                                         const Result<std::int64_t>& precomputed) {
    const auto goes_on = [](const auto& done) {  // behind the next answer
        return !done && done.error().code == ErrorCode::kCancelled;
    };
    m_repair_wanted = goes_on(repaired);
    m_calibrate_wanted = goes_on(calibrated);
    m_precompute_wanted = goes_on(precomputed);
    if (!repaired && !m_repair_wanted)
        show_notice(tr("The conversation could not be prepared for the next question. %1")
                        .arg(QString::fromStdString(repaired.error().text())));
    if (!calibrated && !m_calibrate_wanted)
        show_notice(
            tr("How near the model's quick answers come to a full read could not be measured. %1")
                .arg(QString::fromStdString(calibrated.error().text())));
    if (!precomputed && !m_precompute_wanted)
        show_notice(tr("Passages could not be prepared ahead of questions. %1")
                        .arg(QString::fromStdString(precomputed.error().text())));
}

void AssistantController::show_notice(const QString& notice) {
    m_notice = notice;
    emit noticeChanged();
}

void AssistantController::set_stage(Stage stage) {
    if (m_stage == stage) return;
    m_stage = stage;
    emit stageChanged();
}

/// Any thread.
void AssistantController::leave(const std::function<void(Inbox&)>& put) {
    const std::lock_guard lock(m_inbox_mutex);
    put(m_inbox);
    if (std::exchange(m_inbox.announced, true)) return;
    post_to(this, [this] { m_inbox_timer.start(); });
}

void AssistantController::empty_inbox() {
    Inbox taken;
    {
        const std::lock_guard lock(m_inbox_mutex);
        taken.turn = m_inbox.turn;
        taken.stage = std::exchange(m_inbox.stage, std::nullopt);
        taken.draft_changed = std::exchange(m_inbox.draft_changed, false);
        if (taken.draft_changed) taken.draft = m_inbox.draft;
        m_inbox.announced = false;
    }
    if (taken.turn == m_turn && busy()) {
        if (taken.stage && m_stage != Stopping) set_stage(shown_stage(*taken.stage));
        if (taken.draft_changed) {
            m_conversation.show_draft(taken.draft);
            m_chats.grow(m_kept_turn, taken.draft);
        }
    }
}

}  // namespace lectern

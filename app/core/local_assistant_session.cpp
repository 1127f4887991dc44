// The assistant's model in memory, and what may be chosen of it while the assistant is at work.
#include <utility>

#include "app/core/catalogue.h"
#include "app/core/kv_settings.h"
#include "app/core/local_assistant.h"
#include "app/core/paths.h"
#include "app/core/profile_files.h"

namespace lectern {

void LocalAssistant::choose(const EngineChoices& choices) {
    const std::lock_guard lock(choices_mutex_);
    choices_ = choices;
}

EngineChoices LocalAssistant::choices() {
    const std::lock_guard lock(choices_mutex_);
    return choices_;
}

Status LocalAssistant::set_kv_policy(KvPolicy policy) {
    return lectern::set_kv_policy(*library_, policy);
}

Status LocalAssistant::set_kv_budget(std::int64_t n_bytes) {
    LECTERN_TRY(lectern::set_kv_budget(*library_, n_bytes));
    return store_->set_budget(n_bytes > 0 ? std::optional(n_bytes) : std::nullopt);
}

/// Pre: engine_mutex_ is held.
bool LocalAssistant::session_is_chosen() {
    EngineChoices chosen = choices();
    chosen.repairs_on_battery = loaded_with_.repairs_on_battery;  // needs no other session
    return flow_ && chosen == loaded_with_;
}

/// Pre: engine_mutex_ is held and the searcher is there.
Status LocalAssistant::ensure_session(std::stop_token stop) {
    if (session_is_chosen()) return {};
    close_session();
    const EngineChoices chosen = choices();
    LECTERN_ASSIGN(const std::filesystem::path path,
                   find_model(chosen.model, ModelRole::kAnswering));
    SessionOptions options = options_.session;
    options.context = chosen.context;
    options.kv_format = chosen.kv_format;
    options.backend.n_threads = chosen.n_threads;
    LECTERN_ASSIGN(session_, ModelSession::load(path, options, stop));
    profile_ = profile_of_model(profiles_folder(), session_->fingerprint(), session_->kv_format());
    flow_.emplace(*searcher_, *session_, *store_);
    loaded_with_ = chosen;
    loaded_ = session_.get();
    if (!interrupted_) return {};
    const SavedConversation saved = *std::exchange(interrupted_, std::nullopt);
    return resume_flow(saved);
}

/// Before the next one is loaded: there is hardly memory for two. Pre: engine_mutex_ is held.
void LocalAssistant::close_session() {
    if (flow_) interrupted_ = flow_->conversation().saved();
    flow_.reset();
    profile_.reset();
    const std::lock_guard lock(loaded_mutex_);
    loaded_ = nullptr;
    session_.reset();
}

}  // namespace lectern

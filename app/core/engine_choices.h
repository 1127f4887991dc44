// What may be chosen of how answers are computed while the assistant is at work.
#pragma once

#include <string>

#include "app/core/settings.h"
#include "engine/kv/kv_format.h"

namespace lectern {

struct EngineChoices {
    std::string model;  ///< catalogue name or path; empty: the best one installed
    int context = 0;    ///< tokens; 0: as many as the model and the memory allow
    int n_threads = 0;  ///< 0: default_thread_count()
    KvFormat kv_format = kDefaultKvFormat;
    bool repairs_on_battery = false;  ///< whether work nobody waits for is done there

    bool operator==(const EngineChoices&) const = default;
};

inline EngineChoices engine_choices(const Settings& settings) {
    return {settings.model, settings.context, settings.threads, settings.kv_format,
            settings.repairs_on_battery};
}

}  // namespace lectern

#include "app/gui/settings_controller.h"

#include <chrono>
#include <thread>
#include <utility>

#include "app/core/catalogue.h"
#include "app/core/doctor.h"
#include "app/core/kv_settings.h"

namespace lectern {
namespace {

constexpr std::chrono::milliseconds kSaveDelay{500};

SettingFacts look_at_machine() {
    SettingFacts facts;
    facts.n_threads = static_cast<int>(std::thread::hardware_concurrency());
    facts.gpu = examine_machine(1).gpu;
    for (const CatalogueModel& model : catalogue())
        if (model.role == ModelRole::kAnswering && model.installed())
            facts.models.push_back({model.name, model.title});
    return facts;
}

}  // namespace

SettingsController::SettingsController(Assistant& assistant, std::filesystem::path file,
                                       QObject* parent)
    : QObject(parent), m_assistant(assistant), m_file(std::move(file)) {
    if (!m_file.empty()) {
        LoadedSettings loaded = load_settings(m_file);
        m_settings = loaded.settings;
        for (const std::string& problem : loaded.problems)
            m_problems << QString::fromStdString(problem);
    }
    m_assistant.choose(engine_choices(m_settings));
    m_text_size.scale(m_settings.text_size_percent);
    m_list.set_entries(setting_entries({}));
    show_values();
    m_worker.emplace();
    m_save_timer.setSingleShot(true);
    m_save_timer.setInterval(kSaveDelay);
    connect(&m_save_timer, &QTimer::timeout, this, &SettingsController::save);
    connect(&m_motion, &SystemMotion::changed, this, &SettingsController::changed);
}

SettingsController::~SettingsController() {
    m_worker.reset();  // it drops what has not begun
    if (!m_unsaved) return;
    const Status saved = save_settings(m_file, m_settings);
    if (!saved) qWarning("%s", saved.error().text().c_str());
}

QString SettingsController::theme() const {
    return to_variant(find_setting("theme")->get(m_settings)).toString();
}

bool SettingsController::still() const {
    return m_settings.motion == Motion::kNone || m_motion.unwanted();
}

AskOptions SettingsController::ask_options() const {
    AskOptions options;
    options.fidelity = m_settings.fidelity;
    options.temperature = static_cast<float>(m_settings.temperature);
    options.top_k = m_settings.top_k;
    options.max_tokens = m_settings.max_tokens;
    return options;
}

QString SettingsController::take_problems() {
    return std::exchange(m_problems, {}).join(QLatin1Char(' '));
}

void SettingsController::show_library(const LibraryOverview& overview) {
    m_list.set_value(QLatin1String(kKvPolicyId),
                     QString::fromStdString(name_of(overview.kv_policy)));
    m_list.set_value(QLatin1String(kKvBudgetId),
                     static_cast<double>(overview.kv_budget_chosen_bytes));
}

QString SettingsController::choose(const QString& id, const QVariant& value) {
    if (id == QLatin1String(kKvPolicyId) || id == QLatin1String(kKvBudgetId)) {
        choose_of_library(id, value);
        return {};
    }
    const SettingField* field = find_setting(id.toStdString());
    const std::optional<SettingValue> given = from_variant(value);
    if (field == nullptr || !given) return tr("There is no such setting.");
    const Settings before = m_settings;
    const Status set = field->set(m_settings, *given);
    if (!set) return QString::fromStdString(set.error().text());
    if (m_settings == before) return {};
    m_list.set_value(id, to_variant(field->get(m_settings)));
    m_text_size.scale(m_settings.text_size_percent);
    if (!m_file.empty()) {
        m_unsaved = true;
        m_save_timer.start();
    }
    if (engine_choices(m_settings) != engine_choices(before)) {
        m_assistant.choose(engine_choices(m_settings));
        emit engineChosen();
    }
    emit changed();
    return {};
}

void SettingsController::chooseStop(const QString& id, int stop) {
    const SettingEntry* entry = m_list.find(id);
    if (entry == nullptr || stop < 0 || stop >= static_cast<int>(entry->stops.size())) return;
    const QString problem = choose(id, entry->stops[static_cast<std::size_t>(stop)].value);
    if (!problem.isEmpty()) emit failed(problem);
}

void SettingsController::reset(const QString& id) {
    if (const SettingEntry* entry = m_list.find(id)) choose(id, entry->fallback);
}

void SettingsController::refresh() {
    m_worker->post([this](std::stop_token) {
        post_to(this,
                [this, facts = look_at_machine()] { m_list.set_entries(setting_entries(facts)); });
    });
}

void SettingsController::show_values() {
    for (const SettingField& field : setting_fields())
        m_list.set_value(QString::fromStdString(field.key), to_variant(field.get(m_settings)));
}

/// Shown once the library has it.
void SettingsController::choose_of_library(const QString& id, const QVariant& value) {
    m_worker->post([this, is_policy = id == QLatin1String(kKvPolicyId), value](std::stop_token) {
        Status kept;
        if (is_policy) {
            const Result<KvPolicy> policy = parse_kv_policy(value.toString().toStdString());
            kept = policy ? m_assistant.set_kv_policy(*policy)
                          : Status(tl::unexpected(policy.error()));
        } else {
            kept = m_assistant.set_kv_budget(static_cast<std::int64_t>(value.toDouble()));
        }
        post_to(this, [this, kept] {
            if (!kept) emit failed(QString::fromStdString(kept.error().text()));
            emit libraryChosen();
        });
    });
}

void SettingsController::save() {
    m_worker->post([this, settings = m_settings](std::stop_token) {
        m_unsaved = false;
        const Status saved = save_settings(m_file, settings);
        if (saved) return;
        post_to(this, [this, message = QString::fromStdString(saved.error().text())] {
            emit failed(tr("The settings could not be kept. %1").arg(message));
        });
    });
}

}  // namespace lectern

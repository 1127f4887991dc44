// The settings as the page lists them, and what choosing one does.
#include "app/gui/settings_model.h"

#include <QAbstractItemModelTester>
#include <QGuiApplication>
#include <fstream>
#include <set>

#include "app/gui/settings_controller.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

QStringList titles(const SettingsModel& model) {
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles << model.index(row).data(SettingsModel::TitleRole).toString();
    return titles;
}

QVariant of(const SettingsModel& model, const QString& id, int role) {
    for (int row = 0; row < model.rowCount(); ++row)
        if (model.index(row).data(SettingsModel::SettingIdRole) == id)
            return model.index(row).data(role);
    return {};
}

}  // namespace

TEST_CASE("every setting is on the page, with a title, a sentence and values that can be") {
    const SettingFacts facts{{{"small", "Small"}}, 8, "It is not used."};
    std::set<QString> ids;
    for (const SettingEntry& entry : setting_entries(facts)) {
        INFO(entry.id.toStdString());
        CHECK(ids.insert(entry.id).second);
        CHECK_FALSE(entry.title.isEmpty());
        CHECK_FALSE(entry.group.isEmpty());
        CHECK(entry.sentence.endsWith('.'));
        if (entry.kind == SettingEntry::Fact) continue;
        CHECK(entry.fallback.isValid());
        CHECK((entry.kind == SettingEntry::Switch || entry.kind == SettingEntry::Text ||
               entry.stop_of(entry.fallback) >= 0));
        const SettingField* field = find_setting(entry.id.toStdString());
        if (field == nullptr) {
            CHECK((entry.id == kKvPolicyId || entry.id == kKvBudgetId));
            continue;
        }
        for (const SettingStop& stop : entry.stops) {
            Settings settings;
            const auto value = from_variant(stop.value);
            REQUIRE(value);
            CHECK(field->set(settings, *value));
            CHECK_FALSE(stop.text.isEmpty());
        }
    }
    for (const SettingField& field : setting_fields())
        CHECK(ids.count(QString::fromStdString(field.key)) == 1);
}

TEST_CASE("the plain level has fewer settings, and a search finds those of both") {
    SettingsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.set_entries(setting_entries({{}, 4, "It is not used."}));
    const int n_plain = model.rowCount();
    CHECK(titles(model).contains("Theme"));
    CHECK_FALSE(titles(model).contains("Temperature"));
    model.setExpert(true);
    CHECK(model.rowCount() > n_plain);
    CHECK(titles(model).contains("Temperature"));
    model.setExpert(false);
    CHECK(model.rowCount() == n_plain);
    model.setSearch("  likeliest WORD ");
    CHECK(titles(model) == QStringList{"Temperature"});
    model.setSearch("network");  // a group's name, and a sentence
    CHECK(titles(model) == QStringList{"Stay offline", "Proxy"});
    model.setSearch("no such words");
    CHECK(model.count() == 0);
    model.setSearch("");
    CHECK(model.rowCount() == n_plain);
}

TEST_CASE("a setting tells its value, whether it was changed, and what its default is") {
    SettingsModel model;
    model.set_entries(setting_entries({{}, 4, ""}));
    model.setExpert(true);
    CHECK(of(model, "temperature", SettingsModel::ValueTextRole) == "0.0");
    CHECK(of(model, "temperature", SettingsModel::ChangedRole) == false);
    model.set_value("temperature", 0.3);
    CHECK(of(model, "temperature", SettingsModel::StopRole) == 3);
    CHECK(of(model, "temperature", SettingsModel::ChangedRole) == true);
    CHECK(of(model, "temperature", SettingsModel::DefaultTextRole) == "0.0");
    model.set_value("temperature", 0.77);  // of the file: between the steps
    CHECK(of(model, "temperature", SettingsModel::StopRole) == -1);
    CHECK(of(model, "temperature", SettingsModel::ValueTextRole) == "0.77");
    model.set_value(kKvBudgetId, 1.5e9);
    CHECK(of(model, kKvBudgetId, SettingsModel::ValueTextRole) == "1.5 GB");
    CHECK(of(model, "offline", SettingsModel::DefaultTextRole) == "Off");
    CHECK(of(model, "gpu", SettingsModel::TitleRole).isNull());  // not known yet
}

TEST_CASE("what is chosen acts at once, is kept, and is there at the next start") {
    start_application();
    const TempDir folder;
    const auto file = folder / "settings.json";
    FakeAssistant assistant;
    const qreal points = QGuiApplication::font().pointSizeF();
    {
        SettingsController settings(assistant, file);
        CHECK(settings.choose("theme", "dark").isEmpty());
        CHECK(settings.theme() == "dark");
        CHECK(settings.choose("text_size_percent", 150).isEmpty());
        CHECK(QGuiApplication::font().pointSizeF() == Approx(1.5 * points));
        CHECK(settings.choose("threads", 3).isEmpty());
        CHECK(settings.choose("kv_precision", "f16").isEmpty());
        CHECK(settings.choose("context", 4096).isEmpty());
        CHECK(settings.choose("model", "small").isEmpty());
        CHECK(assistant.choices().n_threads == 3);
        CHECK(assistant.choices().context == 4096);
        CHECK(assistant.choices().model == "small");
        CHECK(assistant.choices().kv_format == KvFormat(KvPrecision::kF16));
        CHECK(settings.choose("fidelity", "exact").isEmpty());
        CHECK(settings.ask_options().fidelity == Fidelity::kExact);
        CHECK(settings.choose("proxy", "ftp://there").startsWith("It is none, system, or a URL"));
        CHECK(settings.choose("no such setting", 1) == "There is no such setting.");
        CHECK_FALSE(settings.still());
        CHECK(settings.choose("motion", "none").isEmpty());
        CHECK(settings.still());
        settings.reset("fidelity");
        CHECK(settings.ask_options().fidelity == Fidelity::kBalanced);
    }
    CHECK(QGuiApplication::font().pointSizeF() == Approx(points));
    assistant.choose({});
    const SettingsController settings(assistant, file);
    CHECK(settings.theme() == "dark");
    CHECK(assistant.choices().n_threads == 3);
    CHECK(settings.settings().fidelity == Fidelity::kBalanced);
    CHECK(QGuiApplication::font().pointSizeF() == Approx(1.5 * points));
}

TEST_CASE("a choice is on the disk while the window is open, and a failure to keep it is told") {
    start_application();
    const TempDir folder;
    FakeAssistant assistant;
    SettingsController settings(assistant, folder / "settings.json");
    settings.choose("theme", "light");
    const auto kept = [&] { return load_settings(folder / "settings.json").settings.theme; };
    CHECK(wait_until([&] { return kept() == Theme::kLight; }));
    std::ofstream(folder / "file");
    SettingsController nowhere(assistant, folder / "file" / "settings.json");
    QString told;
    QObject::connect(&nowhere, &SettingsController::failed,
                     [&](const QString& message) { told = message; });
    nowhere.choose("theme", "light");
    CHECK(wait_until([&] { return told.startsWith("The settings could not be kept. "); }));
}

TEST_CASE("the settings that are a library's own are set there, and shown as it has them") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    AssistantController controller(assistant);
    SettingsController& settings = *controller.settings();
    REQUIRE(wait_until([&] { return controller.library()->loaded(); }));
    settings.choose(kKvPolicyId, "lazy");
    settings.choose(kKvBudgetId, 5e9);
    const SettingsModel& list = *settings.list();
    CHECK(wait_until([&] { return of(list, kKvBudgetId, SettingsModel::ValueRole) == 5e9; }));
    CHECK(of(list, kKvPolicyId, SettingsModel::ValueTextRole) == "On first use");
    CHECK(of(list, kKvPolicyId, SettingsModel::ChangedRole) == true);
    CHECK(assistant.overview()->kv_policy == KvPolicy::kLazy);
    settings.reset(kKvPolicyId);
    settings.reset(kKvBudgetId);
    CHECK(wait_until([&] { return of(list, kKvBudgetId, SettingsModel::ChangedRole) == false; }));
    CHECK(assistant.overview()->kv_policy == KvPolicy::kIdle);
}

TEST_CASE("a question is asked by the settings as they are then") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    AssistantController controller(assistant);
    REQUIRE(wait_until([&] { return controller.canAsk(); }));
    controller.settings()->choose("fidelity", "fast");
    controller.settings()->choose("temperature", 0.5);
    controller.settings()->choose("top_k", 9);
    controller.settings()->choose("max_tokens", 64);
    REQUIRE(controller.ask("one?"));
    REQUIRE(wait_until([&] { return !controller.busy(); }));
    const AskOptions options = assistant.asked_with();
    CHECK(options.fidelity == Fidelity::kFast);
    CHECK(options.temperature == 0.5F);
    CHECK(options.top_k == 9);
    CHECK(options.max_tokens == 64);
}

TEST_CASE("what a desktop says of motion is understood") {
    const QString gnome = "org.gnome.desktop.interface", kde = "org.kde.kdeglobals.KDE";
    CHECK(asks_for_stillness(gnome, "enable-animations", false) == true);
    CHECK(asks_for_stillness(gnome, "enable-animations", true) == false);
    const auto twice = QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(false))));
    CHECK(asks_for_stillness(gnome, "enable-animations", twice) == true);
    CHECK(asks_for_stillness(kde, "AnimationDurationFactor", "0") == true);
    CHECK(asks_for_stillness(kde, "AnimationDurationFactor", "0.5") == false);
    CHECK(asks_for_stillness(kde, "AnimationDurationFactor", "what?") == std::nullopt);
    CHECK(asks_for_stillness(gnome, "font-name", "Sans") == std::nullopt);
}

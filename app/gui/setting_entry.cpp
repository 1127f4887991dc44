#include "app/gui/setting_entry.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <initializer_list>

namespace lectern {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Settings", text); }

QString whole(double number) { return QLocale().toString(static_cast<qlonglong>(number)); }

/// Stops of numbers; 0 first, where the field has it mean "chosen by the program".
template <class Say>
std::vector<SettingStop> stops(const char* automatic, std::vector<double> numbers, Say say) {
    std::vector<SettingStop> made;
    if (automatic != nullptr) made.push_back({0.0, tr(automatic)});
    for (const double number : numbers) made.push_back({number, say(number)});
    return made;
}

std::vector<double> from_to(int first, int last, double step = 1) {
    std::vector<double> numbers;
    for (int n = first; n <= last; ++n) numbers.push_back(n * step);
    return numbers;
}

QString tokens(double n) { return tr("%1 tokens").arg(whole(n)); }

class Entries {
  public:
    explicit Entries(const SettingFacts& facts) : m_facts(facts) {}

    std::vector<SettingEntry> all() {
        add_appearance();
        add_answers();
        add_caches();
        add_machine();
        add_network();
        return std::move(m_entries);
    }

  private:
    SettingEntry& add(const char* id, bool expert, const QString& title, const QString& sentence,
                      SettingEntry::Kind kind) {
        m_entries.push_back({.id = QLatin1String(id),
                             .group = m_group,
                             .expert = expert,
                             .title = title,
                             .sentence = sentence,
                             .kind = kind});
        if (const SettingField* field = find_setting(id))
            m_entries.back().fallback = to_variant(field->get(Settings{}));
        return m_entries.back();
    }

    void add_appearance() {
        m_group = tr("Appearance");
        add("theme", false, tr("Theme"), tr("Light or dark, or as the system has it."),
            SettingEntry::Choice)
            .stops = {{"system", tr("System")}, {"light", tr("Light")}, {"dark", tr("Dark")}};
        add("text_size_percent", false, tr("Text size"),
            tr("Of all text in the window, against the system's font."), SettingEntry::Stepper)
            .stops = stops(nullptr, {80, 90, 100, 110, 125, 150, 175, 200},
                           [](double n) { return tr("%1 %").arg(whole(n)); });
        add("motion", true, tr("Motion"),
            tr("Whether panes slide and buttons glide, or are simply there."), SettingEntry::Choice)
            .stops = {{"system", tr("System")}, {"none", tr("None")}};
    }

    void add_answers() {
        m_group = tr("Answers");
        SettingEntry& model = add("model", false, tr("Answering model"),
                                  tr("Which of the installed models answers; the best one is the "
                                     "largest that this machine has the memory for."),
                                  SettingEntry::Choice);
        model.stops = {{QString(), tr("The best that fits")}};
        for (const SettingFacts::Model& known : m_facts.models)
            model.stops.push_back(
                {QString::fromStdString(known.name), QString::fromStdString(known.title)});
        add("fidelity", false, tr("Fusion"),
            tr("How near an answer comes to a full reading of its passages: fast recomputes "
               "least, exact reads everything again."),
            SettingEntry::Choice)
            .stops = {{"fast", tr("Fast")}, {"balanced", tr("Balanced")}, {"exact", tr("Exact")}};
        add("temperature", true, tr("Temperature"),
            tr("At 0 every word is the likeliest one; the higher, the more freely it is chosen."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, from_to(0, 20, 0.1),
                           [](double n) { return QLocale().toString(n, 'f', 1); });
        add("top_k", true, tr("Passages per question"),
            tr("How many passages of your documents are read for a question."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50}, whole);
        add("max_tokens", true, tr("Length of answers"),
            tr("Where an answer ends at the latest; a token is about three quarters of a word."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, {64, 128, 256, 512, 1024, 2048, 4096, 8192}, tokens);
        add("context", true, tr("Context"),
            tr("How much of a conversation, with its passages, the model keeps in mind. Longer "
               "takes more memory."),
            SettingEntry::Stepper)
            .stops = stops(QT_TRANSLATE_NOOP("Settings", "As much as fits"),
                           {1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072}, tokens);
    }

    void add_caches() {
        m_group = tr("Prepared passages");
        SettingEntry& policy =
            add(kKvPolicyId, false, tr("Prepare passages"),
                tr("When passages are computed ahead, so that answers start sooner: all right "
                   "after reading, while nobody asks, or with the first question that needs them."),
                SettingEntry::Choice);
        policy.stops = {
            {"all", tr("All now")}, {"idle", tr("When idle")}, {"lazy", tr("On first use")}};
        policy.fallback = QStringLiteral("idle");
        SettingEntry& budget = add(kKvBudgetId, false, tr("Disk for prepared passages"),
                                   tr("They never take more than this; what is used least goes "
                                      "first."),
                                   SettingEntry::Stepper);
        budget.stops = stops(QT_TRANSLATE_NOOP("Settings", "A tenth of the free disk"),
                             {1e9, 2e9, 5e9, 10e9, 20e9, 50e9, 100e9, 200e9, 500e9},
                             [](double n) { return tr("%1 GB").arg(whole(n / 1e9)); });
        budget.fallback = 0.0;
        add("kv_precision", true, tr("Precision of prepared passages"),
            tr("In which numbers they are kept from now on: smaller ones take less disk, f16 is "
               "closest to what was computed."),
            SettingEntry::Choice)
            .stops = {{"int4", tr("4 bit")},
                      {"int8:int4", tr("8 and 4 bit")},
                      {"int8", tr("8 bit")},
                      {"f16", tr("16 bit")}};
    }

    void add_machine() {
        m_group = tr("This machine");
        add("threads", true, tr("Processor threads"),
            tr("How many threads answer; fewer leave more to other programs."),
            SettingEntry::Stepper)
            .stops = stops(QT_TRANSLATE_NOOP("Settings", "Chosen for this machine"),
                           from_to(1, std::max(1, m_facts.n_threads)), whole);
        add("repairs_on_battery", true, tr("Work ahead on battery"),
            tr("Whether conversations are repaired and models measured while the machine runs on "
               "its battery."),
            SettingEntry::Switch);
        if (!m_facts.gpu.empty())
            add("gpu", false, tr("Graphics card"), QString::fromStdString(m_facts.gpu),
                SettingEntry::Fact);
    }

    void add_network() {
        m_group = tr("Network");
        add("offline", false, tr("Stay offline"),
            tr("Nothing is fetched from any network, whatever is asked for."),
            SettingEntry::Switch);
        add("proxy", true, tr("Proxy"),
            tr("Through which machine downloads go: system, none, or a URL such as "
               "http://proxy.example:3128."),
            SettingEntry::Text)
            .unset = tr("system");
    }

    const SettingFacts& m_facts;
    QString m_group;
    std::vector<SettingEntry> m_entries;
};

bool same(const QVariant& a, const QVariant& b) {
    if (a.typeId() == QMetaType::Double || b.typeId() == QMetaType::Double)
        return qFuzzyCompare(a.toDouble() + 1, b.toDouble() + 1);
    return a == b;
}

}  // namespace

int SettingEntry::stop_of(const QVariant& value) const {
    const auto found = std::find_if(stops.begin(), stops.end(), [&](const SettingStop& stop) {
        return same(stop.value, value);
    });
    return found == stops.end() ? -1 : static_cast<int>(found - stops.begin());
}

QString SettingEntry::text_of(const QVariant& value) const {
    const int stop = stop_of(value);
    if (stop >= 0) return stops[static_cast<std::size_t>(stop)].text;
    if (value.typeId() == QMetaType::Bool) return value.toBool() ? tr("On") : tr("Off");
    if (id == QLatin1String(kKvBudgetId))
        return tr("%1 GB").arg(QLocale().toString(value.toDouble() / 1e9, 'f', 1));
    return value.typeId() == QMetaType::Double ? QLocale().toString(value.toDouble())
                                               : value.toString();
}

std::vector<SettingEntry> setting_entries(const SettingFacts& facts) {
    return Entries(facts).all();
}

QVariant to_variant(const SettingValue& value) {
    if (const bool* held = std::get_if<bool>(&value)) return *held;
    if (const double* held = std::get_if<double>(&value)) return *held;
    return QString::fromStdString(std::get<std::string>(value));
}

std::optional<SettingValue> from_variant(const QVariant& value) {
    switch (value.typeId()) {
        case QMetaType::Bool:
            return value.toBool();
        case QMetaType::Int:
        case QMetaType::LongLong:
        case QMetaType::Double:
            return value.toDouble();
        case QMetaType::QString:
            return value.toString().toStdString();
        default:
            return std::nullopt;
    }
}

}  // namespace lectern

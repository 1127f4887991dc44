#include "app/gui/setting_entry.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <initializer_list>

#include "app/gui/languages.h"

namespace lectern {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

QString whole(double number) { return QLocale().toString(static_cast<qlonglong>(number)); }

/// Stops of numbers; 0 first, where the field has it mean "chosen by the program".
template <class Say>
std::vector<SettingStop> stops(const char* automatic, std::vector<double> numbers, Say say) {
    std::vector<SettingStop> made;
    if (automatic != nullptr) made.push_back({0.0, Texts::tr(automatic)});
    for (const double number : numbers) made.push_back({number, say(number)});
    return made;
}

std::vector<double> from_to(int first, int last, double step = 1) {
    std::vector<double> numbers;
    for (int n = first; n <= last; ++n) numbers.push_back(n * step);
    return numbers;
}

QString tokens(double n) { return Texts::tr("%1 tokens").arg(whole(n)); }

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
        m_group = Texts::tr("Appearance");
        add("theme", false, Texts::tr("Theme"),
            Texts::tr("Light or dark, or as the system has it."), SettingEntry::Choice)
            .stops = {{"system", Texts::tr("System")},
                      {"light", Texts::tr("Light")},
                      {"dark", Texts::tr("Dark")}};
        add("text_size_percent", false, Texts::tr("Text size"),
            Texts::tr("Of all text in the window, against the system's font."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, {80, 90, 100, 110, 125, 150, 175, 200},
                           [](double n) { return Texts::tr("%1 %").arg(whole(n)); });
        SettingEntry& language = add("language", false, Texts::tr("Language"),
                                     Texts::tr("Of the window."), SettingEntry::Choice);
        language.stops = {{"system", Texts::tr("System")}};
        for (const QString& code : language_codes())
            language.stops.push_back({code, language_name(code)});
        add("motion", true, Texts::tr("Motion"),
            Texts::tr("Whether panes slide and buttons glide, or are simply there."),
            SettingEntry::Choice)
            .stops = {{"system", Texts::tr("System")}, {"none", Texts::tr("None")}};
    }

    void add_answers() {
        m_group = Texts::tr("Answers");
        SettingEntry& model =
            add("model", false, Texts::tr("Answering model"),
                Texts::tr("Which of the installed models answers; the best one is the "
                          "largest that this machine has the memory for."),
                SettingEntry::Choice);
        model.stops = {{QString(), Texts::tr("The best that fits")}};
        for (const SettingFacts::Model& known : m_facts.models)
            model.stops.push_back(
                {QString::fromStdString(known.name), QString::fromStdString(known.title)});
        add("fidelity", false, Texts::tr("Fusion"),
            Texts::tr("How near an answer comes to a full reading of its passages: fast recomputes "
                      "least, exact reads everything again."),
            SettingEntry::Choice)
            .stops = {{"fast", Texts::tr("Fast")},
                      {"balanced", Texts::tr("Balanced")},
                      {"exact", Texts::tr("Exact")}};
        add("temperature", true, Texts::tr("Temperature"),
            Texts::tr(
                "At 0 every word is the likeliest one; the higher, the more freely it is chosen."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, from_to(0, 20, 0.1),
                           [](double n) { return QLocale().toString(n, 'f', 1); });
        add("top_k", true, Texts::tr("Passages per question"),
            Texts::tr("How many passages of your documents are read for a question."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50}, whole);
        add("max_tokens", true, Texts::tr("Length of answers"),
            Texts::tr(
                "Where an answer ends at the latest; a token is about three quarters of a word."),
            SettingEntry::Stepper)
            .stops = stops(nullptr, {64, 128, 256, 512, 1024, 2048, 4096, 8192}, tokens);
        add("context", true, Texts::tr("Context"),
            Texts::tr(
                "How much of a conversation, with its passages, the model keeps in mind. Longer "
                "takes more memory."),
            SettingEntry::Stepper)
            .stops = stops(QT_TRANSLATE_NOOP("Settings", "As much as fits"),
                           {1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072}, tokens);
    }

    void add_caches() {
        m_group = Texts::tr("Prepared passages");
        SettingEntry& policy = add(
            kKvPolicyId, false, Texts::tr("Prepare passages"),
            Texts::tr(
                "When passages are computed ahead, so that answers start sooner: all right "
                "after reading, while nobody asks, or with the first question that needs them."),
            SettingEntry::Choice);
        policy.stops = {{"all", Texts::tr("All now")},
                        {"idle", Texts::tr("When idle")},
                        {"lazy", Texts::tr("On first use")}};
        policy.fallback = QStringLiteral("idle");
        SettingEntry& budget =
            add(kKvBudgetId, false, Texts::tr("Disk for prepared passages"),
                Texts::tr("They never take more than this; what is used least goes "
                          "first."),
                SettingEntry::Stepper);
        budget.stops = stops(QT_TRANSLATE_NOOP("Settings", "A tenth of the free disk"),
                             {1e9, 2e9, 5e9, 10e9, 20e9, 50e9, 100e9, 200e9, 500e9},
                             [](double n) { return Texts::tr("%1 GB").arg(whole(n / 1e9)); });
        budget.fallback = 0.0;
        add("kv_precision", true, Texts::tr("Precision of prepared passages"),
            Texts::tr(
                "In which numbers they are kept from now on: smaller ones take less disk, f16 is "
                "closest to what was computed."),
            SettingEntry::Choice)
            .stops = {{"int4", Texts::tr("4 bit")},
                      {"int8:int4", Texts::tr("8 and 4 bit")},
                      {"int8", Texts::tr("8 bit")},
                      {"f16", Texts::tr("16 bit")}};
    }

    void add_machine() {
        m_group = Texts::tr("This machine");
        add("threads", true, Texts::tr("Processor threads"),
            Texts::tr("How many threads answer; fewer leave more to other programs."),
            SettingEntry::Stepper)
            .stops = stops(QT_TRANSLATE_NOOP("Settings", "Chosen for this machine"),
                           from_to(1, std::max(1, m_facts.n_threads)), whole);
        add("repairs_on_battery", true, Texts::tr("Work ahead on battery"),
            Texts::tr(
                "Whether conversations are repaired and models measured while the machine runs on "
                "its battery."),
            SettingEntry::Switch);
        if (!m_facts.gpu.empty())
            add("gpu", false, Texts::tr("Graphics card"), QString::fromStdString(m_facts.gpu),
                SettingEntry::Fact);
    }

    void add_network() {
        m_group = Texts::tr("Network");
        add("offline", false, Texts::tr("Stay offline"),
            Texts::tr("Nothing is fetched from any network, whatever is asked for."),
            SettingEntry::Switch);
        add("proxy", true, Texts::tr("Proxy"),
            Texts::tr("Through which machine downloads go: system, none, or a URL such as "
                      "http://proxy.example:3128."),
            SettingEntry::Text)
            .unset = Texts::tr("system");
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
    if (value.typeId() == QMetaType::Bool)
        return value.toBool() ? Texts::tr("On") : Texts::tr("Off");
    if (id == QLatin1String(kKvBudgetId))
        return Texts::tr("%1 GB").arg(QLocale().toString(value.toDouble() / 1e9, 'f', 1));
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

#include "app/gui/scope_controller.h"

#include <QVariantMap>
#include <algorithm>
#include <utility>

#include "app/core/scope_choices.h"
#include "app/gui/assistant_controller.h"

namespace lectern {
namespace {

constexpr std::size_t kMostChoices = 50;

QString name_of(const std::filesystem::path& path) {
    const std::filesystem::path name = path.filename();
    return QString::fromStdString((name.empty() ? path : name).string());
}

QVariantMap map_of(const std::filesystem::path& path, bool is_folder) {
    return {{QStringLiteral("name"), name_of(path)},
            {QStringLiteral("path"), QString::fromStdString(path.string())},
            {QStringLiteral("folder"), is_folder}};
}

}  // namespace

QString scope_text(const std::vector<std::filesystem::path>& scope) {
    QStringList names;
    for (const std::filesystem::path& path : scope) names << name_of(path);
    return names.join(QStringLiteral(", "));
}

QVariantList ScopeController::chips() const {
    QVariantList chips;
    for (const std::filesystem::path& path : m_scope) chips << map_of(path, false);
    return chips;
}

void ScopeController::set_scope(std::vector<std::filesystem::path> scope) {
    if (m_scope == scope) return;
    m_scope = std::move(scope);
    emit chipsChanged();
}

void ScopeController::add(const QString& path) {
    std::vector<std::filesystem::path> scope = m_scope;
    const std::filesystem::path added(path.toStdString());
    if (std::find(scope.begin(), scope.end(), added) == scope.end()) scope.push_back(added);
    set_scope(std::move(scope));
}

void ScopeController::remove(int chip) {
    if (chip < 0 || chip >= static_cast<int>(m_scope.size())) return;
    m_scope.erase(m_scope.begin() + chip);
    emit chipsChanged();
}

void ScopeController::offer(const QString& typed) {
    m_typed = typed;
    find_choices();
    if (!typed.isEmpty()) return;
    m_controller.on_look([this](Assistant& assistant) {
        // What fails here is said where the library is shown; nothing is offered.
        auto paths = assistant.document_paths();
        if (!paths) return;
        post_to(this, [this, paths = std::move(*paths)] {
            m_documents = paths;
            find_choices();
        });
    });
}

void ScopeController::find_choices() {
    std::vector<std::filesystem::path> roots;
    for (const FolderOverview& folder : m_controller.library()->overview().folders)
        roots.push_back(folder.path);
    m_choices.clear();
    for (const ScopeChoice& choice :
         scope_choices(roots, m_documents, m_typed.toStdString(), kMostChoices)) {
        QVariantMap map = map_of(choice.path, choice.is_folder);
        map.insert(QStringLiteral("detail"),
                   choice.is_folder
                       ? (choice.n_documents == 1 ? tr("1 document")
                                                  : tr("%1 documents").arg(choice.n_documents))
                       : QString::fromStdString(choice.path.parent_path().string()));
        m_choices << map;
    }
    emit choicesChanged();
}

}  // namespace lectern

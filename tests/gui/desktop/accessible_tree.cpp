#include "tests/gui/desktop/accessible_tree.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QVariant>

namespace {

/// (so) of AT-SPI: whose it is, and where.
struct Reference {
    QString bus_name;
    QDBusObjectPath path;
};

const QDBusArgument& operator>>(const QDBusArgument& argument, Reference& reference) {
    argument.beginStructure();
    argument >> reference.bus_name >> reference.path;
    argument.endStructure();
    return argument;
}

const QString kAccessible = QStringLiteral("org.a11y.atspi.Accessible");
const QString kRegistry = QStringLiteral("org.a11y.atspi.Registry");
const QString kRoot = QStringLiteral("/org/a11y/atspi/accessible/root");

// Of AT-SPI's AtspiStateType.
constexpr unsigned kFocused = 12, kShowing = 25;

}  // namespace

namespace lectern::test {
namespace {

QDBusMessage call(const QDBusConnection& bus, const QString& name, const QString& path,
                  const QString& interface, const QString& method,
                  const QVariantList& arguments = {}) {
    QDBusMessage message = QDBusMessage::createMethodCall(name, path, interface, method);
    message.setArguments(arguments);
    return bus.call(message);
}

QVariant first_of(const QDBusMessage& reply) {
    return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0) : QVariant();
}

}  // namespace

std::optional<AccessibleTree> AccessibleTree::of_session() {
    const QString address =
        first_of(call(QDBusConnection::sessionBus(), QStringLiteral("org.a11y.Bus"),
                      QStringLiteral("/org/a11y/bus"), QStringLiteral("org.a11y.Bus"),
                      QStringLiteral("GetAddress")))
            .toString();
    if (address.isEmpty()) return std::nullopt;
    QDBusConnection bus = QDBusConnection::connectToBus(address, QStringLiteral("accessibility"));
    if (!bus.isConnected()) return std::nullopt;
    return AccessibleTree(std::move(bus));
}

std::vector<AccessibleNode> AccessibleTree::children(const QString& bus_name,
                                                     const QString& path) const {
    const QVariant reply =
        first_of(call(bus_, bus_name, path, kAccessible, QStringLiteral("GetChildren")));
    std::vector<AccessibleNode> nodes;
    const auto list = reply.value<QDBusArgument>();
    if (!reply.isValid()) return nodes;
    list.beginArray();
    while (!list.atEnd()) {
        Reference reference;
        list >> reference;
        nodes.push_back({.bus_name = reference.bus_name, .path = reference.path.path()});
    }
    list.endArray();
    for (AccessibleNode& node : nodes) {
        const auto ask = [&](const QString& method) {
            return first_of(call(bus_, node.bus_name, node.path, kAccessible, method));
        };
        node.role = ask(QStringLiteral("GetRoleName")).toString();
        node.name = first_of(call(bus_, node.bus_name, node.path,
                                  QStringLiteral("org.freedesktop.DBus.Properties"),
                                  QStringLiteral("Get"), {kAccessible, QStringLiteral("Name")}))
                        .value<QDBusVariant>()
                        .variant()
                        .toString();
        QList<uint> states;
        const QVariant state = ask(QStringLiteral("GetState"));
        if (state.isValid()) state.value<QDBusArgument>() >> states;
        const uint low = states.value(0);
        node.is_showing = (low >> kShowing & 1) != 0;
        node.is_focused = (low >> kFocused & 1) != 0;
    }
    return nodes;
}

void AccessibleTree::add_below(const AccessibleNode& node,
                               std::vector<AccessibleNode>& nodes) const {
    for (const AccessibleNode& child : children(node.bus_name, node.path)) {
        if (!child.is_showing) continue;
        nodes.push_back(child);
        add_below(child, nodes);
    }
}

std::vector<AccessibleNode> AccessibleTree::showing(const QString& program) const {
    std::vector<AccessibleNode> nodes;
    for (const AccessibleNode& application : children(kRegistry, kRoot))
        if (application.name.compare(program, Qt::CaseInsensitive) == 0)
            add_below(application, nodes);
    return nodes;
}

}  // namespace lectern::test

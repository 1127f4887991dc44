// What AT-SPI has of a running program: the tree that screen readers walk, from outside of it.
#pragma once

#include <QDBusConnection>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace lectern::test {

struct AccessibleNode {
    QString bus_name, path;  ///< where AT-SPI's bus has it
    QString name{}, role{};  ///< role as AT-SPI names it: "push button"
    bool is_showing = false;
    bool is_focused = false;
};

/// Of the session that this process runs in. One thread.
class AccessibleTree {
  public:
    /// Nothing where the session has no bus for accessibility.
    static std::optional<AccessibleTree> of_session();

    /// Everything that is showing below the program of this name, parents first; empty while there
    /// is no such program.
    std::vector<AccessibleNode> showing(const QString& program) const;

  private:
    explicit AccessibleTree(QDBusConnection bus) : bus_(std::move(bus)) {}

    std::vector<AccessibleNode> children(const QString& bus_name, const QString& path) const;
    void add_below(const AccessibleNode& node, std::vector<AccessibleNode>& nodes) const;

    QDBusConnection bus_;
};

}  // namespace lectern::test

import QtQuick

// Shows which control has the keyboard; lies around its parent.
Rectangle {
    anchors.fill: parent
    anchors.margins: -4
    radius: 10
    color: "transparent"
    border.width: 2
    border.color: palette.link
    Accessible.ignored: true
}

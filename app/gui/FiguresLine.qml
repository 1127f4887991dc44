import QtQuick
import Lectern
import QtQuick.Controls

// An answer's figures in one quiet line; pressing it unfolds *Why this answer?*.
AbstractButton {
    id: line

    required property bool unfolded
    required property real inset

    leftPadding: inset
    topPadding: 4
    bottomPadding: 4
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Why this answer?") + " " + text
    Accessible.description: unfolded ? qsTr("Folds the reasons") : qsTr("Unfolds the reasons")
    Keys.onReturnPressed: line.clicked()
    Keys.onEnterPressed: line.clicked()
    ToolTip.visible: hovered && enabled
    ToolTip.delay: 600
    ToolTip.text: qsTr("Why this answer?")
    background: Rectangle {
        x: line.inset - 8
        width: parent.width - x
        radius: 6
        color: line.hovered && line.enabled ? line.palette.alternateBase : "transparent"
        FocusRing {
            anchors.margins: 0
            radius: 6
            visible: line.visualFocus
        }
    }
    contentItem: Text {
        text: (line.enabled ? (line.unfolded ? "▾ " : "▸ ") : "") + line.text
        textFormat: Text.PlainText
        font: line.font
        color: line.palette.placeholderText
        wrapMode: Text.Wrap
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
}

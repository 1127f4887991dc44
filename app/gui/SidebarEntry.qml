import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// A page that the sidebar leads to: its name, how things stand there, and its key.
AbstractButton {
    id: entry

    required property string keyText
    property string detail: ""
    property bool current: false

    implicitHeight: 40
    leftPadding: 8
    rightPadding: 8
    Accessible.role: Accessible.PageTab
    Accessible.name: detail !== "" ? qsTr("%1: %2").arg(text).arg(detail) : text
    Accessible.selected: current
    Keys.onReturnPressed: entry.clicked()
    Keys.onEnterPressed: entry.clicked()

    contentItem: RowLayout {
        spacing: 8
        Label {
            text: entry.text
            font.bold: entry.current
        }
        Label {
            objectName: "entryDetail"
            Layout.fillWidth: true
            elide: Text.ElideRight
            color: palette.link
            text: entry.detail
            textFormat: Text.PlainText
        }
        Label {
            color: palette.placeholderText
            font.pointSize: Application.font.pointSize * 0.9
            text: entry.keyText
        }
    }
    background: Rectangle {
        radius: 6
        color: entry.current || entry.hovered || entry.down ? entry.palette.alternateBase : "transparent"
        border.width: entry.visualFocus ? 2 : 0
        border.color: entry.palette.link
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
}

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// An action of a list, with its keys beside it.
ItemDelegate {
    id: row

    required text
    required property string keys
    property bool current: false

    implicitHeight: 36
    leftPadding: 12
    rightPadding: 12
    Accessible.role: Accessible.ListItem
    Accessible.name: keys !== "" ? qsTr("%1, %2").arg(text).arg(keys) : text

    contentItem: RowLayout {
        spacing: 16
        Label {
            objectName: "actionText"
            Layout.fillWidth: true
            elide: Text.ElideRight
            text: row.text
            textFormat: Text.PlainText
        }
        Label {
            color: palette.placeholderText
            text: row.keys
            textFormat: Text.PlainText
        }
    }
    background: Rectangle {
        radius: 6
        color: row.current || row.hovered ? row.palette.alternateBase : "transparent"
    }
}

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// A sentence that needs attention, with what to do about it.
Rectangle {
    id: banner

    required property string text
    required property color line
    property string actionText: ""
    signal actionWanted

    implicitHeight: row.implicitHeight + 24
    color: palette.alternateBase
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Rectangle {
        width: parent.width
        height: 1
        color: banner.line
    }
    RowLayout {
        id: row
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 24
            rightMargin: 24
            verticalCenter: parent.verticalCenter
        }
        spacing: 16

        Label {
            Layout.fillWidth: true
            text: banner.text
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
        }
        Button {
            visible: banner.actionText !== ""
            text: banner.actionText
            Accessible.name: text
            onClicked: banner.actionWanted()
        }
    }
}

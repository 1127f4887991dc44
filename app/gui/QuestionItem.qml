import QtQuick
import Lectern
import QtQuick.Controls

// A question as it was asked; resting on it, or going there by Tab, shows what can be done with it.
Rectangle {
    id: item

    required property string question
    required property bool canEdit
    required property string scopeNames
    property real inset: 14
    readonly property bool active: hover.hovered || edit.activeFocus || copy.activeFocus
    signal editWanted
    signal copyWanted

    height: content.height + 20
    radius: 8
    color: palette.alternateBase

    HoverHandler {
        id: hover
    }
    Column {
        id: content
        x: item.inset
        y: 10
        width: parent.width - 2 * item.inset - actions.width
        spacing: 8
        Label {
            objectName: "questionText"
            width: parent.width
            text: item.question
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            Accessible.name: qsTr("You asked: %1").arg(text)
        }
        Label {
            objectName: "questionScope"
            width: parent.width
            visible: item.scopeNames !== ""
            text: qsTr("Only in %1").arg(item.scopeNames)
            textFormat: Text.PlainText
            elide: Text.ElideRight
            color: palette.placeholderText
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
        }
    }
    Row {
        id: actions
        anchors {
            right: parent.right
            rightMargin: 4
            top: parent.top
            topMargin: 4
        }
        opacity: item.active ? 1 : 0
        ActionButton {
            id: edit
            objectName: "editButton"
            height: 28
            flat: true
            enabled: item.canEdit
            text: qsTr("Edit")
            Accessible.name: qsTr("Edit the question and ask it again")
            hint: qsTr("Edit the question and ask it again; what stands behind it is taken back")
            onClicked: item.editWanted()
        }
        CopyButton {
            id: copy
            objectName: "copyQuestionButton"
            height: 28
            what: qsTr("Copy the question")
            onCopyWanted: item.copyWanted()
        }
    }
}

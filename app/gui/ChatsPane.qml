pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The kept chats with what finds them; nothing while there are none.
Item {
    id: pane

    required property ChatsController chats
    signal chatWanted
    signal chatChosen

    function focusSearch() {
        field.forceActiveFocus();
        field.selectAll();
    }

    visible: chats.any
    implicitHeight: column.implicitHeight + 24

    ColumnLayout {
        id: column
        anchors.fill: parent
        anchors.margins: 16
        anchors.bottomMargin: 8
        spacing: 8

        RowLayout {
            spacing: 8
            Label {
                Layout.fillWidth: true
                text: qsTr("Chats")
                font.bold: true
                Accessible.role: Accessible.Heading
            }
            ActionButton {
                objectName: "newChatButton"
                text: qsTr("New chat")
                hint: qsTr("Ctrl+N")
                onClicked: pane.chatWanted()
            }
        }
        SearchField {
            id: field
            objectName: "chatSearch"
            Layout.fillWidth: true
            placeholderText: qsTr("Find in chats (Ctrl+F)")
            Accessible.name: qsTr("Find in chats")
            onTextChanged: pane.chats.search = text
            Keys.onDownPressed: if (list.count > 0) list.forceActiveFocus()
            onAccepted: if (list.count > 0) list.choose(0)
        }
        Label {
            objectName: "noChatFound"
            Layout.fillWidth: true
            visible: list.count === 0
            wrapMode: Text.Wrap
            color: palette.placeholderText
            text: qsTr("No chat has all of these words.")
        }
        ChatList {
            id: list
            objectName: "chatList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.rightMargin: -8
            Layout.preferredHeight: contentHeight
            chats: pane.chats
            onChatChosen: pane.chatChosen()
        }
    }
}

import QtQuick
import Lectern
import QtQuick.Layouts

// Over the conversation: its title and what can be done with it; in a narrow window also the way to
// the sidebar and a new chat.
Item {
    id: bar

    required property AssistantController assistant
    required property bool narrow
    required property bool overChat  // else over another page
    signal sidebarWanted
    signal chatWanted

    visible: narrow || (overChat && assistant.conversation.count > 0)
    implicitHeight: rows.implicitHeight + 12

    ColumnLayout {
        id: rows
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 12
            rightMargin: 12
            verticalCenter: parent.verticalCenter
        }
        spacing: 4

        RowLayout {
            spacing: 8
            ActionButton {
                objectName: "sidebarButton"
                visible: bar.narrow
                text: qsTr("Menu")
                onClicked: bar.sidebarWanted()
                hint: qsTr("F9")
            }
            ChatHeader {
                Layout.fillWidth: true
                visible: bar.overChat
                chats: bar.assistant.chats
            }
            ActionButton {
                objectName: "newChatButton"
                visible: bar.narrow && bar.overChat && bar.assistant.conversation.count > 0
                flat: true
                text: qsTr("New chat")
                onClicked: bar.chatWanted()
                hint: qsTr("Ctrl+N")
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: palette.midlight
    }
}

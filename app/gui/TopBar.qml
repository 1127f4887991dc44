import QtQuick
import Lectern
import QtQuick.Layouts

// Over the conversation: its title and what can be done with it; in a narrow window also the way to
// the sidebar, a new chat and how far reading is.
Item {
    id: bar

    required property AssistantController assistant
    required property bool narrow
    signal documentsWanted
    signal chatWanted

    visible: narrow || assistant.conversation.count > 0
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
                objectName: "documentsButton"
                visible: bar.narrow
                text: qsTr("Documents")
                onClicked: bar.documentsWanted()
                hint: qsTr("F9")
            }
            ChatHeader {
                Layout.fillWidth: true
                chats: bar.assistant.chats
            }
            ActionButton {
                objectName: "newChatButton"
                visible: bar.narrow && bar.assistant.conversation.count > 0
                flat: true
                text: qsTr("New chat")
                onClicked: bar.chatWanted()
                hint: qsTr("Ctrl+N")
            }
        }
        IndexingStatus {
            objectName: "barStatus"
            Layout.fillWidth: true
            Layout.leftMargin: 4
            Layout.rightMargin: 4
            visible: bar.narrow && wanted
            assistant: bar.assistant
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: palette.midlight
    }
}

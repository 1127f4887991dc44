import QtQuick
import Lectern
import QtQuick.Layouts

// Over the conversation: a new chat; in a narrow window also the way to the documents and how far
// their reading is.
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
            Item {
                Layout.fillWidth: true
            }
            ActionButton {
                objectName: "newChatButton"
                visible: bar.assistant.conversation.count > 0
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

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Layouts

// The left pane: the chats above, the documents below.
Item {
    id: sidebar

    required property AssistantController assistant
    signal folderWanted
    signal filesWanted
    signal chatWanted
    signal chatChosen

    function focusSearch() {
        chats.focusSearch();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        ChatsPane {
            id: chats
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(implicitHeight, sidebar.height * 0.55)
            chats: sidebar.assistant.chats
            onChatWanted: sidebar.chatWanted()
            onChatChosen: sidebar.chatChosen()
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            visible: chats.visible
            color: palette.midlight
        }
        DocumentsPane {
            Layout.fillWidth: true
            Layout.fillHeight: true
            assistant: sidebar.assistant
            onFolderWanted: sidebar.folderWanted()
            onFilesWanted: sidebar.filesWanted()
        }
    }
}

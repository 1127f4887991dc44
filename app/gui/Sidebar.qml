pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Layouts

// The left pane: the chats above, the ways to the other pages at its foot.
Item {
    id: sidebar

    required property AssistantController assistant
    required property var pages  // name, title and key of each
    required property string page  // the one that is shown
    signal chatWanted
    signal chatChosen
    signal pageWanted(name: string)

    function focusSearch() {
        chats.focusSearch();
    }
    /// How things stand on a page, in a word or two.
    function detailOf(name: string): string {
        return name === "library" ? assistant.library.progressBrief : "";
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        ChatsPane {
            id: chats
            Layout.fillWidth: true
            Layout.fillHeight: true
            chats: sidebar.assistant.chats
            onChatWanted: sidebar.chatWanted()
            onChatChosen: sidebar.chatChosen()
        }
        Item {
            Layout.fillHeight: true
            visible: !chats.visible
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: palette.midlight
        }
        Column {
            Layout.fillWidth: true
            Layout.margins: 8
            Repeater {
                model: sidebar.pages
                delegate: SidebarEntry {
                    required property var modelData
                    objectName: modelData.name + "Entry"
                    width: parent?.width ?? 0
                    text: modelData.title
                    keyText: modelData.key
                    detail: sidebar.detailOf(modelData.name)
                    current: sidebar.page === modelData.name
                    onClicked: sidebar.pageWanted(modelData.name)
                }
            }
        }
    }
}

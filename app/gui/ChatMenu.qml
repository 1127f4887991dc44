import QtQuick
import Lectern
import QtQuick.Controls

// What can be done with the chat that is shown.
Menu {
    id: menu

    required property ChatsController chats
    signal renameWanted

    width: 248
    MenuItem {
        text: qsTr("Rename")
        onTriggered: menu.renameWanted()
    }
    MenuItem {
        text: qsTr("Delete")
        onTriggered: menu.chats.removeOpen()
    }
}

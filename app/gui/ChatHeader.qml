pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The title of the chat that is shown, and its menu.
RowLayout {
    id: header

    required property ChatsController chats
    property bool editing: false

    spacing: 8

    Label {
        objectName: "openTitle"
        Layout.fillWidth: true
        Layout.leftMargin: 12
        visible: !header.editing
        elide: Text.ElideRight
        text: header.chats.title
        textFormat: Text.PlainText
        Accessible.role: Accessible.Heading
        TapHandler {
            onDoubleTapped: header.editing = true
        }
    }
    ChatTitleField {
        Layout.fillWidth: true
        title: header.chats.title
        editing: header.editing
        onTitleGiven: (title) => header.chats.renameOpen(title)
        onFinished: {
            header.editing = false;
            menuButton.forceActiveFocus();
        }
    }
    ActionButton {
        id: menuButton
        objectName: "chatMenuButton"
        visible: header.chats.title !== ""
        flat: true
        text: qsTr("Chat")
        Accessible.name: qsTr("What can be done with this chat")
        onClicked: menu.popup(menuButton, 0, menuButton.height + 4)
        ChatMenu {
            id: menu
            chats: header.chats
            usable: menuButton.visible
            onRenameWanted: header.editing = true
        }
    }
}

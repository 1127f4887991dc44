import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs

// What can be done with the chat that is shown.
Menu {
    id: menu

    required property ChatsController chats
    signal renameWanted

    function exportAs(suffix: string) {
        dialog.defaultSuffix = suffix;
        dialog.selectedFile = dialog.currentFolder + "/" + encodeURIComponent(chats.exportName(suffix));
        dialog.open();
    }

    width: 264
    MenuItem {
        text: qsTr("Rename")
        onTriggered: menu.renameWanted()
    }
    MenuItem {
        text: qsTr("Export as Markdown…") + "\t" + "Ctrl+E"
        onTriggered: menu.exportAs("md")
    }
    MenuItem {
        text: qsTr("Export as HTML…") + "\t" + "Ctrl+Shift+E"
        onTriggered: menu.exportAs("html")
    }
    MenuItem {
        text: qsTr("Export as PDF…") + "\t" + "Ctrl+P"
        onTriggered: menu.exportAs("pdf")
    }
    MenuItem {
        text: qsTr("Delete")
        onTriggered: menu.chats.removeOpen()
    }
    FileDialog {
        id: dialog
        title: qsTr("Export the chat")
        fileMode: FileDialog.SaveFile
        onAccepted: menu.chats.exportOpen(selectedFile)
    }
}

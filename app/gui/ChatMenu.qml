import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs

// What can be done with the chat that is shown.
Menu {
    id: menu

    required property ChatsController chats
    property bool usable: true
    signal renameWanted

    function exportAs(suffix: string) {
        dialog.defaultSuffix = suffix;
        dialog.selectedFile = dialog.currentFolder + "/" + encodeURIComponent(chats.exportName(suffix));
        dialog.open();
    }

    width: 264
    delegate: ActionMenuItem {}
    Action {
        text: qsTr("Rename the chat")
        shortcut: "Shift+F2"
        enabled: menu.usable
        onTriggered: menu.renameWanted()
    }
    Action {
        text: qsTr("Export as Markdown…")
        shortcut: "Ctrl+E"
        enabled: menu.usable
        onTriggered: menu.exportAs("md")
    }
    Action {
        text: qsTr("Export as HTML…")
        shortcut: "Ctrl+Shift+E"
        enabled: menu.usable
        onTriggered: menu.exportAs("html")
    }
    Action {
        text: qsTr("Export as PDF…")
        shortcut: "Ctrl+P"
        enabled: menu.usable
        onTriggered: menu.exportAs("pdf")
    }
    Action {
        text: qsTr("Delete the chat")
        shortcut: "Ctrl+Shift+Del"
        enabled: menu.usable
        onTriggered: menu.chats.removeOpen()
    }
    FileDialog {
        id: dialog
        title: qsTr("Export the chat")
        fileMode: FileDialog.SaveFile
        onAccepted: menu.chats.exportOpen(selectedFile)
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts

// The window: the documents on the left (behind a button where it is narrow), the conversation
// beside them. Everything takes its colours from the palette: link is the accent, placeholderText
// what is said quietly, brightText what went wrong, midlight hairlines, mid the edges of controls.
ApplicationWindow {
    id: window

    required property AssistantController assistant
    property bool dark: systemPalette.window.hslLightness < 0.5
    readonly property bool wide: width >= 760
    property bool searchWanted: false  // as soon as the drawer is open
    /// About 75 characters.
    readonly property real columnWidth: Math.max(560, Math.min(760, Math.round(metrics.averageCharacterWidth * 80)))

    width: 1100
    height: 760
    minimumWidth: 480
    minimumHeight: 400
    visible: true
    title: qsTr("Lectern")

    palette {
        window: window.dark ? "#1e2126" : "#f7f8fa"
        windowText: window.dark ? "#e4e7eb" : "#1d2229"
        base: window.dark ? "#262a31" : "#ffffff"
        alternateBase: window.dark ? "#2d323b" : "#e9edf2"
        text: window.dark ? "#e4e7eb" : "#1d2229"
        button: window.dark ? "#343a44" : "#f0f2f5"
        buttonText: window.dark ? "#e4e7eb" : "#1d2229"
        brightText: window.dark ? "#ff9a8f" : "#a8281c"
        highlight: window.dark ? "#3d75b8" : "#2563a6"
        highlightedText: "#ffffff"
        link: window.dark ? "#8abcf5" : "#1d5a9e"
        placeholderText: window.dark ? "#a3a9b3" : "#5a626e"
        toolTipBase: window.dark ? "#343a44" : "#ffffff"
        toolTipText: window.dark ? "#e4e7eb" : "#1d2229"
        light: window.dark ? "#454c58" : "#ffffff"
        midlight: window.dark ? "#3a4049" : "#dde1e7"
        mid: window.dark ? "#565e6b" : "#b9c0c9"
        dark: window.dark ? "#14161a" : "#8b939e"
        shadow: window.dark ? "#0c0e10" : "#6a727d"
    }

    function newChat() {
        assistant.newChat();
        goOn();
    }
    function goOn() {
        drawer.close();
        composer.focusInput();
    }
    function findChat() {
        searchWanted = !wide && !drawer.opened;
        if (searchWanted) drawer.open();
        else (wide ? sidebar : drawerSidebar).focusSearch();
    }

    SystemPalette {
        id: systemPalette
    }
    FontMetrics {
        id: metrics
        font: window.font
    }

    Shortcut {
        sequence: "Ctrl+O"
        enabled: !window.assistant.readOnly
        onActivated: folderDialog.open()
    }
    Shortcut {
        sequence: "Ctrl+Shift+O"
        enabled: !window.assistant.readOnly
        onActivated: fileDialog.open()
    }
    Shortcut {
        sequence: "Ctrl+N"
        onActivated: window.newChat()
    }
    Shortcut {
        sequence: "Ctrl+F"
        enabled: window.assistant.chats.any
        onActivated: window.findChat()
    }
    Shortcut {
        sequence: "F9"
        enabled: !window.wide && !drawer.visible
        onActivated: drawer.open()
    }
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: window.close()
    }
    Shortcut {
        sequence: "Esc"
        enabled: window.assistant.busy
        onActivated: window.assistant.stop()
    }
    Shortcut {
        sequence: "PgUp"
        onActivated: conversation.scrollBy(-conversation.height * 0.9)
    }
    Shortcut {
        sequence: "PgDown"
        onActivated: conversation.scrollBy(conversation.height * 0.9)
    }

    FolderDialog {
        id: folderDialog
        objectName: "folderDialog"
        title: qsTr("Add a folder of documents")
        onAccepted: window.assistant.addPaths([selectedFolder])
    }
    FileDialog {
        id: fileDialog
        title: qsTr("Add documents")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Documents (*.pdf *.md *.markdown *.html *.htm *.txt)"), qsTr("All files (*)")]
        onAccepted: window.assistant.addPaths(selectedFiles)
    }

    Connections {
        target: window.assistant
        function onAnswerFailed(question: string) {
            composer.giveBack(question);
        }
    }

    Connections {
        target: window.assistant.chats
        function onTurnWanted(turn: int) {
            conversation.showTurn(turn);
        }
        function onDraftRestored(text: string, replaces: bool) {
            composer.restore(text, replaces);
        }
    }

    Drawer {
        id: drawer
        width: 300
        height: window.height
        background: Rectangle {
            color: window.palette.window
            Rectangle {
                anchors.right: parent.right
                width: 1
                height: parent.height
                color: window.palette.midlight
            }
        }
        Shortcut {
            sequence: "F9"
            enabled: drawer.visible
            onActivated: drawer.close()
        }
        onOpened: if (window.searchWanted) window.findChat()
        Sidebar {
            id: drawerSidebar
            anchors.fill: parent
            assistant: window.assistant
            onFolderWanted: folderDialog.open()
            onFilesWanted: fileDialog.open()
            onChatWanted: window.newChat()
            onChatChosen: window.goOn()
        }
    }
    onWideChanged: drawer.close()

    RowLayout {
        anchors.fill: parent
        anchors.rightMargin: sourcePane.open && sourcePane.beside ? sourcePane.width : 0
        spacing: 0

        Sidebar {
            id: sidebar
            Layout.fillHeight: true
            Layout.preferredWidth: 280
            visible: window.wide
            assistant: window.assistant
            onFolderWanted: folderDialog.open()
            onFilesWanted: fileDialog.open()
            onChatWanted: window.newChat()
            onChatChosen: window.goOn()
        }
        Rectangle {
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            visible: window.wide
            color: palette.midlight
        }
        ColumnLayout {
            spacing: 0
            enabled: !sourcePane.open || sourcePane.beside

            TopBar {
                objectName: "topBar"
                Layout.fillWidth: true
                assistant: window.assistant
                narrow: !window.wide
                onDocumentsWanted: drawer.open()
                onChatWanted: window.newChat()
            }

            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                StartPage {
                    anchors.fill: parent
                    visible: window.assistant.loaded && window.assistant.conversation.count === 0
                    assistant: window.assistant
                    onFolderWanted: folderDialog.open()
                    onFilesWanted: fileDialog.open()
                }
                Conversation {
                    id: conversation
                    objectName: "conversation"
                    anchors.fill: parent
                    visible: window.assistant.conversation.count > 0
                    assistant: window.assistant
                    columnWidth: window.columnWidth
                    onSourceWanted: (sources, number) => sourcePane.show(sources, number)
                }
            }

            Banners {
                Layout.fillWidth: true
                assistant: window.assistant
            }
            Composer {
                id: composer
                Layout.fillWidth: true
                assistant: window.assistant
                columnWidth: window.columnWidth
                cutsConversation: conversation.visible && !conversation.atYEnd
                onSent: conversation.toEnd()
            }
        }
    }

    SourcePane {
        id: sourcePane
        objectName: "sourcePane"
        readonly property real room: window.width - (window.wide ? 281 : 0)
        readonly property bool beside: room >= 800  // else over the conversation
        anchors {
            right: parent.right
            top: parent.top
            bottom: parent.bottom
        }
        width: beside ? Math.round(Math.max(384, Math.min(640, room * 0.48))) : room
        assistant: window.assistant
    }

    DropArea {
        id: dropArea
        objectName: "dropArea"
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: (drop) => {
            if (!drop.hasUrls) return;
            window.assistant.addPaths(drop.urls);
            drop.acceptProposedAction();
        }
    }
    Rectangle {
        anchors.fill: parent
        anchors.margins: 8
        visible: dropArea.containsDrag
        radius: 8
        color: Qt.alpha(window.palette.base, 0.92)
        border.color: window.palette.link
        border.width: 2
        Label {
            anchors.centerIn: parent
            text: window.assistant.readOnly ? qsTr("Documents cannot be added here now") : qsTr("Let go to add these documents")
            font.pointSize: window.font.pointSize * 1.4
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts

// The window: the sidebar on the left (behind a button where it is narrow), beside it the
// conversation or another page. Everything takes its colours from the palette: link is the accent, placeholderText
// what is said quietly, brightText what went wrong, midlight hairlines, mid the edges of controls.
ApplicationWindow {
    id: window

    required property AssistantController assistant
    property bool dark: systemPalette.window.hslLightness < 0.5
    readonly property bool wide: width >= 760
    property bool searchWanted: false  // as soon as the drawer is open
    property string page: "chat"  // or the name of one of pages
    /// What the sidebar leads to.
    readonly property var pages: [
        { name: "library", title: qsTr("Library"), key: "Ctrl+L" }
    ]
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
        page = "chat";
        drawer.close();
        composer.focusInput();
    }
    function showPage(name: string) {
        page = name;
        drawer.close();
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
        enabled: !window.assistant.library.readOnly
        onActivated: folderDialog.open()
    }
    Shortcut {
        sequence: "Ctrl+Shift+O"
        enabled: !window.assistant.library.readOnly
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
        enabled: window.assistant.busy || window.page !== "chat"
        onActivated: window.assistant.busy ? window.assistant.stop() : window.goOn()
    }
    Shortcut {
        sequence: "Ctrl+L"
        onActivated: window.showPage("library")
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
        onAccepted: window.assistant.library.addPaths([selectedFolder])
    }
    FileDialog {
        id: fileDialog
        title: qsTr("Add documents")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Documents (*.pdf *.md *.markdown *.html *.htm *.txt)"), qsTr("All files (*)")]
        onAccepted: window.assistant.library.addPaths(selectedFiles)
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

    Connections {
        target: libraryLoader.item as LibraryPage
        function onFolderWanted() {
            folderDialog.open();
        }
        function onFilesWanted() {
            fileDialog.open();
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
            pages: window.pages
            page: window.page
            onChatWanted: window.newChat()
            onChatChosen: window.goOn()
            onPageWanted: (name) => window.showPage(name)
        }
    }
    onWideChanged: drawer.close()

    RowLayout {
        anchors.fill: parent
        anchors.rightMargin: sourcePane.visible && sourcePane.beside ? sourcePane.width : 0
        spacing: 0

        Sidebar {
            id: sidebar
            Layout.fillHeight: true
            Layout.preferredWidth: 280
            visible: window.wide
            assistant: window.assistant
            pages: window.pages
            page: window.page
            onChatWanted: window.newChat()
            onChatChosen: window.goOn()
            onPageWanted: (name) => window.showPage(name)
        }
        Rectangle {
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            visible: window.wide
            color: palette.midlight
        }
        ColumnLayout {
            spacing: 0
            enabled: !sourcePane.visible || sourcePane.beside

            TopBar {
                objectName: "topBar"
                Layout.fillWidth: true
                assistant: window.assistant
                narrow: !window.wide
                overChat: window.page === "chat"
                onSidebarWanted: drawer.open()
                onChatWanted: window.newChat()
            }

            PageLoader {
                id: libraryLoader
                assistant: window.assistant
                page: "LibraryPage.qml"
                shown: window.page === "library"
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: window.page === "chat"

                StartPage {
                    anchors.fill: parent
                    visible: window.assistant.library.loaded && window.assistant.conversation.count === 0
                    library: window.assistant.library
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
                    onEditWanted: (row) => composer.edit(row)
                }
            }

            IndexingStatus {
                objectName: "indexingStatus"
                Layout.fillWidth: true
                Layout.fillHeight: false
                Layout.maximumWidth: window.columnWidth
                Layout.alignment: Qt.AlignHCenter
                Layout.margins: 8
                Layout.leftMargin: 24
                Layout.rightMargin: 24
                library: window.assistant.library
            }
            Banners {
                Layout.fillWidth: true
                Layout.fillHeight: false  // layouts do otherwise
                assistant: window.assistant
            }
            Composer {
                id: composer
                Layout.fillWidth: true
                visible: window.page === "chat"
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
        shown: window.page === "chat"
        assistant: window.assistant
    }

    DropTarget {
        objectName: "dropArea"
        anchors.fill: parent
        readOnly: window.assistant.library.readOnly
        onUrlsDropped: (urls) => window.assistant.library.addPaths(urls)
    }
}

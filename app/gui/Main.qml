pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts

// The window: the sidebar on the left (behind a button where it is narrow), beside it the
// conversation or another page. Everything takes its colours from the palette: see ThemedWindow.
ThemedWindow {
    id: window

    required property AssistantController assistant
    readonly property bool wide: width >= 760
    property alias restoredScroll: conversation.restoredY
    readonly property real scroll: conversation.followsEnd ? -1 : conversation.contentY
    property bool searchWanted: false  // as soon as the drawer is open
    readonly property bool nothingAdded: assistant.library.loaded && assistant.library.folderCount === 0 && !assistant.library.hasDocuments && !assistant.library.indexing
    /// The first start: the window says one thing alone.
    readonly property bool empty: page === "chat" && nothingAdded && !assistant.chats.any && assistant.conversation.count === 0
    /// A card does, to which Esc belongs.
    readonly property bool asks: assistant.library.preview.shown || ((libraryLoader.item as LibraryPage)?.asks ?? false)
    property string page: "chat"  // or the name of one of pages
    /// What the sidebar leads to.
    readonly property var pages: [
        { name: "library", title: qsTr("Library"), key: "Ctrl+L" },
        { name: "models", title: qsTr("Models"), key: "Ctrl+M" },
        { name: "settings", title: qsTr("Settings"), key: "Ctrl+," }
    ]
    /// Lines as long as this one, and what stands on both sides of them.
    readonly property real columnWidth: 28 + Math.ceil(metrics.advanceWidth("Lines of about seventy characters are what readers follow most at ease."))

    width: 1100
    height: 760
    minimumWidth: 480
    minimumHeight: 400
    visible: true
    title: qsTr("Lectern")
    theme: assistant.settings.theme
    font.pointSize: Application.font.pointSize

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

    FontMetrics {
        id: metrics
        font: window.font
    }

    // The palette and the help find every Action by itself, here and in the items below.
    Action {
        text: qsTr("New chat")
        shortcut: "Ctrl+N"
        onTriggered: window.newChat()
    }
    Action {
        text: qsTr("Add a folder…")
        shortcut: "Ctrl+O"
        enabled: !window.assistant.library.readOnly
        onTriggered: folderDialog.open()
    }
    Action {
        text: qsTr("Add files…")
        shortcut: "Ctrl+Shift+O"
        enabled: !window.assistant.library.readOnly
        onTriggered: fileDialog.open()
    }
    Action {
        text: qsTr("Find in chats")
        shortcut: "Ctrl+F"
        enabled: window.assistant.chats.any
        onTriggered: window.findChat()
    }
    Action {
        text: qsTr("Show the sidebar")
        shortcut: "F9"
        enabled: !window.wide && !drawer.visible
        onTriggered: drawer.open()
    }
    Action {
        text: qsTr("Show the library")
        shortcut: "Ctrl+L"
        onTriggered: window.showPage("library")
    }
    Action {
        text: qsTr("Show the models")
        shortcut: "Ctrl+M"
        onTriggered: window.showPage("models")
    }
    Action {
        text: qsTr("Show the settings")
        shortcut: "Ctrl+,"
        onTriggered: window.showPage("settings")
    }
    Action {
        text: qsTr("Find an action")
        shortcut: "Ctrl+K"
        onTriggered: commandPalette.open()
    }
    Action {
        text: qsTr("Help")
        shortcut: "F1"
        onTriggered: help.open()
    }
    Action {
        text: qsTr("Quit")
        shortcut: "Ctrl+Q"
        onTriggered: window.close()
    }
    Shortcut {
        sequence: "Esc"
        enabled: !window.asks && (window.assistant.busy || window.page !== "chat")
        onActivated: window.assistant.busy ? window.assistant.stop() : window.goOn()
    }
    Shortcut {
        sequence: "PgUp"
        onActivated: conversation.scrollBy(-conversation.height * 0.9)
    }
    Shortcut {
        sequence: "PgDown"
        onActivated: conversation.scrollBy(conversation.height * 0.9)
    }

    CommandPalette {
        id: commandPalette
        window: window
    }
    HelpSheet {
        id: help
        window: window
    }
    FolderDialog {
        id: folderDialog
        objectName: "folderDialog"
        title: qsTr("Add a folder of documents")
        onAccepted: window.assistant.library.preview.add([selectedFolder])
    }
    FileDialog {
        id: fileDialog
        title: qsTr("Add documents")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Documents (*.pdf *.md *.markdown *.html *.htm *.txt)"), qsTr("All files (*)")]
        onAccepted: window.assistant.library.preview.add(selectedFiles)
    }

    Connections {
        target: window.assistant
        function onAnswerFailed(question: string) {
            composer.giveBack(question);
        }
    }

    Connections {
        target: window.assistant.settings
        function onChanged() {
            window.font.pointSize = Application.font.pointSize;  // which tells nobody that it changed
        }
    }

    Connections {
        target: window.assistant.data
        function onRestartWanted() {
            window.close();
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
        target: window.assistant.models
        function onImportBegan() {
            window.showPage("models");
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
        objectName: "drawer"
        width: 300
        height: window.height
        edge: Application.layoutDirection === Qt.RightToLeft ? Qt.RightEdge : Qt.LeftEdge
        enter: Transition {
            NumberAnimation {
                property: "position"
                duration: window.assistant.settings.still ? 0 : 150
            }
        }
        exit: Transition {
            NumberAnimation {
                property: "position"
                duration: window.assistant.settings.still ? 0 : 150
            }
        }
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
    // A page that another version had.
    Component.onCompleted: if (!pages.some((known) => known.name === page)) page = "chat"
    onEmptyChanged: if (!empty && page === "chat") composer.focusInput()

    RowLayout {
        anchors.fill: parent
        anchors.rightMargin: sourcePane.visible && sourcePane.beside ? sourcePane.width : 0
        spacing: 0

        Sidebar {
            id: sidebar
            Layout.fillHeight: true
            Layout.preferredWidth: 280
            visible: window.wide && !window.empty
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
            visible: window.wide && !window.empty
            color: palette.midlight
        }
        ColumnLayout {
            spacing: 0
            enabled: !sourcePane.visible || sourcePane.beside

            TopBar {
                objectName: "topBar"
                Layout.fillWidth: true
                assistant: window.assistant
                narrow: !window.wide && !window.empty
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
            PageLoader {
                assistant: window.assistant
                page: "ModelsPage.qml"
                shown: window.page === "models"
            }
            PageLoader {
                assistant: window.assistant
                page: "SettingsPage.qml"
                shown: window.page === "settings"
            }
            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: window.page === "chat"

                StartPage {
                    anchors.fill: parent
                    visible: window.assistant.library.loaded && window.assistant.conversation.count === 0 && !(window.empty && window.assistant.library.preview.shown)
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
            ModelOffer {
                objectName: "modelOffer"
                Layout.fillWidth: true
                Layout.fillHeight: false
                Layout.maximumWidth: window.columnWidth
                Layout.alignment: Qt.AlignHCenter
                Layout.margins: 8
                Layout.leftMargin: 24
                Layout.rightMargin: 24
                assistant: window.assistant
                onModelsWanted: window.showPage("models")
            }
            Banners {
                Layout.fillWidth: true
                Layout.fillHeight: false  // layouts do otherwise
                assistant: window.assistant
                onModelsWanted: window.showPage("models")
            }
            Composer {
                id: composer
                Layout.fillWidth: true
                visible: window.page === "chat" && !window.empty
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

    DropCard {
        objectName: "dropCard"
        anchors.centerIn: parent
        width: Math.min(520, window.width - 48)
        preview: window.assistant.library.preview
    }
    DropTarget {
        objectName: "dropArea"
        anchors.fill: parent
        readOnly: window.assistant.library.readOnly
        onUrlsDropped: (urls) => {
            const documents = window.assistant.models.importDropped(urls);
            if (!readOnly) window.assistant.library.preview.add(documents);
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts

ApplicationWindow {
    id: window

    required property AssistantController assistant
    property bool dark: systemPalette.window.hslLightness < 0.5
    readonly property color accent: dark ? "#7fb3f0" : "#1f5fa8"
    readonly property color quiet: dark ? "#a3a9b3" : "#5d6673"
    readonly property color line: dark ? "#3a4049" : "#d9dde3"
    readonly property bool wide: width >= 760

    width: 1040
    height: 720
    minimumWidth: 480
    minimumHeight: 400
    visible: true
    title: qsTr("Lectern")

    palette {
        window: window.dark ? "#1e2126" : "#f5f6f8"
        windowText: window.dark ? "#e4e7eb" : "#1d2229"
        base: window.dark ? "#262a31" : "#ffffff"
        alternateBase: window.dark ? "#2b3038" : "#eef1f5"
        text: window.dark ? "#e4e7eb" : "#1d2229"
        button: window.dark ? "#343a44" : "#f0f2f5"
        buttonText: window.dark ? "#e4e7eb" : "#1d2229"
        brightText: window.dark ? "#ff9a8f" : "#a8281c"
        highlight: window.dark ? "#3d75b8" : "#2d6fb8"
        highlightedText: "#ffffff"
        link: window.accent
        placeholderText: window.quiet
        toolTipBase: window.dark ? "#343a44" : "#ffffff"
        toolTipText: window.dark ? "#e4e7eb" : "#1d2229"
        light: window.dark ? "#454c58" : "#ffffff"
        midlight: window.dark ? "#3d434e" : "#e6e9ee"
        mid: window.dark ? "#4a515d" : "#b9c0c9"
        dark: window.dark ? "#14161a" : "#8b939e"
        shadow: window.dark ? "#0c0e10" : "#6a727d"
    }

    SystemPalette {
        id: systemPalette
    }

    Shortcut {
        sequences: [StandardKey.Open]
        onActivated: folderDialog.open()
    }
    Shortcut {
        sequence: "Ctrl+Shift+O"
        onActivated: fileDialog.open()
    }
    Shortcut {
        sequences: [StandardKey.New]
        onActivated: window.assistant.newChat()
    }
    Shortcut {
        sequences: [StandardKey.Quit]
        onActivated: window.close()
    }
    Shortcut {
        sequence: "Esc"
        enabled: window.assistant.busy
        onActivated: window.assistant.stop()
    }

    FolderDialog {
        id: folderDialog
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
        function onChatStarted() {
            composer.focusInput();
        }
        function onOpeningFailed(path: string) {
            openingBanner.failedPath = path;
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        DocumentsPane {
            Layout.fillHeight: true
            Layout.preferredWidth: 272
            visible: window.wide
            assistant: window.assistant
            quiet: window.quiet
            onFolderWanted: folderDialog.open()
            onFilesWanted: fileDialog.open()
        }
        Rectangle {
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            visible: window.wide
            color: window.line
        }
        ColumnLayout {
            spacing: 0

            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                StartPage {
                    anchors.fill: parent
                    visible: window.assistant.loaded && window.assistant.conversation.count === 0
                    assistant: window.assistant
                    quiet: window.quiet
                    showActions: !window.wide || !window.assistant.hasDocuments
                    onFolderWanted: folderDialog.open()
                    onFilesWanted: fileDialog.open()
                }

                Flickable {
                    id: scroller
                    objectName: "scroller"
                    property bool followsEnd: true

                    anchors.fill: parent
                    visible: window.assistant.conversation.count > 0
                    contentWidth: width
                    contentHeight: column.height + 48
                    boundsBehavior: Flickable.StopAtBounds
                    clip: true
                    ScrollBar.vertical: ScrollBar {}
                    onMovementEnded: followsEnd = contentY + height >= contentHeight - 24
                    onContentHeightChanged: if (followsEnd) contentY = Math.max(0, contentHeight - height)

                    Column {
                        id: column
                        x: Math.max(24, (scroller.width - width) / 2)
                        y: 24
                        width: Math.min(680, scroller.width - 48)
                        spacing: 32

                        Repeater {
                            model: window.assistant.conversation
                            delegate: AnswerItem {
                                width: column.width
                                assistant: window.assistant
                                accent: window.accent
                                quiet: window.quiet
                                line: window.line
                            }
                        }
                    }
                }
            }

            Banner {
                objectName: "modelBanner"
                Layout.fillWidth: true
                visible: window.assistant.loaded && text !== ""
                line: window.line
                text: window.assistant.modelProblem
                actionText: qsTr("Look again")
                onActionWanted: window.assistant.refresh()
            }
            Banner {
                objectName: "libraryBanner"
                Layout.fillWidth: true
                visible: text !== ""
                line: window.line
                text: window.assistant.libraryError
                actionText: qsTr("Try again")
                onActionWanted: window.assistant.resumeIndexing()
            }
            Banner {
                Layout.fillWidth: true
                visible: window.assistant.readOnly
                line: window.line
                text: qsTr("Another Lectern has this library open. Questions work here; documents are added there.")
            }
            Banner {
                id: openingBanner
                property string failedPath: ""
                Layout.fillWidth: true
                visible: failedPath !== ""
                line: window.line
                text: qsTr("No application opened %1. Choose one for this kind of file in the system settings.").arg(failedPath)
                actionText: qsTr("Close")
                onActionWanted: failedPath = ""
            }

            Composer {
                id: composer
                Layout.fillWidth: true
                assistant: window.assistant
                quiet: window.quiet
                line: window.line
                accent: window.accent
                onSent: scroller.followsEnd = true
            }
        }
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
        border.color: window.accent
        border.width: 2
        Label {
            anchors.centerIn: parent
            text: qsTr("Let go to add these documents")
            font.pointSize: window.font.pointSize * 1.4
        }
    }
}

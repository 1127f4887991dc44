pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The document behind a marker, beside the conversation: opened at the passage, which is marked.
FocusScope {
    id: pane

    required property AssistantController assistant
    property real zoom: 1
    property Item before: null  // had the keyboard's focus
    property bool shown: true  // with the conversation
    readonly property bool open: reader.state !== SourceReader.Closed
    readonly property bool showsPages: reader.state === SourceReader.ShowingPages
    readonly property bool showsText: reader.state === SourceReader.ShowingText

    function show(sources: var, number: int) {
        if (!open) {
            before = Window.activeFocusItem;
            zoom = 1;
        }
        reader.show(sources, number);
        if (open) body.forceActiveFocus();
    }
    function close() {
        closeFind();
        reader.close();
        if (before) before.forceActiveFocus(Qt.OtherFocusReason);
        before = null;
    }
    /// What stands at the upper part of the pane stays there.
    function scale(factor: real) {
        const place = showsPages ? pdfView.place() : textView.place();
        zoom = factor === 0 ? 1 : Math.max(0.4, Math.min(5, zoom * factor));
        if (showsPages) pdfView.show(place.row, place.at);
        else textView.show(place.row, place.at);
    }
    function openFind() {
        if (!showsPages && !showsText) return;
        findBar.visible = true;
        findBar.begin();
    }
    function closeFind() {
        if (!findBar.visible) return;
        findBar.visible = false;
        reader.find("", 0);
        body.forceActiveFocus();
    }
    function find(text: string) {
        reader.find(text, showsPages ? pdfView.firstRow : textView.firstRow);
    }
    function scrollBy(pixels: real) {
        if (showsPages) pdfView.scrollBy(pixels);
        else if (showsText) textView.scrollBy(pixels);
    }
    /// Keys that mean something here while the pane has the focus; true: it was one.
    function handle(event: var, act: bool): bool {
        const control = event.modifiers & Qt.ControlModifier;
        const actions = {
            [Qt.Key_Plus]: control && (() => scale(1.25)),
            [Qt.Key_Equal]: control && (() => scale(1.25)),
            [Qt.Key_Minus]: control && (() => scale(0.8)),
            [Qt.Key_0]: control && (() => scale(0)),
            [Qt.Key_F]: control && (() => openFind()),
            [Qt.Key_PageUp]: () => scrollBy(-body.height * 0.9),
            [Qt.Key_PageDown]: () => scrollBy(body.height * 0.9)
        };
        const action = actions[event.key];
        if (!action) return false;
        if (act) action();
        return true;
    }

    visible: open && shown
    Keys.onShortcutOverride: (event) => event.accepted = handle(event, false)
    Keys.onPressed: (event) => event.accepted = handle(event, true)
    Shortcut {
        sequence: "Alt+Left"
        enabled: pane.visible
        onActivated: reader.showPrevious()
    }
    Shortcut {
        sequence: "Alt+Right"
        enabled: pane.visible
        onActivated: reader.showNext()
    }
    Shortcut {
        sequence: "Esc"
        enabled: pane.visible && !pane.assistant.busy
        onActivated: findBar.visible ? pane.closeFind() : pane.close()
    }

    Connections {  // the conversation is another
        target: pane.assistant.conversation
        function onModelReset() {
            if (pane.open) pane.close();
        }
    }
    SourceReader {
        id: reader
        assistant: pane.assistant
        onPlaceShown: (row, at) => {
            settling.row = row;
            settling.at = at;
            settling.restart();
        }
        onSourceChanged: findBar.visible = false
    }
    Timer {  // once what is shown is laid out
        id: settling
        property int row: 0
        property real at: 0
        interval: 0
        onTriggered: pane.showsPages ? pdfView.show(row, at) : textView.show(row, at)
    }

    Rectangle {
        anchors.fill: parent
        color: palette.window
    }
    Rectangle {
        width: 1
        height: parent.height
        color: palette.midlight
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: 1
        spacing: 0

        SourceHeader {
            Layout.fillWidth: true
            reader: reader
            canZoom: pane.showsPages || pane.showsText
            zoom: pane.zoom
            onZoomWanted: (factor) => pane.scale(factor)
            onFindWanted: pane.openFind()
            onCloseWanted: pane.close()
        }
        FindBar {
            id: findBar
            Layout.fillWidth: true
            visible: false
            reader: reader
            onWanted: (text) => pane.find(text)
            onCloseWanted: pane.closeFind()
        }
        ScrollView {
            id: problemView
            Layout.fillWidth: true
            Layout.fillHeight: reader.state === SourceReader.Unreadable
            Layout.maximumHeight: reader.state === SourceReader.Unreadable ? Infinity : pane.height * 0.4
            Layout.margins: 16
            visible: reader.problem !== ""
            contentWidth: availableWidth
            SourceProblem {
                width: problemView.availableWidth
                reader: reader
                busy: pane.assistant.library.indexing
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            visible: problemView.visible && body.visible
            color: palette.midlight
        }
        Control {
            id: body
            objectName: "sourceBody"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: reader.state !== SourceReader.Unreadable
            focus: true
            focusPolicy: Qt.StrongFocus
            padding: 0
            Accessible.role: Accessible.Pane
            Accessible.name: qsTr("Document")
            Keys.onUpPressed: pane.scrollBy(-48)
            Keys.onDownPressed: pane.scrollBy(48)
            Keys.onSpacePressed: pane.scrollBy(height * 0.9)

            Item {
                anchors.fill: parent
                BusyIndicator {
                    anchors.centerIn: parent
                    visible: reader.state === SourceReader.Opening
                    running: visible
                    Accessible.name: qsTr("The document is being opened")
                }
                PdfView {
                    id: pdfView
                    objectName: "pdfView"
                    anchors.fill: parent
                    visible: pane.showsPages
                    pages: reader.pages
                    zoom: pane.zoom
                }
                TextView {
                    id: textView
                    objectName: "textView"
                    anchors.fill: parent
                    visible: pane.showsText
                    blocks: reader.blocks
                    zoom: pane.zoom
                }
            }
            FocusRing {
                z: 1
                anchors.margins: 0
                radius: 0
                visible: body.visualFocus
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: palette.midlight
        }
        RowLayout {
            Layout.margins: 8
            spacing: 8
            ActionButton {
                objectName: "openExternallyButton"
                flat: true
                text: qsTr("Open in its application")
                hint: reader.path
                onClicked: reader.openInApplication()
            }
            ActionButton {
                objectName: "showInFolderButton"
                flat: true
                text: qsTr("Show in folder")
                hint: reader.path
                onClicked: reader.showInFolder()
            }
            Item {
                Layout.fillWidth: true
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The library: folders with what they take, all documents with their state, the KV budget.
FocusScope {
    id: page

    required property AssistantController assistant
    readonly property LibraryController library: assistant.library
    readonly property LibraryDetails details: library.details
    /// Esc asks the card first.
    readonly property bool asks: details.removalPath !== ""
    signal folderWanted
    signal filesWanted

    objectName: "libraryPage"
    Component.onCompleted: details.active = true
    Component.onDestruction: details.active = false

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 24
        anchors.topMargin: 16
        anchors.bottomMargin: 8
        spacing: 16

        RowLayout {
            spacing: 8
            Label {
                text: qsTr("Library")
                font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 1.4
                Accessible.role: Accessible.Heading
            }
            Label {
                objectName: "libraryText"
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignBaseline
                color: palette.placeholderText
                elide: Text.ElideRight
                text: page.library.amounts
            }
            ActionButton {
                id: addButton
                objectName: "addButton"
                text: qsTr("Add…")
                enabled: !page.library.readOnly
                focus: true
                Accessible.name: qsTr("Add documents")
                onClicked: addMenu.popup(addButton, 0, addButton.height + 4)
                Menu {
                    id: addMenu
                    width: 232
                    MenuItem {
                        text: qsTr("Folder…") + "\t" + "Ctrl+O"
                        onTriggered: page.folderWanted()
                    }
                    MenuItem {
                        text: qsTr("Files…") + "\t" + "Ctrl+Shift+O"
                        onTriggered: page.filesWanted()
                    }
                }
            }
        }
        RemovalCard {
            objectName: "removalCard"
            Layout.fillWidth: true
            details: page.details
            takesEscape: !page.library.preview.shown
        }
        FolderList {
            objectName: "folderList"
            Layout.fillWidth: true
            Layout.leftMargin: -8
            Layout.rightMargin: -16
            Layout.preferredHeight: Math.min(contentHeight, page.height * 0.3)
            details: page.details
        }
        KvMeter {
            Layout.fillWidth: true
            Layout.fillHeight: false
            details: page.details
        }
        RowLayout {
            spacing: 8
            SearchField {
                objectName: "documentFilter"
                Layout.fillWidth: true
                placeholderText: qsTr("Find documents by name or folder")
                onTextChanged: page.details.filter = text
                Component.onCompleted: text = page.details.filter
            }
            CheckBox {
                objectName: "attentionOnly"
                text: qsTr("Needs attention (%1)").arg(page.details.attentionCount)
                enabled: page.details.attentionCount > 0 || checked
                checked: page.details.attentionOnly
                onToggled: page.details.attentionOnly = checked
            }
            Label {
                objectName: "documentCount"
                color: palette.placeholderText
                text: page.details.countText
            }
        }
        Label {
            Layout.fillWidth: true
            visible: documents.count === 0
            color: palette.placeholderText
            wrapMode: Text.Wrap
            text: page.details.filter !== "" || page.details.attentionOnly ? qsTr("No document is like this.") : qsTr("Nothing here yet.")
        }
        DocumentList {
            id: documents
            objectName: "documentList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: -8
            Layout.rightMargin: -16
            details: page.details
            onOpenWanted: (path) => page.assistant.openFile(path)
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The library: what is in it, what is being read, what needs attention.
FocusScope {
    id: pane

    required property AssistantController assistant
    readonly property LibraryController library: assistant.library
    readonly property real small: Application.font.pointSize * 0.9
    signal folderWanted
    signal filesWanted

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 16
        anchors.bottomMargin: 12
        spacing: 12

        RowLayout {
            spacing: 8
            ColumnLayout {
                spacing: 2
                Label {
                    Layout.fillWidth: true
                    text: qsTr("Library")
                    font.bold: true
                    Accessible.role: Accessible.Heading
                }
                Label {
                    objectName: "libraryText"
                    Layout.fillWidth: true
                    visible: text !== ""
                    color: palette.placeholderText
                    font.pointSize: pane.small
                    elide: Text.ElideRight
                    text: pane.library.amounts
                }
            }
            ActionButton {
                id: addButton
                objectName: "addButton"
                Layout.alignment: Qt.AlignTop
                text: qsTr("Add…")
                enabled: !pane.library.readOnly
                focus: true
                Accessible.name: qsTr("Add documents")
                onClicked: addMenu.popup(addButton, 0, addButton.height + 4)
                Menu {
                    id: addMenu
                    width: 232
                    MenuItem {
                        text: qsTr("Folder…") + "\t" + "Ctrl+O"
                        onTriggered: pane.folderWanted()
                    }
                    MenuItem {
                        text: qsTr("Files…") + "\t" + "Ctrl+Shift+O"
                        onTriggered: pane.filesWanted()
                    }
                }
            }
        }

        Label {
            Layout.fillWidth: true
            visible: pane.library.loaded && pane.library.folders.length === 0 && !pane.library.indexing
            color: palette.placeholderText
            wrapMode: Text.Wrap
            text: qsTr("Nothing here yet.")
        }
        FileList {
            objectName: "fileList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.rightMargin: -8
            model: pane.library.files
            folders: pane.library.folders
        }
        Label {
            objectName: "modelText"
            Layout.fillWidth: true
            visible: pane.assistant.modelName !== ""
            color: palette.placeholderText
            font.pointSize: pane.small
            elide: Text.ElideRight
            text: qsTr("Answers by %1").arg(pane.assistant.modelName)
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The library: what is in it, what is being read, what needs attention.
Item {
    id: pane

    required property AssistantController assistant
    required property color quiet
    signal folderWanted
    signal filesWanted

    readonly property real small: Qt.application.font.pointSize * 0.85

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 16
        spacing: 8

        RowLayout {
            Label {
                Layout.fillWidth: true
                text: qsTr("Documents")
                font.bold: true
            }
            Button {
                id: addButton
                objectName: "addButton"
                text: qsTr("Add…")
                enabled: !pane.assistant.readOnly
                Accessible.name: qsTr("Add documents")
                Keys.onReturnPressed: clicked()
                onClicked: addMenu.popup(addButton, 0, addButton.height)
                Menu {
                    id: addMenu
                    MenuItem {
                        text: qsTr("Folder…  Ctrl+O")
                        onTriggered: pane.folderWanted()
                    }
                    MenuItem {
                        text: qsTr("Files…  Ctrl+Shift+O")
                        onTriggered: pane.filesWanted()
                    }
                }
            }
        }
        Label {
            Layout.fillWidth: true
            visible: pane.assistant.hasDocuments
            color: pane.quiet
            font.pointSize: pane.small
            text: pane.assistant.libraryText
        }
        Repeater {
            model: pane.assistant.folders
            delegate: Label {
                required property string modelData
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                text: modelData
                textFormat: Text.PlainText
                Accessible.name: qsTr("In the library: %1").arg(modelData)
            }
        }

        ColumnLayout {
            objectName: "progressBox"
            Layout.topMargin: 8
            Layout.fillWidth: true
            visible: pane.assistant.indexing
            spacing: 4

            Label {
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                textFormat: Text.PlainText
                text: pane.assistant.currentFile !== "" ? qsTr("Reading %1").arg(pane.assistant.currentFile) : qsTr("Bringing the library up to date")
            }
            RowLayout {
                spacing: 8
                ProgressBar {
                    Layout.fillWidth: true
                    indeterminate: pane.assistant.progress < 0
                    value: Math.max(0, pane.assistant.progress)
                    Accessible.name: qsTr("Progress of indexing")
                }
                Button {
                    objectName: "stopIndexingButton"
                    text: qsTr("Stop")
                    Accessible.name: qsTr("Stop indexing")
                    Keys.onReturnPressed: clicked()
                    onClicked: pane.assistant.stopIndexing()
                }
            }
            Label {
                Layout.fillWidth: true
                color: pane.quiet
                font.pointSize: pane.small
                elide: Text.ElideRight
                text: pane.assistant.progressText
            }
        }
        RowLayout {
            visible: pane.assistant.indexingStopped && !pane.assistant.indexing
            Label {
                Layout.fillWidth: true
                wrapMode: Text.Wrap
                text: qsTr("Stopped. What was read can be asked about.")
            }
            Button {
                text: qsTr("Go on")
                Accessible.name: qsTr("Go on indexing")
                Keys.onReturnPressed: clicked()
                onClicked: pane.assistant.resumeIndexing()
            }
        }

        ListView {
            id: list
            objectName: "fileList"
            Layout.topMargin: 8
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            spacing: 8
            activeFocusOnTab: count > 0
            boundsBehavior: Flickable.StopAtBounds
            model: pane.assistant.files
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Files")
            delegate: ColumnLayout {
                id: file
                required property string name
                required property string path
                required property int fileState
                required property string reason
                required property int chunks
                readonly property string stateText: {
                    switch (fileState) {
                    case FileStatusModel.Waiting: return qsTr("waiting");
                    case FileStatusModel.Reading: return qsTr("reading");
                    case FileStatusModel.Ready: return qsTr("ready · %1 passages").arg(chunks);
                    case FileStatusModel.Offline: return qsTr("not reachable");
                    default: return reason;
                    }
                }
                width: list.width
                spacing: 0
                Accessible.role: Accessible.ListItem
                Accessible.name: qsTr("%1: %2").arg(name).arg(stateText)
                Label {
                    Layout.fillWidth: true
                    elide: Text.ElideMiddle
                    text: file.name
                    textFormat: Text.PlainText
                }
                Label {
                    Layout.fillWidth: true
                    font.pointSize: pane.small
                    color: file.fileState === FileStatusModel.Failed ? palette.brightText : pane.quiet
                    wrapMode: Text.Wrap
                    text: file.stateText
                    textFormat: Text.PlainText
                }
            }
        }
        Label {
            Layout.fillWidth: true
            visible: text !== ""
            color: pane.quiet
            font.pointSize: pane.small
            elide: Text.ElideMiddle
            text: pane.assistant.modelName !== "" ? qsTr("Model: %1").arg(pane.assistant.modelName) : ""
        }
    }
}

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// What the window says before the first question.
Item {
    id: page

    required property AssistantController assistant
    required property color quiet
    required property bool showActions
    signal folderWanted
    signal filesWanted

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(440, page.width - 48)
        spacing: 8

        Label {
            objectName: "startTitle"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            font.pointSize: Qt.application.font.pointSize * 1.7
            text: {
                if (page.assistant.hasDocuments) return qsTr("Ask your documents");
                return page.assistant.indexing ? qsTr("Reading your documents") : qsTr("Drop a folder here");
            }
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: page.quiet
            text: {
                if (page.assistant.hasDocuments) return qsTr("Answers come with the passages they rest on.");
                if (page.assistant.indexing) return qsTr("Each file can be asked about as soon as it is done.");
                return qsTr("PDF, HTML, Markdown and plain text. Everything stays on this machine.");
            }
        }
        Row {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: 8
            spacing: 8
            visible: page.showActions
            Button {
                objectName: "addFolderButton"
                text: qsTr("Add a folder…")
                Accessible.name: text
                onClicked: page.folderWanted()
                Keys.onReturnPressed: clicked()
                ToolTip.visible: hovered
                ToolTip.text: qsTr("Ctrl+O")
            }
            Button {
                text: qsTr("Add files…")
                Accessible.name: text
                onClicked: page.filesWanted()
                Keys.onReturnPressed: clicked()
                ToolTip.visible: hovered
                ToolTip.text: qsTr("Ctrl+Shift+O")
            }
        }
    }
}

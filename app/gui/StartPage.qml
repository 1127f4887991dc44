import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// What the window says before the first question.
Item {
    id: page

    required property LibraryController library
    signal folderWanted
    signal filesWanted

    readonly property bool nothingRead: library.folders.length > 0 && !library.hasDocuments && !library.indexing

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(440, page.width - 48)
        spacing: 8

        Label {
            objectName: "startTitle"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            font.pointSize: Application.font.pointSize * 1.8
            Accessible.role: Accessible.Heading
            text: {
                if (page.library.hasDocuments) return qsTr("Ask your documents");
                if (page.library.indexing) return qsTr("Reading your documents");
                return page.nothingRead ? qsTr("Nothing to ask about yet") : qsTr("Drop a folder here");
            }
        }
        Label {
            objectName: "startText"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: palette.placeholderText
            text: {
                if (page.library.hasDocuments) return qsTr("Answers come with the passages they rest on.");
                if (page.library.indexing) return qsTr("Each file can be asked about as soon as it is done.");
                if (page.nothingRead) return qsTr("No text was found in what you added. The library says why; add others to go on.");
                return qsTr("PDF, HTML, Markdown and plain text. Everything stays on this machine.");
            }
        }
        RowLayout {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: 16
            spacing: 8
            visible: !page.library.hasDocuments && !page.library.indexing
            ActionButton {
                objectName: "addFolderButton"
                primary: true
                enabled: !page.library.readOnly
                text: qsTr("Add a folder…")
                onClicked: page.folderWanted()
                hint: qsTr("Ctrl+O")
            }
            ActionButton {
                objectName: "addFilesButton"
                enabled: !page.library.readOnly
                text: qsTr("Add files…")
                onClicked: page.filesWanted()
                hint: qsTr("Ctrl+Shift+O")
            }
        }
    }
}

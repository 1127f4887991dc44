pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts

// Where a person's data lies and how much it is, with the ways to move and to delete it.
ColumnLayout {
    id: place

    required property DataController dataPlace
    property string problem: ""

    spacing: 8

    Component.onCompleted: dataPlace.refresh()

    Connections {
        target: place.dataPlace
        function onMovePlanned(question: string) {
            moveDialog.text = question;
            moveDialog.open();
        }
        function onRefused(message: string) {
            place.problem = message;
        }
    }
    FolderDialog {
        id: folderDialog
        objectName: "moveFolderDialog"
        title: qsTr("Where your data is to lie")
        onAccepted: place.dataPlace.planMove(selectedFolder)
    }
    ConfirmDialog {
        id: moveDialog
        objectName: "moveDialog"
        title: qsTr("Move your data?")
        action: qsTr("Move and start again")
        onAccepted: place.dataPlace.move()
    }
    ConfirmDialog {
        id: deleteDialog
        objectName: "deleteDialog"
        title: qsTr("Delete all data?")
        action: qsTr("Delete everything")
        text: {
            const lines = place.dataPlace.parts.map((part) => qsTr("%1: %2").arg(part.name).arg(part.size));
            lines.push(qsTr("The settings"));
            return qsTr("This goes, and cannot be brought back:") + "\n\n" + lines.join("\n") + "\n\n" + qsTr("Your documents stay as they are. Lectern starts again for it, and then ends.");
        }
        onAccepted: place.dataPlace.deleteAll()
    }

    SectionLabel {
        section: qsTr("Your data")
    }
    Label {
        objectName: "dataFolder"
        Layout.fillWidth: true
        text: place.dataPlace.folder
        textFormat: Text.PlainText
        wrapMode: Text.WrapAnywhere
        font.bold: true
        Accessible.name: qsTr("Your data lies in %1").arg(text)
    }
    Repeater {
        model: place.dataPlace.parts
        delegate: RowLayout {
            id: part
            required property var modelData
            Layout.fillWidth: true
            Layout.maximumWidth: 400
            Label {
                Layout.fillWidth: true
                text: part.modelData.name
                color: palette.placeholderText
                elide: Text.ElideRight
            }
            Label {
                text: part.modelData.size
                color: palette.placeholderText
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.maximumWidth: 400
        visible: place.dataPlace.total !== ""
        Label {
            Layout.fillWidth: true
            text: qsTr("All together")
        }
        Label {
            objectName: "dataTotal"
            text: place.dataPlace.total
        }
    }
    Label {
        objectName: "dataProblem"
        Layout.fillWidth: true
        visible: place.problem !== ""
        text: place.problem
        wrapMode: Text.WordWrap
        color: palette.brightText
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    Flow {
        Layout.fillWidth: true
        Layout.topMargin: 8
        spacing: 8
        ActionButton {
            objectName: "openDataButton"
            text: qsTr("Open the folder")
            onClicked: place.dataPlace.openFolder()
        }
        ActionButton {
            objectName: "moveDataButton"
            text: qsTr("Move…")
            Accessible.name: qsTr("Move your data")
            onClicked: {
                place.problem = "";
                folderDialog.open();
            }
        }
        ActionButton {
            objectName: "deleteDataButton"
            text: qsTr("Delete all data…")
            onClicked: {
                place.problem = "";
                deleteDialog.open();
            }
        }
    }
}

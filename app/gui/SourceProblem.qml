import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Why a source cannot be shown as it is, with the way out, and the passage as it was read.
ColumnLayout {
    id: problem

    required property SourceReader reader
    required property bool busy  // documents are being read

    spacing: 8

    Label {
        objectName: "sourceProblem"
        Layout.fillWidth: true
        text: problem.reader.problem
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: palette.brightText
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    RowLayout {
        spacing: 8
        ActionButton {
            objectName: "readAgainButton"
            visible: problem.reader.canReadAgain
            enabled: !problem.busy
            text: problem.busy ? qsTr("Reading documents…") : qsTr("Read the documents again")
            onClicked: problem.reader.readAgain()
        }
        ActionButton {
            objectName: "openAgainButton"
            flat: true
            text: qsTr("Try again")
            onClicked: problem.reader.openAgain()
        }
    }
    Label {
        Layout.topMargin: 8
        text: qsTr("The passage as it was read")
        color: palette.placeholderText
        Accessible.role: Accessible.Heading
    }
    TextArea {
        objectName: "storedPassage"
        Layout.fillWidth: true
        padding: 8
        text: problem.reader.passage
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        Accessible.name: qsTr("Passage %1").arg(problem.reader.number)
        background: Rectangle {
            radius: 6
            color: palette.base
            border.color: palette.midlight
        }
    }
}

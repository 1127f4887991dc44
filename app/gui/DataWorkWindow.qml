import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Before the application opens: all data is being moved or deleted.
ThemedWindow {
    id: window

    required property DataWorkController work
    readonly property bool done: work.state === DataWorkController.Done
    readonly property bool failed: work.state === DataWorkController.Failed

    width: 520
    height: column.implicitHeight + 48
    visible: true
    title: work.moving ? qsTr("Moving your data") : qsTr("Deleting your data")

    Connections {
        target: window.work
        function onFinished() {
            window.close();
        }
    }
    Shortcut {
        sequence: "Esc"
        enabled: giveUp.visible && giveUp.enabled
        onActivated: window.work.giveUp()
    }

    ColumnLayout {
        id: column
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            margins: 24
        }
        spacing: 8
        Label {
            objectName: "workTitle"
            Layout.fillWidth: true
            text: window.done ? qsTr("All data was deleted.") : window.title
            font.bold: true
            wrapMode: Text.WordWrap
            Accessible.role: Accessible.Heading
        }
        ProgressBar {
            Layout.fillWidth: true
            visible: !window.done && !window.failed
            value: window.work.progress
            Accessible.name: window.title
        }
        Label {
            objectName: "workText"
            Layout.fillWidth: true
            visible: !window.done && !window.failed
            text: window.work.state === DataWorkController.GivingUp ? qsTr("Putting things back…") : window.work.progressText
            wrapMode: Text.WordWrap
        }
        Label {
            Layout.fillWidth: true
            visible: !window.done && !window.failed
            text: window.work.currentFile
            elide: Text.ElideMiddle
            color: palette.placeholderText
        }
        Label {
            objectName: "workProblem"
            Layout.fillWidth: true
            visible: window.failed
            text: window.work.problem
            wrapMode: Text.WordWrap
            color: palette.brightText
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            Layout.topMargin: 8
            spacing: 8
            ActionButton {
                id: giveUp
                objectName: "giveUpButton"
                visible: !window.done && (window.work.moving || !window.failed)
                enabled: window.work.state !== DataWorkController.GivingUp
                text: window.failed ? qsTr("Leave the data where it is") : qsTr("Give up")
                hint: qsTr("Esc")
                onClicked: window.work.giveUp()
            }
            ActionButton {
                objectName: "tryAgainButton"
                visible: window.failed
                primary: true
                text: qsTr("Try again")
                onClicked: window.work.start()
            }
            ActionButton {
                objectName: "closeWorkButton"
                visible: window.done
                primary: true
                focus: true
                text: qsTr("Close")
                onClicked: window.close()
            }
        }
    }
}

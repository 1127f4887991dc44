import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// What was dropped, before anything of it is read: one button starts, one drops it.
Rectangle {
    id: card

    required property DropPreviewController preview

    readonly property bool ready: preview.canStart

    visible: preview.shown
    implicitHeight: texts.implicitHeight + 40
    radius: 10
    color: palette.base
    border.color: palette.mid
    Accessible.role: Accessible.Dialog
    Accessible.name: title.text
    onReadyChanged: if (ready) startButton.forceActiveFocus(Qt.TabFocusReason)

    component Line: Label {
        Layout.fillWidth: true
        visible: text !== ""
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
    }

    MouseArea {  // what lies below is not meant
        anchors.fill: parent
        hoverEnabled: true
    }
    ColumnLayout {
        id: texts
        anchors {
            left: parent.left
            right: parent.right
            margins: 24
            verticalCenter: parent.verticalCenter
        }
        spacing: 8
        Label {
            id: title
            objectName: "previewTitle"
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 1.4
            text: card.preview.title
            Accessible.role: Accessible.Heading
        }
        Line {
            objectName: "previewKinds"
            text: card.preview.kindsText
        }
        Line {
            objectName: "previewTime"
            text: card.preview.timeText
        }
        Line {
            objectName: "previewDisk"
            text: card.preview.diskText
        }
        Line {
            objectName: "previewSkipped"
            visible: card.preview.skipped !== ""
            color: palette.placeholderText
            text: qsTr("Skipped: %1.").arg(card.preview.skipped)
        }
        RowLayout {
            Layout.topMargin: 8
            spacing: 8
            ActionButton {
                id: startButton
                objectName: "previewStart"
                primary: true
                enabled: card.preview.canStart
                text: qsTr("Start reading")
                hint: qsTr("Enter")
                onClicked: card.preview.start()
            }
            ActionButton {
                objectName: "previewDrop"
                text: card.preview.looking ? qsTr("Cancel") : qsTr("Do not add")
                hint: qsTr("Esc")
                onClicked: card.preview.drop()
            }
        }
    }
    Shortcut {
        sequence: "Esc"
        enabled: card.visible
        onActivated: card.preview.drop()
    }
}

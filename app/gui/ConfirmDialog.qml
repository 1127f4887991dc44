import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// Asks before something that cannot be taken back; Esc and the first button leave it undone.
Dialog {
    id: dialog

    property alias text: message.text
    required property string action  // what its button does

    parent: Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(520, (parent?.width ?? 520) - 48)
    modal: true
    padding: 24
    topPadding: 16
    standardButtons: Dialog.NoButton
    onOpened: cancel.forceActiveFocus()

    header: Label {
        text: dialog.title
        font.bold: true
        leftPadding: 24
        rightPadding: 24
        topPadding: 24
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.Heading
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 24
        Label {
            id: message
            objectName: "dialogText"
            Layout.fillWidth: true
            wrapMode: Text.WordWrap
            textFormat: Text.PlainText
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: 8
            ActionButton {
                id: cancel
                objectName: "dialogCancel"
                text: qsTr("Cancel")
                hint: qsTr("Esc")
                onClicked: dialog.reject()
            }
            ActionButton {
                objectName: "dialogAccept"
                primary: true
                text: dialog.action
                onClicked: dialog.accept()
            }
        }
    }
}

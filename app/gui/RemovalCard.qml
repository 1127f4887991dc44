import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Asks before a folder is removed, with what that frees.
Rectangle {
    id: card

    required property LibraryDetails details
    required property bool takesEscape  // no other card lies above
    readonly property bool wanted: details.removalPath !== ""

    visible: wanted
    implicitHeight: texts.implicitHeight + 32
    radius: 8
    color: palette.base
    border.color: palette.mid
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title.text + " " + freed.text
    onWantedChanged: if (wanted) keepButton.forceActiveFocus(Qt.TabFocusReason)

    ColumnLayout {
        id: texts
        anchors {
            left: parent.left
            right: parent.right
            margins: 16
            verticalCenter: parent.verticalCenter
        }
        spacing: 8
        Label {
            id: title
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            font.bold: true
            text: qsTr("Remove %1 from the library?").arg(card.details.removalName)
            textFormat: Text.PlainText
        }
        Label {
            id: freed
            objectName: "removalText"
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            text: card.details.removalText
            textFormat: Text.PlainText
        }
        RowLayout {
            spacing: 8
            ActionButton {
                objectName: "removeButton"
                text: qsTr("Remove")
                onClicked: card.details.remove()
            }
            ActionButton {
                id: keepButton
                objectName: "keepButton"
                text: qsTr("Keep")
                hint: qsTr("Esc")
                onClicked: card.details.keep()
            }
        }
    }
    Shortcut {
        sequence: "Esc"
        enabled: card.visible && card.takesEscape
        onActivated: card.details.keep()
    }
}

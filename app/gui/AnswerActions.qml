import QtQuick
import Lectern
import QtQuick.Controls

// What can be done with an answer. Where asking again would change nothing, it says so.
Column {
    id: actions

    required property AssistantController assistant
    required property int row
    required property bool last  // what can be asked again without taking back others
    required property bool answered  // there is something to copy
    property string note: ""

    spacing: 4

    Row {
        x: -8  // its text begins where the answer's does
        CopyButton {
            objectName: "copyButton"
            visible: actions.answered
            what: qsTr("Copy the answer with its sources, as Markdown")
            onCopyWanted: actions.assistant.turns.copyAnswer(actions.row)
        }
        CopyButton {
            objectName: "copyPlainButton"
            visible: actions.answered
            label: qsTr("Copy as text")
            what: qsTr("Copy the answer as plain text")
            onCopyWanted: actions.assistant.turns.copyPlain(actions.row)
        }
        ActionButton {
            objectName: "retryButton"
            visible: actions.last
            enabled: actions.assistant.canAsk
            flat: true
            text: qsTr("Ask again")
            Accessible.name: qsTr("Ask the same question again")
            onClicked: actions.note = actions.assistant.turns.retry(actions.row)
        }
    }
    Label {
        objectName: "retryNote"
        width: parent.width
        visible: text !== ""
        text: actions.note
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: palette.placeholderText
        font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
    }
}

import QtQuick
import Lectern
import QtQuick.Controls

// Where the question is typed: Enter sends, Shift+Enter breaks the line.
Item {
    id: composer

    required property AssistantController assistant
    required property color quiet
    required property color line
    required property color accent
    signal sent

    function focusInput() {
        input.forceActiveFocus();
    }
    /// A question that failed comes back unless something new was typed.
    function giveBack(question: string) {
        if (input.text === "") input.text = question;
        input.cursorPosition = input.length;
        focusInput();
    }
    function send() {
        if (!assistant.ask(input.text)) return;
        input.clear();
        sent();
    }

    Component.onCompleted: focusInput()
    implicitHeight: frame.height + hint.height + 36

    Rectangle {
        id: frame
        anchors.horizontalCenter: parent.horizontalCenter
        y: 12
        width: Math.min(680, composer.width - 48)
        height: Math.min(180, Math.max(44, input.implicitHeight + 4))
        radius: 8
        color: palette.base
        border.color: input.activeFocus ? composer.accent : composer.line

        ScrollView {
            anchors {
                fill: parent
                rightMargin: action.width + 12
                leftMargin: 4
                topMargin: 2
                bottomMargin: 2
            }
            TextArea {
                id: input
                objectName: "questionInput"
                background: null
                focus: true
                wrapMode: TextArea.Wrap
                textFormat: TextEdit.PlainText
                verticalAlignment: TextEdit.AlignVCenter
                topPadding: 10
                bottomPadding: 10
                KeyNavigation.priority: KeyNavigation.BeforeItem
                KeyNavigation.tab: action
                placeholderText: composer.assistant.hasDocuments ? qsTr("Ask your documents") : qsTr("Add documents, then ask about them")
                Accessible.name: qsTr("Question")
                Keys.onPressed: (event) => {
                    const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                    if (!enter || (event.modifiers & Qt.ShiftModifier)) return;
                    event.accepted = true;
                    composer.send();
                }
            }
        }
        Button {
            id: action
            objectName: "sendButton"
            anchors {
                right: parent.right
                bottom: parent.bottom
                margins: 7
            }
            height: 30
            text: composer.assistant.busy ? qsTr("Stop") : qsTr("Ask")
            enabled: composer.assistant.busy ? composer.assistant.stage !== AssistantController.Stopping : composer.assistant.canAsk && input.text.trim() !== ""
            Accessible.name: text
            Keys.onReturnPressed: clicked()
            onClicked: composer.assistant.busy ? composer.assistant.stop() : composer.send()
        }
    }
    Label {
        id: hint
        anchors {
            top: frame.bottom
            topMargin: 6
            left: frame.left
            right: frame.right
        }
        color: composer.quiet
        font.pointSize: Qt.application.font.pointSize * 0.85
        elide: Text.ElideRight
        text: composer.assistant.busy ? qsTr("Esc stops") : qsTr("Enter asks · Shift+Enter breaks the line · Ctrl+N new chat · Ctrl+O add a folder")
    }
}

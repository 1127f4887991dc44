import QtQuick
import Lectern
import QtQuick.Controls

// Where the question is typed: Enter sends, Shift+Enter breaks the line.
Item {
    id: composer

    required property AssistantController assistant
    required property real columnWidth
    required property bool cutsConversation  // more of it lies behind the upper edge
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
    /// What was typed here before.
    function restore(text: string, replaces: bool) {
        if (!replaces && input.text !== "") return;
        input.text = text;
        input.cursorPosition = input.length;
    }
    function send() {
        if (!assistant.ask(input.text)) return;
        input.clear();
        sent();
    }

    Component.onCompleted: focusInput()
    implicitHeight: frame.height + hint.height + 32

    Rectangle {
        width: parent.width
        height: 1
        visible: composer.cutsConversation
        color: palette.midlight
    }
    Rectangle {
        id: frame
        anchors.horizontalCenter: parent.horizontalCenter
        y: 8
        width: Math.min(composer.columnWidth, composer.width - 48)
        height: Math.min(180, Math.max(46, input.implicitHeight + 6))
        radius: 10
        color: palette.base
        border.width: input.activeFocus ? 2 : 1
        border.color: input.activeFocus ? palette.link : palette.mid

        ScrollView {
            anchors {
                fill: parent
                rightMargin: action.width + 16
                leftMargin: 6
                topMargin: 3
                bottomMargin: 3
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
                Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                placeholderText: composer.assistant.hasDocuments ? qsTr("Ask your documents") : qsTr("Add documents, then ask about them")
                Accessible.name: qsTr("Question")
                onTextChanged: {
                    composer.assistant.prefetch(text);
                    composer.assistant.chats.keepDraft(text);
                }
                Keys.onPressed: (event) => {
                    const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                    if (!enter || (event.modifiers & Qt.ShiftModifier)) return;
                    event.accepted = true;
                    composer.send();
                }
            }
        }
        ActionButton {
            id: action
            objectName: "sendButton"
            anchors {
                right: parent.right
                bottom: parent.bottom
                margins: 8
            }
            height: 30
            primary: !composer.assistant.busy
            text: composer.assistant.busy ? qsTr("Stop") : qsTr("Ask")
            enabled: composer.assistant.busy ? composer.assistant.stage !== AssistantController.Stopping : composer.assistant.canAsk && input.text.trim() !== ""
            onClicked: composer.assistant.busy ? composer.assistant.stop() : composer.send()
        }
    }
    Label {
        id: hint
        objectName: "composerHint"
        anchors {
            top: frame.bottom
            topMargin: 8
            left: frame.left
            right: frame.right
        }
        horizontalAlignment: Text.AlignHCenter
        color: palette.placeholderText
        font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.85
        elide: Text.ElideRight
        text: composer.assistant.busy ? qsTr("Esc stops the answer") : qsTr("Enter asks · Shift+Enter breaks the line")
    }
}

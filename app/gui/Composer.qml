import QtQuick
import Lectern
import QtQuick.Controls

// Where the question is typed: Enter sends, Shift+Enter breaks the line, ↑ in an empty one brings the
// last question back.
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
        const row = editedRow;
        editedRow = -1;
        const asked = row >= 0 ? assistant.turns.askAgain(row, input.text) : assistant.ask(input.text);
        if (!asked) {
            editedRow = row;
            return;
        }
        input.text = row >= 0 ? setAside : "";
        setAside = "";
        sent();
    }
    /// The question of this row to be asked again, with other words perhaps.
    function edit(row: int) {
        if (editedRow < 0) setAside = input.text;
        editedRow = row;
        input.text = assistant.turns.question(row);
        input.cursorPosition = input.length;
        focusInput();
    }
    /// "@" and what is typed behind it, before the cursor; nothing: empty.
    function typedScope(): string {
        const found = /(^|\s)(@[^\s@]*)$/.exec(input.text.slice(0, input.cursorPosition));
        return found ? found[2] : "";
    }
    function offerScope() {
        const typed = typedScope();
        if (typed !== "") assistant.scope.offer(typed.slice(1));
        scopeList.visible = typed !== "" && input.activeFocus;
    }
    function narrow(path: string) {
        const typed = typedScope();
        assistant.scope.add(path);
        input.remove(input.cursorPosition - typed.length, input.cursorPosition);
        scopeList.close();
        focusInput();
    }
    function leaveEditing() {
        editedRow = -1;
        input.text = setAside;
        setAside = "";
    }
    property int editedRow: -1  // −1: a new question is typed
    property string setAside: ""  // what was typed before a question was edited
    readonly property real mostHeight: Math.max(96, (Window.window?.height ?? 0) / 3)

    Connections {
        target: composer.assistant.conversation
        function onCountChanged() {
            if (composer.editedRow >= composer.assistant.conversation.count) composer.leaveEditing();
        }
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
        height: Math.min(composer.mostHeight, Math.max(46, input.implicitHeight + 6) + chips.room)
        radius: 10
        objectName: "composerFrame"
        color: palette.base
        border.width: input.activeFocus ? 2 : 1
        border.color: input.activeFocus ? palette.link : palette.mid

        ScopeChips {
            id: chips
            readonly property real room: height > 0 ? height + 8 : 0
            x: 12
            y: 8
            width: parent.width - 24
            height: composer.assistant.scope.chips.length > 0 ? implicitHeight : 0
            scope: composer.assistant.scope
        }
        ScopeList {
            id: scopeList
            width: parent.width
            scope: composer.assistant.scope
            onChosen: (path) => composer.narrow(path)
        }
        ScrollView {
            anchors {
                fill: parent
                rightMargin: action.width + 16
                leftMargin: 6
                topMargin: 3 + chips.room
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
                onActiveFocusChanged: if (!activeFocus) scopeList.close()
                onTextChanged: {
                    composer.offerScope();
                    composer.assistant.prefetch(text);
                    composer.assistant.chats.keepDraft(text);
                }
                Keys.onDownPressed: (event) => {
                    event.accepted = scopeList.visible;
                    if (event.accepted) scopeList.move(1);
                }
                Keys.onUpPressed: (event) => {
                    if (scopeList.visible) {
                        scopeList.move(-1);
                        return;
                    }
                    const last = composer.assistant.conversation.count - 1;
                    event.accepted = text === "" && composer.editedRow < 0 && last >= 0 && composer.assistant.canAsk;
                    if (event.accepted) composer.edit(last);
                }
                Keys.onEscapePressed: (event) => {
                    event.accepted = scopeList.visible || composer.editedRow >= 0;
                    if (scopeList.visible) scopeList.close();
                    else if (event.accepted) composer.leaveEditing();
                }
                Keys.onPressed: (event) => {
                    if (event.key === Qt.Key_Backspace && cursorPosition === 0 && selectedText === "") {
                        composer.assistant.scope.remove(composer.assistant.scope.chips.length - 1);
                        return;
                    }
                    const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                    if (!enter || (event.modifiers & Qt.ShiftModifier)) return;
                    event.accepted = true;
                    if (scopeList.visible) scopeList.choose();
                    else composer.send();
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
        text: {
            if (composer.assistant.busy) return qsTr("Esc stops the answer");
            if (composer.editedRow < 0) return qsTr("Enter asks · Shift+Enter breaks the line · @ narrows to a folder or file · ↑ edits the last question");
            return qsTr("Enter asks the edited question in place of what stands there · Esc leaves it as it was");
        }
    }
}

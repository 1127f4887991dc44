pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// The questions and answers so far. Stays at its end while an answer comes, until one scrolls away;
// keeps what has the keyboard's focus in sight.
Flickable {
    id: conversation

    required property AssistantController assistant
    required property real columnWidth
    property bool followsEnd: true
    property real restoredY: -1  // where the last window was scrolled to, until it is reached
    signal sourceWanted(sources: var, number: int)
    signal editWanted(row: int)
    property Item wanted: null  // in sight as soon as the change it made is laid out
    readonly property bool nearEnd: contentY + height >= contentHeight - 24
    readonly property Item focused: Window.activeFocusItem

    function toEnd() {
        followsEnd = true;
        restoredY = -1;
        cancelFlick();
        moveTo(contentHeight);
    }
    function moveTo(y: real) {
        contentY = Math.max(0, Math.min(contentHeight - height, y));
    }
    function takeUp() {
        followsEnd = false;
        moveTo(restoredY);
        if (contentY >= restoredY) restoredY = -1;
    }
    function scrollBy(pixels: real) {
        restoredY = -1;
        moveTo(contentY + pixels);
        followsEnd = nearEnd;
    }
    function show(part: Item) {
        const top = part.mapToItem(column, 0, 0).y + column.y - 16;
        const bottom = top + part.height + 32;
        followsEnd = false;
        if (bottom > contentY + height) moveTo(Math.min(top, bottom - height));
        else if (top < contentY) moveTo(top);
    }
    /// -1: the end.
    function showTurn(turn: int) {
        wanted = turn < 0 ? null : turns.itemAt(turn);
        followsEnd = turn < 0;
        settling.restart();
    }
    function holds(part: Item): bool {
        for (let up = part; up; up = up.parent)
            if (up === column) return true;
        return false;
    }

    contentWidth: width
    contentHeight: column.height + 48
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    ScrollBar.vertical: ScrollBar {
        onPressedChanged: conversation.followsEnd = !pressed && conversation.nearEnd
    }
    onMovementStarted: {
        followsEnd = false;
        restoredY = -1;
    }
    onMovementEnded: followsEnd = nearEnd
    onContentHeightChanged: settling.restart()
    onHeightChanged: settling.restart()
    onFocusedChanged: if (focused && holds(focused) && focused.height < height) show(focused)

    Timer {
        id: settling
        interval: 0
        onTriggered: {
            if (conversation.wanted) conversation.show(conversation.wanted);
            else if (conversation.restoredY >= 0) conversation.takeUp();
            else if (conversation.followsEnd) conversation.toEnd();
            conversation.wanted = null;
            conversation.moveTo(conversation.contentY);  // no empty room below the end
        }
    }
    Column {
        id: column
        x: Math.max(24, (conversation.width - width) / 2)
        y: 24
        width: Math.min(conversation.columnWidth, conversation.width - 48)
        spacing: 32

        Repeater {
            id: turns
            model: conversation.assistant.conversation
            delegate: AnswerItem {
                width: column.width
                assistant: conversation.assistant
                onPartOpened: (part) => conversation.wanted = part
                onSourceWanted: (number) => conversation.sourceWanted(sources, number)
                onEditWanted: conversation.editWanted(index)
                onLinkChosen: (link, from) => linkNotice.ask(link, from)
            }
        }
    }
    LinkNotice {
        id: linkNotice
        onOpenWanted: (link) => conversation.assistant.openLink(link)
        onCopyWanted: (text) => conversation.assistant.copyText(text)
    }
}

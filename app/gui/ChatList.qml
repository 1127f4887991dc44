import QtQuick
import Lectern
import QtQuick.Controls

// The kept chats, by day: arrows go from one to the next, Enter opens, F2 renames, Delete removes.
// Its section delegate is made in a context of its own, which bound components do not allow.
ListView {
    id: list

    required property ChatsController chats
    signal chatChosen

    function choose(row: int) {
        currentIndex = row;
        chats.open(row);
        chatChosen();
    }
    function edit(row: int) {
        currentIndex = row;
        positionViewAtIndex(row, ListView.Contain);  // makes its item
        const item = itemAtIndex(row) as ChatItem;
        if (item) item.editing = true;
    }
    function showMenu(row: int) {
        currentIndex = row;
        menu.popup();
    }

    model: chats.list
    clip: true
    activeFocusOnTab: count > 0
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Chats")
    onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = Math.max(0, chats.list.openRow)
    Keys.onReturnPressed: choose(currentIndex)
    Keys.onEnterPressed: choose(currentIndex)
    Keys.onDeletePressed: chats.remove(currentIndex)
    Keys.onMenuPressed: showMenu(currentIndex)
    Keys.onPressed: (event) => {
        event.accepted = event.key === Qt.Key_F2;
        if (event.accepted) edit(currentIndex);
    }

    section.property: "section"
    section.delegate: SectionLabel {
        leftPadding: 8
        topPadding: 8
    }
    delegate: ChatItem {
        width: (ListView.view?.width ?? 8) - 8
        current: ListView.isCurrentItem && (ListView.view?.activeFocus ?? false)
        onChosen: (ListView.view as ChatList)?.choose(index)
        onRenamed: (title) => (ListView.view as ChatList)?.chats.rename(index, title)
        onMenuWanted: (ListView.view as ChatList)?.showMenu(index)
    }

    Menu {
        id: menu
        width: 200
        MenuItem {
            text: qsTr("Rename") + "\t" + "F2"
            onTriggered: list.edit(list.currentIndex)
        }
        MenuItem {
            text: qsTr("Delete") + "\t" + "Del"
            onTriggered: list.chats.remove(list.currentIndex)
        }
    }
}

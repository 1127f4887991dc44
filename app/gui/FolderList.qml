import QtQuick
import Lectern
import QtQuick.Controls

// What was added to the library. P pauses and goes on, F puts first in line, Delete removes.
ListView {
    id: list

    required property LibraryDetails details

    readonly property FolderItem chosen: currentItem as FolderItem

    function showMenu(row: int) {
        currentIndex = row;
        forceActiveFocus();
        menu.popup(currentItem, 8, currentItem.height);
    }

    model: details.folders
    highlightMoveDuration: 0
    clip: true
    activeFocusOnTab: count > 0
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Folders")
    Keys.onDeletePressed: if (chosen) details.askToRemove(chosen.path)
    Keys.onMenuPressed: if (chosen) showMenu(currentIndex)
    Keys.onPressed: (event) => {
        if (!chosen || event.modifiers !== Qt.NoModifier) return;
        event.accepted = event.key === Qt.Key_P || event.key === Qt.Key_F;
        if (event.key === Qt.Key_P) details.pause(chosen.path, !chosen.paused);
        if (event.key === Qt.Key_F) details.putFirst(chosen.path);
    }

    delegate: FolderItem {
        readonly property FolderList view: ListView.view as FolderList
        width: (view?.width ?? 8) - 8
        current: ListView.isCurrentItem && (view?.activeFocus ?? false)
        onChosen: {
            view.currentIndex = index;
            view.forceActiveFocus();
        }
        onMenuWanted: view.showMenu(index)
    }

    Menu {
        id: menu
        width: 232
        MenuItem {
            text: (list.chosen?.paused ? qsTr("Go on") : qsTr("Pause")) + "\t" + "P"
            onTriggered: list.details.pause(list.chosen.path, !list.chosen.paused)
        }
        MenuItem {
            text: qsTr("First in line") + "\t" + "F"
            onTriggered: list.details.putFirst(list.chosen.path)
        }
        MenuItem {
            text: qsTr("Remove…") + "\t" + qsTr("Del")
            onTriggered: list.details.askToRemove(list.chosen.path)
        }
    }
}

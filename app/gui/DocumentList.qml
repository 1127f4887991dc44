import QtQuick
import Lectern
import QtQuick.Controls

// All documents by path. Enter opens, S shows the folder, T tries again, Delete leaves out.
ListView {
    id: list

    required property LibraryDetails details
    signal openWanted(path: string)

    readonly property DocumentItem chosen: currentItem as DocumentItem

    model: details.documents
    highlightMoveDuration: 0
    clip: true
    activeFocusOnTab: count > 0
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: true
    currentIndex: -1
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Documents")
    onActiveFocusChanged: {
        if (!activeFocus || count === 0) return;
        currentIndex = Math.max(0, currentIndex);
        if (!chosen?.activeFocus) chosen?.forceActiveFocus();
    }
    Keys.onReturnPressed: if (chosen) openWanted(chosen.path)
    Keys.onEnterPressed: if (chosen) openWanted(chosen.path)
    Keys.onDeletePressed: if (chosen) details.leaveOut(chosen.path)
    Keys.onMenuPressed: if (chosen) menu.popup(chosen, 8, chosen.height)
    Keys.onPressed: (event) => {
        if (!chosen || event.modifiers !== Qt.NoModifier) return;
        event.accepted = event.key === Qt.Key_S || event.key === Qt.Key_T;
        if (event.key === Qt.Key_S) details.showInFolder(chosen.path);
        if (event.key === Qt.Key_T && chosen.canRetry) details.tryAgain(chosen.path);
    }

    delegate: DocumentItem {
        readonly property DocumentList view: ListView.view as DocumentList
        width: (view?.width ?? 8) - 8
        current: ListView.isCurrentItem && (view?.activeFocus ?? false)
        onChosen: {
            view.currentIndex = index;
            view.forceActiveFocus();
        }
        onOpenWanted: view.openWanted(path)
        onRetryWanted: view.details.tryAgain(path)
        onFolderWanted: view.details.showInFolder(path)
        onLeaveOutWanted: view.details.leaveOut(path)
    }

    Menu {
        id: menu
        width: 232
        MenuItem {
            text: qsTr("Open") + "\t" + qsTr("Enter")
            onTriggered: list.openWanted(list.chosen.path)
        }
        MenuItem {
            text: qsTr("Show in folder") + "\t" + "S"
            onTriggered: list.details.showInFolder(list.chosen.path)
        }
        MenuItem {
            enabled: list.chosen?.canRetry ?? false
            text: qsTr("Try again") + "\t" + "T"
            onTriggered: list.details.tryAgain(list.chosen.path)
        }
        MenuItem {
            text: qsTr("Leave out") + "\t" + qsTr("Del")
            onTriggered: list.details.leaveOut(list.chosen.path)
        }
    }
}

import QtQuick
import QtQuick.Controls

// The folders of the library, then the files that need attention or were read just now.
// Its header and its section delegate are made in contexts of their own, which bound components
// do not allow: they reach the list as their view.
ListView {
    id: list

    required property var folders

    clip: true
    activeFocusOnTab: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    keyNavigationEnabled: false
    ScrollBar.vertical: ScrollBar {
        id: bar
    }
    Keys.onUpPressed: bar.decrease()
    Keys.onDownPressed: bar.increase()
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Files")

    header: FolderList {
        folders: (ListView.view as FileList)?.folders ?? []
        width: (ListView.view?.width ?? 8) - 8
    }
    section.property: "section"
    section.delegate: SectionLabel {}
    delegate: FileItem {
        width: (ListView.view?.width ?? 8) - 8
    }

    FocusRing {
        visible: list.activeFocus
        anchors.margins: 0
    }
}

pragma ComponentBehavior: Bound

import QtQuick

// What was added to the library.
Column {
    id: list

    required property var folders

    spacing: 6
    Repeater {
        model: list.folders
        delegate: FolderItem {
            width: list.width
        }
    }
}

import QtQuick
import Lectern
import QtQuick.Controls

// An action in a menu, with its keys beside it.
MenuItem {
    id: item

    readonly property string keys: KeyNames.of(action?.shortcut ?? "")
    contentItem: Item {
        Label {
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            text: item.text
            color: item.highlighted ? item.palette.highlightedText : item.palette.text
        }
        Label {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: item.keys
            color: item.highlighted ? item.palette.highlightedText : item.palette.placeholderText
        }
    }
}

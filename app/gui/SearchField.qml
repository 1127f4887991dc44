import QtQuick
import QtQuick.Controls

// A field that finds things in a list; Esc empties it.
TextField {
    id: field

    leftPadding: 8
    selectByMouse: true
    Accessible.name: placeholderText
    Keys.onShortcutOverride: (event) => event.accepted = event.key === Qt.Key_Escape && text !== ""
    Keys.onEscapePressed: (event) => {
        event.accepted = text !== "";
        clear();
    }
    background: Rectangle {
        implicitHeight: 32
        radius: 6
        color: field.palette.base
        border.width: field.activeFocus ? 2 : 1
        border.color: field.activeFocus ? field.palette.link : field.palette.mid
    }
}

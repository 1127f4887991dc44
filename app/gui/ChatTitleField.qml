import QtQuick
import QtQuick.Controls

// A chat's title while it is changed, in the place where it stands: Enter takes it, Esc does not.
TextField {
    id: field

    required property string title
    required property bool editing
    signal titleGiven(title: string)
    signal finished  // either way

    function finish(takes: bool) {
        if (!editing) return;
        if (takes && text.trim() !== "" && text !== title) titleGiven(text);
        finished();
    }

    objectName: "chatTitleField"
    visible: editing
    leftPadding: 8
    selectByMouse: true
    Accessible.name: qsTr("Title of the chat")
    onVisibleChanged: {
        if (!visible) return;
        text = title;
        forceActiveFocus();
        selectAll();
    }
    Keys.onShortcutOverride: (event) => event.accepted = event.key === Qt.Key_Escape
    Keys.onEscapePressed: finish(false)
    Keys.onReturnPressed: finish(true)  // here it ends: the list would open the chat
    Keys.onEnterPressed: finish(true)
    onActiveFocusChanged: if (!activeFocus) finish(true)
    background: Rectangle {
        radius: 6
        color: field.palette.base
        border.width: 2
        border.color: field.palette.link
    }
}

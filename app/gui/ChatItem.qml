pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls

// A chat in the list: its title, and where it was found by a search.
Item {
    id: item

    required property int index
    required property string title
    required property string excerpt
    required property bool isOpen
    property bool current: false  // the keyboard is on it
    property bool editing: false
    signal chosen
    signal renamed(title: string)
    signal menuWanted

    objectName: "chatItem"
    implicitHeight: texts.implicitHeight + 16
    Accessible.role: Accessible.ListItem
    Accessible.name: isOpen ? qsTr("%1, shown").arg(title) : title
    Accessible.description: found.text.replace(/<[^>]*>/g, "")
    Accessible.onPressAction: chosen()

    Rectangle {
        anchors.fill: parent
        radius: 6
        color: item.isOpen || hover.hovered ? palette.alternateBase : "transparent"
        border.width: item.current ? 2 : 0
        border.color: palette.link
    }
    Column {
        id: texts
        anchors {
            left: parent.left
            right: parent.right
            margins: 8
            verticalCenter: parent.verticalCenter
        }
        spacing: 2
        Label {
            objectName: "chatTitle"
            width: parent.width
            visible: !item.editing
            elide: Text.ElideRight
            text: item.title
            textFormat: Text.PlainText
            font.bold: item.isOpen
            Accessible.ignored: true
        }
        ChatTitleField {
            width: parent.width
            title: item.title
            editing: item.editing
            onTitleGiven: (title) => item.renamed(title)
            onFinished: {
                item.editing = false;
                item.forceActiveFocus();
            }
        }
        Label {
            id: found
            objectName: "chatExcerpt"
            width: parent.width
            visible: text !== ""
            text: item.excerpt
            textFormat: Text.StyledText
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            color: palette.placeholderText
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
            Accessible.ignored: true
        }
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        enabled: !item.editing
        onSingleTapped: item.chosen()
        onDoubleTapped: item.editing = true
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: item.menuWanted()
    }
}

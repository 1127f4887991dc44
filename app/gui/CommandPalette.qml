pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// Every action of the window, found by typing a part of its name.
Popup {
    id: commandPalette

    required property ApplicationWindow window

    parent: Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.round(parent.height * 0.12)
    width: Math.min(560, parent.width - 32)
    height: Math.min(field.height + list.contentHeight + 24 + (list.count === 0 ? 48 : 8), parent.height * 0.7)
    padding: 8
    modal: true
    focus: true
    onAboutToShow: {
        field.clear();
        actions.gather(commandPalette.window);
        list.currentIndex = 0;
        field.forceActiveFocus();
    }

    PaletteModel {
        id: actions
        filter: field.text
        onFilterChanged: list.currentIndex = 0
    }

    function choose(row: int) {
        close();
        actions.trigger(row);
    }

    background: Rectangle {
        radius: 8
        color: commandPalette.palette.base
        border.width: 1
        border.color: commandPalette.palette.mid
    }
    Item {
        anchors.fill: parent
        TextField {
            id: field
            objectName: "paletteField"
            width: parent.width
            height: 40
            leftPadding: 12
            placeholderText: qsTr("What do you want to do?")
            selectByMouse: true
            Accessible.name: qsTr("Find an action")
            onAccepted: if (list.count > 0) commandPalette.choose(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            background: Rectangle {
                radius: 6
                color: field.palette.base
                border.width: 2
                border.color: field.palette.link
            }
        }
        Label {
            anchors.top: field.bottom
            anchors.margins: 12
            x: 12
            visible: list.count === 0
            color: palette.placeholderText
            text: qsTr("No action is called that.")
        }
        ListView {
            id: list
            objectName: "paletteList"
            anchors {
                top: field.bottom
                topMargin: 8
                bottom: parent.bottom
                left: parent.left
                right: parent.right
            }
            clip: true
            model: actions
            keyNavigationWraps: true
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Actions")
            ScrollBar.vertical: ScrollBar {}
            delegate: ActionRow {
                required property int index
                width: list.width
                current: ListView.isCurrentItem
                onClicked: commandPalette.choose(index)
            }
        }
    }
}

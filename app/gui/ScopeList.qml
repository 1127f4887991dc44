pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// What "@" offers: folders and documents of the library. The composer keeps the keyboard.
Popup {
    id: list

    required property ScopeController scope
    readonly property alias current: view.currentIndex
    signal chosen(path: string)

    function move(by: int) {
        view.currentIndex = Math.max(0, Math.min(view.count - 1, view.currentIndex + by));
    }
    function choose() {
        const choice = scope.choices[view.currentIndex];
        if (choice) chosen(choice.path);
    }

    height: Math.min(8, Math.max(1, view.count)) * 32 + 16
    y: -height - 8
    padding: 8
    focus: false
    closePolicy: Popup.NoAutoClose
    background: Rectangle {
        radius: 8
        color: list.palette.base
        border.color: list.palette.mid
    }

    Label {
        anchors.fill: parent
        visible: view.count === 0
        leftPadding: 8
        verticalAlignment: Text.AlignVCenter
        text: qsTr("No folder or document has this in its name")
        color: palette.placeholderText
    }
    ListView {
        id: view
        objectName: "scopeList"
        anchors.fill: parent
        clip: true
        model: list.scope.choices
        highlightMoveDuration: 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Folders and documents to search in")
        ScrollBar.vertical: ScrollBar {}
        delegate: ItemDelegate {
            id: choice
            required property int index
            required property var modelData
            objectName: "scopeChoice"
            width: ListView.view.width
            height: 32
            highlighted: ListView.isCurrentItem
            Accessible.name: modelData.name + ", " + modelData.detail
            onClicked: list.chosen(modelData.path)
            background: Rectangle {
                radius: 6
                color: choice.highlighted || choice.hovered ? palette.alternateBase : "transparent"
            }
            contentItem: RowLayout {
                spacing: 8
                Label {
                    text: choice.modelData.folder ? qsTr("%1/").arg(choice.modelData.name) : choice.modelData.name
                    textFormat: Text.PlainText
                    elide: Text.ElideMiddle
                    Layout.maximumWidth: choice.width * 0.6
                }
                Label {
                    Layout.fillWidth: true
                    text: choice.modelData.detail
                    textFormat: Text.PlainText
                    color: palette.placeholderText
                    elide: Text.ElideLeft
                    horizontalAlignment: Text.AlignRight
                }
            }
        }
    }
}

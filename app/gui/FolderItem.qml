import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// A folder or a single file that was added: what is in it, what it takes, and how it stands.
Item {
    id: folder

    required property int index
    required property var modelData
    property bool current: false  // the keyboard is on it
    signal chosen
    signal menuWanted

    readonly property string name: modelData.name
    readonly property string path: modelData.path
    readonly property string state_: modelData.state
    readonly property string figures: modelData.detail + " · " + modelData.disk
    readonly property bool paused: modelData.paused

    objectName: "folderItem"
    implicitHeight: texts.implicitHeight + 16
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("In the library: %1").arg(path) + ", " + figures + (state_ !== "" ? ", " + state_ : "")

    Rectangle {
        anchors.fill: parent
        radius: 6
        color: hover.hovered ? palette.alternateBase : "transparent"
        border.width: folder.current ? 2 : 0
        border.color: palette.link
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: folder.chosen()
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: folder.menuWanted()
    }
    RowLayout {
        anchors {
            left: parent.left
            right: parent.right
            margins: 8
            verticalCenter: parent.verticalCenter
        }
        spacing: 8
        ColumnLayout {
            id: texts
            spacing: 2
            RowLayout {
                spacing: 8
                Label {
                    Layout.maximumWidth: texts.width - 120
                    elide: Text.ElideMiddle
                    font.bold: true
                    text: folder.name
                    textFormat: Text.PlainText
                    ToolTip.visible: hover.hovered
                    ToolTip.delay: 600
                    ToolTip.text: folder.path
                }
                Label {
                    objectName: "folderState"
                    Layout.fillWidth: true
                    elide: Text.ElideRight
                    color: folder.modelData.offline ? palette.brightText : palette.link
                    text: folder.state_
                }
            }
            Label {
                objectName: "folderDetail"
                Layout.fillWidth: true
                elide: Text.ElideRight
                color: palette.placeholderText
                font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
                text: folder.figures
            }
        }
        ActionButton {
            objectName: "folderMenuButton"
            flat: true
            focusPolicy: Qt.NoFocus  // the list's Menu key does the same
            text: qsTr("More…")
            Accessible.name: qsTr("What can be done with %1").arg(folder.name)
            onClicked: folder.menuWanted()
        }
    }
}

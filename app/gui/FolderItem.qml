import QtQuick
import QtQuick.Controls

// A folder or a single file of the library, by its name; its path on hovering.
Column {
    id: folder

    required property var modelData
    readonly property string detail: modelData.detail

    spacing: 0
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("In the library: %1").arg(modelData.path) + ", " + detail

    Label {
        width: parent.width
        elide: Text.ElideMiddle
        text: folder.modelData.name
        textFormat: Text.PlainText
        HoverHandler {
            id: hover
        }
        ToolTip.visible: hover.hovered
        ToolTip.delay: 600
        ToolTip.text: folder.modelData.path
    }
    Label {
        width: parent.width
        elide: Text.ElideRight
        font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
        color: folder.modelData.offline ? palette.brightText : palette.placeholderText
        text: folder.detail
        textFormat: Text.PlainText
    }
}

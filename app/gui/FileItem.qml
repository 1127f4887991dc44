import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// A file with its state; where it gave nothing, with the reason.
Item {
    id: file

    required property string name
    required property string path
    required property int fileState
    required property string reason
    required property int chunks

    readonly property string stateText: {
        switch (fileState) {
        case FileStatusModel.Waiting: return qsTr("Waiting");
        case FileStatusModel.Reading: return qsTr("Reading…");
        case FileStatusModel.Ready: return chunks === 1 ? qsTr("1 passage") : qsTr("%1 passages").arg(chunks);
        case FileStatusModel.Offline: return qsTr("Not reachable");
        default: return reason;
        }
    }
    readonly property color stateColor: {
        switch (fileState) {
        case FileStatusModel.Reading: return palette.link;
        case FileStatusModel.Failed: return palette.brightText;
        default: return palette.placeholderText;
        }
    }

    implicitHeight: texts.implicitHeight + 10
    Accessible.role: Accessible.ListItem
    Accessible.name: name + ": " + stateText

    ColumnLayout {
        id: texts
        anchors {
            left: parent.left
            right: parent.right
            verticalCenter: parent.verticalCenter
        }
        spacing: 0
        Label {
            Layout.fillWidth: true
            elide: Text.ElideMiddle
            text: file.name
            textFormat: Text.PlainText
        }
        Label {
            Layout.fillWidth: true
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
            color: file.stateColor
            wrapMode: Text.Wrap
            text: file.stateText
            textFormat: Text.PlainText
        }
    }
    HoverHandler {
        id: hover
    }
    ToolTip.visible: hover.hovered
    ToolTip.delay: 600
    ToolTip.text: path
}

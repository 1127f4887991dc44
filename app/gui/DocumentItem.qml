import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// A document with its state; where it gave nothing, with the reason and what can be done.
Item {
    id: item

    required property int index
    required property string name
    required property string path
    required property int fileState
    required property string reason
    required property string advice
    required property bool canRetry
    required property int chunks
    property bool current: false  // the keyboard is on it
    signal chosen
    signal openWanted
    signal retryWanted
    signal folderWanted
    signal leaveOutWanted

    readonly property bool needsAttention: fileState === DocumentListModel.Failed
    readonly property string stateText: {
        switch (fileState) {
        case DocumentListModel.Waiting: return qsTr("Waiting");
        case DocumentListModel.Reading: return qsTr("Reading…");
        case DocumentListModel.Ready: return chunks === 1 ? qsTr("1 passage") : qsTr("%1 passages").arg(chunks);
        case DocumentListModel.Offline: return qsTr("Not reachable");
        default: return qsTr("Needs attention");
        }
    }

    objectName: "documentItem"
    implicitHeight: texts.implicitHeight + 16
    Accessible.role: Accessible.ListItem
    Accessible.name: name + ": " + stateText + (reason !== "" ? ". " + reason : "")
    Accessible.description: advice

    Rectangle {
        anchors.fill: parent
        radius: 6
        color: hover.hovered ? palette.alternateBase : "transparent"
        border.width: item.current ? 2 : 0
        border.color: palette.link
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: item.chosen()
    }
    ColumnLayout {
        id: texts
        anchors {
            left: parent.left
            right: parent.right
            margins: 8
            verticalCenter: parent.verticalCenter
        }
        spacing: 2
        RowLayout {
            spacing: 8
            Label {
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                text: item.name
                textFormat: Text.PlainText
                ToolTip.visible: hover.hovered
                ToolTip.delay: 600
                ToolTip.text: item.path
            }
            Label {
                objectName: "documentState"
                font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
                color: {
                    if (item.needsAttention) return palette.brightText;
                    return item.fileState === DocumentListModel.Reading ? palette.link : palette.placeholderText;
                }
                text: item.stateText
            }
        }
        Label {
            objectName: "documentReason"
            Layout.fillWidth: true
            visible: item.needsAttention
            wrapMode: Text.Wrap
            text: item.reason
            textFormat: Text.PlainText
        }
        Label {
            objectName: "documentAdvice"
            Layout.fillWidth: true
            visible: item.needsAttention
            wrapMode: Text.Wrap
            color: palette.placeholderText
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
            text: item.advice
        }
        Flow {
            Layout.fillWidth: true
            Layout.leftMargin: -8
            visible: item.needsAttention
            spacing: 8
            ActionButton {
                objectName: "retryButton"
                visible: item.canRetry
                flat: true
                text: qsTr("Try again")
                hint: "T"
                onClicked: item.retryWanted()
            }
            ActionButton {
                objectName: "openDocumentButton"
                flat: true
                text: qsTr("Open")
                hint: qsTr("Enter")
                onClicked: item.openWanted()
            }
            ActionButton {
                objectName: "showFolderButton"
                flat: true
                text: qsTr("Show in folder")
                hint: "S"
                onClicked: item.folderWanted()
            }
            ActionButton {
                objectName: "leaveOutButton"
                flat: true
                text: qsTr("Leave out")
                hint: qsTr("Del")
                onClicked: item.leaveOutWanted()
            }
        }
    }
}

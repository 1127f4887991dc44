import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// A passage given to the model: its document and page; its text unfolds, the document opens.
Column {
    id: source

    required property var modelData
    required property bool unfolded
    required property color accent
    required property color quiet
    required property color line
    readonly property int number: modelData.number
    readonly property string path: modelData.path
    readonly property string place: {
        const page = modelData.page > 0 ? qsTr("page %1").arg(modelData.page) : "";
        return [modelData.headingPath, page].filter(part => part !== "").join(" · ");
    }
    signal unfoldToggled
    signal opened

    RowLayout {
        width: parent.width
        spacing: 4

        ItemDelegate {
            id: fold
            objectName: "sourceFold"
            Layout.fillWidth: true
            padding: 6
            Accessible.name: qsTr("Source %1: %2 %3").arg(source.number).arg(source.modelData.title).arg(source.place)
            Accessible.description: source.unfolded ? qsTr("Folds the passage") : qsTr("Unfolds the passage")
            Keys.onReturnPressed: clicked()
            onClicked: source.unfoldToggled()
            contentItem: RowLayout {
                spacing: 8
                Label {
                    text: qsTr("[%1]").arg(source.number)
                    color: source.modelData.cited ? source.accent : source.quiet
                    font.bold: source.modelData.cited
                }
                Label {
                    Layout.maximumWidth: fold.width * 0.5
                    text: source.modelData.title
                    textFormat: Text.PlainText
                    elide: Text.ElideRight
                }
                Label {
                    Layout.fillWidth: true
                    text: source.place
                    textFormat: Text.PlainText
                    color: source.quiet
                    elide: Text.ElideRight
                }
                Label {
                    text: source.unfolded ? "▾" : "▸"
                    color: source.quiet
                    Accessible.ignored: true
                }
            }
        }
        ToolButton {
            objectName: "sourceOpen"
            text: qsTr("Open")
            Accessible.name: qsTr("Open %1").arg(source.modelData.title)
            Keys.onReturnPressed: clicked()
            onClicked: source.opened()
            ToolTip.visible: hovered
            ToolTip.delay: 600
            ToolTip.text: source.path
        }
    }
    Rectangle {
        width: parent.width
        height: passage.implicitHeight + 16
        visible: source.unfolded
        radius: 6
        color: palette.base
        border.color: source.line
        TextEdit {
            id: passage
            objectName: "passageText"
            anchors {
                left: parent.left
                right: parent.right
                margins: 12
                verticalCenter: parent.verticalCenter
            }
            text: source.modelData.text
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            readOnly: true
            selectByMouse: true
            color: palette.text
            selectionColor: palette.highlight
            selectedTextColor: palette.highlightedText
            Accessible.name: qsTr("Passage %1").arg(source.number)
        }
    }
}

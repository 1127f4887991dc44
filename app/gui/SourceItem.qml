import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// A passage given to the model, in a line; unfolded, its text and a button that shows its place.
Column {
    id: source

    required property var modelData
    required property bool unfolded
    required property real inset
    readonly property int number: modelData.number
    readonly property string path: modelData.path
    signal unfoldToggled
    signal shown  // its place in the document is wanted

    spacing: 4

    AbstractButton {
        id: fold
        objectName: "sourceFold"
        width: parent.width
        padding: 6
        leftPadding: source.inset
        rightPadding: source.inset
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Source %1").arg(source.number) + ": " + [source.modelData.title, source.modelData.topic, source.modelData.page].join(" ")
        Accessible.description: source.unfolded ? qsTr("Folds the passage") : qsTr("Unfolds the passage")
        Keys.onReturnPressed: fold.clicked()
        Keys.onEnterPressed: fold.clicked()
        onClicked: source.unfoldToggled()
        background: Rectangle {
            radius: 6
            color: fold.hovered || source.unfolded ? fold.palette.alternateBase : "transparent"
            FocusRing {
                anchors.margins: 0
                radius: 6
                visible: fold.visualFocus
            }
        }
        contentItem: RowLayout {
            spacing: 8
            Label {
                Layout.minimumWidth: 20
                text: qsTr("[%1]").arg(source.number)
                color: source.modelData.cited ? palette.link : palette.placeholderText
                font.bold: source.modelData.cited
            }
            Label {
                Layout.maximumWidth: fold.width * 0.55
                text: source.modelData.title
                textFormat: Text.PlainText
                elide: Text.ElideRight
            }
            Label {
                Layout.fillWidth: true
                text: source.modelData.topic
                textFormat: Text.PlainText
                color: palette.placeholderText
                elide: Text.ElideRight
            }
            Label {
                text: source.modelData.page
                color: palette.placeholderText
            }
        }
        HoverHandler {
            cursorShape: Qt.PointingHandCursor
        }
    }
    Rectangle {
        width: parent.width
        height: card.height + 20
        visible: source.unfolded
        radius: 6
        color: palette.base
        border.color: palette.midlight
        Column {
            id: card
            x: source.inset
            y: 12
            width: parent.width - 2 * source.inset
            spacing: 6
            Label {
                width: parent.width
                visible: text !== ""
                text: source.modelData.headingPath !== source.modelData.topic ? source.modelData.headingPath : ""
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: palette.placeholderText
                font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
            }
            TextArea {
                id: passage
                objectName: "passageText"
                x: -4  // QTextDocument's own margin
                width: parent.width + 8
                padding: 0
                background: null
                text: source.modelData.text
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap
                readOnly: true
                selectByMouse: true
                activeFocusOnTab: false
                Accessible.name: qsTr("Passage %1").arg(source.number)
            }
            ActionButton {
                objectName: "sourceShow"
                x: -8
                flat: true
                text: qsTr("Show in the document")
                Accessible.name: qsTr("Show in %1").arg(source.modelData.title)
                onClicked: source.shown()
                hint: source.path
            }
        }
    }
}

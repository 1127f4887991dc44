import QtQuick
import Lectern
import QtQuick.Controls

// A block of a document that has no pages: a paragraph, a heading, code, with its marks.
Item {
    id: block

    required property int index
    required property string text
    required property int headingLevel
    required property string form
    required property var marks
    required property var matches
    required property int currentMatch
    required property real zoom
    readonly property bool fixed: form === "code" || form === "table"
    readonly property real points: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * zoom * (headingLevel > 0 ? Math.max(1.05, 1.5 - 0.15 * headingLevel) : fixed ? 0.92 : 1)

    /// The middle of a character's line, in this item.
    function lineOf(character: int): real {
        const line = area.positionToRectangle(character);
        return area.y + line.y + line.height / 2;
    }

    function characterAt(y: real): int {
        return area.positionAt(0, y - area.y);
    }

    implicitHeight: area.implicitHeight + (headingLevel > 0 ? 16 : 8)

    Rectangle {
        anchors.fill: area
        visible: block.form === "code"
        radius: 6
        color: palette.alternateBase
    }
    Rectangle {
        anchors {
            left: area.left
            top: area.top
            bottom: area.bottom
        }
        width: 2
        visible: block.form === "quote"
        color: palette.mid
    }
    TextArea {
        id: area
        objectName: "readingText"
        y: block.headingLevel > 0 ? 8 : 0
        width: parent.width
        topPadding: block.form === "code" ? 8 : 0
        bottomPadding: topPadding
        leftPadding: block.form === "code" || block.form === "quote" ? 8 : block.form === "item" ? 16 : 0
        rightPadding: leftPadding
        background: null
        text: block.text
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        activeFocusOnTab: false
        font.pointSize: block.points
        font.bold: block.headingLevel > 0
        font.family: block.fixed ? "monospace" : Application.font.family
        Accessible.name: block.headingLevel > 0 ? qsTr("Heading") : qsTr("Text")
        Component.onCompleted: look.spaceLines(125)
        TextMarks {
            id: look
            target: area.textDocument
            marks: block.marks
            matches: block.matches
            currentMatch: block.currentMatch
            markColor: Qt.alpha(area.palette.highlight, 0.28)
            matchColor: Qt.alpha(area.palette.brightText, 0.28)
            currentColor: area.palette.brightText
            currentTextColor: area.palette.base
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// A block of an answer: text, a heading or a list's item; code with its language and a button that
// copies it; a table that scrolls sideways where it is too wide; a rule.
Item {
    id: block

    required property int index
    required property string form
    required property int headingLevel
    required property int listDepth
    required property int quoteDepth
    required property string mark
    required property string html
    required property string plain
    required property string language
    required property int columns
    property Item part: null
    readonly property AnswerArea text: textOf(part)  // null: a rule has none
    required property bool followsItem
    readonly property real indent: 16 * quoteDepth + 24 * listDepth
    readonly property real gap: index === 0 ? 0 : headingLevel > 0 ? 16 : mark !== "" && followsItem ? 4 : 8
    signal linkChosen(link: string)
    signal copyWanted(text: string)

    function textOf(part: Item): AnswerArea {
        const area = part as AnswerArea;
        const code = part as AnswerCode;
        const table = part as SidewaysArea;
        return area ?? code?.text ?? table?.text ?? null;
    }

    implicitHeight: gap + (part?.implicitHeight ?? 0)

    Repeater {
        model: block.quoteDepth
        delegate: Rectangle {
            required property int index
            x: 16 * index
            y: block.gap > 8 ? 0 : -block.gap / 2
            width: 2
            height: block.height - y
            color: palette.mid
        }
    }
    Label {
        x: block.indent - width - 8
        y: block.gap
        width: Math.max(implicitWidth, 12)
        visible: block.mark !== ""
        text: block.mark
        textFormat: Text.PlainText
        lineHeight: 1.25
        color: palette.placeholderText
        Accessible.ignored: true
    }
    component Part: Repeater {
        onItemAdded: (index, item) => block.part = item
    }
    Part {
        model: block.form === "text" ? 1 : 0
        delegate: AnswerArea {
            x: block.indent
            y: block.gap
            width: block.width - x
            html: block.html
            spokenText: (block.mark !== "" ? block.mark + " " : "") + block.plain
            headingLevel: block.headingLevel
            onLinkChosen: (link) => block.linkChosen(link)
        }
    }
    Part {
        model: block.form === "code" ? 1 : 0
        delegate: AnswerCode {
            x: block.indent
            y: block.gap
            width: block.width - x
            html: block.html
            code: block.plain
            language: block.language
            onLinkChosen: (link) => block.linkChosen(link)
            onCopyWanted: (text) => block.copyWanted(text)
        }
    }
    Part {
        model: block.form === "table" ? 1 : 0
        delegate: SidewaysArea {
            x: block.indent
            y: block.gap
            width: block.width - x
            html: block.html
            spokenText: block.plain
            leastWidth: 144 * block.columns
            onLinkChosen: (link) => block.linkChosen(link)
        }
    }
    Part {
        model: block.form === "rule" ? 1 : 0
        delegate: Rectangle {
            x: block.indent
            y: block.gap + 8
            width: block.width - x
            height: 1
            implicitHeight: 17
            color: palette.mid
            Accessible.role: Accessible.Separator
            Accessible.name: qsTr("Rule")
        }
    }
}

import QtQuick
import Lectern
import QtQuick.Controls

// The answer as selectable text. Its markers are links: Tab goes from one to the next, Enter or a
// click chooses the source, hovering shows its passage.
Item {
    id: answer

    required property string markdown
    required property string spokenText  // for screen readers
    required property var sources
    signal sourceChosen(number: int)

    function sourceOfLink(link: string): int {
        return link.startsWith("source:") ? parseInt(link.slice(7)) : 0;
    }
    function preview(number: int): string {
        const source = sources.find(one => one.number === number);
        if (!source) return "";
        const text = source.text.length > 400 ? source.text.slice(0, 400).trim() + "…" : source.text;
        const page = source.page !== "" ? " · " + source.page : "";
        return source.title + page + "\n\n" + text;
    }

    // The text is laid out anew piece by piece: its height counts once that is over.
    implicitHeight: 0
    Timer {
        id: settling
        interval: 0
        onTriggered: answer.implicitHeight = area.implicitHeight
    }

    AnswerDocument {
        id: layout
        document: area.textDocument
        markdown: area.ready ? answer.markdown : ""
        linkColor: answer.palette.link
        chipColor: answer.palette.alternateBase
        currentColor: answer.palette.highlightedText
        currentChipColor: answer.palette.highlight
    }
    TextArea {
        id: area
        objectName: "answerArea"
        readonly property real documentMargin: 4  // QTextDocument's own
        property bool ready: false  // until it is complete it empties its document
        Component.onCompleted: ready = true

        x: -documentMargin
        width: parent.width + 2 * documentMargin
        padding: 0
        background: null
        textFormat: TextEdit.RichText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        activeFocusOnTab: layout.markerCount > 0
        Accessible.name: qsTr("Answer")
        Accessible.description: answer.spokenText
        onImplicitHeightChanged: settling.restart()
        onLinkActivated: (link) => answer.sourceChosen(answer.sourceOfLink(link))
        onActiveFocusChanged: {
            if (!activeFocus) layout.currentMarker = 0;
            else if (focusReason === Qt.TabFocusReason) layout.currentMarker = 1;
            else if (focusReason === Qt.BacktabFocusReason) layout.currentMarker = layout.markerCount;
        }
        Keys.onTabPressed: (event) => step(event, 1)
        Keys.onBacktabPressed: (event) => step(event, -1)
        Keys.onReturnPressed: chooseCurrent()
        Keys.onEnterPressed: chooseCurrent()
        Keys.onSpacePressed: chooseCurrent()

        function step(event: var, by: int) {
            const next = layout.currentMarker + by;
            event.accepted = layout.currentMarker > 0 && next >= 1 && next <= layout.markerCount;
            if (event.accepted) layout.currentMarker = next;
        }
        function chooseCurrent() {
            const number = layout.sourceOf(layout.currentMarker);
            if (number > 0) answer.sourceChosen(number);
        }

        HoverHandler {
            id: hover
            cursorShape: area.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
        }
        ToolTip {
            objectName: "passagePreview"
            readonly property int number: answer.sourceOfLink(area.hoveredLink)
            visible: number > 0 && hover.hovered
            delay: 300
            width: Math.min(440, area.width)
            x: Math.max(0, Math.min(area.width - width, hover.point.position.x - width / 2))
            y: hover.point.position.y + 20
            contentItem: Text {
                text: answer.preview(parent?.parent?.number ?? 0)
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: palette.toolTipText
            }
        }
    }
}

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
    function sourceOf(number: int): var {
        return sources.find(one => one.number === number);
    }
    function shortened(text: string): string {
        return text.length > 400 ? text.slice(0, 400).trim() + "…" : text;
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
        property int leftMarker: 0  // the marker that had the focus when it went elsewhere
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
            if (!activeFocus) {
                leftMarker = layout.currentMarker;
                layout.currentMarker = 0;
            } else if (focusReason === Qt.TabFocusReason) layout.currentMarker = 1;
            else if (focusReason === Qt.BacktabFocusReason) layout.currentMarker = layout.markerCount;
            else if (focusReason !== Qt.MouseFocusReason) layout.currentMarker = leftMarker;
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
            readonly property string link: hovered ? area.linkAt(point.position.x, point.position.y) : ""
            cursorShape: link !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
        }
        ToolTip {
            id: preview
            readonly property int number: answer.sourceOfLink(hover.link)
            property var source: undefined  // stays while it fades
            onNumberChanged: if (number > 0) source = answer.sourceOf(number)
            visible: number > 0 && hover.hovered
            delay: 300
            timeout: -1
            padding: 12
            width: Math.min(440, area.width)
            x: Math.max(0, Math.min(area.width - width, hover.point.position.x - width / 2))
            y: hover.point.position.y + 20
            background: Rectangle {
                radius: 6
                color: palette.toolTipBase
                border.color: palette.mid
            }
            contentItem: Column {
                spacing: 8
                Text {
                    width: parent?.width ?? 0
                    text: preview.source ? [preview.source.title, preview.source.page].filter(one => one !== "").join(" · ") : ""
                    textFormat: Text.PlainText
                    elide: Text.ElideMiddle
                    font.bold: true
                    color: palette.toolTipText
                }
                Text {
                    objectName: "previewText"
                    width: parent?.width ?? 0
                    text: preview.source ? answer.shortened(preview.source.text) : ""
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    color: palette.toolTipText
                }
            }
        }
    }
}

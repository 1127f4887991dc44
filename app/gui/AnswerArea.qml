import QtQuick
import Lectern
import QtQuick.Controls

// The text of one block of an answer, which can be selected. Its markers and links: Tab goes from
// one to the next, Enter or a click chooses it.
Item {
    id: block

    required property string html
    required property string spokenText  // for screen readers
    property bool code: false
    property int wrapMode: TextEdit.Wrap
    property int headingLevel: 0
    property bool sideways: false  // it is wider than what is seen of it
    readonly property alias area: area
    readonly property real naturalWidth: area.implicitWidth - 2 * documentMargin
    readonly property real documentMargin: 4  // QTextDocument's own
    readonly property string hoveredLink: hover.link
    readonly property point hoveredPoint: hover.point.position
    signal linkChosen(link: string)
    signal scrollWanted(pixels: real)
    signal copyPressed  // with something selected, here or in other blocks
    signal selectionBegun(character: int)
    signal selectionMoved(at: point)

    // The text is laid out anew piece by piece: its height counts once that is over.
    implicitHeight: 0
    Timer {
        id: settling
        interval: 0
        onTriggered: block.implicitHeight = area.implicitHeight
    }

    AnswerDocument {
        id: layout
        document: area.textDocument
        html: area.ready ? block.html : ""
        code: block.code
        linkColor: block.palette.link
        chipColor: block.palette.alternateBase
        lineColor: block.palette.mid
        currentColor: block.palette.highlightedText
        currentChipColor: block.palette.highlight
    }
    TextArea {
        id: area
        objectName: "answerArea"
        property int leftLink: 0  // the link that had the focus when it went elsewhere
        property bool ready: false  // until it is complete it empties its document
        Component.onCompleted: ready = true

        x: -block.documentMargin
        width: parent.width + 2 * block.documentMargin
        padding: 0
        background: null
        textFormat: TextEdit.RichText
        wrapMode: block.wrapMode
        readOnly: true
        selectByMouse: true
        persistentSelection: true
        activeFocusOnTab: layout.linkCount > 0 || block.sideways
        font.family: block.code ? "monospace" : Application.font.family
        font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * (block.code ? 0.92 : block.headingLevel > 0 ? Math.max(1, 1.35 - 0.1 * block.headingLevel) : 1)
        font.bold: block.headingLevel > 0
        Accessible.name: block.headingLevel > 0 ? qsTr("Heading: %1").arg(block.spokenText) : block.spokenText
        Accessible.description: block.code ? qsTr("Code") : ""
        onImplicitHeightChanged: settling.restart()
        onLinkActivated: (link) => block.linkChosen(link)
        onActiveFocusChanged: {
            if (!activeFocus) {
                leftLink = layout.currentLink;
                layout.currentLink = 0;
            } else if (focusReason === Qt.TabFocusReason) layout.currentLink = Math.min(1, layout.linkCount);
            else if (focusReason === Qt.BacktabFocusReason) layout.currentLink = layout.linkCount;
            else if (focusReason !== Qt.MouseFocusReason) layout.currentLink = leftLink;
        }
        Keys.onTabPressed: (event) => step(event, 1)
        Keys.onBacktabPressed: (event) => step(event, -1)
        Keys.onReturnPressed: chooseCurrent()
        Keys.onEnterPressed: chooseCurrent()
        Keys.onSpacePressed: chooseCurrent()
        Keys.onPressed: (event) => {
            event.accepted = event.matches(StandardKey.Copy);
            if (event.accepted) block.copyPressed();
        }
        Keys.onLeftPressed: (event) => scroll(event, -48)
        Keys.onRightPressed: (event) => scroll(event, 48)

        function step(event: var, by: int) {
            const next = layout.currentLink + by;
            event.accepted = layout.currentLink > 0 && next >= 1 && next <= layout.linkCount;
            if (event.accepted) layout.currentLink = next;
        }
        function chooseCurrent() {
            const link = layout.hrefOf(layout.currentLink);
            if (link !== "") block.linkChosen(link);
        }
        function scroll(event: var, pixels: real) {
            event.accepted = block.sideways;
            if (event.accepted) block.scrollWanted(pixels);
        }

        HoverHandler {
            id: hover
            readonly property string link: hovered ? area.linkAt(point.position.x, point.position.y) : ""
            cursorShape: link !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
        }
        PointHandler {
            acceptedButtons: Qt.LeftButton
            onActiveChanged: if (active) block.selectionBegun(area.positionAt(point.position.x, point.position.y))
            onPointChanged: if (active) block.selectionMoved(point.position)
        }
        FocusRing {
            visible: area.activeFocus && layout.currentLink === 0 && block.sideways
        }
    }
}

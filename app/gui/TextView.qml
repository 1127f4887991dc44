pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// A document that has no pages, as text to read, with the passage and the search's matches marked.
ListView {
    id: view

    required property TextBlocks blocks
    required property real zoom
    readonly property int firstRow: Math.max(0, indexAt(width / 2, contentY + 16))

    /// What show() brings back: the row a quarter of the height below the upper edge, and where in it.
    function place(): var {
        const y = contentY + height / 4;
        const block = itemAt(width / 2, y) as TextBlockItem;
        return block ? {"row": block.index, "at": block.characterAt(y - block.y)} : {"row": firstRow, "at": 0};
    }
    function show(row: int, character: real) {
        forceLayout();
        positionViewAtIndex(row, ListView.Beginning);
        forceLayout();
        const block = itemAtIndex(row) as TextBlockItem;
        if (block) contentY = Math.max(originY, Math.min(block.y + block.lineOf(character) - height / 4, originY + contentHeight - height));
    }
    function scrollBy(pixels: real) {
        contentY = Math.max(originY, Math.min(originY + contentHeight - height, contentY + pixels));
    }

    clip: true
    model: blocks
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    topMargin: 16
    bottomMargin: 16
    cacheBuffer: height
    Accessible.role: Accessible.Document
    Accessible.name: qsTr("The document's text")
    ScrollBar.vertical: ScrollBar {}
    delegate: TextBlockItem {
        x: 16
        width: view.width - 40
        zoom: view.zoom
    }
}

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

    function show(row: int, character: real) {
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

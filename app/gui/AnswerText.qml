pragma ComponentBehavior: Bound

import QtQuick
import Lectern

// An answer, block by block. A selection may go over several blocks; Ctrl+C copies it.
Item {
    id: answer

    required property AnswerBlockModel blocks
    required property var sources
    signal sourceChosen(number: int)
    signal linkChosen(link: string, from: Item)
    signal copyWanted(text: string)
    property string hoveredLink: ""
    property point hoveredPoint

    function choose(link: string, from: Item) {
        if (link.startsWith("source:")) sourceChosen(parseInt(link.slice(7)));
        else linkChosen(link, from);
    }
    function areaOf(row: int): Item {
        const block = rows.itemAt(row) as AnswerBlock;
        return block && block.text ? block.text.area : null;
    }
    function deselect() {
        for (let row = 0; row < rows.count; ++row) areaOf(row)?.deselect();
    }
    /// From where the mouse was pressed in a block's text to a point of that text's item.
    function select(from: int, at: point) {
        const start = areaOf(from);
        const y = start.mapToItem(column, at).y;
        let to = from;
        for (let row = 0; row < rows.count; ++row) {
            const block = rows.itemAt(row);
            if (block.y <= y && areaOf(row)) to = row;
        }
        if (to === from) {
            if (over) deselectOthers(from);
            over = false;
            return;  // its own item does that
        }
        over = true;
        const down = to > from;
        const end = areaOf(to);
        const place = start.mapToItem(end, at);
        const anchor = pressedAt;
        start.select(down ? anchor : 0, down ? start.length : anchor);
        const until = end.positionAt(place.x, place.y);
        end.select(down ? 0 : until, down ? until : end.length);
        for (let row = 0; row < rows.count; ++row) {
            const inside = row > Math.min(from, to) && row < Math.max(from, to);
            if (inside) areaOf(row)?.selectAll();
            else if (row !== from && row !== to) areaOf(row)?.deselect();
        }
    }
    function deselectOthers(row: int) {
        for (let other = 0; other < rows.count; ++other)
            if (other !== row) areaOf(other)?.deselect();
    }
    function selectedText(): string {
        const parts = [];
        for (let row = 0; row < rows.count; ++row) {
            const text = areaOf(row)?.selectedText ?? "";
            if (text !== "") parts.push(text);
        }
        return parts.join("\n\n").replace(/[\u2028\u2029]/g, "\n").replace(/\u00a0/g, " ");
    }
    property bool over: false  // the selection goes over several blocks
    property int pressedAt: 0

    implicitHeight: column.height

    Timer {  // behind what the pressed item itself makes of the mouse
        id: selecting
        property int row: 0
        property point at
        interval: 0
        onTriggered: answer.select(row, at)
    }
    Column {
        id: column
        width: parent.width
        Repeater {
            id: rows
            model: answer.blocks
            delegate: AnswerBlock {
                id: block
                width: column.width
                onLinkChosen: (link) => answer.choose(link, text?.area ?? null)
                onCopyWanted: (text) => answer.copyWanted(text)
                Connections {
                    target: block.text
                    function onSelectionBegun(character: int) {
                        answer.deselectOthers(block.index);
                        answer.over = false;
                        selecting.row = block.index;
                        answer.pressedAt = character;
                    }
                    function onSelectionMoved(at: point) {
                        selecting.at = at;
                        selecting.restart();
                    }
                    function onCopyPressed() {
                        if (answer.selectedText() !== "") answer.copyWanted(answer.selectedText());
                    }
                    function onHoveredLinkChanged() {
                        answer.hoveredLink = block.text.hoveredLink;
                        answer.hoveredPoint = block.text.mapToItem(answer, block.text.hoveredPoint);
                    }
                }
            }
        }
    }
    SourcePreview {
        sources: answer.sources
        link: answer.hoveredLink
        place: answer.hoveredPoint
    }
}

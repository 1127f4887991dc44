pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// A PDF's pages below one another, the passage's lines and the search's matches marked on them.
ListView {
    id: view

    required property PdfPages pages
    required property real zoom
    readonly property real pageWidth: Math.max(64, (width - 32) * zoom)
    readonly property int firstRow: Math.max(0, indexAt(contentX + contentWidth / 2, contentY + 64))

    /// What show() brings back: the row a quarter of the height below the upper edge, and where in it.
    function place(): var {
        const y = contentY + height / 4;
        const page = itemAt(contentX + contentWidth / 2, y) as PageFrame;
        return page ? {"row": page.index, "at": (y - page.y) / page.scaling} : {"row": firstRow, "at": 0};
    }
    function show(row: int, points: real) {
        forceLayout();
        positionViewAtIndex(row, ListView.Beginning);
        const page = itemAtIndex(row) as PageFrame;
        if (page) contentY = Math.max(originY, Math.min(page.y + points * page.scaling - height / 4, originY + contentHeight - height));
    }
    function scrollBy(pixels: real) {
        contentY = Math.max(originY, Math.min(originY + contentHeight - height, contentY + pixels));
    }

    component Mark: Rectangle {
        required property rect modelData
        required property real scaling
        x: modelData.x * scaling - 1
        y: modelData.y * scaling - 1
        width: modelData.width * scaling + 2
        height: modelData.height * scaling + 2
        radius: 2
    }
    component PageFrame: Item {
        id: frame

        required property int index
        required property size pageSize
        required property var marks
        required property var matches
        required property rect currentMatch
        readonly property real scaling: view.pageWidth / Math.max(1, pageSize.width)

        width: view.contentWidth
        height: pageSize.height * scaling + 16

        Rectangle {
            x: (frame.width - width) / 2
            y: 8
            width: view.pageWidth
            height: frame.pageSize.height * frame.scaling
            color: "white"  // paper, in both themes
            border.color: palette.midlight

            PdfPageItem {
                objectName: "pdfPage"
                anchors.fill: parent
                pages: view.pages
                page: frame.index
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Page %1").arg(frame.index + 1)
            }
            Repeater {
                model: frame.marks
                delegate: Mark {
                    objectName: "passageMark"
                    scaling: frame.scaling
                    color: Qt.alpha(palette.highlight, 0.28)
                }
            }
            Repeater {
                model: frame.matches
                delegate: Mark {
                    objectName: "matchMark"
                    scaling: frame.scaling
                    color: Qt.alpha(palette.brightText, 0.28)
                }
            }
            Rectangle {
                x: frame.currentMatch.x * frame.scaling - 2
                y: frame.currentMatch.y * frame.scaling - 2
                width: frame.currentMatch.width * frame.scaling + 4
                height: frame.currentMatch.height * frame.scaling + 4
                visible: frame.currentMatch.width > 0
                color: "transparent"
                border.width: 2
                border.color: palette.brightText
            }
        }
        Connections {
            target: view.pages
            function onSearched() {
                view.pages.wantMatches(frame.index);
            }
        }
        Component.onCompleted: view.pages.wantMatches(index)
    }

    clip: true
    model: pages
    contentWidth: Math.max(width, pageWidth + 32)
    flickableDirection: Flickable.HorizontalAndVerticalFlick
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    cacheBuffer: height
    Accessible.role: Accessible.Document
    Accessible.name: qsTr("The document's pages")
    ScrollBar.vertical: ScrollBar {}
    ScrollBar.horizontal: ScrollBar {}
    delegate: PageFrame {}
}

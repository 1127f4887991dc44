import QtQuick
import Lectern
import QtQuick.Controls

// A block's text that scrolls sideways in an area of its own where it is wider than that.
Flickable {
    id: view

    required property string html
    required property string spokenText
    property bool code: false
    property real leastWidth: 0  // text breaks its lines down to this width; 0: it does not
    readonly property alias text: area
    signal linkChosen(link: string)

    function show(x: real) {
        contentX = Math.max(0, Math.min(contentWidth - width, x));
    }

    implicitHeight: area.implicitHeight + (area.sideways ? 12 : 0)
    contentWidth: area.width + 2  // and the table's right edge
    contentHeight: area.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.HorizontalFlick
    interactive: false  // dragging selects
    clip: true
    ScrollBar.horizontal: ScrollBar {
        objectName: "sidewaysBar"
        policy: area.sideways ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    }
    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        orientation: Qt.Horizontal
        target: view
        property: "contentX"
        onWheel: view.show(view.contentX)
    }

    AnswerArea {
        id: area
        width: view.leastWidth > 0 ? Math.max(view.width - 2, Math.min(naturalWidth, view.leastWidth)) : Math.max(view.width - 2, naturalWidth)
        html: view.html
        spokenText: view.spokenText
        code: view.code
        wrapMode: view.leastWidth > 0 ? TextEdit.Wrap : TextEdit.NoWrap
        sideways: width > view.width + 1
        onLinkChosen: (link) => view.linkChosen(link)
        onScrollWanted: (pixels) => view.show(view.contentX + pixels)
    }
}

import QtQuick
import QtQuick.Controls

// A button of one look in both themes: primary, outlined, or flat; Space and Enter press it.
Button {
    id: button

    property bool primary: false
    property string hint: ""  // shown while the mouse rests on it
    readonly property color ground: {
        if (primary && !enabled) return palette.alternateBase;
        if (primary) return hovered ? Qt.lighter(palette.highlight, 1.1) : palette.highlight;
        if (hovered || down) return palette.alternateBase;
        return flat ? "transparent" : palette.base;
    }
    readonly property color ink: {
        if (!enabled) return palette.placeholderText;
        if (primary) return palette.highlightedText;
        return flat ? palette.link : palette.buttonText;
    }

    implicitHeight: Math.max(30, implicitContentHeight + 12)
    leftPadding: flat ? 8 : 14
    rightPadding: leftPadding
    Accessible.name: text
    ToolTip.visible: hint !== "" && hovered
    ToolTip.delay: 600
    ToolTip.text: hint
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    contentItem: Text {
        text: button.text
        textFormat: Text.PlainText
        font: button.font
        color: button.ink
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }
    background: Rectangle {
        radius: 6
        color: button.ground
        border.width: button.primary || button.flat ? 0 : 1
        border.color: button.palette.mid
        FocusRing {
            visible: button.visualFocus
        }
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
}

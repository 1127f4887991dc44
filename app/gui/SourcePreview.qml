import QtQuick
import QtQuick.Controls

// The passage behind a marker while the mouse rests on it; of a link, where it leads.
ToolTip {
    id: preview

    required property var sources
    required property string link  // empty: the mouse is on none
    required property point place
    readonly property int number: numberOf(link)
    property var source: undefined  // stays while it fades
    property string shownLink: ""

    function numberOf(link: string): int {
        return link.startsWith("source:") ? parseInt(link.slice(7)) : 0;
    }
    function shortened(text: string): string {
        return text.length > 400 ? text.slice(0, 400).trim() + "…" : text;
    }

    onLinkChanged: {
        if (link === "") return;
        const wanted = numberOf(link);
        source = sources.find(one => one.number === wanted);
        shownLink = wanted > 0 ? "" : link;
    }
    visible: link !== "" && (number === 0 || source !== undefined)
    delay: 300
    timeout: -1
    padding: 12
    width: Math.min(440, parent?.width ?? 0)
    x: Math.max(0, Math.min((parent?.width ?? 0) - width, place.x - width / 2))
    y: place.y + 20
    background: Rectangle {
        radius: 6
        color: palette.toolTipBase
        border.color: palette.mid
    }
    contentItem: Column {
        spacing: 8
        Text {
            width: parent?.width ?? 0
            text: preview.shownLink !== "" ? qsTr("Leads to") : preview.source ? [preview.source.title, preview.source.page].filter(one => one !== "").join(" · ") : ""
            textFormat: Text.PlainText
            elide: Text.ElideMiddle
            font.bold: true
            color: palette.toolTipText
        }
        Text {
            objectName: "previewText"
            width: parent?.width ?? 0
            text: preview.shownLink !== "" ? preview.shownLink : preview.source ? preview.shortened(preview.source.text) : ""
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            color: palette.toolTipText
        }
    }
}

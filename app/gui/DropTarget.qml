import QtQuick
import QtQuick.Controls

// Takes what is dropped anywhere on the window, and says so while it hovers.
DropArea {
    id: area

    required property bool readOnly
    signal urlsDropped(urls: var)

    keys: ["text/uri-list"]
    onDropped: (drop) => {
        if (!drop.hasUrls) return;
        urlsDropped(drop.urls);
        drop.acceptProposedAction();
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: 8
        visible: area.containsDrag
        radius: 8
        color: Qt.alpha(palette.base, 0.92)
        border.color: palette.link
        border.width: 2
        Label {
            anchors.centerIn: parent
            text: area.readOnly ? qsTr("Documents cannot be added here now") : qsTr("Let go to add these documents")
            font.pointSize: Application.font.pointSize * 1.4
        }
    }
}

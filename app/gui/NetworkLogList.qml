pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// Every access to the network, the newest first.
ListView {
    id: list

    readonly property NetworkLogController log: NetworkLogController {}

    function refresh() {
        log.refresh();
    }

    clip: true
    highlightMoveDuration: 0
    spacing: 8
    model: log.accesses
    activeFocusOnTab: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Network accesses")
    ScrollBar.vertical: ScrollBar {}

    delegate: Column {
        id: access
        required property var modelData
        width: ListView.view.width - 16
        spacing: 0
        Accessible.role: Accessible.ListItem
        Accessible.name: [modelData.time, modelData.what, modelData.outcome].join(", ")
        Label {
            width: access.width
            text: access.modelData.what
            textFormat: Text.PlainText
            elide: Text.ElideMiddle
        }
        Label {
            width: access.width
            text: qsTr("%1 · %2").arg(access.modelData.time).arg(access.modelData.outcome)
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: palette.placeholderText
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
        }
    }
    Label {
        objectName: "noAccesses"
        anchors.fill: parent
        visible: list.log.loaded && list.count === 0
        wrapMode: Text.Wrap
        color: palette.placeholderText
        text: qsTr("There was no access to the network. Lectern makes one only to download a model or to search for one.")
    }
    FocusRing {
        visible: list.activeFocus
    }
}

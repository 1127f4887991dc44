pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// The settings: searched, in two levels, each with its sentence and the way back; below them where
// the data lies.
FocusScope {
    id: page

    required property AssistantController assistant
    readonly property SettingsController settings: assistant.settings
    readonly property real columnWidth: Math.min(720, width - 48)
    readonly property Item focused: Window.activeFocusItem

    /// What has the keyboard is in sight.
    onFocusedChanged: {
        if (!focused || !holds(focused)) return;
        const top = focused.mapToItem(column, 0, 0).y + column.y;
        const highest = top + focused.height + 48 - scroller.height;
        scroller.contentY = Math.max(0, Math.min(scroller.contentHeight - scroller.height, Math.max(highest, Math.min(scroller.contentY, top - 48))));
    }
    function holds(part: Item): bool {
        for (let up = part; up; up = up.parent)
            if (up === column) return true;
        return false;
    }

    Component.onCompleted: settings.refresh()
    Component.onDestruction: settings.list.search = ""

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        GridLayout {
            Layout.fillWidth: true
            Layout.leftMargin: (page.width - page.columnWidth) / 2
            Layout.rightMargin: Layout.leftMargin
            Layout.topMargin: 16
            Layout.bottomMargin: 16
            columns: page.columnWidth < 560 ? 1 : 3
            columnSpacing: 16
            rowSpacing: 8
            Label {
                text: qsTr("Settings")
                font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 1.4
                Accessible.role: Accessible.Heading
            }
            SearchField {
                id: search
                objectName: "settingsSearch"
                Layout.fillWidth: true
                focus: true
                placeholderText: qsTr("Find a setting")
                onTextChanged: page.settings.list.search = text
            }
            CheckBox {
                objectName: "expertSettings"
                text: qsTr("Expert settings")
                enabled: search.text === ""
                checked: page.settings.list.expert
                onToggled: page.settings.list.expert = checked
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: palette.midlight
        }
        Flickable {
            id: scroller
            objectName: "settingsScroller"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            contentWidth: width
            contentHeight: column.height + 48
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar {}

            Column {
                id: column
                x: (scroller.width - width) / 2
                width: page.columnWidth
                Repeater {
                    model: page.settings.list
                    delegate: SettingItem {
                        width: column.width
                        settings: page.settings
                    }
                }
                Label {
                    objectName: "nothingFound"
                    topPadding: 24
                    visible: page.settings.list.count === 0
                    text: qsTr("No setting has these words.")
                    color: palette.placeholderText
                }
                Column {
                    width: column.width
                    spacing: 8
                    bottomPadding: 24
                    visible: search.text === ""
                    SectionLabel {
                        section: qsTr("Network accesses")
                    }
                    NetworkLogList {
                        objectName: "settingsNetworkLog"
                        width: parent.width
                        height: Math.max(48, Math.min(240, contentHeight))
                        Component.onCompleted: refresh()
                    }
                }
                DataPlace {
                    width: column.width
                    visible: search.text === ""
                    dataPlace: page.assistant.data
                }
            }
        }
    }
}

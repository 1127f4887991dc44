import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// A setting of the page: what it is and does, what changes it, and the way back to its default.
FocusScope {
    id: item

    required property SettingsController settings
    required property string settingId
    required property string group  // the heading over it; empty: it stands above already
    required property string title
    required property string sentence
    required property int kind
    required property list<string> choices
    required property int stop
    required property var value
    required property string valueText
    required property bool changed
    required property string defaultText
    readonly property bool narrow: width < 560
    readonly property real headingHeight: group === "" ? 0 : heading.implicitHeight

    implicitHeight: headingHeight + grid.implicitHeight + 24

    SectionLabel {
        id: heading
        section: item.group
        visible: section !== ""
        topPadding: 24
    }
    GridLayout {
        id: grid
        anchors {
            top: parent.top
            topMargin: item.headingHeight + 8
        }
        width: item.width
        columns: item.narrow ? 1 : 2
        columnSpacing: 24
        rowSpacing: 8

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: 4
            Label {
                Layout.fillWidth: true
                text: item.title
                font.bold: true
                wrapMode: Text.WordWrap
                Accessible.ignored: item.kind !== SettingsModel.Fact
            }
            Label {
                objectName: "sentence_" + item.settingId
                Layout.fillWidth: true
                text: item.sentence
                wrapMode: Text.WordWrap
                color: palette.placeholderText
                Accessible.ignored: item.kind !== SettingsModel.Fact
            }
            Label {
                objectName: "problem_" + item.settingId
                Layout.fillWidth: true
                visible: text !== ""
                text: editor.problem
                wrapMode: Text.WordWrap
                color: palette.brightText
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
        }
        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.minimumWidth: item.narrow ? item.width : 256
            Layout.maximumWidth: Layout.minimumWidth
            visible: item.kind !== SettingsModel.Fact
            spacing: 0
            SettingEditor {
                id: editor
                Layout.fillWidth: true
                settings: item.settings
                settingId: item.settingId
                title: item.title
                sentence: item.sentence
                kind: item.kind
                choices: item.choices
                stop: item.stop
                value: item.value
                valueText: item.valueText
            }
            ActionButton {
                objectName: "reset_" + item.settingId
                Layout.alignment: Qt.AlignRight
                visible: item.changed
                flat: true
                text: item.defaultText === "" ? qsTr("Reset") : qsTr("Reset to %1").arg(item.defaultText)
                Accessible.name: qsTr("Reset %1").arg(item.title)
                onClicked: item.settings.reset(item.settingId)
            }
        }
    }
}

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// What changes a setting: the control for its kind of values.
ColumnLayout {
    id: editor

    required property SettingsController settings
    required property string settingId
    required property string title
    required property string sentence
    required property int kind
    required property list<string> choices
    required property int stop
    required property var value
    required property string valueText
    property string problem: ""  // why the text cannot be

    spacing: 0

    FontMetrics {
        id: metrics
        font: stepper.font
    }
    CheckBox {
        objectName: "setting_" + editor.settingId
        visible: editor.kind === SettingsModel.Switch
        text: checked ? qsTr("On") : qsTr("Off")
        checked: editor.value === true
        Accessible.name: editor.title
        Accessible.description: editor.sentence
        onToggled: editor.settings.choose(editor.settingId, checked)
    }
    ComboBox {
        objectName: "setting_" + editor.settingId
        Layout.fillWidth: true
        visible: editor.kind === SettingsModel.Choice
        model: editor.choices
        currentIndex: editor.stop
        displayText: editor.valueText
        implicitHeight: Math.max(24, Math.ceil(metrics.height) + 8)  // the style's is for small text
        Accessible.name: editor.title
        Accessible.description: editor.sentence
        onActivated: (index) => editor.settings.chooseStop(editor.settingId, index)
    }
    SpinBox {
        id: stepper
        objectName: "setting_" + editor.settingId
        Layout.fillWidth: true
        visible: editor.kind === SettingsModel.Stepper
        to: Math.max(0, editor.choices.length - 1)
        value: Math.max(0, editor.stop)
        Accessible.name: editor.title
        Accessible.description: editor.sentence
        onValueModified: editor.settings.chooseStop(editor.settingId, value)
        contentItem: Label {
            text: editor.valueText
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
    TextField {
        id: field
        objectName: "setting_" + editor.settingId
        Layout.fillWidth: true
        visible: editor.kind === SettingsModel.Text
        leftPadding: 8
        selectByMouse: true
        Accessible.name: editor.title
        Accessible.description: editor.problem !== "" ? editor.problem : editor.sentence
        onEditingFinished: editor.problem = editor.settings.choose(editor.settingId, text.trim())
    }
    Binding {
        target: field
        property: "text"
        value: String(editor.value)
    }
    onValueChanged: problem = ""
}

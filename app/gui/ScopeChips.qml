pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// What the question is narrowed to, a chip each; Tab goes to them, Enter or a click removes one.
Flow {
    id: chips

    required property ScopeController scope

    spacing: 8
    Repeater {
        model: chips.scope.chips
        delegate: AbstractButton {
            id: chip
            required property int index
            required property var modelData
            objectName: "scopeChip"
            height: 24
            leftPadding: 8
            rightPadding: 8
            text: qsTr("@%1").arg(modelData.name)
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Only in %1").arg(modelData.name)
            Accessible.description: qsTr("Removes it: the question is searched elsewhere, too")
            ToolTip.visible: hovered
            ToolTip.delay: 600
            ToolTip.text: modelData.path
            Keys.onReturnPressed: chip.clicked()
            Keys.onEnterPressed: chip.clicked()
            onClicked: chips.scope.remove(index)
            background: Rectangle {
                radius: 6
                color: chip.palette.alternateBase
                FocusRing {
                    visible: chip.visualFocus
                }
            }
            contentItem: Label {
                width: Math.min(implicitWidth, chips.width - 16)
                text: qsTr("%1 ×").arg(chip.text)
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                color: palette.link
                verticalAlignment: Text.AlignVCenter
            }
        }
    }
}

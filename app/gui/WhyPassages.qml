pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// Passages with their scores, a line each; a click on one the model saw opens its document.
Column {
    id: list

    required property var passages  // maps of why_answer.h
    required property real small
    signal sourceWanted(number: int)

    spacing: 0

    Repeater {
        model: list.passages
        delegate: AbstractButton {
            id: row
            required property var modelData
            readonly property bool seen: modelData.number > 0
            objectName: "whyPassage"
            text: modelData.scores
            width: list.width
            padding: 4
            leftPadding: 0
            rightPadding: 0
            focusPolicy: seen ? Qt.StrongFocus : Qt.NoFocus
            enabled: seen
            Accessible.role: seen ? Accessible.Button : Accessible.StaticText
            Accessible.name: [seen ? qsTr("Source %1").arg(modelData.number) : "", modelData.title, modelData.page, modelData.note, text].filter(part => part !== "").join(", ")
            Keys.onReturnPressed: row.clicked()
            Keys.onEnterPressed: row.clicked()
            onClicked: list.sourceWanted(modelData.number)
            background: Rectangle {
                radius: 6
                color: row.hovered && row.seen ? row.palette.alternateBase : "transparent"
                FocusRing {
                    anchors.margins: 0
                    radius: 6
                    visible: row.visualFocus
                }
            }
            contentItem: RowLayout {
                spacing: 8
                Label {
                    Layout.preferredWidth: 24
                    Layout.alignment: Qt.AlignTop
                    text: row.seen ? qsTr("[%1]").arg(row.modelData.number) : "–"
                    color: row.seen ? palette.link : palette.placeholderText
                    font.pointSize: list.small
                }
                GridLayout {
                    columns: list.width >= 560 ? 2 : 1
                    columnSpacing: 16
                    rowSpacing: 0
                    Label {
                        Layout.fillWidth: true
                        text: [row.modelData.title, row.modelData.page, row.modelData.note].filter(part => part !== "").join(" · ")
                        textFormat: Text.PlainText
                        color: palette.windowText
                        font.pointSize: list.small
                        elide: Text.ElideMiddle
                    }
                    Label {
                        Layout.maximumWidth: list.width - 40
                        visible: text !== ""
                        text: row.text
                        textFormat: Text.PlainText
                        color: palette.placeholderText
                        font.pointSize: list.small
                        elide: Text.ElideRight
                    }
                }
            }
        }
    }
}

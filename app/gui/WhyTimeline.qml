pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// The time to the first word as a bar of its parts, beside the bar of a full read.
GridLayout {
    id: timeline

    required property var account  // of why_answer.h
    required property real small
    readonly property real longest: Math.max(1, account.totalMs, account.fullMs)
    readonly property var strengths: [0.65, 0.2, 0.8, 0.5, 1, 0.35]  // of the accent, a part each

    columns: 3
    columnSpacing: 8
    rowSpacing: 8

    component Quiet: Label {
        textFormat: Text.PlainText
        color: palette.placeholderText
        font.pointSize: timeline.small
    }

    Quiet {
        text: qsTr("This answer")
    }
    Item {
        id: bar
        objectName: "timeBar"
        Layout.fillWidth: true
        Layout.preferredHeight: 12
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("This answer: %1").arg(timeline.account.totalText) + ", " + timeline.account.parts.map(part => part.name + " " + part.text).join(", ")
        Row {
            Repeater {
                model: timeline.account.parts
                delegate: Rectangle {
                    required property var modelData
                    objectName: "timePart"
                    width: bar.width * modelData.ms / timeline.longest
                    height: bar.height
                    color: Qt.alpha(palette.link, timeline.strengths[modelData.part])
                }
            }
        }
    }
    Quiet {
        Layout.alignment: Qt.AlignRight
        text: timeline.account.totalText
    }

    Quiet {
        visible: timeline.account.fullMs > 0
        text: qsTr("A full read")
    }
    Item {
        Layout.fillWidth: true
        Layout.preferredHeight: 12
        visible: timeline.account.fullMs > 0
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("A full read: %1").arg(timeline.account.fullText)
        Rectangle {
            objectName: "fullReadBar"
            width: parent.width * timeline.account.fullMs / timeline.longest
            height: parent.height
            color: palette.mid
        }
    }
    Quiet {
        Layout.alignment: Qt.AlignRight
        visible: timeline.account.fullMs > 0
        text: timeline.account.fullText
    }

    Flow {
        Layout.columnSpan: 3
        Layout.fillWidth: true
        spacing: 16
        Repeater {
            model: timeline.account.parts
            delegate: Row {
                id: part
                required property var modelData
                spacing: 8
                Rectangle {
                    y: 4
                    width: 12
                    height: 8
                    color: Qt.alpha(palette.link, timeline.strengths[part.modelData.part])
                }
                Quiet {
                    text: part.modelData.name + " " + part.modelData.text
                }
            }
        }
    }
}

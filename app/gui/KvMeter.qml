import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// How full the budget for passages' KV is, and what it is used for.
ColumnLayout {
    id: meter

    required property LibraryDetails details

    spacing: 4

    RowLayout {
        spacing: 8
        Label {
            text: qsTr("Disk for instant answers (KV)")
        }
        Label {
            objectName: "kvText"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignRight
            elide: Text.ElideRight
            color: palette.placeholderText
            text: meter.details.kvText
        }
    }
    ProgressBar {
        id: bar
        objectName: "kvMeter"
        Layout.fillWidth: true
        value: meter.details.kvShare
        Accessible.name: qsTr("Disk for instant answers: %1").arg(meter.details.kvText)
        background: Rectangle {
            implicitHeight: 8
            radius: 4
            color: bar.palette.midlight
        }
        contentItem: Item {
            Rectangle {
                width: parent.width * bar.visualPosition
                height: parent.height
                radius: 4
                color: bar.palette.highlight
            }
        }
    }
    Label {
        objectName: "kvParts"
        Layout.fillWidth: true
        visible: text !== ""
        wrapMode: Text.Wrap
        color: palette.placeholderText
        font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
        text: meter.details.kvPartsText
        textFormat: Text.PlainText
    }
}

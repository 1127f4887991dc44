import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Over an open source: what it is, and what can be done with it.
Item {
    id: header

    required property SourceReader reader
    required property bool canZoom
    required property real zoom
    signal zoomWanted(factor: real)  // 0: back to the beginning
    signal findWanted
    signal closeWanted

    readonly property bool missing: reader.state === SourceReader.Unreadable
    implicitHeight: rows.implicitHeight + 16

    ColumnLayout {
        id: rows
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 16
            rightMargin: 8
            verticalCenter: parent.verticalCenter
        }
        spacing: 0

        RowLayout {
            spacing: 0
            Label {
                Layout.rightMargin: 8
                text: qsTr("[%1]").arg(header.reader.number)
                color: palette.link
                font.bold: true
                Accessible.ignored: true
            }
            Label {
                objectName: "sourceTitle"
                Layout.fillWidth: true
                text: header.reader.title
                textFormat: Text.PlainText
                font.bold: true
                elide: Text.ElideMiddle
                Accessible.role: Accessible.Heading
                Accessible.name: qsTr("Source %1: %2").arg(header.reader.number).arg(text)
            }
            ActionButton {
                objectName: "previousSourceButton"
                flat: true
                enabled: header.reader.hasPrevious
                text: "‹"
                Accessible.name: qsTr("Previous source")
                hint: qsTr("Previous source (Alt+Left)")
                onClicked: header.reader.showPrevious()
            }
            ActionButton {
                objectName: "nextSourceButton"
                flat: true
                enabled: header.reader.hasNext
                text: "›"
                Accessible.name: qsTr("Next source")
                hint: qsTr("Next source (Alt+Right)")
                onClicked: header.reader.showNext()
            }
            ActionButton {
                objectName: "closeSourceButton"
                flat: true
                text: "×"
                Accessible.name: qsTr("Close the source")
                hint: qsTr("Close (Esc)")
                onClicked: header.closeWanted()
            }
        }
        RowLayout {
            Layout.minimumHeight: 30  // with its buttons or without
            spacing: 0
            Label {
                objectName: "sourceDetail"
                Layout.fillWidth: true
                text: header.reader.detail
                textFormat: Text.PlainText
                color: palette.placeholderText
                elide: Text.ElideLeft
            }
            ActionButton {
                objectName: "zoomOutButton"
                flat: true
                visible: header.canZoom
                text: "−"
                Accessible.name: qsTr("Smaller")
                hint: qsTr("Smaller (Ctrl+-)")
                onClicked: header.zoomWanted(0.8)
            }
            ActionButton {
                objectName: "zoomButton"
                flat: true
                visible: header.canZoom
                text: qsTr("%1 %").arg(Math.round(header.zoom * 100))
                Accessible.name: qsTr("Size %1, back to the beginning").arg(text)
                hint: qsTr("Fit (Ctrl+0)")
                onClicked: header.zoomWanted(0)
            }
            ActionButton {
                objectName: "zoomInButton"
                flat: true
                visible: header.canZoom
                text: "+"
                Accessible.name: qsTr("Larger")
                hint: qsTr("Larger (Ctrl++)")
                onClicked: header.zoomWanted(1.25)
            }
            ActionButton {
                objectName: "findButton"
                flat: true
                visible: header.canZoom
                text: qsTr("Find")
                Accessible.name: qsTr("Find in this document")
                hint: qsTr("Ctrl+F")
                onClicked: header.findWanted()
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: palette.midlight
    }
}

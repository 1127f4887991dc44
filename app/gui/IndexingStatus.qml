pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// How far the reading of documents is, with Stop; once it was stopped, Go on.
ColumnLayout {
    id: status

    required property LibraryController library

    readonly property bool wanted: library.indexing || library.indexingStopped

    visible: wanted
    spacing: 4

    RowLayout {
        spacing: 8
        Label {
            Layout.fillWidth: true
            elide: Text.ElideMiddle
            textFormat: Text.PlainText
            text: {
                if (!status.library.indexing) return qsTr("Stopped. What was read can be asked about.");
                const file = status.library.currentFile;
                return file !== "" ? qsTr("Reading %1").arg(file) : qsTr("Bringing the library up to date");
            }
            wrapMode: status.library.indexing ? Text.NoWrap : Text.Wrap
        }
        ActionButton {
            objectName: "stopIndexingButton"
            visible: status.library.indexing
            flat: true
            text: qsTr("Stop")
            Accessible.name: qsTr("Stop indexing")
            onClicked: status.library.stopIndexing()
        }
        ActionButton {
            objectName: "resumeIndexingButton"
            visible: !status.library.indexing
            flat: true
            text: qsTr("Go on")
            Accessible.name: qsTr("Go on indexing")
            onClicked: status.library.resumeIndexing()
        }
    }
    ProgressBar {
        id: bar
        Layout.fillWidth: true
        visible: status.library.indexing
        indeterminate: status.library.progress < 0
        value: Math.max(0, status.library.progress)
        Accessible.name: qsTr("Progress of indexing")
        background: Rectangle {
            implicitHeight: 4
            radius: 2
            color: bar.palette.midlight
        }
        contentItem: Item {
            Rectangle {
                width: bar.indeterminate ? parent.width / 4 : parent.width * bar.visualPosition
                height: parent.height
                radius: 2
                color: bar.palette.highlight
            }
        }
    }
    Label {
        objectName: "progressText"
        Layout.fillWidth: true
        visible: status.library.indexing
        color: palette.placeholderText
        font.pointSize: Application.font.pointSize * 0.9
        elide: Text.ElideRight
        text: status.library.progressText
    }
}

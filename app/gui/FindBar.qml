import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Searching inside the open document: Enter goes to the next match, Shift+Enter to the one before.
Item {
    id: bar

    required property SourceReader reader
    signal wanted(text: string)
    signal closeWanted

    function begin() {
        field.forceActiveFocus();
        field.selectAll();
        bar.wanted(field.text);
    }

    implicitHeight: row.implicitHeight + 16

    RowLayout {
        id: row
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 16
            rightMargin: 8
            verticalCenter: parent.verticalCenter
        }
        spacing: 0
        TextField {
            id: field
            objectName: "findField"
            Layout.fillWidth: true
            placeholderText: qsTr("Find in this document")
            Accessible.name: placeholderText
            onTextEdited: pause.restart()
            onVisibleChanged: pause.stop()
            Keys.onReturnPressed: (event) => step(event)
            Keys.onEnterPressed: (event) => step(event)
            Keys.onEscapePressed: bar.closeWanted()

            function step(event: var) {
                if (pause.running) pause.now();
                else if (event.modifiers & Qt.ShiftModifier) bar.reader.findPrevious();
                else bar.reader.findNext();
            }
            Timer {
                id: pause
                interval: 150
                onTriggered: bar.wanted(field.text)
                function now() {
                    stop();
                    bar.wanted(field.text);
                }
            }
        }
        Label {
            objectName: "matchText"
            Layout.leftMargin: 8
            color: palette.placeholderText
            text: {
                if (bar.reader.searching) return qsTr("Searching…");
                if (field.text === "") return "";
                if (bar.reader.matchCount === 0) return qsTr("Not found");
                return qsTr("%1 of %2").arg(bar.reader.matchNumber).arg(bar.reader.matchCount);
            }
            Accessible.name: text
        }
        ActionButton {
            objectName: "previousMatchButton"
            flat: true
            enabled: bar.reader.matchCount > 0
            text: "↑"
            Accessible.name: qsTr("Previous match")
            hint: qsTr("Shift+Enter")
            onClicked: bar.reader.findPrevious()
        }
        ActionButton {
            objectName: "nextMatchButton"
            flat: true
            enabled: bar.reader.matchCount > 0
            text: "↓"
            Accessible.name: qsTr("Next match")
            hint: qsTr("Enter")
            onClicked: bar.reader.findNext()
        }
        ActionButton {
            objectName: "closeFindButton"
            flat: true
            text: "×"
            Accessible.name: qsTr("Close the search")
            hint: qsTr("Esc")
            onClicked: bar.closeWanted()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: palette.midlight
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// How the window is used, in a few sentences, and every key.
Popup {
    id: sheet

    required property ApplicationWindow window

    parent: Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(640, parent.width - 32)
    height: Math.min(column.implicitHeight + 48, parent.height - 48)
    padding: 24
    modal: true
    focus: true
    onAboutToShow: {
        actions.gather(sheet.window, true);
        area.contentItem.contentY = 0;
        closeButton.forceActiveFocus();
    }

    PaletteModel {
        id: actions
    }

    component Sentence: Label {
        Layout.fillWidth: true
        wrapMode: Text.Wrap
    }

    background: Rectangle {
        radius: 8
        color: sheet.palette.base
        border.width: 1
        border.color: sheet.palette.mid
    }
    ScrollView {
        anchors.fill: parent
        id: area
        objectName: "helpArea"
        contentWidth: availableWidth
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Help")

        ColumnLayout {
            id: column
            width: area.availableWidth
            spacing: 8

            RowLayout {
                Label {
                    Layout.fillWidth: true
                    text: qsTr("Help")
                    font.bold: true
                    font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 1.3
                    Accessible.role: Accessible.Heading
                }
                ActionButton {
                    id: closeButton
                    objectName: "helpClose"
                    flat: true
                    text: qsTr("Close")
                    hint: qsTr("Esc")
                    onClicked: sheet.close()
                }
            }
            Sentence {
                text: qsTr("Drop folders or files on the window. Each file can be asked about as soon as it is read.")
            }
            Sentence {
                text: qsTr("Ask in the field at the bottom. The numbers in an answer are its sources: rest the mouse on one to see the passage, click it to open the page.")
            }
            Sentence {
                text: qsTr("Under each answer, “Why this answer?” shows what was found, what was computed and what the model was given.")
            }
            Sentence {
                text: qsTr("Documents, questions and answers stay on this machine.")
            }
            Label {
                Layout.topMargin: 8
                text: qsTr("Keys")
                font.bold: true
                Accessible.role: Accessible.Heading
            }
            Column {
                Layout.fillWidth: true
                Repeater {
                    model: actions
                    delegate: ActionRow {
                        width: parent?.width ?? 0
                        visible: keys !== ""
                        implicitHeight: 24
                        leftPadding: 0
                        hoverEnabled: false
                        focusPolicy: Qt.NoFocus
                    }
                }
            }
        }
    }
}

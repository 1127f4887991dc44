import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// Where a link of an answer leads, before it is opened: Enter opens it, Esc does not.
Popup {
    id: notice

    property string link: ""
    property Item before: null  // had the keyboard's focus
    signal openWanted(link: string)
    signal copyWanted(text: string)

    function ask(where: string, from: Item) {
        link = where;
        before = from;
        open();
        openButton.forceActiveFocus(Qt.TabFocusReason);
    }

    anchors.centerIn: Overlay.overlay
    width: Math.min(520, (Overlay.overlay?.width ?? 600) - 32)
    modal: true
    focus: true
    padding: 16
    onClosed: if (before) before.forceActiveFocus(Qt.OtherFocusReason)
    background: Rectangle {
        radius: 8
        color: notice.palette.base
        border.color: notice.palette.mid
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 16
        Label {
            Layout.fillWidth: true
            text: qsTr("This link leads out of Lectern")
            font.bold: true
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }
        Label {
            objectName: "linkText"
            Layout.fillWidth: true
            text: notice.link
            textFormat: Text.PlainText
            wrapMode: Text.WrapAnywhere
            Accessible.name: qsTr("It leads to %1").arg(text)
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: 8
            ActionButton {
                objectName: "linkCancel"
                text: qsTr("Cancel")
                hint: qsTr("Esc")
                onClicked: notice.close()
            }
            CopyButton {
                objectName: "linkCopy"
                what: qsTr("Copy the link")
                onCopyWanted: notice.copyWanted(notice.link)
            }
            ActionButton {
                id: openButton
                objectName: "linkOpen"
                primary: true
                text: qsTr("Open in the browser")
                onClicked: {
                    notice.openWanted(notice.link);
                    notice.close();
                }
            }
        }
    }
}

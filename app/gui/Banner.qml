import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// A sentence that needs attention, with what to do about it.
Rectangle {
    id: banner

    required property string text
    property string actionText: ""
    property bool calm: false  // nothing is wrong
    signal actionWanted

    visible: text !== ""
    implicitHeight: row.implicitHeight + 20
    color: palette.alternateBase
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Rectangle {
        width: 3
        height: parent.height
        color: banner.calm ? banner.palette.link : banner.palette.brightText
    }
    RowLayout {
        id: row
        anchors {
            left: parent.left
            right: parent.right
            leftMargin: 24
            rightMargin: 16
            verticalCenter: parent.verticalCenter
        }
        spacing: 16

        Label {
            objectName: "bannerText"
            Layout.fillWidth: true
            text: banner.text
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
        }
        ActionButton {
            objectName: "bannerAction"
            visible: banner.actionText !== ""
            text: banner.actionText
            onClicked: banner.actionWanted()
        }
    }
}

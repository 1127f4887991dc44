import QtQuick
import Lectern
import QtQuick.Controls

// A block of code: its language, a button that copies it, and its text, which scrolls sideways.
Rectangle {
    id: block

    required property string html
    required property string code
    required property string language
    readonly property AnswerArea text: view.text
    signal linkChosen(link: string)
    signal copyWanted(text: string)

    implicitHeight: head.height + view.implicitHeight + 12
    radius: 6
    color: palette.alternateBase

    Item {
        id: head
        width: parent.width
        height: 32
        Label {
            objectName: "codeLanguage"
            anchors {
                left: parent.left
                leftMargin: 12
                verticalCenter: parent.verticalCenter
            }
            text: block.language !== "" ? block.language : qsTr("Code")
            textFormat: Text.PlainText
            color: palette.placeholderText
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.85
        }
        CopyButton {
            objectName: "copyCodeButton"
            anchors {
                right: parent.right
                rightMargin: 4
                verticalCenter: parent.verticalCenter
            }
            height: 24
            font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.85
            what: qsTr("Copy the code")
            onCopyWanted: block.copyWanted(block.code)
        }
    }
    SidewaysArea {
        id: view
        x: 12
        y: head.height
        width: parent.width - 24
        html: block.html
        spokenText: block.code
        code: true
        onLinkChosen: (link) => block.linkChosen(link)
    }
}

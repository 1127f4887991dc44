pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// A question and what came of it.
Column {
    id: item

    required property string question
    required property string answer
    required property string plainAnswer
    required property var sources
    required property string figures
    required property string error
    required property bool streaming
    required property bool stopped
    required property bool withoutHits
    required property AssistantController assistant
    required property color accent
    required property color quiet
    required property color line

    property int unfolded: 0  // number of the source that shows its passage; 0: none
    readonly property real small: Qt.application.font.pointSize * 0.9
    readonly property string stageText: {
        switch (assistant.stage) {
        case AssistantController.LoadingModel: return qsTr("Loading the model…");
        case AssistantController.Reading: return qsTr("Reading the passages…");
        case AssistantController.Stopping: return qsTr("Stopping…");
        case AssistantController.Answering: return qsTr("Answering…");
        default: return qsTr("Searching your documents…");
        }
    }

    spacing: 12

    Rectangle {
        width: parent.width
        height: questionText.implicitHeight + 20
        radius: 8
        color: palette.alternateBase
        Label {
            id: questionText
            anchors {
                left: parent.left
                right: parent.right
                margins: 14
                verticalCenter: parent.verticalCenter
            }
            text: item.question
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.bold: true
            Accessible.name: qsTr("You asked: %1").arg(text)
        }
    }

    Text {
        objectName: "answerText"
        width: parent.width
        visible: item.answer !== ""
        text: item.answer
        textFormat: Text.MarkdownText
        wrapMode: Text.Wrap
        color: palette.text
        linkColor: item.accent
        lineHeight: 1.2
        Accessible.role: Accessible.StaticText
        Accessible.name: item.streaming ? qsTr("Answer") : item.plainAnswer
        onLinkActivated: (link) => {
            const number = link.startsWith("source:") ? parseInt(link.slice(7)) : 0;
            if (number > 0) item.unfolded = item.unfolded === number ? 0 : number;
        }
        HoverHandler {
            cursorShape: parent.hoveredLink.startsWith("source:") ? Qt.PointingHandCursor : Qt.ArrowCursor
        }
    }

    Row {
        visible: item.streaming
        spacing: 8
        BusyIndicator {
            width: 18
            height: 18
            padding: 0
            running: item.streaming
            Accessible.ignored: true
        }
        Label {
            objectName: "stageText"
            color: item.quiet
            text: item.stageText
        }
    }

    Rectangle {
        width: parent.width
        height: errorText.implicitHeight + 20
        visible: item.error !== ""
        radius: 8
        color: "transparent"
        border.color: palette.brightText
        Label {
            id: errorText
            objectName: "errorText"
            anchors {
                left: parent.left
                right: parent.right
                margins: 14
                verticalCenter: parent.verticalCenter
            }
            text: item.error
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }

    Label {
        width: parent.width
        visible: item.stopped || item.withoutHits
        color: item.quiet
        wrapMode: Text.Wrap
        text: item.stopped ? qsTr("Stopped.") : qsTr("No passage of your documents matches. Try other words, or add the documents that would say it.")
    }

    Column {
        width: parent.width
        spacing: 2
        visible: item.sources.length > 0
        Label {
            bottomPadding: 4
            text: qsTr("Sources")
            color: item.quiet
            font.pointSize: item.small
        }
        Repeater {
            model: item.sources
            delegate: SourceItem {
                width: item.width
                unfolded: item.unfolded === number
                accent: item.accent
                quiet: item.quiet
                line: item.line
                onUnfoldToggled: item.unfolded = unfolded ? 0 : number
                onOpened: item.assistant.openFile(path)
            }
        }
    }

    RowLayout {
        width: parent.width
        visible: !item.streaming && item.error === "" && item.plainAnswer !== ""
        spacing: 8
        Label {
            objectName: "figuresText"
            Layout.fillWidth: true
            color: item.quiet
            font.pointSize: item.small
            wrapMode: Text.Wrap
            text: item.figures
        }
        ToolButton {
            text: qsTr("Copy")
            Accessible.name: qsTr("Copy the answer")
            Keys.onReturnPressed: clicked()
            onClicked: item.assistant.copyText(item.plainAnswer)
        }
    }
}

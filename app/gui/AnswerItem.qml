pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls

// A question and what came of it.
Column {
    id: item

    required property int index
    required property string question
    required property AnswerBlockModel blocks
    required property string answer
    required property var sources
    required property string figures
    required property var why
    required property string error
    required property bool streaming
    required property bool stopped
    required property bool withoutHits
    required property string contextNote
    required property string scopeNames
    required property string searchedFor
    required property AssistantController assistant
    signal partOpened(part: Item)  // by hand: it should be seen
    signal sourceWanted(number: int)
    signal editWanted
    signal linkChosen(link: string, from: Item)

    property bool whyUnfolded: false
    property int unfolded: 0  // number of the source that shows its passage; 0: none
    readonly property real inset: 14
    readonly property real small: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
    readonly property string stageText: {
        switch (assistant.stage) {
        case AssistantController.LoadingModel: return qsTr("Loading the model…");
        case AssistantController.Reading:
            return sources.length > 0 ? qsTr("Reading %1 passages…").arg(sources.length) : qsTr("Reading the passages…");
        case AssistantController.Stopping: return qsTr("Stopping…");
        case AssistantController.Answering: return qsTr("Answering…");
        default: return qsTr("Searching your documents…");
        }
    }

    function unfold(number: int) {
        for (let i = 0; i < sourceRows.count; ++i) {
            const row = sourceRows.itemAt(i) as SourceItem;
            if (row && row.number === number) partOpened(row);
        }
        unfolded = unfolded === number ? 0 : number;
    }

    spacing: 12

    Label {
        objectName: "contextNote"
        x: item.inset
        width: parent.width - 2 * item.inset
        visible: text !== ""
        text: item.contextNote
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        color: palette.placeholderText
        font.pointSize: item.small
    }
    QuestionItem {
        width: parent.width
        inset: item.inset
        question: item.question
        scopeNames: item.scopeNames
        canEdit: item.assistant.canAsk
        onEditWanted: item.editWanted()
        onCopyWanted: item.assistant.turns.copyQuestion(item.index)
    }

    Label {
        objectName: "searchedFor"
        x: item.inset
        width: parent.width - 2 * item.inset
        visible: item.searchedFor !== ""
        text: qsTr("Searched for: %1").arg(item.searchedFor)
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: palette.placeholderText
        font.pointSize: item.small
    }
    AnswerText {
        objectName: "answerText"
        x: item.inset
        width: parent.width - 2 * item.inset
        visible: item.blocks !== null && item.blocks.count > 0
        blocks: item.blocks
        sources: item.sources
        onSourceChosen: (number) => item.sourceWanted(number)
        onLinkChosen: (link, from) => item.linkChosen(link, from)
        onCopyWanted: (text) => item.assistant.copyText(text)
    }

    Row {
        x: item.inset
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
            height: 18
            verticalAlignment: Text.AlignVCenter
            color: palette.placeholderText
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
                margins: item.inset
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
        objectName: "noteText"
        x: item.inset
        width: parent.width - 2 * item.inset
        visible: text !== ""
        color: palette.placeholderText
        wrapMode: Text.Wrap
        text: {
            if (item.stopped) return qsTr("Stopped.");
            if (!item.withoutHits) return "";
            return qsTr("No passage of your documents matches. Try other words, or add the documents that would say it.");
        }
    }

    Column {
        width: parent.width
        spacing: 0
        visible: item.sources.length > 0
        Label {
            leftPadding: item.inset
            bottomPadding: 4
            text: qsTr("Sources")
            color: palette.placeholderText
            font.pointSize: item.small
            Accessible.role: Accessible.Heading
        }
        Repeater {
            id: sourceRows
            model: item.sources
            delegate: SourceItem {
                width: item.width
                inset: item.inset
                unfolded: item.unfolded === number
                onUnfoldToggled: item.unfold(number)
                onShown: item.sourceWanted(number)
            }
        }
    }

    FiguresLine {
        objectName: "figuresText"
        width: parent.width
        visible: !item.streaming && !item.withoutHits && item.error === "" && item.answer !== ""
        inset: item.inset
        text: item.figures
        font.pointSize: item.small
        unfolded: item.whyUnfolded
        enabled: item.why.passages !== undefined
        onClicked: {
            item.whyUnfolded = !item.whyUnfolded;
            if (item.whyUnfolded) item.partOpened(reasons.itemAt(0));
        }
    }
    Repeater {  // it is made when it is unfolded
        id: reasons
        model: item.whyUnfolded ? [item.why] : []
        delegate: WhyAnswer {
            required property var modelData
            objectName: "whyAnswer"
            x: item.inset
            width: item.width - 2 * item.inset
            account: modelData
            onSourceWanted: (number) => item.sourceWanted(number)
            onCopyWanted: (text) => item.assistant.copyText(text)
        }
    }
    AnswerActions {
        x: item.inset
        width: parent.width - 2 * item.inset
        visible: !item.streaming
        assistant: item.assistant
        row: item.index
        last: item.index === item.assistant.conversation.count - 1
        answered: item.answer !== ""
    }
}

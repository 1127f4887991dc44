pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Why this answer: its passages and what was left out, where the time went, what became of the
// passages' tokens, the prompt.
Column {
    id: why

    required property var account  // of why_answer.h
    readonly property real small: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
    readonly property int mostTokens: {
        let most = 1;
        for (const passage of account.passages) most = Math.max(most, countOf(passage.tokens));
        return most;
    }
    signal sourceWanted(number: int)
    signal copyWanted(text: string)

    function countOf(tokens: var): int {
        let n = 0;
        for (let i = 1; i < tokens.length; i += 2) n += tokens[i];
        return n;
    }

    spacing: 8

    component Title: Label {
        topPadding: 8
        font.bold: true
        font.pointSize: why.small
        Accessible.role: Accessible.Heading
    }
    component Quiet: Label {
        textFormat: Text.PlainText
        color: palette.placeholderText
        font.pointSize: why.small
        elide: Text.ElideRight
    }

    Quiet {
        width: parent.width
        visible: text !== ""
        text: why.account.fidelity
        wrapMode: Text.Wrap
    }

    Quiet {
        objectName: "whySearchedFor"
        width: parent.width
        visible: why.account.searchedFor !== ""
        text: qsTr("The question leans on the one before. Searched for: %1").arg(why.account.searchedFor)
        wrapMode: Text.Wrap
    }
    Title {
        text: qsTr("Passages, by how near their meaning and their words come to the question")
        width: parent.width
        wrapMode: Text.Wrap
    }
    WhyPassages {
        objectName: "whyPassages"
        width: parent.width
        passages: why.account.passages
        small: why.small
        onSourceWanted: (number) => why.sourceWanted(number)
    }
    Title {
        visible: why.account.leftOut.length > 0
        text: qsTr("Found, and left out")
    }
    WhyPassages {
        objectName: "whyLeftOut"
        width: parent.width
        visible: why.account.leftOut.length > 0
        passages: why.account.leftOut
        small: why.small
    }

    Title {
        visible: timeline.visible
        text: qsTr("Time to the first word")
    }
    WhyTimeline {
        id: timeline
        width: parent.width
        visible: why.account.parts.length > 0
        account: why.account
        small: why.small
    }

    Title {
        text: qsTr("The passages' tokens")
    }
    Row {
        spacing: 16
        Repeater {
            model: [
                {"name": qsTr("as stored"), "state": TokenStrip.Reused},
                {"name": qsTr("as stored, corrected"), "state": TokenStrip.Corrected},
                {"name": qsTr("recomputed"), "state": TokenStrip.Recomputed}
            ]
            delegate: Row {
                id: legend
                required property var modelData
                spacing: 8
                Strip {
                    y: 4
                    width: 12
                    height: 8
                    tokens: [legend.modelData.state, 1]
                    capacity: 1
                }
                Quiet {
                    text: legend.modelData.name
                }
            }
        }
    }
    Repeater {
        model: why.account.passages
        delegate: RowLayout {
            id: strip
            required property var modelData
            width: why.width
            visible: modelData.tokens.length > 0
            spacing: 8
            Quiet {
                Layout.preferredWidth: 24
                text: qsTr("[%1]").arg(strip.modelData.number)
            }
            Strip {
                objectName: "tokenStrip"
                Layout.fillWidth: true
                Layout.preferredHeight: 12
                tokens: strip.modelData.tokens
                capacity: why.mostTokens
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Passage %1, %2").arg(strip.modelData.number).arg(strip.modelData.tokensText)
            }
        }
    }
    component Strip: TokenStrip {
        reusedColor: palette.mid
        correctedColor: Qt.alpha(palette.link, 0.45)
        recomputedColor: palette.link
    }
    Quiet {
        objectName: "whyTokens"
        width: parent.width
        text: why.account.tokensText
        wrapMode: Text.Wrap
    }

    RowLayout {
        width: parent.width
        Title {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignBottom
            text: qsTr("The prompt, word for word")
        }
        ActionButton {
            objectName: "copyPromptButton"
            Layout.alignment: Qt.AlignBottom
            Layout.bottomMargin: -6  // its text stands beside the title
            Layout.rightMargin: -rightPadding
            flat: true
            text: qsTr("Copy")
            Accessible.name: qsTr("Copy the prompt")
            onClicked: why.copyWanted(why.account.prompt)
        }
    }
    ScrollView {
        width: parent.width
        height: Math.min(240, promptText.implicitHeight)
        contentWidth: availableWidth
        background: Rectangle {
            radius: 6
            color: palette.base
            border.color: palette.midlight
        }
        TextArea {
            id: promptText
            objectName: "promptText"
            padding: 8
            background: null
            text: why.account.prompt
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            readOnly: true
            selectByMouse: true
            font.family: "monospace"
            font.pointSize: why.small
            Accessible.name: qsTr("Prompt")
            Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        }
    }
}

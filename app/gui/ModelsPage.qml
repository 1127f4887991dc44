pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Dialogs
import QtQuick.Layouts

// The models: what is on this machine and what can be had, the search for others, and every access
// to the network.
FocusScope {
    id: page

    required property AssistantController assistant
    readonly property ModelsController models: assistant.models

    /// The control that the keyboard has come to is in sight.
    function follow(item: Item) {
        for (let above = item; above; above = above.parent) {
            if (above !== column) continue;
            const flickable = scroll.contentItem as Flickable;
            const top = item.mapToItem(column, 0, 0).y;
            if (top < flickable.contentY) flickable.contentY = Math.max(0, top - 16);
            const bottom = top + item.height + 16;
            if (bottom > flickable.contentY + flickable.height) flickable.contentY = bottom - flickable.height;
            return;
        }
    }

    Connections {
        target: page.Window.window
        function onActiveFocusItemChanged() {
            page.follow(page.Window.activeFocusItem);
        }
    }
    FileDialog {
        id: importDialog
        objectName: "importDialog"
        title: qsTr("Import a model")
        nameFilters: [qsTr("Models (*.gguf)")]
        onAccepted: page.models.importFile(selectedFile)
    }

    ScrollView {
        id: scroll
        objectName: "modelsScroll"
        anchors.fill: parent
        focus: true
        contentWidth: availableWidth

        ColumnLayout {
            id: column
            x: Math.max(24, (scroll.availableWidth - width) / 2)
            width: Math.min(760, scroll.availableWidth - 48)
            spacing: 8

            RowLayout {
                Layout.topMargin: 16
                spacing: 8
                Label {
                    Layout.fillWidth: true
                    text: qsTr("Models")
                    font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 1.4
                    Accessible.role: Accessible.Heading
                }
                ActionButton {
                    objectName: "importModel"
                    focus: true
                    text: qsTr("Import…")
                    Accessible.name: qsTr("Import a model from a file")
                    hint: qsTr("A GGUF file; it may also be dropped on the window")
                    onClicked: importDialog.open()
                }
            }
            Label {
                objectName: "alsoNeeded"
                Layout.fillWidth: true
                visible: text !== ""
                text: page.models.alsoNeeded
                wrapMode: Text.Wrap
            }
            Banner {
                objectName: "modelsMessage"
                Layout.fillWidth: true
                text: page.models.message
                calm: !page.models.messageIsProblem
                actionText: qsTr("Close")
                onActionWanted: page.models.dismissMessage()
            }
            Banner {
                objectName: "swapBanner"
                Layout.fillWidth: true
                text: page.models.swapText
                calm: true
                actionText: qsTr("Close")
                onActionWanted: page.models.dismissSwap()
            }
            ModelList {
                objectName: "modelList"
                Layout.fillWidth: true
                Layout.preferredHeight: contentHeight
                models: page.models
            }
            Label {
                Layout.topMargin: 24
                text: qsTr("Search for others")
                font.bold: true
                Accessible.role: Accessible.Heading
            }
            HubSearch {
                id: search
                Layout.fillWidth: true
                models: page.models
            }
            Label {
                Layout.topMargin: 24
                text: qsTr("Network accesses")
                font.bold: true
                Accessible.role: Accessible.Heading
            }
            NetworkLogList {
                id: accesses
                objectName: "networkLog"
                Layout.fillWidth: true
                Layout.preferredHeight: Math.max(48, Math.min(240, contentHeight))
                Layout.bottomMargin: 24
                Connections {
                    target: search.hub
                    function onChanged() {
                        accesses.refresh();
                    }
                }
                Connections {
                    target: page.models
                    function onBriefChanged() {
                        accesses.refresh();
                    }
                }
            }
        }
    }
}

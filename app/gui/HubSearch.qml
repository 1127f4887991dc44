pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// Search of the hub for other models: repositories, and the files of one.
ColumnLayout {
    id: search

    required property ModelsController models
    readonly property HubController hub: HubController {
        models: search.models
    }
    readonly property real small: Application.font.pointSize * 0.9

    spacing: 8

    Label {
        Layout.fillWidth: true
        wrapMode: Text.Wrap
        color: palette.placeholderText
        text: qsTr("Other models are looked for on %1. What you type here is sent there, and nothing else.").arg(search.hub.host)
    }
    RowLayout {
        spacing: 8
        SearchField {
            id: words
            objectName: "hubWords"
            Layout.fillWidth: true
            placeholderText: qsTr("Name of a model, such as Qwen3 4B")
            Accessible.name: qsTr("Search for models")
            onAccepted: search.hub.search(text)
        }
        ActionButton {
            objectName: "hubSearchButton"
            text: qsTr("Search")
            enabled: words.text.trim() !== ""
            onClicked: search.hub.search(words.text)
        }
    }
    ProgressBar {
        Layout.fillWidth: true
        visible: search.hub.busy
        indeterminate: true
        Accessible.name: qsTr("Searching")
    }
    Label {
        objectName: "hubProblem"
        Layout.fillWidth: true
        visible: text !== ""
        wrapMode: Text.Wrap
        text: search.hub.problem
        textFormat: Text.PlainText
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
    Repeater {
        model: search.hub.repositories
        delegate: ColumnLayout {
            id: repository
            required property var modelData
            readonly property bool unfolded: search.hub.repository === modelData.id
            Layout.fillWidth: true
            spacing: 4
            RowLayout {
                spacing: 8
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0
                    Label {
                        Layout.fillWidth: true
                        text: repository.modelData.id
                        textFormat: Text.PlainText
                        elide: Text.ElideMiddle
                    }
                    Label {
                        Layout.fillWidth: true
                        text: repository.modelData.detail
                        textFormat: Text.PlainText
                        elide: Text.ElideRight
                        color: palette.placeholderText
                        font.pointSize: search.small
                    }
                }
                ActionButton {
                    objectName: "hubOpen"
                    visible: !repository.unfolded
                    enabled: repository.modelData.open
                    text: qsTr("Files")
                    Accessible.name: qsTr("Files of %1").arg(repository.modelData.id)
                    onClicked: search.hub.openRepository(repository.modelData.id)
                }
            }
            Repeater {
                model: repository.unfolded ? search.hub.files : []
                delegate: RowLayout {
                    id: file
                    required property var modelData
                    Layout.leftMargin: 16
                    spacing: 8
                    Label {
                        objectName: "hubFile"
                        Layout.fillWidth: true
                        text: file.modelData.name
                        textFormat: Text.PlainText
                        elide: Text.ElideMiddle
                    }
                    Label {
                        text: file.modelData.detail
                        color: file.modelData.fits ? palette.placeholderText : palette.brightText
                        font.pointSize: search.small
                    }
                    ActionButton {
                        objectName: "hubGet"
                        text: qsTr("Download")
                        Accessible.name: qsTr("Download %1").arg(file.modelData.name)
                        onClicked: search.hub.get(file.modelData.name)
                    }
                }
            }
        }
    }
}

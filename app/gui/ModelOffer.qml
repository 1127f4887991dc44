import QtQuick
import Lectern
import QtQuick.Layouts
import QtQuick.Controls

// While documents are read: the best model that fits this machine, to be had at a press.
Rectangle {
    id: offer

    required property AssistantController assistant
    readonly property ModelsController models: assistant.models
    signal modelsWanted

    visible: models.offerName !== "" && assistant.library.indexing
    implicitHeight: rows.implicitHeight + 24
    radius: 8
    color: palette.base
    border.color: palette.midlight
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("A model is offered")

    ColumnLayout {
        id: rows
        anchors {
            left: parent.left
            right: parent.right
            margins: 16
            verticalCenter: parent.verticalCenter
        }
        spacing: 8
        Label {
            objectName: "offerText"
            Layout.fillWidth: true
            text: offer.models.offerText
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
        }
        RowLayout {
            spacing: 8
            ActionButton {
                objectName: "offerDownload"
                text: qsTr("Download")
                Accessible.name: qsTr("Download the model that is offered")
                onClicked: {
                    offer.models.download(offer.models.offerName);
                    offer.models.dismissOffer();
                    offer.modelsWanted();
                }
            }
            ActionButton {
                objectName: "offerModels"
                flat: true
                text: qsTr("All models")
                onClicked: offer.modelsWanted()
            }
            Item {
                Layout.fillWidth: true
            }
            ActionButton {
                objectName: "offerDismiss"
                flat: true
                text: qsTr("Not now")
                onClicked: offer.models.dismissOffer()
            }
        }
    }
}

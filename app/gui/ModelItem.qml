import QtQuick
import Lectern
import QtQuick.Controls
import QtQuick.Layouts

// A model: what it takes and gives, what is being done with it, and what can be.
Rectangle {
    id: item

    required property ModelsController models
    required property string name
    required property string title
    required property string note
    required property string figures
    required property string speed
    required property string misfit
    required property bool installed
    required property bool used
    required property bool answers
    required property bool started
    required property bool verifiable
    required property string freed
    required property int activity
    required property real share
    required property string progress
    required property string problem
    required property string done
    readonly property bool idle: activity === ModelListModel.Idle
    readonly property bool fetching: !installed && !idle
    readonly property real small: Application.font.pointSize * 0.9
    property bool removing: false  // it is asked whether to

    implicitHeight: rows.implicitHeight + 24
    radius: 8
    color: palette.base
    border.color: used ? palette.link : palette.midlight
    Accessible.role: Accessible.ListItem
    Accessible.name: used ? qsTr("%1, answers now").arg(title) : title
    Accessible.description: qsTr("%1 %2 %3 %4 %5").arg(note).arg(figures).arg(speed).arg(misfit).arg(progress)

    ColumnLayout {
        id: rows
        anchors {
            left: parent.left
            right: parent.right
            margins: 16
            verticalCenter: parent.verticalCenter
        }
        spacing: 4

        RowLayout {
            spacing: 8
            Label {
                objectName: "modelTitle"
                Layout.fillWidth: true
                text: item.title
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.bold: true
            }
            Label {
                objectName: "usedText"
                visible: item.used
                color: palette.link
                text: qsTr("Answers now")
            }
        }
        Label {
            objectName: "modelNote"
            Layout.fillWidth: true
            visible: text !== ""
            text: item.note
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
        }
        Label {
            objectName: "modelFigures"
            Layout.fillWidth: true
            text: item.figures
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: palette.placeholderText
            font.pointSize: item.small
        }
        Label {
            objectName: "modelSpeed"
            Layout.fillWidth: true
            visible: text !== ""
            text: item.speed
            wrapMode: Text.Wrap
            color: palette.placeholderText
            font.pointSize: item.small
        }
        Label {
            objectName: "modelMisfit"
            Layout.fillWidth: true
            visible: text !== ""
            text: item.misfit
            wrapMode: Text.Wrap
            color: palette.brightText
            font.pointSize: item.small
        }
        ProgressBar {
            id: bar
            Layout.fillWidth: true
            Layout.topMargin: 4
            visible: !item.idle
            indeterminate: item.share < 0
            value: Math.max(0, item.share)
            Accessible.name: qsTr("Progress of %1").arg(item.title)
            background: Rectangle {
                implicitHeight: 4
                radius: 2
                color: bar.palette.midlight
            }
            contentItem: Item {
                Rectangle {
                    width: bar.indeterminate ? parent.width / 4 : parent.width * bar.visualPosition
                    height: parent.height
                    radius: 2
                    color: bar.palette.highlight
                }
            }
        }
        Label {
            objectName: "modelProgress"
            Layout.fillWidth: true
            visible: !item.idle
            text: item.progress
            elide: Text.ElideRight
            color: palette.placeholderText
            font.pointSize: item.small
        }
        Label {
            objectName: "modelProblem"
            Layout.fillWidth: true
            visible: text !== ""
            text: item.problem
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: palette.brightText
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        Label {
            objectName: "modelDone"
            Layout.fillWidth: true
            visible: text !== ""
            text: item.done
            wrapMode: Text.Wrap
        }
        Flow {
            Layout.fillWidth: true
            Layout.topMargin: 4
            spacing: 8
            visible: !item.removing
            ActionButton {
                objectName: "useModel"
                visible: item.installed && item.answers && !item.used
                text: qsTr("Answer with it")
                Accessible.name: qsTr("Answer with %1").arg(item.title)
                onClicked: item.models.use(item.name)
            }
            ActionButton {
                objectName: "downloadModel"
                visible: !item.installed && item.idle
                text: item.started ? qsTr("Go on") : qsTr("Download")
                Accessible.name: (item.started ? qsTr("Go on downloading %1") : qsTr("Download %1")).arg(item.title)
                onClicked: item.models.download(item.name)
            }
            ActionButton {
                objectName: "pauseModel"
                visible: item.fetching
                text: qsTr("Pause")
                Accessible.name: qsTr("Pause downloading %1").arg(item.title)
                onClicked: item.models.pause(item.name)
            }
            ActionButton {
                objectName: "cancelModel"
                visible: item.fetching || item.started && item.idle
                flat: true
                text: qsTr("Give up")
                Accessible.name: qsTr("Give up downloading %1").arg(item.title)
                hint: qsTr("What came of it is thrown away")
                onClicked: item.models.cancel(item.name)
            }
            ActionButton {
                objectName: "stopModelWork"
                visible: item.installed && !item.idle
                text: qsTr("Stop")
                Accessible.name: qsTr("Stop what is done with %1").arg(item.title)
                onClicked: item.models.stopWork(item.name)
            }
            ActionButton {
                objectName: "measureModel"
                visible: item.installed && item.answers && item.idle
                flat: true
                text: qsTr("Measure")
                Accessible.name: qsTr("Measure the speed of %1").arg(item.title)
                onClicked: item.models.measure(item.name)
            }
            ActionButton {
                objectName: "verifyModel"
                visible: item.verifiable && item.idle
                flat: true
                text: qsTr("Verify")
                Accessible.name: qsTr("Compare %1 with its checksum").arg(item.title)
                onClicked: item.models.verify(item.name)
            }
            ActionButton {
                objectName: "removeModel"
                visible: item.installed && item.idle
                flat: true
                text: qsTr("Remove…")
                Accessible.name: qsTr("Remove %1").arg(item.title)
                onClicked: {
                    item.removing = true;
                    keepButton.forceActiveFocus(Qt.OtherFocusReason);
                }
            }
        }
        RowLayout {
            Layout.topMargin: 4
            visible: item.removing
            spacing: 8
            Label {
                objectName: "removeText"
                Layout.fillWidth: true
                wrapMode: Text.Wrap
                text: qsTr("Removing it frees %1 of disk.").arg(item.freed)
            }
            ActionButton {
                id: keepButton
                objectName: "keepModel"
                text: qsTr("Keep")
                onClicked: item.removing = false
            }
            ActionButton {
                objectName: "removeModelNow"
                text: qsTr("Remove")
                Accessible.name: qsTr("Remove %1 now").arg(item.title)
                onClicked: {
                    item.removing = false;
                    item.models.remove(item.name);
                }
            }
        }
    }
}

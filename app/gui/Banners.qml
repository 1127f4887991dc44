pragma ComponentBehavior: Bound

import QtQuick
import Lectern
import QtQuick.Layouts

// What stands above the composer until it is dealt with: what is wrong, what has happened, and the
// one thing to do about it.
ColumnLayout {
    id: banners

    required property AssistantController assistant
    signal modelsWanted

    spacing: 0

    Banner {
        objectName: "modelBanner"
        Layout.fillWidth: true
        text: banners.assistant.modelProblem
        actionText: qsTr("Models")
        onActionWanted: banners.modelsWanted()
    }
    Banner {
        objectName: "libraryBanner"
        Layout.fillWidth: true
        text: banners.assistant.library.error
        actionText: qsTr("Try again")
        onActionWanted: banners.assistant.library.resumeIndexing()
    }
    Banner {
        objectName: "readOnlyBanner"
        Layout.fillWidth: true
        text: banners.assistant.library.readOnly ? qsTr("Documents cannot be added here now: another Lectern is adding to this library, or its folder is read-only. Questions work.") : ""
        actionText: qsTr("Look again")
        onActionWanted: banners.assistant.refresh()
    }
    Banner {
        objectName: "noticeBanner"
        Layout.fillWidth: true
        text: banners.assistant.notice
        actionText: qsTr("Close")
        onActionWanted: banners.assistant.dismissNotice()
    }
    Banner {
        objectName: "removedBanner"
        Layout.fillWidth: true
        readonly property string title: banners.assistant.chats.removedTitle
        text: title !== "" ? qsTr("The chat “%1” was deleted.").arg(title) : ""
        actionText: qsTr("Undo")
        onActionWanted: banners.assistant.chats.undoRemove()
    }
    Banner {
        objectName: "takenBanner"
        Layout.fillWidth: true
        text: banners.assistant.turns.takenText
        actionText: banners.assistant.busy ? "" : qsTr("Undo")
        onActionWanted: banners.assistant.turns.undo()
    }
}

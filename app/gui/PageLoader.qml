import QtQuick
import Lectern
import QtQuick.Layouts

// Holds a page while it is shown, and gives it the keyboard. By its file: a Loader of this version
// of Qt makes no bound components.
Loader {
    id: loader

    required property AssistantController assistant
    required property string page
    required property bool shown

    Layout.fillWidth: true
    Layout.fillHeight: true
    active: shown
    visible: shown
    onLoaded: (item as Item).forceActiveFocus()
    Component.onCompleted: setSource(page, { assistant: loader.assistant })
}

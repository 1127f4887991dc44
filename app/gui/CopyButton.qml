import QtQuick

// Copies something, and says for a moment that it did.
ActionButton {
    id: button

    required property string what  // for screen readers
    property string label: qsTr("Copy")
    property bool copied: false
    signal copyWanted

    flat: true
    text: copied ? qsTr("Copied") : label
    Accessible.name: what
    onClicked: {
        copyWanted();
        copied = true;
        forget.restart();
    }
    Timer {
        id: forget
        interval: 2000
        onTriggered: button.copied = false
    }
}

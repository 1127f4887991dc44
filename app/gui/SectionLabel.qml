import QtQuick
import QtQuick.Controls

// The heading of a section.
Label {
    required property string section

    topPadding: 16
    bottomPadding: 4
    font.pointSize: (ApplicationWindow.window?.font.pointSize ?? Application.font.pointSize) * 0.9
    font.bold: true
    color: palette.placeholderText
    text: section
    Accessible.role: Accessible.Heading
}

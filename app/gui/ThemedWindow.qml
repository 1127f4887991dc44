import QtQuick
import QtQuick.Controls

// A window in the application's colours, light or dark. Everything takes its colours from the
// palette: link is the accent, placeholderText what is said quietly, brightText what went wrong,
// midlight hairlines, mid the edges of controls.
ApplicationWindow {
    id: window

    property string theme: "system"  // or light, dark
    property bool dark: theme === "dark" || (theme === "system" && systemPalette.window.hslLightness < 0.5)

    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    palette {
        window: window.dark ? "#1e2126" : "#f7f8fa"
        windowText: window.dark ? "#e4e7eb" : "#1d2229"
        base: window.dark ? "#262a31" : "#ffffff"
        alternateBase: window.dark ? "#2d323b" : "#e9edf2"
        text: window.dark ? "#e4e7eb" : "#1d2229"
        button: window.dark ? "#343a44" : "#f0f2f5"
        buttonText: window.dark ? "#e4e7eb" : "#1d2229"
        brightText: window.dark ? "#ff9a8f" : "#a8281c"
        highlight: window.dark ? "#3d75b8" : "#2563a6"
        highlightedText: "#ffffff"
        link: window.dark ? "#8abcf5" : "#1d5a9e"
        placeholderText: window.dark ? "#a3a9b3" : "#5a626e"
        toolTipBase: window.dark ? "#343a44" : "#ffffff"
        toolTipText: window.dark ? "#e4e7eb" : "#1d2229"
        light: window.dark ? "#454c58" : "#ffffff"
        midlight: window.dark ? "#3a4049" : "#dde1e7"
        mid: window.dark ? "#565e6b" : "#b9c0c9"
        dark: window.dark ? "#14161a" : "#8b939e"
        shadow: window.dark ? "#0c0e10" : "#6a727d"
    }

    SystemPalette {
        id: systemPalette
    }
}

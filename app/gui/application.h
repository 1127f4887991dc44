// What the application is to the desktop: its name there, its mark, and the documents it is started
// with.
#pragma once

#include <QIcon>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace lectern {

/// The name of the menu entry's file, by which desktops find the window's entry and icon.
inline constexpr const char* kDesktopEntry = "org.lectern.Lectern";

/// Drawn from the SVG in the program at any size; needs the application and Qt's SVG plug-in. Null
/// where the plug-in is missing.
QIcon application_icon();

/// The documents that `lectern FILE…` was started with, as file managers call it: paths, those that
/// are relative from `folder` on, or URLs. Whether they exist is not looked at.
QList<QUrl> document_urls(const QStringList& arguments, const QString& folder);

}  // namespace lectern

// Showing a file where it lies, in the desktop's file manager.
#pragma once

#include <QString>

namespace lectern {

/// Has the file manager show the file, chosen in its folder; where none answers that it does, opens
/// the folder. Returns at once. The window's thread.
void show_in_file_manager(const QString& path);

}  // namespace lectern

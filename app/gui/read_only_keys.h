// Keys of the window while a text that cannot be edited has the focus.
#pragma once

class QObject;

namespace lectern {

/// A read-only TextEdit of Qt 6.4 takes every key before shortcuts see it, though it does nothing
/// with them. From here on it leaves them, to the items around it first. Once an application, which
/// owns what does it.
void pass_keys_by_read_only_texts(QObject& application);

}  // namespace lectern

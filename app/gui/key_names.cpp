#include "app/gui/key_names.h"

#include <QKeySequence>

namespace lectern {

QString native_keys(const QVariant& shortcut) {
    const bool is_standard = shortcut.typeId() == QMetaType::Int;  // as QML has them
    const QKeySequence keys =
        is_standard ? QKeySequence(static_cast<QKeySequence::StandardKey>(shortcut.toInt()))
                    : QKeySequence(shortcut.toString());
    return keys.toString(QKeySequence::NativeText);
}

}  // namespace lectern

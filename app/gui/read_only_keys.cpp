#include "app/gui/read_only_keys.h"

#include <QEvent>
#include <QObject>
#include <QVariant>

namespace lectern {
namespace {

class PassingBy : public QObject {
  public:
    using QObject::QObject;
    bool eventFilter(QObject* receiver, QEvent* event) override {
        if (event->type() != QEvent::ShortcutOverride || !receiver->inherits("QQuickTextEdit") ||
            !receiver->property("readOnly").toBool())
            return false;
        event->ignore();
        return true;
    }
};

}  // namespace

void pass_keys_by_read_only_texts(QObject& application) {
    application.installEventFilter(new PassingBy(&application));
}

}  // namespace lectern

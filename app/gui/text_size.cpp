#include "app/gui/text_size.h"

#include <QGuiApplication>

namespace lectern {

TextSize::TextSize() : m_system(QGuiApplication::font()) {}

TextSize::~TextSize() { QGuiApplication::setFont(m_system); }

void TextSize::scale(int percent) {
    QFont scaled = m_system;
    if (scaled.pointSizeF() > 0)
        scaled.setPointSizeF(m_system.pointSizeF() * percent / 100);
    else
        scaled.setPixelSize(m_system.pixelSize() * percent / 100);
    if (scaled != QGuiApplication::font()) QGuiApplication::setFont(scaled);
}

}  // namespace lectern

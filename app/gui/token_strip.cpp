#include "app/gui/token_strip.h"

#include <QPainter>

namespace lectern {

TokenStrip::State TokenStrip::state_of(TokenState state) {
    switch (state) {
        case TokenState::kReused:
            return Reused;
        case TokenState::kCorrected:
            return Corrected;
        case TokenState::kRecomputed:
            break;
    }
    return Recomputed;
}

TokenStrip::TokenStrip(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAntialiasing(true);  // runs narrower than a pixel count by their share of it
    connect(this, &TokenStrip::lookChanged, this, [this] { update(); });
}

void TokenStrip::paint(QPainter* painter) {
    if (m_capacity <= 0) return;
    painter->setPen(Qt::NoPen);
    const qreal token_width = width() / m_capacity;
    int at = 0;
    for (qsizetype i = 0; i + 1 < m_tokens.size(); i += 2) {
        const int state = m_tokens[i].toInt();
        const int n = m_tokens[i + 1].toInt();
        const QRectF run(at * token_width, 0, n * token_width, height());
        painter->fillRect(run, state == Reused      ? m_reused_color
                               : state == Corrected ? m_corrected_color
                                                    : m_recomputed_color);
        at += n;
    }
}

}  // namespace lectern

#include "app/gui/pdf_page_item.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGTexture>
#include <algorithm>

namespace lectern {
namespace {

constexpr int kMaxPixels = 4096;  ///< of a side: what every graphics driver takes as a texture

}  // namespace

PdfPageItem::PdfPageItem(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
    connect(this, &PdfPageItem::sourceChanged, this, &QQuickItem::polish);
}

PdfPageItem::~PdfPageItem() { m_drawing.request_stop(); }

void PdfPageItem::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    if (now.size() == before.size()) return;
    polish();
    update();
}

void PdfPageItem::updatePolish() {
    if (m_pages == nullptr || window() == nullptr || width() < 1 || height() < 1) return;
    const qreal ratio = window()->effectiveDevicePixelRatio();
    QSize pixels(qRound(width() * ratio), qRound(height() * ratio));
    if (std::max(pixels.width(), pixels.height()) > kMaxPixels)
        pixels.scale(kMaxPixels, kMaxPixels, Qt::KeepAspectRatio);
    if (pixels == m_wanted) return;
    m_wanted = pixels;
    m_drawing.request_stop();
    m_drawing = m_pages->draw(m_page, pixels, this, [this](const QImage& image) {
        m_image = image;
        m_image_is_new = true;
        update();
        emit drawnChanged();
    });
}

QSGNode* PdfPageItem::updatePaintNode(QSGNode* node, UpdatePaintNodeData*) {
    auto* shown = static_cast<QSGImageNode*>(node);
    if (m_image.isNull()) {
        delete shown;
        return nullptr;
    }
    if (shown == nullptr) {
        shown = window()->createImageNode();
        shown->setOwnsTexture(true);
        shown->setFiltering(QSGTexture::Linear);
        m_image_is_new = true;
    }
    if (m_image_is_new) shown->setTexture(window()->createTextureFromImage(m_image));
    m_image_is_new = false;
    shown->setRect(boundingRect());
    return shown;
}

}  // namespace lectern

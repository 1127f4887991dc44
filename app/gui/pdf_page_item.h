// One drawn page of a PDF, as sharp as the screen shows it.
#pragma once

#include <QImage>
#include <QPointer>
#include <QQuickItem>
#include <QtQmlIntegration>

#include "app/gui/pdf_pages.h"

namespace lectern {

/// Belongs to the window's thread, its texture to the scene graph's. Shows the drawing it has,
/// stretched, until one in its size has come.
class PdfPageItem : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(lectern::PdfPages* pages MEMBER m_pages NOTIFY sourceChanged)
    Q_PROPERTY(int page MEMBER m_page NOTIFY sourceChanged)
    Q_PROPERTY(bool drawn READ drawn NOTIFY drawnChanged)

  public:
    explicit PdfPageItem(QQuickItem* parent = nullptr);
    ~PdfPageItem() override;

    bool drawn() const { return !m_image.isNull(); }

  signals:
    void sourceChanged();
    void drawnChanged();

  protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void updatePolish() override;
    QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;

  private:
    QPointer<PdfPages> m_pages;
    int m_page = 0;
    QSize m_wanted;  ///< pixels that were asked for
    QImage m_image;
    bool m_image_is_new = false;
    std::stop_source m_drawing{std::nostopstate};
};

}  // namespace lectern

// A passage's tokens as a strip, coloured by what became of each when the answer was read.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QVariantList>
#include <QtQmlIntegration>

#include "app/core/assistant.h"

namespace lectern {

/// Belongs to the window's thread. The strip's whole width stands for `capacity` tokens.
class TokenStrip : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    /// A state and a number of tokens in turns.
    Q_PROPERTY(QVariantList tokens MEMBER m_tokens NOTIFY lookChanged)
    Q_PROPERTY(int capacity MEMBER m_capacity NOTIFY lookChanged)
    Q_PROPERTY(QColor reusedColor MEMBER m_reused_color NOTIFY lookChanged)
    Q_PROPERTY(QColor correctedColor MEMBER m_corrected_color NOTIFY lookChanged)
    Q_PROPERTY(QColor recomputedColor MEMBER m_recomputed_color NOTIFY lookChanged)

  public:
    enum State { Reused, Corrected, Recomputed };
    Q_ENUM(State)

    static State state_of(TokenState state);

    explicit TokenStrip(QQuickItem* parent = nullptr);
    void paint(QPainter* painter) override;

  signals:
    void lookChanged();

  private:
    QVariantList m_tokens;
    int m_capacity = 0;
    QColor m_reused_color, m_corrected_color, m_recomputed_color;
};

}  // namespace lectern

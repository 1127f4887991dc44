// The kept chats as the sidebar lists them, grouped by the day of their last question.
#pragma once

#include <QAbstractListModel>
#include <QDate>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/chat.h"

namespace lectern {

/// The heading that a chat used on `day` stands under: Today, Yesterday, Last 7 days, or its month.
QString day_group(QDate day, QDate today);

/// Belongs to the window's thread. A row a chat; while there is a search, its hits.
class ChatListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The controller has it.")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    Q_PROPERTY(int openRow READ open_row NOTIFY openRowChanged)

  public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        SectionRole,
        ExcerptRole,  ///< the matching place as styled text; empty: the title matches, or no search
        OpenRole,     ///< whether the conversation shows this chat
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// These rows instead, in this order; rows of chats that stay are kept, moved where needed.
    void show(const std::vector<ChatHit>& hits, QDate today);
    void show_open(std::int64_t chat);
    /// nullptr: there is no such row.
    const ChatHit* hit(int row) const;
    /// −1: the open chat is not listed.
    int open_row() const;

  signals:
    void countChanged();
    void openRowChanged();

  private:
    int row_of(std::int64_t chat) const;
    void drop_others(const std::vector<ChatHit>& hits);
    void put(int row, const ChatHit& hit);

    std::vector<ChatHit> m_rows;
    QDate m_today;
    std::int64_t m_open = 0;
};

}  // namespace lectern

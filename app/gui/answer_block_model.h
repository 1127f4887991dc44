// An answer as blocks one below the other, as the window lays them out.
#pragma once

#include <QAbstractListModel>
#include <QtQmlIntegration>
#include <vector>

#include "app/core/markdown_blocks.h"
#include "app/gui/answer_text.h"

namespace lectern {

/// Belongs to the window's thread. While an answer grows, only what is not settled yet is read
/// anew, and only blocks that came out different are announced.
class AnswerBlockModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The conversation has it.")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    enum Role {
        FormRole = Qt::UserRole + 1,  ///< "text", "code", "table", "rule"
        HeadingLevelRole,             ///< 0: it is no heading
        ListDepthRole,
        QuoteDepthRole,
        FollowsItemRole,  ///< the block above is of a list
        MarkRole,         ///< of a list's item
        HtmlRole,         ///< for AnswerDocument
        PlainRole,        ///< without markers: what is copied of code, and what is spoken
        LanguageRole,     ///< of code
        ColumnsRole,      ///< of a table
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The draft so far, which only grows; another text begins anew.
    void show(const AnswerDraft& draft);

  signals:
    void countChanged();

  private:
    void replace_tail(std::vector<MarkdownBlock> tail);
    void settle(const AnswerDraft& draft);

    std::vector<MarkdownBlock> m_blocks;
    std::string m_text;           ///< that they show
    std::size_t m_settled = 0;    ///< bytes of it that need not be read again
    std::size_t m_n_settled = 0;  ///< blocks of those bytes
};

}  // namespace lectern

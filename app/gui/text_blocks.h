// The blocks of a text document for the source pane, and what a search found in them.
#pragma once

#include <QAbstractListModel>
#include <QVariantList>
#include <QtQmlIntegration>
#include <vector>

#include "app/gui/reading_blocks.h"

namespace lectern {

/// Belongs to the window's thread. Ranges go to QML as lists of two numbers: begin and length.
class TextBlocks : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The source reader has it.")

  public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        HeadingLevelRole,  ///< 0: no heading
        FormRole,          ///< "text", "item", "code", "table" or "quote"
        MarksRole,         ///< the passage
        MatchesRole,
        CurrentMatchRole,  ///< begin of the match one stands at, −1: not in this block
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void show(std::vector<ReadingBlock> blocks);
    void clear() { show({}); }
    /// The first block with the passage, or −1.
    int marked_row() const;
    int marked_character(int row) const;

    void search(const QString& wanted);
    int n_matches() const { return static_cast<int>(m_matches.size()); }
    /// Stands at a match; −1: at none. Pre: match < n_matches().
    void stand_at(int match);
    /// As PdfPages::match_from.
    int match_from(int row) const;
    int row_of(int match) const { return m_matches[static_cast<std::size_t>(match)].row; }
    int character_of(int match) const {
        return m_matches[static_cast<std::size_t>(match)].range.begin;
    }

  private:
    struct Match {
        int row = 0;
        TextRange range;
    };

    QVariantList matches_in(int row) const;

    std::vector<ReadingBlock> m_blocks;
    std::vector<Match> m_matches;  ///< by row
    int m_current = -1;
};

}  // namespace lectern

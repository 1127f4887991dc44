// An evaluation's figures as tables, for a terminal and for Markdown.
#pragma once

#include <string>
#include <vector>

#include "app/core/eval.h"

namespace lectern {

struct TextTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  ///< as many cells each; the first is a label
};

/// A row for full reading, then one a variant. "-": there is no such figure. `baseline`: its name,
/// the column is left out where it is empty. A ratio to it marked † has the baseline's nearest
/// measured cost behind it.
TextTable table_of(const EvalReport& report, const std::string& baseline);
/// The same for the questions that full reading answers; without rows where there are none.
TextTable answered_table_of(const EvalReport& report, const std::string& baseline);

std::string to_markdown(const TextTable& table);
/// Columns padded, one line a row.
std::string to_text(const TextTable& table);

}  // namespace lectern

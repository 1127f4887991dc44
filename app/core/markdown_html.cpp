#include "app/core/markdown_html.h"

#include <algorithm>

namespace lectern {
namespace {

std::string with_breaks(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += "<br>";
        else
            out += c;
    }
    return out;
}

std::string run_html(const MarkdownRun& run, const MarkerLink& link) {
    std::string html = with_breaks(html_escaped(run.text));
    if (run.marker > 0)  // not torn from its sentence at the end of a line
        return "&nbsp;<a href=\"" + html_escaped(link(run.marker)) + "\">" + html + "</a>";
    if (run.code) html = "<code>" + html + "</code>";
    if (run.bold) html = "<b>" + html + "</b>";
    if (run.italic) html = "<i>" + html + "</i>";
    if (run.struck) html = "<s>" + html + "</s>";
    if (!run.link.empty()) html = "<a href=\"" + html_escaped(run.link) + "\">" + html + "</a>";
    return html;
}

std::string align_of(const MarkdownTable& table, std::size_t column) {
    const CellAlign align =
        column < table.columns.size() ? table.columns[column] : CellAlign::kLeft;
    if (align == CellAlign::kRight) return " align=\"right\"";
    return align == CellAlign::kCenter ? " align=\"center\"" : "";
}

/// Lists and quotes that are open around a block.
class Nesting {
  public:
    explicit Nesting(std::string& out) : out_(out) {}

    void go_to(const MarkdownBlock& block) {
        if (quotes_ != block.quote_depth) {
            close_lists(0);
            for (; quotes_ > block.quote_depth; --quotes_) out_ += "</blockquote>\n";
            for (; quotes_ < block.quote_depth; ++quotes_) out_ += "<blockquote>\n";
        }
        close_lists(block.list_depth);
        if (!block.mark.empty()) begin_item(block);
    }
    void end() {
        close_lists(0);
        for (; quotes_ > 0; --quotes_) out_ += "</blockquote>\n";
    }

  private:
    void begin_item(const MarkdownBlock& block) {
        const bool ordered = block.mark.back() == '.' || block.mark.back() == ')';
        if (static_cast<int>(lists_.size()) == block.list_depth) {
            out_ += "</li>\n";
            if ((lists_.back() == 'o') != ordered) close_lists(block.list_depth - 1);
        }
        while (static_cast<int>(lists_.size()) < block.list_depth) {
            lists_ += ordered ? 'o' : 'u';
            out_ += ordered ? "<ol start=\"" + std::to_string(std::atoi(block.mark.c_str())) + "\">"
                            : "<ul>";
        }
        out_ += "<li>";
        if (block.mark == "☐" || block.mark == "☑") out_ += block.mark + " ";
    }
    void close_lists(int depth) {
        while (static_cast<int>(lists_.size()) > depth) {
            out_ += lists_.back() == 'o' ? "</li></ol>\n" : "</li></ul>\n";
            lists_.pop_back();
        }
    }

    std::string& out_;
    std::string lists_;  ///< 'o' or 'u', from outside
    int quotes_ = 0;
};

std::string block_html(const MarkdownBlock& block, const MarkerLink& link) {
    switch (block.form) {
        case MarkdownForm::kRule:
            return "<hr>\n";
        case MarkdownForm::kHeading: {
            const std::string tag = "h" + std::to_string(std::min(6, block.level + 2));
            return "<" + tag + ">" + runs_html(block.runs, link) + "</" + tag + ">\n";
        }
        case MarkdownForm::kCode: {
            std::string html = "<pre><code>" + html_escaped(plain_text(block)) + "</code></pre>\n";
            MarkdownRuns markers;
            for (const int number : block.markers)
                markers.push_back(
                    {.text = "[" + std::to_string(number) + "]", .link = {}, .marker = number});
            if (!markers.empty()) html += "<p>" + runs_html(markers, link) + "</p>\n";
            return html;
        }
        case MarkdownForm::kTable:
            return table_html(block.table, link);
        case MarkdownForm::kParagraph:
            break;
    }
    if (block.list_depth > 0 && !block.mark.empty()) return runs_html(block.runs, link);
    return "<p>" + runs_html(block.runs, link) + "</p>\n";
}

}  // namespace

std::string html_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string runs_html(const MarkdownRuns& runs, const MarkerLink& link) {
    std::string html;
    for (const MarkdownRun& run : runs) html += run_html(run, link);
    return html;
}

std::string table_html(const MarkdownTable& table, const MarkerLink& link) {
    std::string html = "<table border=\"1\" cellspacing=\"0\" cellpadding=\"6\">\n";
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        html += "<tr>";
        const std::string tag = row == 0 ? "th" : "td";
        for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
            html += "<" + tag + align_of(table, column) + ">";
            html += runs_html(table.rows[row][column], link) + "</" + tag + ">";
        }
        html += "</tr>\n";
    }
    return html + "</table>\n";
}

std::string blocks_html(const std::vector<MarkdownBlock>& blocks, const MarkerLink& link) {
    std::string html;
    Nesting nesting(html);
    for (const MarkdownBlock& block : blocks) {
        nesting.go_to(block);
        html += block_html(block, link);
    }
    nesting.end();
    return html;
}

}  // namespace lectern

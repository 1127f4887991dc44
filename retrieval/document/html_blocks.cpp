#include "retrieval/document/html_blocks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "retrieval/document/block_builder.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using Space = BlockBuilder::Space;

std::span<void* const> children_of(const GumboNode* node) {
    if (node->type != GUMBO_NODE_ELEMENT) return {};
    const GumboVector& children = node->v.element.children;
    return {children.data, children.length};
}

std::string_view attribute(const GumboNode* node, const char* name) {
    const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_one_of(GumboTag tag, std::initializer_list<GumboTag> tags) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Elements that hold no prose whatever the page.
bool is_inert(GumboTag tag) {
    return is_one_of(
        tag, {GUMBO_TAG_HEAD, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE,
              GUMBO_TAG_NOSCRIPT, GUMBO_TAG_IFRAME, GUMBO_TAG_NOFRAMES, GUMBO_TAG_NOEMBED,
              GUMBO_TAG_SVG, GUMBO_TAG_CANVAS, GUMBO_TAG_OBJECT, GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO,
              GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON, GUMBO_TAG_TEXTAREA});
}

bool has_word(std::string_view words, std::span<const std::string_view> wanted) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find_first_of(" \t\r\n"), words.size());
        if (std::find(wanted.begin(), wanted.end(), words.substr(0, end)) != wanted.end())
            return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

/// Navigation and page furniture, by element, role or the class names of common generators.
bool is_boilerplate(const GumboNode* node) {
    static constexpr std::array<std::string_view, 5> kRoles{"navigation", "search", "banner",
                                                            "contentinfo", "menu"};
    static constexpr std::array<std::string_view, 18> kClasses{
        "navheader",   "navfooter",      "sphinxsidebar", "headerlink", "related",   "breadcrumb",
        "breadcrumbs", "mw-editsection", "mw-jump-link",  "navbox",     "skip-link", "noprint",
        "navbar",      "pagination",     "sidebar",       "nav-panel",  "footer",    "toc-backref"};
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_MENU) return true;
    if (has_word(attribute(node, "role"), kRoles)) return true;
    if (attribute(node, "aria-hidden") == "true") return true;
    if (gumbo_get_attribute(&node->v.element.attributes, "hidden") != nullptr) return true;
    const GumboNode* parent = node->parent;
    const bool of_page = parent != nullptr && parent->type == GUMBO_NODE_ELEMENT &&
                         parent->v.element.tag == GUMBO_TAG_BODY;
    if (tag == GUMBO_TAG_FOOTER && of_page) return true;
    return has_word(attribute(node, "class"), kClasses);
}

bool is_block(GumboTag tag) {
    return is_one_of(
        tag, {GUMBO_TAG_HTML,     GUMBO_TAG_BODY,    GUMBO_TAG_P,       GUMBO_TAG_DIV,
              GUMBO_TAG_SECTION,  GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN,    GUMBO_TAG_HEADER,
              GUMBO_TAG_FOOTER,   GUMBO_TAG_ASIDE,   GUMBO_TAG_ADDRESS, GUMBO_TAG_FIGURE,
              GUMBO_TAG_DL,       GUMBO_TAG_DT,      GUMBO_TAG_DD,      GUMBO_TAG_FORM,
              GUMBO_TAG_FIELDSET, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_FIGCAPTION,
              GUMBO_TAG_CENTER,   GUMBO_TAG_HR,      GUMBO_TAG_TR,      GUMBO_TAG_TD,
              GUMBO_TAG_TH,       GUMBO_TAG_NAV,     GUMBO_TAG_CAPTION});
}

int heading_level(GumboTag tag) {
    constexpr std::array kHeadings{GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
                                   GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};
    const auto* found = std::find(kHeadings.begin(), kHeadings.end(), tag);
    return found == kHeadings.end() ? 0 : static_cast<int>(found - kHeadings.begin()) + 1;
}

/// A table that lays out a page rather than showing data: blocks or tables stand in its cells.
bool is_layout_table(const GumboNode* node, bool top = true) {
    for (const void* child_pointer : children_of(node)) {
        const auto* child = static_cast<const GumboNode*>(child_pointer);
        if (child->type != GUMBO_NODE_ELEMENT) continue;
        const GumboTag tag = child->v.element.tag;
        if (heading_level(tag) > 0 || tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_PRE) return true;
        if (is_layout_table(child, false)) return true;
    }
    return top && (attribute(node, "role") == "presentation");
}

class HtmlWalk {
  public:
    HtmlWalk(std::string_view html, bool drop_boilerplate)
        : html_(html), drop_boilerplate_(drop_boilerplate) {}

    void node(const GumboNode* node) {
        if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
            element(node);
        else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
                 node->type == GUMBO_NODE_WHITESPACE)
            text(node->v.text);
    }

    std::vector<Block> take() {
        end();
        return std::move(blocks_);
    }

  private:
    void children(const GumboNode* node) {
        for (const void* child : children_of(node))
            this->node(static_cast<const GumboNode*>(child));
    }

    void element(const GumboNode* node) {
        const GumboTag tag = node->v.element.tag;
        if (node->type == GUMBO_NODE_TEMPLATE || is_inert(tag)) return;
        if (drop_boilerplate_ && is_boilerplate(node)) return;
        if (in_table_) return table_part(node);
        if (const int level = heading_level(tag); level > 0)
            return whole(node, BlockBuilder(BlockKind::kHeading, Space::kFlow, level));
        if (tag == GUMBO_TAG_PRE) return whole(node, BlockBuilder(BlockKind::kCode, Space::kKeep));
        if (tag == GUMBO_TAG_TABLE && !is_layout_table(node)) return table(node);
        if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) return list(node);
        if (tag == GUMBO_TAG_LI) return item(node);
        if (tag == GUMBO_TAG_BLOCKQUOTE) {
            ++quotes_;
            part(node);
            --quotes_;
        } else if (tag == GUMBO_TAG_BR) {
            if (builder_) builder_->separate(' ');
            if (builder_) builder_->append_replaced("\n", last_, 0);  // a line where lines stay
        } else if (is_block(tag)) {
            part(node);
        } else {
            children(node);
        }
    }

    void part(const GumboNode* node) {
        end();
        children(node);
        end();
    }

    /// The element's whole text is one block, whatever stands inside.
    void whole(const GumboNode* node, BlockBuilder builder) {
        end();
        builder_ = std::move(builder);
        whole_ = true;
        flat_children(node);
        whole_ = false;
        end();
    }

    void flat_children(const GumboNode* node) {
        for (const void* child_pointer : children_of(node)) {
            const auto* child = static_cast<const GumboNode*>(child_pointer);
            if (child->type != GUMBO_NODE_ELEMENT) {
                this->node(child);
                continue;
            }
            const GumboTag tag = child->v.element.tag;
            if (is_inert(tag) || (drop_boilerplate_ && is_boilerplate(child))) continue;
            if (tag == GUMBO_TAG_BR || is_block(tag)) builder_->append_replaced("\n", last_, 0);
            flat_children(child);
        }
    }

    void list(const GumboNode* node) {
        end();
        lists_.push_back(node->v.element.tag == GUMBO_TAG_OL ? 1 : 0);
        children(node);
        end();
        lists_.pop_back();
    }

    void item(const GumboNode* node) {
        end();
        const bool ordered = !lists_.empty() && lists_.back() > 0;
        mark_ = ordered ? std::to_string(lists_.back()++) + ". " : "- ";
        ++items_;
        children(node);
        end();
        --items_;
        mark_.clear();
    }

    void table(const GumboNode* node) {
        end();
        builder_.emplace(BlockKind::kTable, Space::kKeep);
        in_table_ = true;
        header_lines_ = 0;
        n_rows_ = 0;
        children(node);
        in_table_ = false;
        const std::size_t n_blocks = blocks_.size();
        end();
        if (blocks_.size() > n_blocks) blocks_.back().header_lines = header_lines_;
    }

    /// Inside a table: rows are lines, cells stand between bars, everything else is flat text.
    void table_part(const GumboNode* node) {
        const GumboTag tag = node->v.element.tag;
        const bool is_cell = tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
        const bool starts_row = tag == GUMBO_TAG_TR || tag == GUMBO_TAG_CAPTION;
        if (starts_row) {
            if (builder_->has_text()) builder_->append_replaced("\n", last_, 0);
            n_cells_ = 0;
        }
        if (is_cell && n_cells_++ > 0) builder_->append_replaced(" | ", last_, 0);
        if (tag == GUMBO_TAG_TH && n_rows_ == 0) header_lines_ = 1;
        if (tag == GUMBO_TAG_BR || (is_block(tag) && !is_cell && !starts_row) ||
            tag == GUMBO_TAG_LI)
            builder_->separate(' ');
        children(node);
        if (tag == GUMBO_TAG_TR) ++n_rows_;
    }

    void text(const GumboText& text) {
        std::string_view visible(text.text);
        const GumboStringPiece& raw = text.original_text;
        const bool inside = raw.data >= html_.data() && raw.length <= html_.size() &&
                            raw.data + raw.length <= html_.data() + html_.size();
        const std::int64_t at = inside ? raw.data - html_.data() : last_;
        const std::int64_t length = inside ? static_cast<std::int64_t>(raw.length) : 0;
        if (!builder_) {
            if (trimmed(visible).empty()) return;
            start();
        }
        if (in_table_ && !whole_) return flat_text(visible, at, length);
        if (length == static_cast<std::int64_t>(visible.size()))
            builder_->append(visible, at);
        else
            builder_->append_replaced(visible, at, length);
        last_ = at + length;
    }

    /// A cell's text: its line ends are spaces.
    void flat_text(std::string_view visible, std::int64_t at, std::int64_t length) {
        std::string line(visible);
        std::replace_if(
            line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; },
            ' ');
        std::string tidy;
        for (const char c : line)
            if (c != ' ' || tidy.empty() || tidy.back() != ' ') tidy += c;
        if (tidy == " ")
            builder_->separate(' ');
        else
            builder_->append_replaced(tidy, at, length);
        last_ = at + length;
    }

    void start() {
        const BlockKind kind = items_ > 0    ? BlockKind::kListItem
                               : quotes_ > 0 ? BlockKind::kQuote
                                             : BlockKind::kParagraph;
        builder_.emplace(kind);
        if (!mark_.empty()) builder_->set_mark(std::exchange(mark_, {}));
    }

    void end() {
        if (!builder_) return;
        if (auto block = builder_->finish()) blocks_.push_back(std::move(*block));
        builder_.reset();
    }

    std::string_view html_;
    bool drop_boilerplate_;
    std::optional<BlockBuilder> builder_;
    std::int64_t last_ = 0;   ///< behind the last text
    std::vector<int> lists_;  ///< the next number of each open list, 0 where it has none
    std::string mark_;        ///< of the list item whose first text is still to come
    int items_ = 0;
    int quotes_ = 0;
    bool whole_ = false;
    bool in_table_ = false;
    int header_lines_ = 0;
    int n_rows_ = 0;
    int n_cells_ = 0;
    std::vector<Block> blocks_;
};

const GumboNode* find_title(const GumboNode* root) {
    for (const void* head_pointer : children_of(root)) {
        const auto* head = static_cast<const GumboNode*>(head_pointer);
        if (head->type != GUMBO_NODE_ELEMENT || head->v.element.tag != GUMBO_TAG_HEAD) continue;
        for (const void* child_pointer : children_of(head)) {
            const auto* child = static_cast<const GumboNode*>(child_pointer);
            if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == GUMBO_TAG_TITLE)
                return child;
        }
    }
    return nullptr;
}

}  // namespace

std::vector<Block> html_blocks(const GumboNode* root, std::string_view html,
                               bool drop_boilerplate) {
    HtmlWalk walk(html, drop_boilerplate);
    walk.node(root);
    return walk.take();
}

std::string html_title(const GumboNode* root) {
    const GumboNode* title = find_title(root);
    if (title == nullptr) return {};
    BlockBuilder builder(BlockKind::kHeading);
    for (const void* child_pointer : children_of(title)) {
        const auto* child = static_cast<const GumboNode*>(child_pointer);
        if (child->type == GUMBO_NODE_TEXT) builder.append(child->v.text.text, 0);
    }
    const auto block = builder.finish();
    return block ? block->text : std::string();
}

}  // namespace lectern

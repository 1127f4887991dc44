#include "retrieval/document/markdown_reader.h"

#include <md4c.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "retrieval/document/block_builder.h"
#include "retrieval/document/file_bytes.h"
#include "retrieval/document/html_reader.h"
#include "retrieval/document/text_decoding.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

/// Turns md4c's events into blocks.
class MarkdownBlocks {
  public:
    /// md4c sees `body`, which starts at `offset` of the whole text.
    MarkdownBlocks(std::string_view body, std::int64_t offset) : body_(body), offset_(offset) {}

    void enter(MD_BLOCKTYPE type, void* detail);
    void leave(MD_BLOCKTYPE type);
    void text(MD_TEXTTYPE type, std::string_view text);

    std::vector<Block> take() { return std::move(blocks_); }

  private:
    void start(BlockKind kind, BlockBuilder::Space space = BlockBuilder::Space::kFlow,
               int level = 0);
    void end();
    void start_item(const std::string& mark);
    void end_html();
    void append(std::string_view text);
    BlockKind flow_kind() const;

    struct List {
        bool ordered = false;
        unsigned next = 1;
    };

    std::string_view body_;
    std::int64_t offset_;
    std::int64_t last_ = 0;  ///< behind the last text, in the whole text
    std::optional<BlockBuilder> builder_;
    std::vector<List> lists_;
    std::string mark_;  ///< of the list item whose first text is still to come
    int quotes_ = 0;
    int n_cells_ = 0;  ///< of the table row so far
    bool in_html_ = false;
    std::size_t html_begin_ = 0;
    std::size_t html_end_ = 0;
    std::vector<Block> blocks_;
};

BlockKind MarkdownBlocks::flow_kind() const {
    if (!lists_.empty()) return BlockKind::kListItem;
    return quotes_ > 0 ? BlockKind::kQuote : BlockKind::kParagraph;
}

void MarkdownBlocks::start(BlockKind kind, BlockBuilder::Space space, int level) {
    end();
    builder_.emplace(kind, space, level);
    if (!mark_.empty()) builder_->set_mark(std::exchange(mark_, {}));
}

void MarkdownBlocks::end() {
    if (!builder_) return;
    if (auto block = builder_->finish()) blocks_.push_back(std::move(*block));
    builder_.reset();
}

void MarkdownBlocks::start_item(const std::string& mark) {
    end();
    mark_ = mark;
}

void MarkdownBlocks::enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
        case MD_BLOCK_QUOTE:
            ++quotes_;
            break;
        case MD_BLOCK_UL:
            end();
            lists_.push_back({false, 0});
            break;
        case MD_BLOCK_OL:
            end();
            lists_.push_back({true, static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start});
            break;
        case MD_BLOCK_LI:
            start_item(lists_.back().ordered ? std::to_string(lists_.back().next++) + ". " : "- ");
            break;
        case MD_BLOCK_H:
            start(BlockKind::kHeading, BlockBuilder::Space::kFlow,
                  static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
            break;
        case MD_BLOCK_CODE:
            start(BlockKind::kCode, BlockBuilder::Space::kKeep);
            break;
        case MD_BLOCK_TABLE:
            start(BlockKind::kTable, BlockBuilder::Space::kKeep);
            break;
        case MD_BLOCK_TR:
            if (builder_->has_text()) builder_->append_replaced("\n", last_, 0);
            n_cells_ = 0;
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            if (n_cells_++ > 0) builder_->append_replaced(" | ", last_, 0);
            break;
        case MD_BLOCK_HTML:
            end();
            in_html_ = true;
            html_begin_ = body_.size();
            html_end_ = 0;
            break;
        case MD_BLOCK_P:
            start(flow_kind());
            break;
        default:
            break;
    }
}

void MarkdownBlocks::leave(MD_BLOCKTYPE type) {
    switch (type) {
        case MD_BLOCK_QUOTE:
            end();
            --quotes_;
            break;
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            end();
            lists_.pop_back();
            break;
        case MD_BLOCK_LI:
            end();
            mark_.clear();
            break;
        case MD_BLOCK_H:
        case MD_BLOCK_CODE:
        case MD_BLOCK_P:
            end();
            break;
        case MD_BLOCK_TABLE:
            end();
            if (!blocks_.empty() && blocks_.back().kind == BlockKind::kTable)
                blocks_.back().header_lines = 1;
            break;
        case MD_BLOCK_HTML:
            end_html();
            break;
        default:
            break;
    }
}

void MarkdownBlocks::end_html() {
    in_html_ = false;
    if (html_end_ <= html_begin_) return;
    auto html = parse_html(body_.substr(html_begin_, html_end_ - html_begin_));
    if (!html) return;  // a comment or a bare tag: nothing to read
    const std::int64_t shift = offset_ + static_cast<std::int64_t>(html_begin_);
    for (Block& block : html->blocks) {
        block.source.begin += shift;
        for (TextAnchor& anchor : block.anchors) anchor.source += shift;
        blocks_.push_back(std::move(block));
    }
}

void MarkdownBlocks::append(std::string_view text) {
    const bool inside =
        text.data() >= body_.data() && text.data() + text.size() <= body_.data() + body_.size();
    if (!inside) {
        builder_->append_replaced(text, last_, 0);
        return;
    }
    const std::int64_t at = offset_ + (text.data() - body_.data());
    builder_->append(text, at);
    last_ = at + static_cast<std::int64_t>(text.size());
}

void MarkdownBlocks::text(MD_TEXTTYPE type, std::string_view text) {
    if (in_html_) {
        if (text.data() < body_.data() || text.data() >= body_.data() + body_.size()) return;
        const auto at = static_cast<std::size_t>(text.data() - body_.data());
        html_begin_ = std::min(html_begin_, at);
        html_end_ = std::max(html_end_, at + text.size());
        return;
    }
    if (!builder_) start(flow_kind());  // the text of a tight list's item
    switch (type) {
        case MD_TEXT_NULLCHAR:
        case MD_TEXT_HTML:
            break;
        case MD_TEXT_BR:
        case MD_TEXT_SOFTBR:
            builder_->separate(' ');
            break;
        case MD_TEXT_ENTITY:
            builder_->append_replaced(decode_entity(text), last_,
                                      static_cast<std::int64_t>(text.size()));
            break;
        default:
            append(text);
    }
}

/// YAML front matter: its length with the closing line, and its title.
std::size_t front_matter(std::string_view text, std::string& title) {
    if (!text.starts_with("---\n") && !text.starts_with("---\r\n")) return 0;
    std::size_t at = text.find('\n') + 1;
    for (int n_lines = 0; n_lines < 200 && at < text.size(); ++n_lines) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text.substr(at, end - at));
        at = std::min(end + 1, text.size());
        if (line == "---" || line == "...") return at;
        if (!line.starts_with("title:")) continue;
        std::string_view value = trimmed(line.substr(6));
        if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0])
            value = value.substr(1, value.size() - 2);
        title = to_nfc(std::string(value));
    }
    title.clear();
    return 0;
}

MD_PARSER parser_callbacks() {
    MD_PARSER parser = {};
    parser.flags = MD_DIALECT_GITHUB;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
        static_cast<MarkdownBlocks*>(self)->enter(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
        static_cast<MarkdownBlocks*>(self)->leave(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
        static_cast<MarkdownBlocks*>(self)->text(type, {text, size});
        return 0;
    };
    return parser;
}

}  // namespace

bool MarkdownReader::accepts(std::string_view extension, std::span<const std::byte>) const {
    return extension == "md" || extension == "markdown" || extension == "mdown" ||
           extension == "mkd";
}

Result<ParsedDocument> parse_markdown(std::string_view text) {
    ParsedDocument document;
    document.format = "markdown";
    const std::size_t skipped = front_matter(text, document.title);
    const std::string_view body = text.substr(skipped);
    MarkdownBlocks blocks(body, static_cast<std::int64_t>(skipped));
    const MD_PARSER parser = parser_callbacks();
    if (md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, &blocks) != 0)
        return fail(ErrorCode::kOutOfMemory, "There was not enough memory to read the Markdown.");
    document.blocks = blocks.take();
    if (document.title.empty())
        for (const Block& block : document.blocks)
            if (block.kind == BlockKind::kHeading && block.heading_level == 1) {
                document.title = block.text;
                break;
            }
    return document;
}

Result<ParsedDocument> MarkdownReader::read(const std::filesystem::path& path) const {
    LECTERN_ASSIGN(const DecodedText decoded, read_text_file(path));
    LECTERN_ASSIGN(ParsedDocument document, parse_markdown(decoded.text));
    if (document.blocks.empty())
        return fail(ErrorCode::kUnsupported, shown_name(path) + " holds no text.");
    return document;
}

}  // namespace lectern

#include "app/core/markdown_blocks.h"

#include <md4c.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/core/markdown_math.h"
#include "retrieval/document/html_reader.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

bool leads_to_the_web(std::string_view link) {
    const std::string scheme = ascii_lower(link.substr(0, link.find(':')));
    return link.find(':') != link.npos &&
           (scheme == "http" || scheme == "https" || scheme == "mailto");
}

std::string attribute_text(const MD_ATTRIBUTE& attribute) {
    return attribute.text == nullptr ? std::string() : std::string(attribute.text, attribute.size);
}

/// Turns md4c's events into blocks.
class BlockReader {
  public:
    /// md4c sees `body`: the source with its formulas taken by other bytes.
    BlockReader(std::string_view source, std::string_view body, const std::vector<MathSpan>& math)
        : source_(source), body_(body), math_(math) {}

    void enter(MD_BLOCKTYPE type, void* detail);
    void leave(MD_BLOCKTYPE type);
    void enter_span(MD_SPANTYPE type, void* detail);
    void leave_span(MD_SPANTYPE type);
    void text(MD_TEXTTYPE type, std::string_view text);
    std::vector<MarkdownBlock> take() { return std::move(blocks_); }

  private:
    struct List {
        bool ordered = false;
        unsigned next = 1;
        char delimiter = '.';
    };

    MarkdownBlock& start(MarkdownForm form);
    void begin_item(const MD_BLOCK_LI_DETAIL& item);
    void append(std::string_view text, std::size_t begin, std::size_t end, bool verbatim);
    void append_source(std::size_t begin, std::size_t end);
    MarkdownRuns& runs();

    std::string_view source_, body_;
    const std::vector<MathSpan>& math_;
    std::size_t last_ = 0;  ///< behind the last text, in the source
    std::vector<MarkdownBlock> blocks_;
    bool open_ = false;  ///< the last block takes text
    std::vector<List> lists_;
    std::string mark_;  ///< of the item whose first block is still to come
    int quotes_ = 0;
    MarkdownRun look_;  ///< of the spans around the text
    int bold_ = 0, italic_ = 0, struck_ = 0, code_ = 0;
    std::vector<std::string> links_;
};

MarkdownBlock& BlockReader::start(MarkdownForm form) {
    MarkdownBlock& block = blocks_.emplace_back();
    block.form = form;
    block.quote_depth = quotes_;
    block.list_depth = static_cast<int>(lists_.size());
    block.mark = std::exchange(mark_, {});
    open_ = true;
    return block;
}

void BlockReader::begin_item(const MD_BLOCK_LI_DETAIL& item) {
    open_ = false;
    List& list = lists_.back();
    static constexpr std::array kBullets = {"•", "◦", "▪"};
    if (item.is_task != 0)
        mark_ = item.task_mark == ' ' ? "☐" : "☑";
    else if (list.ordered)
        mark_ = std::to_string(list.next++) + list.delimiter;
    else
        mark_ = kBullets[(lists_.size() - 1) % kBullets.size()];
}

void BlockReader::enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
        case MD_BLOCK_QUOTE:
            open_ = false;
            ++quotes_;
            break;
        case MD_BLOCK_UL:
            open_ = false;
            lists_.push_back({});
            break;
        case MD_BLOCK_OL: {
            open_ = false;
            const auto* list = static_cast<MD_BLOCK_OL_DETAIL*>(detail);
            lists_.push_back({true, list->start, list->mark_delimiter});
            break;
        }
        case MD_BLOCK_LI:
            begin_item(*static_cast<MD_BLOCK_LI_DETAIL*>(detail));
            break;
        case MD_BLOCK_HR:
            start(MarkdownForm::kRule);
            open_ = false;
            break;
        case MD_BLOCK_H:
            start(MarkdownForm::kHeading).level =
                static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
            break;
        case MD_BLOCK_CODE:
            start(MarkdownForm::kCode).language =
                attribute_text(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang);
            break;
        case MD_BLOCK_TABLE:
            start(MarkdownForm::kTable);
            break;
        case MD_BLOCK_TR:
            blocks_.back().table.rows.emplace_back();
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD: {
            MarkdownTable& table = blocks_.back().table;
            const MD_ALIGN align = static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align;
            if (table.rows.size() == 1)
                table.columns.push_back(align == MD_ALIGN_RIGHT    ? CellAlign::kRight
                                        : align == MD_ALIGN_CENTER ? CellAlign::kCenter
                                                                   : CellAlign::kLeft);
            table.rows.back().emplace_back();
            break;
        }
        case MD_BLOCK_P:
            start(MarkdownForm::kParagraph);
            break;
        default:
            break;
    }
}

void BlockReader::leave(MD_BLOCKTYPE type) {
    if (type == MD_BLOCK_QUOTE) --quotes_;
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) lists_.pop_back();
    const bool inside_table = type == MD_BLOCK_THEAD || type == MD_BLOCK_TBODY ||
                              type == MD_BLOCK_TR || type == MD_BLOCK_TH || type == MD_BLOCK_TD;
    if (!inside_table) open_ = false;
    if (type != MD_BLOCK_LI || mark_.empty()) return;
    start(MarkdownForm::kParagraph);  // an item without anything in it
    open_ = false;
}

void BlockReader::enter_span(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_STRONG) ++bold_;
    if (type == MD_SPAN_EM) ++italic_;
    if (type == MD_SPAN_DEL) ++struck_;
    if (type == MD_SPAN_CODE) ++code_;
    if (type == MD_SPAN_A)
        links_.push_back(attribute_text(static_cast<MD_SPAN_A_DETAIL*>(detail)->href));
    if (type == MD_SPAN_IMG)
        links_.push_back(attribute_text(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src));
}

void BlockReader::leave_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_STRONG) --bold_;
    if (type == MD_SPAN_EM) --italic_;
    if (type == MD_SPAN_DEL) --struck_;
    if (type == MD_SPAN_CODE) --code_;
    if (type == MD_SPAN_A || type == MD_SPAN_IMG) links_.pop_back();
}

MarkdownRuns& BlockReader::runs() {
    if (!open_) start(MarkdownForm::kParagraph);  // the text of a tight list's item
    MarkdownBlock& block = blocks_.back();
    const bool in_cell = block.form == MarkdownForm::kTable && !block.table.rows.empty() &&
                         !block.table.rows.back().empty();
    return in_cell ? block.table.rows.back().back() : block.runs;
}

void BlockReader::append(std::string_view text, std::size_t begin, std::size_t end, bool verbatim) {
    last_ = std::max(last_, end);
    MarkdownRuns& all = runs();
    MarkdownRun run;
    run.bold = bold_ > 0;
    run.italic = italic_ > 0;
    run.struck = struck_ > 0;
    run.code = code_ > 0;
    if (!links_.empty() && leads_to_the_web(links_.back())) run.link = links_.back();
    run.text = text;
    run.begin = begin;
    run.end = end;
    run.verbatim = verbatim;
    all.push_back(std::move(run));
}

/// Text as it stands in the source, formulas in their place.
void BlockReader::append_source(std::size_t begin, std::size_t end) {
    for (const MathSpan& span : math_) {
        if (span.begin < begin || span.begin >= end) continue;
        if (span.begin > begin)
            append(source_.substr(begin, span.begin - begin), begin, span.begin, true);
        append(span.text, span.begin, span.end, false);
        begin = std::min(span.end, end);
    }
    if (begin < end) append(source_.substr(begin, end - begin), begin, end, true);
}

void BlockReader::text(MD_TEXTTYPE type, std::string_view text) {
    const bool inside =
        text.data() >= body_.data() && text.data() + text.size() <= body_.data() + body_.size();
    const std::size_t begin = inside ? static_cast<std::size_t>(text.data() - body_.data()) : last_;
    const std::size_t end = inside ? begin + text.size() : last_;
    switch (type) {
        case MD_TEXT_NULLCHAR:
            append("\uFFFD", last_, last_, false);
            break;
        case MD_TEXT_BR:
            append("\n", last_, last_, false);
            break;
        case MD_TEXT_SOFTBR:
            append(" ", last_, last_, false);
            break;
        case MD_TEXT_ENTITY:
            append(decode_entity(text), begin, end, false);
            break;
        case MD_TEXT_CODE:
            if (inside)
                append(source_.substr(begin, end - begin), begin, end, true);
            else
                append(text, last_, last_, false);
            break;
        default:
            if (inside)
                append_source(begin, end);
            else
                append(text, last_, last_, false);
    }
}

MD_PARSER parser_callbacks() {
    MD_PARSER parser = {};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
        static_cast<BlockReader*>(self)->enter(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
        static_cast<BlockReader*>(self)->leave(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
        static_cast<BlockReader*>(self)->enter_span(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
        static_cast<BlockReader*>(self)->leave_span(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
        static_cast<BlockReader*>(self)->text(type, {text, size});
        return 0;
    };
    return parser;
}

}  // namespace

Result<std::vector<MarkdownBlock>> markdown_blocks(std::string_view markdown) {
    const std::vector<MathSpan> math = math_spans(markdown);
    const std::string body = without_math(markdown, math);
    BlockReader reader(markdown, body, math);
    const MD_PARSER parser = parser_callbacks();
    if (md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, &reader) != 0)
        return fail(ErrorCode::kOutOfMemory, "There was not enough memory to lay out the answer.");
    return reader.take();
}

}  // namespace lectern

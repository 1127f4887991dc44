#include "retrieval/document/html_reader.h"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "retrieval/document/file_bytes.h"
#include "retrieval/document/html_blocks.h"
#include "retrieval/document/text_decoding.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

/// Real pages stay under 100; gumbo's and our own walks recurse.
constexpr int kMaxDepth = 256;

/// A parse tree with the text it points into.
class GumboTree {
  public:
    explicit GumboTree(std::string_view html)
        : output_(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size())) {}
    ~GumboTree() { gumbo_destroy_output(&kGumboDefaultOptions, output_); }
    GumboTree(const GumboTree&) = delete;
    GumboTree& operator=(const GumboTree&) = delete;
    const GumboNode* root() const { return output_->root; }

  private:
    GumboOutput* output_;
};

}  // namespace

bool HtmlReader::accepts(std::string_view extension, std::span<const std::byte> head) const {
    if (extension == "html" || extension == "htm" || extension == "xhtml" || extension == "xht")
        return true;
    if (!extension.empty() && extension != "pdf") return false;
    // No name to go by: only what says that it is HTML.
    const std::string_view bytes(reinterpret_cast<const char*>(head.data()), head.size());
    const std::string start = ascii_lower(trimmed(bytes.substr(0, 1024)));
    return start.starts_with("<!doctype html") || start.starts_with("<html");
}

Result<ParsedDocument> parse_html(std::string_view html) {
    const std::string shallow = with_shallow_tags(html, kMaxDepth);
    const GumboTree tree(shallow);
    ParsedDocument document;
    document.format = "html";
    document.title = html_title(tree.root());
    document.blocks = html_blocks(tree.root(), shallow, true);
    if (document.blocks.empty())  // a page that is one menu: better that than nothing
        document.blocks = html_blocks(tree.root(), shallow, false);
    if (document.blocks.empty())
        return fail(ErrorCode::kUnsupported, "The page holds no text.",
                    "It may be filled in by scripts when a browser shows it.");
    return document;
}

std::string decode_entity(std::string_view entity) {
    const GumboTree tree(entity);
    const auto blocks = html_blocks(tree.root(), entity, false);
    return blocks.empty() ? " " : blocks.front().text;  // white space such as &nbsp;
}

Result<ParsedDocument> HtmlReader::read(const std::filesystem::path& path) const {
    LECTERN_ASSIGN(const DecodedText decoded, read_text_file(path));
    auto document = parse_html(decoded.text);
    if (!document)
        return fail(ErrorCode::kUnsupported, shown_name(path) + " holds no text.",
                    document.error().hint);
    return document;
}

}  // namespace lectern

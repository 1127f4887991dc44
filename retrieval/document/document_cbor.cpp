#include "retrieval/document/document_cbor.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using nlohmann::json;
using Bytes = std::vector<std::uint8_t>;
using Value = std::variant<std::int64_t, std::string, Bytes>;

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kIsDocument = 1;
constexpr std::int64_t kIsError = 0;

/// Collects the values of one flat array; anything nested ends the parse at once, so that depth
/// cannot be used against the stack.
class FlatArray {
  public:
    using number_integer_t = json::number_integer_t;
    using number_unsigned_t = json::number_unsigned_t;
    using number_float_t = json::number_float_t;
    using string_t = json::string_t;
    using binary_t = json::binary_t;

    bool null() { return false; }
    bool boolean(bool) { return false; }
    bool number_float(number_float_t, const string_t&) { return false; }
    bool key(string_t&) { return false; }
    bool start_object(std::size_t) { return false; }
    bool end_object() { return false; }
    bool end_array() { return true; }
    bool parse_error(std::size_t, const std::string&, const json::exception&) { return false; }

    bool start_array(std::size_t) { return !std::exchange(started_, true); }
    bool number_integer(number_integer_t value) { return add(value); }
    bool number_unsigned(number_unsigned_t value) {
        return value <= static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()) &&
               add(static_cast<std::int64_t>(value));
    }
    bool string(string_t& value) { return add(std::move(value)); }
    bool binary(binary_t& value) { return add(Bytes(std::move(value))); }

    std::vector<Value> take() { return std::move(values_); }

  private:
    template <class T>
    bool add(T value) {
        if (!started_) return false;
        values_.emplace_back(std::move(value));
        return true;
    }

    bool started_ = false;
    std::vector<Value> values_;
};

/// Takes the values one by one; after the first wrong one it stays failed.
class Cursor {
  public:
    explicit Cursor(std::vector<Value> values) : values_(std::move(values)) {}

    std::int64_t number(std::int64_t low, std::int64_t high) {
        const std::int64_t* value = next<std::int64_t>();
        if (value == nullptr || *value < low || *value > high) return fail(low);
        return *value;
    }

    std::string text() {
        std::string* value = next<std::string>();
        if (value == nullptr || !is_utf8(*value)) return fail(std::string());
        return std::move(*value);
    }

    Bytes bytes() {
        Bytes* value = next<Bytes>();
        return value == nullptr ? fail(Bytes()) : std::move(*value);
    }

    bool good() const { return good_; }
    bool at_end() const { return at_ == values_.size(); }
    std::int64_t left() const { return static_cast<std::int64_t>(values_.size() - at_); }

    template <class T>
    T fail(T value) {
        good_ = false;
        return value;
    }

  private:
    template <class T>
    T* next() {
        if (!good_ || at_ >= values_.size()) return nullptr;
        return std::get_if<T>(&values_[at_++]);
    }

    std::vector<Value> values_;
    std::size_t at_ = 0;
    bool good_ = true;
};

constexpr std::int64_t kBlockValues = 9;
constexpr std::int64_t kMaxNumber = std::int64_t{1} << 53;

void write_block(json& out, const Block& block) {
    out.push_back(static_cast<int>(block.kind));
    out.push_back(block.heading_level);
    out.push_back(block.text);
    out.push_back(block.source.page);
    out.push_back(block.source.begin);
    out.push_back(block.source.length);
    out.push_back(block.continues ? 1 : 0);
    out.push_back(block.header_lines);
    Bytes anchors(block.anchors.size() * sizeof(TextAnchor));
    if (!anchors.empty()) std::memcpy(anchors.data(), block.anchors.data(), anchors.size());
    out.push_back(json::binary(std::move(anchors)));
}

std::vector<TextAnchor> read_anchors(Cursor& in, const Block& block) {
    const Bytes bytes = in.bytes();
    if (bytes.size() % sizeof(TextAnchor) != 0) return in.fail(std::vector<TextAnchor>());
    std::vector<TextAnchor> anchors(bytes.size() / sizeof(TextAnchor));
    if (!anchors.empty()) std::memcpy(anchors.data(), bytes.data(), bytes.size());
    const auto size = static_cast<std::int64_t>(block.text.size());
    const std::int64_t end = block.source.begin + block.source.length;
    TextAnchor last{0, block.source.begin};
    for (const TextAnchor& anchor : anchors) {
        const bool ordered = anchor.text >= last.text && anchor.source >= last.source;
        if (!ordered || anchor.text > size || anchor.source > end)
            return in.fail(std::vector<TextAnchor>());
        last = anchor;
    }
    return anchors;
}

Block read_block(Cursor& in, std::int64_t n_pages) {
    Block block;
    block.kind = static_cast<BlockKind>(in.number(0, static_cast<int>(BlockKind::kQuote)));
    const bool heading = block.kind == BlockKind::kHeading;
    block.heading_level = static_cast<int>(in.number(heading ? 1 : 0, heading ? 6 : 0));
    block.text = in.text();
    if (block.text.empty()) in.fail(0);
    block.source.page = static_cast<std::int32_t>(in.number(n_pages > 0 ? 1 : 0, n_pages));
    block.source.begin = in.number(0, kMaxNumber);
    block.source.length = in.number(0, kMaxNumber);
    block.continues = in.number(0, 1) == 1;
    block.header_lines = static_cast<int>(in.number(0, 1000));
    block.anchors = read_anchors(in, block);
    return block;
}

ParsedDocument read_document(Cursor& in) {
    ParsedDocument document;
    document.format = in.text();
    document.title = in.text();
    document.n_pages = static_cast<int>(in.number(0, std::numeric_limits<int>::max()));
    document.note = in.text();
    const std::int64_t n_blocks = in.number(0, in.left() / kBlockValues);
    for (std::int64_t i = 0; i < n_blocks && in.good(); ++i)
        document.blocks.push_back(read_block(in, document.n_pages));
    return document;
}

Error read_error(Cursor& in) {
    Error error;
    error.code = static_cast<ErrorCode>(in.number(0, static_cast<int>(ErrorCode::kInternal)));
    error.message = in.text();
    error.hint = in.text();
    constexpr std::size_t kMaxSentence = 4096;
    if (error.message.empty() || error.message.size() + error.hint.size() > kMaxSentence)
        in.fail(0);
    return error;
}

}  // namespace

std::vector<std::uint8_t> to_cbor(const Result<ParsedDocument>& document) {
    json out = json::array({kVersion});
    if (!document) {
        out.push_back(kIsError);
        out.push_back(static_cast<int>(document.error().code));
        out.push_back(document.error().message);
        out.push_back(document.error().hint);
        return json::to_cbor(out);
    }
    out.push_back(kIsDocument);
    out.push_back(document->format);
    out.push_back(document->title);
    out.push_back(document->n_pages);
    out.push_back(document->note);
    out.push_back(document->blocks.size());
    for (const Block& block : document->blocks) write_block(out, block);
    return json::to_cbor(out);
}

Result<ParsedDocument> from_cbor(std::span<const std::uint8_t> bytes, const std::string& name) {
    const auto corrupt = [&] {
        return fail(ErrorCode::kCorrupt, "The reader gave a broken answer for " + name + ".",
                    "The file is left out.");
    };
    try {
        FlatArray values;
        if (!json::sax_parse(bytes.begin(), bytes.end(), &values, json::input_format_t::cbor))
            return corrupt();
        Cursor in(values.take());
        if (in.number(kVersion, kVersion) != kVersion || !in.good()) return corrupt();
        if (in.number(kIsError, kIsDocument) == kIsError) {
            Error error = read_error(in);
            if (!in.good() || !in.at_end()) return corrupt();
            return tl::unexpected<Error>(std::move(error));
        }
        ParsedDocument document = read_document(in);
        if (!in.good() || !in.at_end()) return corrupt();
        return document;
    } catch (const std::exception&) {  // nlohmann's own, or no memory for what was declared
        return corrupt();
    }
}

}  // namespace lectern

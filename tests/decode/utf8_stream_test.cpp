#include "engine/decode/generator.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

const std::string kReplacement = "\xEF\xBF\xBD";

std::string in_pieces(const std::string& text, std::size_t size) {
    Utf8Stream stream;
    std::string out;
    for (std::size_t begin = 0; begin < text.size(); begin += size)
        out += stream.push(text.substr(begin, size));
    return out + stream.finish();
}

}  // namespace

TEST_CASE("valid text passes unchanged, however it is cut") {
    const std::string text = "aé水😀\xF4\x8F\xBF\xBF\xEE\x80\x80z";
    for (const std::size_t size : {1, 2, 3, 5, 100}) CHECK(in_pieces(text, size) == text);
}

TEST_CASE("a piece that ends inside a sequence waits for the rest") {
    Utf8Stream stream;
    CHECK(stream.push("a\xE6\xB0") == "a");
    CHECK(stream.push("").empty());
    CHECK(stream.push("\xB4z") == "水z");
    CHECK(stream.finish().empty());
}

TEST_CASE("broken sequences become one replacement character for each part that cannot go on") {
    for (const std::size_t size : {1, 2, 3, 100}) {
        CHECK(in_pieces("\x80", size) == kReplacement);
        CHECK(in_pieces("a\xFFz", size) == "a" + kReplacement + "z");
        CHECK(in_pieces("\xC0\xAF", size) == kReplacement + kReplacement);  // overlong
        CHECK(in_pieces("\xED\xA0\x80", size) ==                            // a surrogate
              kReplacement + kReplacement + kReplacement);
        CHECK(in_pieces("\xF5\x80", size) == kReplacement + kReplacement);  // beyond Unicode
        CHECK(in_pieces("\xE6\xB0z", size) == kReplacement + "z");
        CHECK(in_pieces("\xE6\xB0", size) == kReplacement);
        CHECK(in_pieces("\xF0\x9F\x98", size) == kReplacement);
        CHECK(in_pieces("\xF0\x9F\xF0\x9F\x98\x80", size) == kReplacement + "😀");
    }
}

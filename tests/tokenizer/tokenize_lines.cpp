// tokenize_lines MODEL LINES IDS: encodes every line of a file with a model's tokenizer, for
// tests/golden/compare_tokenizers.py. MODEL is a GGUF file, a folder with vocab.txt, or pre:NAME:
// then the ids are the lengths in bytes of the words that pre-tokenizer NAME cuts.
//
// LINES and IDS are sequences of records in the machine's byte order: a u32 count, then that many
// bytes (LINES) or i32 ids (IDS). Prints the encoder's speed.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "engine/tokenizer/pre_tokenizer.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {
namespace {

using Encoder = std::function<std::vector<TokenId>(std::string_view)>;

Result<std::unique_ptr<Tokenizer>> load_tokenizer_of(const std::filesystem::path& model) {
    if (std::filesystem::is_directory(model)) return load_wordpiece(model);
    LECTERN_ASSIGN(const auto file, GgufFile::open(model));
    return load_tokenizer(*file);
}

Result<Encoder> load(const std::string& model) {
    if (!model.starts_with("pre:")) {
        LECTERN_ASSIGN(auto tokenizer, load_tokenizer_of(model));
        return [shared = std::shared_ptr<Tokenizer>(std::move(tokenizer))](std::string_view text) {
            return shared->encode(text);
        };
    }
    LECTERN_ASSIGN(auto pre_tokenizer, PreTokenizer::create(model.substr(4)));
    return
        [shared = std::make_shared<PreTokenizer>(std::move(pre_tokenizer))](std::string_view text) {
            Regex::Scratch scratch;
            std::vector<std::string_view> words;
            shared->split(text, scratch, words);
            std::vector<TokenId> lengths;
            for (const std::string_view word : words)
                lengths.push_back(static_cast<TokenId>(word.size()));
            return lengths;
        };
}

Result<std::vector<std::string>> read_lines(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(ErrorCode::kIo, "Cannot read " + path.string() + ".");
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::vector<std::string> lines;
    for (std::size_t pos = 0; pos < bytes.size();) {
        std::uint32_t size = 0;
        if (bytes.size() - pos >= sizeof size) std::memcpy(&size, bytes.data() + pos, sizeof size);
        pos += sizeof size;
        if (pos > bytes.size() || size > bytes.size() - pos)
            return fail(ErrorCode::kCorrupt, path.string() + " ends inside a line.");
        lines.push_back(bytes.substr(pos, size));
        pos += size;
    }
    return lines;
}

void write_u32(std::ofstream& out, std::size_t count) {
    const auto value = static_cast<std::uint32_t>(count);
    out.write(reinterpret_cast<const char*>(&value), sizeof value);
}

Status run(const char* model, const char* lines_path, const char* ids_path) {
    LECTERN_ASSIGN(const Encoder encode, load(model));
    LECTERN_ASSIGN(const auto lines, read_lines(lines_path));
    std::ofstream out(ids_path, std::ios::binary);
    std::size_t n_bytes = 0;
    std::chrono::duration<double> spent{};
    for (const std::string& line : lines) {
        const auto start = std::chrono::steady_clock::now();
        const std::vector<TokenId> ids = encode(line);
        spent += std::chrono::steady_clock::now() - start;
        n_bytes += line.size();
        write_u32(out, ids.size());
        out.write(reinterpret_cast<const char*>(ids.data()),
                  static_cast<std::streamsize>(ids.size() * sizeof(TokenId)));
    }
    out.close();
    if (!out) return fail(ErrorCode::kIo, std::string("Cannot write ") + ids_path + ".");
    std::printf("%zu lines, %zu bytes, %.1f MB/s\n", lines.size(), n_bytes,
                n_bytes / 1e6 / spent.count());
    return {};
}

}  // namespace
}  // namespace lectern

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: tokenize_lines MODEL LINES IDS\n");
        return 2;
    }
    const lectern::Status status = lectern::run(argv[1], argv[2], argv[3]);
    if (status) return 0;
    std::fprintf(stderr, "%s\n", status.error().text().c_str());
    return 1;
}

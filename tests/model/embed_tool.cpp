// A development tool: the embedder's vector of every text of a file, for comparison with PyTorch
// (tests/golden/compare_encoder.py).
#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/model/encoder.h"

using namespace lectern;

namespace {

struct Options {
    std::filesystem::path folder, texts, out;
    int n_threads = 0;
};

/// A JSON list of strings.
Result<std::vector<std::string>> read_texts(const std::filesystem::path& path) {
    std::ifstream file(path);
    const nlohmann::json json = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!json.is_array())
        return fail(ErrorCode::kInvalidArgument, path.string() + " is not a JSON list of texts.");
    std::vector<std::string> texts;
    for (const auto& text : json) texts.push_back(text.get<std::string>());
    return texts;
}

Status run(const Options& options) {
    const auto backend = make_cpu_backend({.n_threads = options.n_threads});
    LECTERN_ASSIGN(std::unique_ptr<Encoder> encoder, Encoder::load(options.folder, *backend));
    LECTERN_ASSIGN(const std::vector<std::string> texts, read_texts(options.texts));
    std::vector<std::vector<TokenId>> ids;
    std::size_t n_tokens = 0;
    for (const std::string& text : texts) {
        ids.push_back(encoder->tokenizer().encode(text));
        if (static_cast<int>(ids.back().size()) > encoder->max_tokens())
            ids.back().resize(encoder->max_tokens());
        n_tokens += ids.back().size();
    }
    std::vector<float> vectors(texts.size() * encoder->dimensions());
    const auto begin = std::chrono::steady_clock::now();
    LECTERN_TRY(encoder->embed(ids, vectors));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    std::cerr << n_tokens << " tokens, " << n_tokens / seconds.count() << " a second\n";
    std::ofstream out(options.out, std::ios::binary);
    out.write(reinterpret_cast<const char*>(vectors.data()),
              static_cast<std::streamsize>(vectors.size() * sizeof(float)));
    if (!out.flush()) return fail(ErrorCode::kIo, "The vectors cannot be written.");
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Writes the embedder's vector (f32) of every text of a JSON list"};
    Options options;
    app.add_option("folder", options.folder, "the embedder's folder")->required();
    app.add_option("texts", options.texts, "JSON list of strings")->required();
    app.add_option("out", options.out, "where the vectors go")->required();
    app.add_option("--threads", options.n_threads, "0: as many as the machine has");
    CLI11_PARSE(app, argc, argv);
    const Status status = run(options);
    if (!status) std::cerr << status.error().text() << "\n";
    return status ? 0 : 1;
}

#include "app/core/retrieval_eval.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "retrieval/chunk/chunker.h"
#include "retrieval/store/library_writer.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

constexpr std::array kRecallAt = {2, 5, 10, 20};

struct Passage {
    std::string title, text;
};

struct Question {
    std::string text;
    std::set<std::string> supporting;  ///< titles
};

/// A folder of this run's own, removed with everything in it.
class ScratchFolder {
  public:
    static Result<ScratchFolder> make() {
        std::string pattern = (fs::temp_directory_path() / "lectern-eval-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return fail(ErrorCode::kIo,
                        "Cannot make a folder in " + fs::temp_directory_path().string() + ".");
        return ScratchFolder(pattern);
    }
    ~ScratchFolder() {
        std::error_code ignored;  // what is left lies in the system's temporary folder
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;

    const fs::path& path() const { return path_; }

  private:
    explicit ScratchFolder(fs::path path) : path_(std::move(path)) {}
    fs::path path_;
};

/// Parses a file with `parse(json)`, which may throw nlohmann's exceptions for another form.
template <class Parse>
auto parse_file(const fs::path& path, Parse parse)
    -> Result<std::invoke_result_t<Parse, const nlohmann::json&>> {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::kNotFound, "Cannot open " + path.string() + ".");
    try {
        return parse(nlohmann::json::parse(file));
    } catch (const nlohmann::json::exception& exception) {
        return fail(ErrorCode::kCorrupt,
                    path.string() + " has another form than expected: " + exception.what() + ".");
    }
}

std::vector<Passage> parse_corpus(const nlohmann::json& json) {
    std::vector<Passage> out;
    for (const auto& passage : json)
        out.push_back(
            {passage.at("title").get<std::string>(), passage.at("text").get<std::string>()});
    return out;
}

std::vector<Question> parse_dataset(const nlohmann::json& json) {
    std::vector<Question> out;
    for (const auto& item : json) {
        Question& question = out.emplace_back();
        question.text = item.at("question").get<std::string>();
        for (const auto& fact : item.at("supporting_facts"))
            question.supporting.insert(fact.at(0).get<std::string>());
    }
    return out;
}

NewDocument make_document(std::int64_t folder, std::size_t number, const Passage& passage) {
    ParsedDocument parsed;
    parsed.title = passage.title;
    Block block;
    block.text = passage.text;
    block.source.length = static_cast<std::int64_t>(passage.text.size());
    parsed.blocks.push_back(std::move(block));
    NewDocument document;
    document.folder_id = folder;
    document.path = "/corpus/" + std::to_string(number);
    document.content_hash = hash128(passage.text);
    document.format = "text";
    document.title = passage.title;
    document.chunks = split_document(parsed, {});
    return document;
}

Status embed_document(Library& library, LibraryWriter& writer, std::int64_t document,
                      Embedder& embedder, std::stop_token stop) {
    LECTERN_ASSIGN(const auto ids,
                   library.chunks_without_vectors(embedder.fingerprint(), document));
    LECTERN_ASSIGN(const auto chunks, library.chunks(ids));
    std::vector<PassageText> texts;
    for (const ChunkRecord& chunk : chunks) texts.push_back({chunk.context, chunk.text});
    LECTERN_ASSIGN(auto vectors, embedder.embed_passages(texts, std::move(stop)));
    std::vector<ChunkVectors> out;
    for (std::size_t i = 0; i < chunks.size(); ++i)
        out.push_back({chunks[i].id, std::move(vectors[i])});
    return writer.put_vectors(embedder.fingerprint(), out);
}

Status index_corpus(Library& library, const std::vector<Passage>& corpus, Embedder* embedder,
                    const RetrievalEvalOptions& options, const std::stop_token& stop) {
    LECTERN_ASSIGN(const auto writer, library.begin_writing());
    LECTERN_ASSIGN(const std::int64_t folder, writer->add_folder("/corpus", false));
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Measuring was stopped.");
        LECTERN_ASSIGN(const std::int64_t document,
                       writer->put_document(make_document(folder, i, corpus[i])));
        if (embedder != nullptr)
            LECTERN_TRY(embed_document(library, *writer, document, *embedder, stop));
        if (options.on_progress)
            options.on_progress(static_cast<int>(i + 1), static_cast<int>(corpus.size()));
    }
    return {};
}

double recall(const std::vector<SearchHit>& hits, const std::set<std::string>& supporting, int k) {
    std::set<std::string> found;
    for (std::size_t i = 0; i < std::min(hits.size(), static_cast<std::size_t>(k)); ++i)
        if (supporting.contains(hits[i].title)) found.insert(hits[i].title);
    return static_cast<double>(found.size()) / static_cast<double>(supporting.size());
}

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(last * share + 0.5)];
}

Result<RetrievalReport> ask_all(Searcher& searcher, const std::vector<Question>& questions,
                                const std::stop_token& stop) {
    RetrievalReport report;
    std::vector<double> times_ms;
    for (const Question& question : questions) {
        if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Measuring was stopped.");
        if (question.supporting.empty()) continue;
        const auto begin = std::chrono::steady_clock::now();
        LECTERN_ASSIGN(const auto hits, searcher.search(question.text, kRecallAt.back()));
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begin;
        times_ms.push_back(took.count());
        for (const int k : kRecallAt) report.recall_at[k] += recall(hits, question.supporting, k);
        ++report.n;
    }
    if (report.n == 0)
        return fail(ErrorCode::kCorrupt, "The dataset holds no question with supporting facts.");
    for (auto& [k, sum] : report.recall_at) sum /= report.n;
    report.ms_p50 = percentile(times_ms, 0.5);
    report.ms_p95 = percentile(times_ms, 0.95);
    return report;
}

}  // namespace

Result<RetrievalReport> run_retrieval_eval(const fs::path& dataset, const fs::path& corpus,
                                           Embedder* embedder, const RetrievalEvalOptions& options,
                                           std::stop_token stop) {
    LECTERN_ASSIGN(const auto questions, parse_file(dataset, parse_dataset));
    LECTERN_ASSIGN(const auto passages, parse_file(corpus, parse_corpus));
    LECTERN_ASSIGN(const ScratchFolder scratch, ScratchFolder::make());
    LibraryOptions throw_away;
    throw_away.durable = false;
    LECTERN_ASSIGN(const auto library, Library::open(scratch.path(), throw_away));
    LECTERN_TRY(index_corpus(*library, passages, embedder, options, stop));
    Searcher searcher(*library, embedder, options.search);
    LECTERN_TRY(searcher.refresh());
    return ask_all(searcher, questions, stop);
}

}  // namespace lectern

#include "app/core/eval_documents.h"

#include <algorithm>
#include <utility>

#include "app/core/answer_flow.h"
#include "app/core/file_scan.h"
#include "retrieval/chunk/chunker.h"
#include "retrieval/document/file_bytes.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

constexpr const char* kQuestion = "Summarise these passages in three sentences.";

/// Files by path, so that cases come in the same order everywhere.
Result<std::vector<fs::path>> documents_in(
    const fs::path& folder, const std::function<bool(std::string_view)>& knows_extension,
    const std::stop_token& stop) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return fail(ErrorCode::kNotFound, "There is no folder " + shown_name(folder) + ".");
    FolderRecord record;
    record.path = fs::absolute(folder);
    FileScan scan = scan_folders(std::span(&record, 1), knows_extension, stop);
    if (scan.cancelled) return fail(ErrorCode::kCancelled, "The evaluation was cancelled.");
    std::vector<fs::path> paths;
    for (FoundFile& file : scan.files) paths.push_back(std::move(file.path));
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<EvalCase> cases_of(const fs::path& path, const std::vector<Chunk>& chunks,
                               const std::string& title, int n) {
    const std::string shown = title.empty() ? path.filename().string() : title;
    std::vector<EvalCase> cases;
    const auto run = static_cast<std::size_t>(n);
    for (std::size_t first = 0; first + run <= chunks.size(); first += run) {
        EvalCase item{kQuestion, {}, {}, {}};
        for (std::size_t i = first; i < first + run; ++i) {
            PlanPassage passage = plan_passage(shown, chunks[i].heading_path, chunks[i].text);
            std::string before = i == 0 ? std::string() : chunks[i - 1].text;
            item.passages.push_back(
                {std::move(passage.heading), std::move(passage.text), std::move(before)});
        }
        cases.push_back(std::move(item));
    }
    return cases;
}

/// What the document gives; its cases are added to `out`.
EvalDocument add_document(const Result<ParsedDocument>& document, const fs::path& path, int n,
                          std::vector<EvalCase>& out) {
    EvalDocument entry;
    if (!document) {
        entry.reason = document.error().message;
        return entry;
    }
    const std::vector<Chunk> chunks = split_document(*document, {});
    std::vector<EvalCase> cases = cases_of(path, chunks, document->title, n);
    entry.n_cases = static_cast<int>(cases.size());
    if (cases.empty())
        entry.reason = "Its " + std::to_string(chunks.size()) + " chunks are fewer than the " +
                       std::to_string(n) + " of a case.";
    std::move(cases.begin(), cases.end(), std::back_inserter(out));
    return entry;
}

}  // namespace

Result<EvalDocuments> read_eval_documents(
    const fs::path& folder, int n, const ReadDocument& read,
    const std::function<bool(std::string_view extension)>& knows_extension, std::stop_token stop) {
    LECTERN_ASSIGN(const std::vector<fs::path> paths, documents_in(folder, knows_extension, stop));
    EvalDocuments out;
    for (const fs::path& path : paths) {
        const Result<ParsedDocument> document = read(path, stop);
        if (!document && document.error().code == ErrorCode::kCancelled)
            return tl::unexpected<Error>(document.error());
        EvalDocument entry = add_document(document, path, n, out.cases);
        entry.name = path.lexically_relative(fs::absolute(folder)).string();
        out.documents.push_back(std::move(entry));
    }
    if (out.cases.empty())
        return fail(ErrorCode::kUnsupported,
                    out.documents.empty()
                        ? "There is no document in " + shown_name(folder) + "."
                        : "No document in " + shown_name(folder) + " gives a case. " +
                              out.documents.front().name + ": " + out.documents.front().reason);
    return out;
}

}  // namespace lectern

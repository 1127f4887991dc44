#include "app/core/ingest_flow.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "app/core/file_scan.h"
#include "app/core/ingest_meter.h"
#include "app/core/ingest_plan.h"
#include "app/core/ingest_work.h"
#include "app/core/kv_estimate.h"
#include "app/core/reading_rate.h"
#include "retrieval/store/library_writer.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

/// Passages embedded between two looks at the gate and two commits.
constexpr std::size_t kEmbedTogether = 4;

/// One run of the flow.
class IngestRun {
  public:
    IngestRun(const IngestParts& parts, const ChunkOptions& chunking, LibraryWriter& writer,
              const IngestEvents& events, std::stop_token stop)
        : parts_(parts),
          chunking_(chunking),
          writer_(writer),
          stop_(std::move(stop)),
          meter_(events) {}

    Status add(const std::vector<fs::path>& paths);
    Result<IngestPlan> scan();
    Status apply(const IngestPlan& plan);
    Result<std::vector<IngestWork>> list_work(const IngestPlan& plan);
    Result<std::vector<FolderRecord>> folders() const { return parts_.library->folders(); }
    Status expect(const IngestPlan& plan);
    Status read_and_embed(const std::vector<IngestWork>& work);
    Status index();
    Status precompute_kv();
    Result<IngestReport> report();

  private:
    Status take(IngestWork work);
    Status give_way();
    Result<NewDocument> read_and_split(const IngestWork& work);
    Result<std::optional<Error>> embed(const IngestWork& work);
    Status give_up(const IngestWork& work, const Error& error);
    void expect_chunks(double n_more);

    const IngestParts& parts_;
    const ChunkOptions& chunking_;
    LibraryWriter& writer_;
    std::stop_token stop_;
    IngestMeter meter_;
    IngestReport report_;
    double expected_chunks_ = 0;  ///< when this run has read everything
};

Error cancelled() { return {ErrorCode::kCancelled, "Indexing was stopped.", ""}; }

Status IngestRun::add(const std::vector<fs::path>& paths) {
    for (const fs::path& path : paths) {
        std::error_code error;
        if (fs::exists(path, error)) continue;
        return fail(ErrorCode::kNotFound, "There is no file or folder " + path.string() + ".",
                    "Nothing was added; check the spelling.");
    }
    for (const fs::path& path : paths)
        LECTERN_TRY(writer_.add_folder(tidy_path(path), !fs::is_directory(path)));
    return {};
}

Result<IngestPlan> IngestRun::scan() {
    LECTERN_ASSIGN(const auto folders, parts_.library->folders());
    LECTERN_ASSIGN(const auto left_out_paths, parts_.library->left_out());
    const std::set<fs::path> left_out(left_out_paths.begin(), left_out_paths.end());
    FileScan scan = scan_folders(folders, parts_.knows_extension, stop_);
    std::erase_if(scan.files, [&](const FoundFile& file) { return left_out.contains(file.path); });
    if (scan.cancelled) return tl::unexpected<Error>(cancelled());
    for (const ScannedFolder& folder : scan.folders)
        LECTERN_TRY(writer_.set_folder_seen(folder.id, folder.offline, folder.device));
    for (const UnreadablePath& path : scan.unreadable)
        report_.failed.push_back({path.path, FileState::kFailed, path.reason, 0});
    LECTERN_ASSIGN(const auto documents, parts_.library->documents());
    return plan_ingest(scan, documents, stop_);
}

Status IngestRun::apply(const IngestPlan& plan) {
    LECTERN_TRY(writer_.remove_documents(plan.removals));
    report_.removed = static_cast<std::int64_t>(plan.removals.size());
    for (const IngestPlan::Move& move : plan.moves) {
        LECTERN_TRY(writer_.move_document(move.document_id, move.file.folder_id, move.file.path,
                                          move.file.stamp));
        report_.renamed += move.renamed ? 1 : 0;
    }
    return {};
}

Result<std::vector<IngestWork>> IngestRun::list_work(const IngestPlan& plan) {
    LECTERN_ASSIGN(const auto documents, parts_.library->documents());
    const ChunkEstimate estimate(documents);
    std::vector<IngestWork> work;
    std::set<fs::path> is_listed;
    for (const auto& [file, is_new] : plan.reads) {
        work.push_back({.path = file.path,
                        .bytes = file.stamp.size_bytes,
                        .stamp = file.stamp,
                        .folder_id = file.folder_id,
                        .must_read = true,
                        .is_new = is_new,
                        .expected_chunks = estimate.of(file.path, file.stamp.size_bytes)});
        is_listed.insert(file.path);
        expect_chunks(work.back().expected_chunks);
    }
    for (const DocumentRecord& document : documents)
        if (!is_listed.contains(document.path)) expect_chunks(static_cast<double>(document.chunks));
    if (parts_.embedder == nullptr) return work;
    LECTERN_ASSIGN(const auto ids,
                   parts_.library->documents_without_vectors(parts_.embedder->fingerprint()));
    const std::set<std::int64_t> unfinished(ids.begin(), ids.end());
    for (const DocumentRecord& document : documents)
        if (!is_listed.contains(document.path) && unfinished.contains(document.id))
            work.push_back(
                {.path = document.path,
                 .document_id = document.id,
                 .bytes = document.stamp.size_bytes,
                 .stamp = document.stamp,
                 .folder_id = document.folder_id,
                 .clear_failure = document.failed && document.failure.stamp == document.stamp,
                 .chunks = static_cast<int>(document.chunks)});
    return work;
}

/// The library lists what is to be read, so that the next run knows of it, whatever ends this one.
Status IngestRun::expect(const IngestPlan& plan) {
    std::vector<LibraryWriter::Expected> files;
    for (const IngestPlan::Read& read : plan.reads)
        if (read.is_new) files.push_back({read.file.folder_id, read.file.path});
    return writer_.expect_documents(files);
}

Status IngestRun::read_and_embed(const std::vector<IngestWork>& work) {
    std::int64_t bytes = 0;
    for (const IngestWork& file : work) {
        bytes += file.bytes;
        meter_.file({file.path, FileState::kWaiting, "", 0});
    }
    meter_.start(static_cast<int>(work.size()), bytes);
    for (const IngestWork& file : work) LECTERN_TRY(take(file));
    return note_reading(*parts_.library, meter_.chunks_done(), meter_.seconds_reading());
}

Status IngestRun::take(IngestWork work) {
    LECTERN_TRY(give_way());
    meter_.begin_file(work.path, work.bytes);
    meter_.file({work.path, FileState::kReading, "", 0});
    if (work.must_read) {
        auto document = read_and_split(work);
        if (!document) return give_up(work, document.error());
        // From here on it can be found by its words.
        LECTERN_ASSIGN(work.document_id, writer_.put_document(*document));
        work.chunks = static_cast<int>(document->chunks.size());
        expect_chunks(work.chunks - work.expected_chunks);
        ++(work.is_new ? report_.added : report_.changed);
    }
    if (parts_.embedder != nullptr) {
        LECTERN_ASSIGN(const auto failure, embed(work));
        if (failure) return give_up(work, *failure);
        if (work.clear_failure) LECTERN_TRY(writer_.touch_document(work.document_id, work.stamp));
    }
    meter_.file({work.path, FileState::kReady, "", work.chunks});
    meter_.end_file();
    return {};
}

/// Lets questions go first. kCancelled.
Status IngestRun::give_way() {
    if (parts_.gate != nullptr) parts_.gate->wait(stop_);
    if (stop_.stop_requested()) return tl::unexpected<Error>(cancelled());
    return {};
}

Result<NewDocument> IngestRun::read_and_split(const IngestWork& work) {
    LECTERN_ASSIGN(ParsedDocument parsed, parts_.read(work.path, stop_));
    LECTERN_ASSIGN(const Hash128 hash, hash_file(work.path, stop_));
    NewDocument document{work.folder_id, work.path,   work.stamp,     hash, parsed.format,
                         parsed.title,   parsed.note, parsed.n_pages, {}};
    document.chunks = split_document(parsed, chunking_);
    if (!document.chunks.empty()) return document;
    return fail(ErrorCode::kUnsupported, parsed.note.empty()
                                             ? work.path.filename().string() + " holds no text."
                                             : parsed.note);
}

/// Gives vectors to the document's chunks that have none, a few at a time: what is done is kept.
/// Returns why the embedder failed on this document, if it did.
Result<std::optional<Error>> IngestRun::embed(const IngestWork& work) {
    const Hash128& embedder = parts_.embedder->fingerprint();
    LECTERN_ASSIGN(const auto ids,
                   parts_.library->chunks_without_vectors(embedder, work.document_id));
    for (std::size_t begin = 0; begin < ids.size(); begin += kEmbedTogether) {
        LECTERN_TRY(give_way());
        const std::size_t n = std::min(kEmbedTogether, ids.size() - begin);
        LECTERN_ASSIGN(const auto chunks, parts_.library->chunks(std::span(ids).subspan(begin, n)));
        std::vector<PassageText> texts;
        for (const ChunkRecord& chunk : chunks) texts.push_back({chunk.context, chunk.text});
        auto embedded = parts_.embedder->embed_passages(texts, stop_);
        if (!embedded) return std::optional(std::move(embedded).error());
        std::vector<ChunkVectors> vectors;
        for (std::size_t i = 0; i < chunks.size(); ++i)
            vectors.push_back({chunks[i].id, std::move((*embedded)[i])});
        LECTERN_TRY(writer_.put_vectors(embedder, vectors));
        meter_.embedded(static_cast<std::int64_t>(begin + n),
                        static_cast<std::int64_t>(ids.size()));
    }
    return std::optional<Error>();
}

/// One bad file never stops the rest: it is remembered with its reason. kCancelled is no failure.
Status IngestRun::give_up(const IngestWork& work, const Error& error) {
    if (error.code == ErrorCode::kCancelled) return tl::unexpected<Error>(error);
    LECTERN_TRY(
        writer_.put_failure(work.folder_id, work.path, {error.code, error.text(), work.stamp}));
    if (work.must_read && work.chunks == 0) expect_chunks(-work.expected_chunks);
    meter_.file({work.path, FileState::kFailed, error.text(), 0});
    meter_.end_file();
    return {};
}

void IngestRun::expect_chunks(double n_more) {
    expected_chunks_ += n_more;
    meter_.expect_kv(expected_chunks_ * parts_.kv_bytes_per_chunk);
}

Status IngestRun::index() {
    return parts_.searcher == nullptr ? Status() : parts_.searcher->refresh();
}

Status IngestRun::precompute_kv() {
    assert(parts_.precompute_kv);
    LECTERN_ASSIGN(const LibraryCounts counts, parts_.library->counts());
    std::int64_t n_stored = 0;
    const auto on_done = [&](std::int64_t done) {
        n_stored = done;
        meter_.kv(done, counts.chunks);
    };
    LECTERN_ASSIGN(report_.kv_bytes, parts_.precompute_kv(on_done, stop_));
    report_.kv_left = counts.chunks - n_stored;
    return {};
}

Result<IngestReport> IngestRun::report() {
    LECTERN_ASSIGN(const LibraryCounts counts, parts_.library->counts());
    LECTERN_ASSIGN(const auto documents, parts_.library->documents());
    report_.documents = counts.documents;
    report_.chunks = counts.chunks;
    report_.tokens = counts.tokens;
    for (const DocumentRecord& document : documents)
        if (document.failed)
            report_.failed.push_back({document.path, FileState::kFailed, document.failure.reason,
                                      static_cast<int>(document.chunks)});
    report_.seconds = meter_.seconds();
    return std::move(report_);
}

/// The way of a document.
Status walk(IngestRun& run, const std::vector<fs::path>& paths, KvPolicy kv) {
    LECTERN_TRY(run.add(paths));
    LECTERN_ASSIGN(const IngestPlan plan, run.scan());
    LECTERN_TRY(run.apply(plan));
    LECTERN_ASSIGN(std::vector<IngestWork> work, run.list_work(plan));
    LECTERN_ASSIGN(const auto folders, run.folders());
    LECTERN_TRY(run.expect(plan));
    LECTERN_TRY(run.read_and_embed(take_turns(std::move(work), folders)));
    LECTERN_TRY(run.index());
    if (kv == KvPolicy::kAll) LECTERN_TRY(run.precompute_kv());
    return {};
}

}  // namespace

IngestFlow::IngestFlow(IngestParts parts, ChunkOptions chunking)
    : parts_(std::move(parts)), chunking_(chunking) {}

Result<IngestReport> IngestFlow::run(const std::vector<fs::path>& paths, KvPolicy kv,
                                     const IngestEvents& events, std::stop_token stop) {
    LECTERN_ASSIGN(const auto writer, parts_.library->begin_writing());
    IngestRun run(parts_, chunking_, *writer, events, stop);
    const Status walked = walk(run, paths, kv);
    const bool cancelled = !walked && walked.error().code == ErrorCode::kCancelled;
    if (!walked && !cancelled) return tl::unexpected<Error>(walked.error());
    LECTERN_ASSIGN(IngestReport report, run.report());
    report.cancelled = cancelled;
    return report;
}

Result<std::int64_t> IngestFlow::take_back() {
    LECTERN_ASSIGN(const auto writer, parts_.library->begin_writing());
    return writer->take_back_waiting();
}

Status IngestFlow::remove(const fs::path& path) {
    LECTERN_ASSIGN(const auto writer, parts_.library->begin_writing());
    return writer->remove_folder(tidy_path(path));
}

}  // namespace lectern

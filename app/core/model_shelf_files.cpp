// Models' files on this machine: taken in, compared with their checksums, removed.
#include <sys/stat.h>

#include <array>
#include <fstream>
#include <vector>

#include "app/core/model_shelf.h"
#include "app/core/paths.h"
#include "app/core/sha256.h"
#include "engine/base/file_system.h"
#include "engine/gguf/gguf_file.h"
#include "engine/model/model_config.h"
#include "engine/tokenizer/chat_template.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {
namespace {

constexpr std::size_t kBlockBytes = 4 << 20;

Status copy_file(const std::filesystem::path& from, const std::filesystem::path& to,
                 std::int64_t n_bytes, const std::function<void(double)>& on_share,
                 const std::stop_token& stop) {
    FileSystem& files = posix_file_system();
    LECTERN_ASSIGN(const std::int64_t free, files.free_bytes(to.parent_path()));
    if (free < n_bytes)
        return fail(ErrorCode::kDiskFull,
                    "There is not enough room on the disk for " + from.filename().string() + ".",
                    "Free some space and import it again.");
    std::filesystem::path unfinished = to;
    unfinished += ".tmp";
    LECTERN_TRY(files.remove(unfinished));
    LECTERN_ASSIGN(const auto source, files.open(from));
    LECTERN_ASSIGN(auto target, files.create(unfinished));
    std::vector<std::byte> block(kBlockBytes);
    for (std::int64_t done = 0; done < n_bytes;) {
        if (stop.stop_requested()) {
            LECTERN_TRY(files.remove(unfinished));
            return fail(ErrorCode::kCancelled, "Importing was stopped.");
        }
        const auto n = std::min<std::int64_t>(n_bytes - done, kBlockBytes);
        const std::span<std::byte> piece = std::span(block).first(static_cast<std::size_t>(n));
        LECTERN_TRY(source->read_at(done, piece));
        LECTERN_TRY(target->write(piece));
        done += n;
        on_share(static_cast<double>(done) / static_cast<double>(n_bytes));
    }
    LECTERN_TRY(target->sync());
    return files.rename(unfinished, to);
}

}  // namespace

Status check_answering_model(const std::filesystem::path& path) {
    LECTERN_ASSIGN(const auto file, GgufFile::open(path));
    LECTERN_ASSIGN(const std::int64_t n_parts, file->integer_or("split.count", 1));
    if (n_parts > 1)
        return fail(ErrorCode::kUnsupported,
                    path.filename().string() + " is one of several files of a model.",
                    "Import a model that is one file.");
    LECTERN_ASSIGN(const ModelConfig config, ModelConfig::from_gguf(*file));
    LECTERN_ASSIGN(const auto tokenizer, load_tokenizer(*file));
    constexpr const char* kTemplate = "tokenizer.chat_template";
    std::string jinja;
    if (file->find(kTemplate) != nullptr) {
        LECTERN_ASSIGN(jinja, file->text(kTemplate));
    }
    LECTERN_TRY(ChatTemplate::detect(jinja, *tokenizer));
    return {};
}

Result<std::string> import_model(const std::filesystem::path& path,
                                 const std::function<void(double)>& on_share,
                                 std::stop_token stop) {
    const std::string name = path.filename().string();
    std::error_code error;
    const auto n_bytes = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::kNotFound, "There is no file " + path.string() + ".",
                    "Check the path.");
    if (path.extension() != ".gguf")
        return fail(ErrorCode::kUnsupported, name + " is not a GGUF file.",
                    "Models are imported as files that end in .gguf.");
    LECTERN_TRY(check_answering_model(path));
    const std::filesystem::path target = models_folder() / name;
    LECTERN_TRY(posix_file_system().create_folder(models_folder()));
    if (std::filesystem::equivalent(path, target, error)) return path.stem().string();
    if (std::filesystem::exists(target))
        return fail(ErrorCode::kInvalidArgument, "There already is a model named " + name + ".",
                    "Remove that one first, or give the file another name.");
    std::filesystem::create_hard_link(std::filesystem::canonical(path), target, error);
    if (error) {  // another disk, or none that knows links
        const auto size = static_cast<std::int64_t>(n_bytes);
        LECTERN_TRY(copy_file(path, target, size, on_share, stop));
    }
    return path.stem().string();
}

Status verify_model(const ShelfModel& shelf, const std::function<void(double)>& on_share,
                    std::stop_token stop) {
    std::int64_t before = 0;
    for (const ModelFile& file : shelf.model.files) {
        if (file.sha256.empty())
            return fail(ErrorCode::kNotFound,
                        "No checksum of " + shelf.model.title + " is known here.",
                        "Compare it with the one that its maker gives.");
        const auto tell = [&](std::int64_t done) {
            on_share(static_cast<double>(before + done) /
                     static_cast<double>(std::max<std::int64_t>(shelf.model.n_bytes, 1)));
        };
        LECTERN_ASSIGN(const std::string sha256, sha256_of(file.target, tell, stop));
        if (sha256 != file.sha256)
            return fail(ErrorCode::kCorrupt,
                        file.target.filename().string() + " is damaged: its checksum differs.",
                        "Remove the model and download it again.");
        before += file.n_bytes;
    }
    return {};
}

std::int64_t bytes_freed_by_removing(const ShelfModel& shelf) {
    std::int64_t n_bytes = 0;
    for (const ModelFile& file : shelf.model.files) {
        struct stat about {};
        if (lstat(file.target.c_str(), &about) == 0 && about.st_nlink == 1)
            n_bytes += about.st_size;
    }
    return n_bytes;
}

Result<std::int64_t> remove_model(const ShelfModel& shelf) {
    if (!shelf.installed)
        return fail(ErrorCode::kNotFound, shelf.model.title + " is not installed.");
    const std::int64_t n_bytes = bytes_freed_by_removing(shelf);
    for (const ModelFile& file : shelf.model.files) {
        const auto folder = file.target.parent_path();
        if (folder != models_folder() && folder.parent_path() != models_folder())
            return fail(ErrorCode::kInvalidArgument,
                        file.target.string() + " is not in the folder of models.",
                        "Remove it with the file manager, if it is not needed elsewhere.");
    }
    for (const ModelFile& file : shelf.model.files)
        LECTERN_TRY(posix_file_system().remove(file.target));
    std::error_code not_empty;
    if (shelf.model.location != shelf.model.files[0].target)
        std::filesystem::remove(shelf.model.location, not_empty);
    return n_bytes;
}

}  // namespace lectern

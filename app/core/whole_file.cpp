#include "app/core/whole_file.h"

#include <memory>

#include "engine/base/file_system.h"

namespace lectern {

Status write_whole_file(const std::filesystem::path& path,
                        std::initializer_list<std::span<const std::byte>> parts) {
    FileSystem& files = posix_file_system();
    std::filesystem::path unfinished = path;
    unfinished += ".tmp";
    LECTERN_TRY(files.remove(unfinished));  // of a writer that died
    LECTERN_ASSIGN(const std::unique_ptr<WritableFile> file, files.create(unfinished));
    for (const auto part : parts) LECTERN_TRY(file->write(part));
    LECTERN_TRY(file->sync());
    return files.rename(unfinished, path);
}

}  // namespace lectern

// The child's side of reading: one file in, one CBOR array out.
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <new>

#include "retrieval/document/document_cbor.h"
#include "retrieval/document/document_reader.h"
#include "retrieval/document/file_bytes.h"
#include "retrieval/document/reader_sandbox.h"

namespace lectern {
namespace {

Result<ParsedDocument> read_limited(const std::filesystem::path& path, const ReadLimits& limits) {
    LECTERN_TRY(enter_reader_sandbox(limits));
    LECTERN_TRY(regular_file_size(path, limits.file_bytes));
    try {
        return ReaderRegistry::standard().read(path);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::kOutOfMemory,
                    shown_name(path) + " needs more memory to be read than is allowed (" +
                        std::to_string(limits.memory_bytes >> 20) + " MB).",
                    "Split it into parts.");
    } catch (const std::exception& exception) {
        return fail(ErrorCode::kInternal,
                    shown_name(path) + " could not be read: " + exception.what() + ".");
    }
}

bool write_all(const std::vector<std::uint8_t>& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t n = ::write(STDOUT_FILENO, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        done += static_cast<std::size_t>(n);
    }
    return true;
}

}  // namespace

int read_document_main(const std::filesystem::path& path, const ReadLimits& limits) {
    try {
        return write_all(to_cbor(read_limited(path, limits))) ? 0 : 1;
    } catch (const std::bad_alloc&) {  // there was room for the document but not for the answer
        const Result<ParsedDocument> error =
            fail(ErrorCode::kOutOfMemory, shown_name(path) + " holds more text than memory allows.",
                 "Split it into parts.");
        return write_all(to_cbor(error)) ? 0 : 1;
    }
}

}  // namespace lectern

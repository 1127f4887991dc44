#include "engine/gguf/safetensors_file.h"

#include <new>

#include "engine/gguf/safetensors_parser.h"
#include "engine/gguf/tensor_hash.h"

namespace lectern {

Result<std::shared_ptr<const SafetensorsFile>> SafetensorsFile::open(
    const std::filesystem::path& path) {
    try {
        std::shared_ptr<SafetensorsFile> file(new SafetensorsFile());
        LECTERN_ASSIGN(file->mapping_, MappedFile::open(path));
        LECTERN_ASSIGN(file->tensors_, parse_safetensors(file->mapping_.bytes(), path.string()));
        for (const GgufTensor& tensor : file->tensors_)
            file->tensor_index_.emplace(tensor.name, file->tensor_index_.size());
        Hasher hasher;
        add_tensors(hasher, file->tensors_);
        file->content_hash_ = hasher.finish();
        return file;
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::kOutOfMemory,
                    "There is not enough memory to read the header of " + path.string() + ".");
    }
}

const GgufTensor* SafetensorsFile::tensor(std::string_view name) const {
    const auto found = tensor_index_.find(std::string(name));
    return found == tensor_index_.end() ? nullptr : &tensors_[found->second];
}

}  // namespace lectern

// A library with documents of a test's own: a fake embedder, and a reader that takes a file's bytes
// as paragraphs.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "app/core/ingest_flow.h"
#include "app/core/library_overview.h"
#include "retrieval/search/dense_cache.h"
#include "retrieval/store/library_writer.h"
#include "tests/support/as_nobody.h"
#include "tests/support/catch.h"
#include "tests/support/fake_embedder.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

namespace lectern::test {

namespace fs = std::filesystem;

inline void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// n paragraphs of about 1,500 characters: each becomes a chunk of its own.
inline std::string long_text(const std::string& word, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < 15; ++j) {
            out += "Sentence " + std::to_string(j) + " of part " + std::to_string(i) +
                   " is about " + word +
                   " and many other things that fill the line up to a hundred.";
            out += ' ';
        }
        out += "\n\n";
    }
    return out;
}

class Ingest {
  public:
    Ingest() : docs(dir / "docs") { fs::create_directories(docs); }

    IngestReport run(const std::vector<fs::path>& paths = {}, std::stop_token stop = {}) {
        return value(try_run(paths, stop));
    }

    Result<IngestReport> try_run(const std::vector<fs::path>& paths, std::stop_token stop = {},
                                 KvPolicy kv = KvPolicy::kLazy) {
        n_read = 0;
        embedder->n_embedded = 0;
        states.clear();
        IngestFlow flow(parts());
        IngestEvents events;
        events.on_file = [this](const FileStatus& file) {
            states[file.path.filename().string()].push_back(file.state);
            if (on_file) on_file(file);
        };
        events.on_progress = [this](const IngestProgress& p) {
            progress = p;
            if (on_progress) on_progress(p);
        };
        return flow.run(paths, kv, events, stop);
    }

    IngestParts parts() {
        IngestParts parts;
        parts.library = library.get();
        parts.embedder = embedder.get();
        parts.searcher = searcher.get();
        parts.gate = &gate;
        parts.knows_extension = [](std::string_view extension) { return extension == "txt"; };
        parts.read = [this](const fs::path& path, std::stop_token) { return read(path); };
        parts.precompute_kv = precompute_kv;
        parts.kv_bytes_per_chunk = kv_bytes_per_chunk;
        return parts;
    }

    /// As if the process had been killed and started again.
    void reopen() {
        searcher.reset();
        library.reset();
        library = value(Library::open(dir / "library"));
        searcher = std::make_unique<Searcher>(*library, embedder.get());
    }

    /// File names of the hits whose text has the word itself.
    std::vector<std::string> find(const std::string& word) {
        std::vector<std::string> names;
        for (const SearchHit& hit : value(searcher->search(word, 50))) {
            const bool has = hit.text.find(word) != std::string::npos;
            const std::string name = hit.path.filename().string();
            if (has && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    Result<ParsedDocument> read(const fs::path& path) {
        ++n_read;
        std::ifstream file(path, std::ios::binary);
        if (!file) return fail(ErrorCode::kIo, path.filename().string() + " cannot be read.");
        std::stringstream bytes;
        bytes << file.rdbuf();
        const std::string text = bytes.str();
        if (text.starts_with("BROKEN"))
            return fail(ErrorCode::kCorrupt, path.filename().string() + " is broken.");
        ParsedDocument out;
        out.format = "text";
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find("\n\n", begin), text.size());
            if (end > begin) {
                Block block;
                block.text = text.substr(begin, end - begin);
                block.source = {0, static_cast<std::int64_t>(begin),
                                static_cast<std::int64_t>(end - begin)};
                out.blocks.push_back(block);
            }
            begin = end + 2;
        }
        return out;
    }

    test::TempDir dir;
    fs::path docs;
    std::unique_ptr<test::FakeEmbedder> embedder = std::make_unique<test::FakeEmbedder>();
    std::unique_ptr<Library> library = value(Library::open(dir / "library"));
    std::unique_ptr<Searcher> searcher = std::make_unique<Searcher>(*library, embedder.get());
    QuestionGate gate;
    PrecomputeKv precompute_kv;
    double kv_bytes_per_chunk = 0;
    std::function<void(const FileStatus&)> on_file;
    std::function<void(const IngestProgress&)> on_progress;
    int n_read = 0;
    IngestProgress progress;
    std::map<std::string, std::vector<FileState>> states;
};

using Names = std::vector<std::string>;

}  // namespace lectern::test

#include "retrieval/index/dense_index.h"

#include <faiss/IndexFlat.h>
#include <faiss/IndexIDMap.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/impl/io.h>
#include <faiss/index_io.h>
#include <omp.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <exception>
#include <new>
#include <utility>

namespace lectern {
namespace {

/// FAISS' OpenMP threads would fight with the engine's: inside, this thread works alone.
class OneThread {
  public:
    OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~OneThread() { omp_set_num_threads(before_); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

  private:
    int before_;
};

/// Runs a call into FAISS; whatever it throws becomes an Error.
template <class Call>
auto guarded(const char* what, Call call) -> decltype(call()) {
    const OneThread one_thread;
    try {
        return call();
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::kOutOfMemory, std::string("Not enough memory to ") + what + ".");
    } catch (const std::exception& e) {
        return fail(ErrorCode::kInternal, std::string("Cannot ") + what + ": " + e.what());
    }
}

/// Lets FAISS read from memory without a copy.
struct SpanReader : faiss::IOReader {
    explicit SpanReader(std::span<const std::byte> all) : bytes(all) {}
    std::size_t operator()(void* out, std::size_t size, std::size_t n_items) override {
        if (size == 0) return n_items;
        const std::size_t n = std::min(n_items, bytes.size() / size);
        if (n > 0) std::memcpy(out, bytes.data(), n * size);
        bytes = bytes.subspan(n * size);
        return n;
    }
    std::span<const std::byte> bytes;
};

/// Positions in the index that a search looks at.
struct Chosen : faiss::IDSelector {
    bool is_member(faiss::Index::idx_t position) const override {
        return positions[static_cast<std::size_t>(position)];
    }
    std::vector<bool> positions;
};

std::unique_ptr<faiss::IndexIDMap2> empty_index(int dimensions) {
    auto map = std::make_unique<faiss::IndexIDMap2>(new faiss::IndexFlatIP(dimensions));
    map->own_fields = true;
    return map;
}

}  // namespace

struct DenseIndex::State {
    std::unique_ptr<faiss::IndexIDMap2> index;
};

DenseIndex::DenseIndex(int dimensions)
    : state_(std::make_unique<State>(State{empty_index(dimensions)})) {}
DenseIndex::DenseIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
DenseIndex::~DenseIndex() = default;
DenseIndex::DenseIndex(DenseIndex&&) noexcept = default;
DenseIndex& DenseIndex::operator=(DenseIndex&&) noexcept = default;

int DenseIndex::dimensions() const { return static_cast<int>(state_->index->d); }
std::int64_t DenseIndex::size() const { return state_->index->ntotal; }
bool DenseIndex::contains(std::int64_t id) const { return state_->index->rev_map.contains(id); }

std::vector<std::int64_t> DenseIndex::ids() const {
    std::vector<std::int64_t> out(state_->index->id_map.begin(), state_->index->id_map.end());
    std::sort(out.begin(), out.end());
    return out;
}

Status DenseIndex::add(std::span<const std::int64_t> ids, std::span<const float> vectors) {
    assert(vectors.size() == ids.size() * static_cast<std::size_t>(dimensions()));
    return guarded("add vectors to the dense index", [&]() -> Status {
        state_->index->add_with_ids(static_cast<faiss::Index::idx_t>(ids.size()), vectors.data(),
                                    ids.data());
        return {};
    });
}

Status DenseIndex::remove(std::span<const std::int64_t> ids) {
    return guarded("remove vectors from the dense index", [&]() -> Status {
        const faiss::IDSelectorBatch selector(ids.size(), ids.data());
        state_->index->remove_ids(selector);
        return {};
    });
}

Result<std::vector<Neighbour>> DenseIndex::search(std::span<const float> query, int k) const {
    assert(query.size() == static_cast<std::size_t>(dimensions()));
    using Neighbours = std::vector<Neighbour>;
    return guarded("search the dense index", [&]() -> Result<Neighbours> {
        const auto n = static_cast<std::size_t>(std::min<std::int64_t>(k, size()));
        if (n == 0) return Neighbours{};
        std::vector<float> scores(n);
        std::vector<faiss::Index::idx_t> ids(n);
        state_->index->search(1, query.data(), static_cast<faiss::Index::idx_t>(n), scores.data(),
                              ids.data());
        Neighbours out;
        for (std::size_t i = 0; i < n; ++i)
            if (ids[i] >= 0 && std::isfinite(scores[i])) out.push_back({ids[i], scores[i]});
        return out;
    });
}

/// The map around the flat index refuses selectors: the flat index itself is asked, by its own
/// positions.
Result<std::vector<Neighbour>> DenseIndex::search_among(
    std::span<const float> query, int k, const std::function<bool(std::int64_t id)>& among) const {
    assert(query.size() == static_cast<std::size_t>(dimensions()));
    using Neighbours = std::vector<Neighbour>;
    return guarded("search the dense index", [&]() -> Result<Neighbours> {
        const std::vector<faiss::Index::idx_t>& id_map = state_->index->id_map;
        Chosen chosen;
        chosen.positions.reserve(id_map.size());
        for (const faiss::Index::idx_t id : id_map) chosen.positions.push_back(among(id));
        const auto n = static_cast<std::size_t>(std::min<std::int64_t>(k, size()));
        if (n == 0) return Neighbours{};
        std::vector<float> scores(n);
        std::vector<faiss::Index::idx_t> positions(n);
        faiss::SearchParameters parameters;
        parameters.sel = &chosen;
        state_->index->index->search(1, query.data(), static_cast<faiss::Index::idx_t>(n),
                                     scores.data(), positions.data(), &parameters);
        Neighbours out;
        for (std::size_t i = 0; i < n; ++i)
            if (positions[i] >= 0 && std::isfinite(scores[i]))
                out.push_back({id_map[static_cast<std::size_t>(positions[i])], scores[i]});
        return out;
    });
}

Result<std::vector<std::uint8_t>> DenseIndex::serialize() const {
    return guarded("write the dense index", [&]() -> Result<std::vector<std::uint8_t>> {
        faiss::VectorIOWriter writer;
        faiss::write_index(state_->index.get(), &writer);
        return std::move(writer.data);
    });
}

Result<DenseIndex> DenseIndex::deserialize(std::span<const std::byte> bytes, int dimensions) {
    auto read = guarded("read the dense index", [&]() -> Result<DenseIndex> {
        SpanReader reader(bytes);
        std::unique_ptr<faiss::Index> index(faiss::read_index(&reader));
        auto* map = dynamic_cast<faiss::IndexIDMap2*>(index.get());
        if (map == nullptr || map->d != dimensions ||
            map->ntotal != static_cast<faiss::Index::idx_t>(map->id_map.size()) ||
            dynamic_cast<faiss::IndexFlatIP*>(map->index) == nullptr)
            return fail(ErrorCode::kCorrupt, "The dense index is of another kind.");
        index.release();
        return DenseIndex(std::make_unique<State>(State{std::unique_ptr<faiss::IndexIDMap2>(map)}));
    });
    if (!read && read.error().code == ErrorCode::kInternal) read.error().code = ErrorCode::kCorrupt;
    return read;
}

}  // namespace lectern

// One store folder and several real processes that put, get, evict and verify at once.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <functional>

#include "tests/kv/faulty_file_system.h"
#include "tests/kv/store_folder.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::kSampleFileBytes;
using test::sample_chunk;
using test::sample_key;
using test::StoreFolder;

namespace {

constexpr int kBudgetChunks = 5;
const std::int64_t kBudget = kBudgetChunks * kSampleFileBytes;

/// Runs `work` in a process of its own, which ends with the number of things that went wrong.
pid_t start(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            ::_exit(std::min(work(), 97));
        } catch (...) {
            ::_exit(98);
        }
    }
    REQUIRE(child > 0);
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 101;
}

/// Gets and puts more chunks than there is room for. At every change the files, unfinished ones
/// included, must fit the budget: whoever changes anything holds the lock, so nobody else does.
int churn(const StoreFolder& folder, int seed, int n_rounds) {
    test::FaultyFileSystem files;
    int n_wrong = 0;
    files.after_change = [&] { n_wrong += folder.bytes() > kBudget; };
    const auto opened = folder.try_open(kBudget, &files);
    if (!opened) return 99;
    KvStore& store = **opened;
    for (int round = 0; round < n_rounds; ++round)
        n_wrong += test::get_or_put(store, (round * 7 + seed * 5) % 12, 1.0);
    return n_wrong + static_cast<int>(store.stats().corrupt);
}

int verify_again_and_again(const StoreFolder& folder, int n_rounds) {
    const auto opened = folder.try_open(kBudget);
    if (!opened) return 99;
    int n_wrong = 0;
    for (int round = 0; round < n_rounds; ++round) {
        const auto stats = (*opened)->verify();
        n_wrong += !stats || stats->corrupt > 0 || stats->leftovers > 0 || stats->adopted > 0;
    }
    return n_wrong;
}

}  // namespace

TEST_CASE("processes put, evict and verify one store at once, within one budget") {
    const StoreFolder folder;
    std::vector<pid_t> children;
    for (const int seed : {0, 1, 2})
        children.push_back(start([&] { return churn(folder, seed, 40); }));
    children.push_back(start([&] { return verify_again_and_again(folder, 30); }));
    for (const pid_t child : children) CHECK(wait_for(child) == 0);

    const auto store = folder.open(kBudget);
    CHECK(store->stats().entries == kBudgetChunks);
    CHECK(folder.bytes() == store->stats().bytes);
    CHECK(store->verify()->corrupt == 0);
    CHECK(store->stats().adopted + store->stats().forgotten + store->stats().leftovers == 0);
}

TEST_CASE("a process that is killed while it writes leaves a store that the others go on with") {
    const StoreFolder folder;
    const auto store = folder.open(kBudget);
    for (int round = 0; round < 5; ++round) {
        const pid_t child = start([&] { return churn(folder, round, 1'000'000); });
        ::usleep(20'000 * (round + 1));
        ::kill(child, SIGKILL);
        CHECK(wait_for(child) == 101);
        REQUIRE(store->put(sample_key(20 + round), sample_chunk(20 + round)));
        CHECK(folder.bytes() <= kBudget);
        const auto verified = store->verify();
        REQUIRE(verified);
        CHECK(verified->corrupt == 0);
        CHECK(folder.bytes() == verified->bytes);
        CHECK(static_cast<std::int64_t>(folder.files().size()) == verified->entries);
    }
}

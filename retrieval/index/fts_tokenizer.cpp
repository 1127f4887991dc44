#include "retrieval/index/fts_tokenizer.h"

#include <new>
#include <string_view>

#include "retrieval/index/terms.h"

namespace lectern {
namespace {

using OnToken = int (*)(void* context, int flags, const char* token, int n_bytes, int begin,
                        int end);

int create(void*, const char**, int, Fts5Tokenizer** out) {
    // There is nothing to remember, but FTS5 takes a null pointer for a failure.
    static char stateless = 0;
    *out = reinterpret_cast<Fts5Tokenizer*>(&stateless);
    return SQLITE_OK;
}

void destroy(Fts5Tokenizer*) {}

int tokenize(Fts5Tokenizer*, void* context, int flags, const char* text, int n_bytes,
             OnToken on_token) try {
    const TermUse use = (flags & FTS5_TOKENIZE_QUERY) != 0 ? TermUse::kQuery : TermUse::kDocument;
    const std::string_view source(text == nullptr ? "" : text, static_cast<std::size_t>(n_bytes));
    for (const Term& term : terms_of(source, use)) {
        const int rc = on_token(context, term.same_place ? FTS5_TOKEN_COLOCATED : 0,
                                term.text.data(), static_cast<int>(term.text.size()),
                                static_cast<int>(term.begin), static_cast<int>(term.end));
        if (rc != SQLITE_OK) return rc;
    }
    return SQLITE_OK;
} catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
}

fts5_api* find_fts5(sqlite3* connection) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

}  // namespace

int register_fts_tokenizer(sqlite3* connection) {
    fts5_api* api = find_fts5(connection);
    if (api == nullptr) return SQLITE_ERROR;
    fts5_tokenizer functions{create, destroy, tokenize};
    return api->xCreateTokenizer(api, "lectern", nullptr, &functions, nullptr);
}

}  // namespace lectern

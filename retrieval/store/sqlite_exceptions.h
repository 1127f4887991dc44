// Where what SQLite throws ends, whichever file it was working on.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <new>
#include <type_traits>

#include "engine/base/result.h"

namespace lectern {

/// What call(), which returns a Result, gives; of an exception of SQLite, as of no memory, the
/// error that error_of(exception) makes of it.
template <class Call, class ErrorOf>
std::invoke_result_t<Call> without_exceptions(Call& call, ErrorOf error_of) {
    try {
        return call();
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(error_of(exception));
    } catch (const std::bad_alloc&) {
        return tl::unexpected<Error>(error_of(SQLite::Exception("out of memory", SQLITE_NOMEM)));
    }
}

}  // namespace lectern

// Which questions lean on earlier ones, and what of a model's words can be a query.
#include "app/core/query_rewrite.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("pronouns, beginnings and few words of its own make a follow-up") {
    CHECK(leans_on_earlier("And how large is it?"));
    CHECK(leans_on_earlier("Why?"));
    CHECK(leans_on_earlier("And basalt?"));
    CHECK(leans_on_earlier("When do they stop being read by other processes?"));
    CHECK(leans_on_earlier("Wie groß darf sie auf einem anderen Rechner werden?"));
    CHECK(leans_on_earlier("Pourquoi est-il nécessaire de fermer le journal?"));
    CHECK(leans_on_earlier("..."));
}

TEST_CASE("a question with words enough of its own stands alone") {
    CHECK_FALSE(leans_on_earlier("How large can the write-ahead log of SQLite grow?"));
    CHECK_FALSE(leans_on_earlier("Which compression levels does zlib offer for deflate streams?"));
    CHECK_FALSE(leans_on_earlier("Welche Kompressionsstufen bietet zlib beim Packen von Dateien?"));
}

TEST_CASE("what a model writes is a query if it is one short line that shares a word") {
    const auto query = [](const char* written) {
        return usable_query(written, "How large is it?", "What is the write-ahead log?")
            .value_or("(none)");
    };
    CHECK(query("How large is the write-ahead log?") == "How large is the write-ahead log?");
    CHECK(query("New question: \"How large is the log?\"\nIt is so.") == "How large is the log?");
    CHECK(query("") == "(none)");
    CHECK(query("  \n ") == "(none)");
    CHECK(query("How large is it?") == "(none)");
    CHECK(query("Bananas grow in warm countries.") == "(none)");
    CHECK(query(("log " + std::string(400, 'x')).c_str()) == "(none)");
}

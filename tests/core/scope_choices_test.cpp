// What is offered behind "@", and in which order.
#include "app/core/scope_choices.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

std::string offered(const char* typed, std::size_t limit = 10) {
    std::string all;
    for (const ScopeChoice& choice :
         scope_choices({"/docs", "/one.txt"},
                       {"/docs/a/Manual.pdf", "/docs/a/b/notes.txt", "/docs/guide.md", "/one.txt"},
                       typed, limit))
        all += choice.path.string() + (choice.is_folder ? "/" : "") + " ";
    return all;
}

}  // namespace

TEST_CASE("folders and documents are offered by name, then by path, folders first") {
    CHECK(offered("") ==
          "/docs/ /docs/a/ /docs/a/b/ /docs/a/Manual.pdf /docs/a/b/notes.txt /docs/guide.md "
          "/one.txt ");
    CHECK(offered("MAN") == "/docs/a/Manual.pdf ");
    CHECK(offered("b") == "/docs/a/b/ /docs/a/b/notes.txt ");
    CHECK(offered("n").starts_with("/docs/a/b/notes.txt /docs/a/Manual.pdf /one.txt"));
    CHECK(offered("nothing").empty());
    CHECK(offered("", 1) == "/docs/ ");
}

TEST_CASE("a folder tells how many documents are below it") {
    const auto choices = scope_choices({"/docs"}, {"/docs/a/x", "/docs/a/b/y", "/docs/z"}, "", 9);
    REQUIRE(choices.size() == 6);
    CHECK(choices[0].n_documents == 3);
    CHECK(choices[1].n_documents == 2);
    CHECK(choices[2].n_documents == 1);
}

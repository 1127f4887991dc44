// What the package says of the program is held to the program: its commands, the documents it
// reads, the QML modules it loads, its version.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <regex>
#include <set>

#include "retrieval/document/document_reader.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

const std::filesystem::path kSource = LECTERN_SOURCE_DIR;
const std::filesystem::path kLinux = kSource / "packaging/linux";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    INFO(path);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string help() {
    const std::unique_ptr<FILE, int (*)(FILE*)> out(popen(LECTERN_EXECUTABLE " --help", "r"),
                                                    pclose);
    std::string text;
    for (int c = std::fgetc(out.get()); c != EOF; c = std::fgetc(out.get()))
        text += static_cast<char>(c);
    return text;
}

/// The first group of every match.
std::set<std::string> found(const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    std::set<std::string> groups;
    for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match)
        groups.insert((*match)[1]);
    return groups;
}

std::set<std::string> menu_entry_kinds() {
    const std::set<std::string> line =
        found(read_file(kLinux / "org.lectern.Lectern.desktop"), "\nMimeType=([^\n]*)");
    REQUIRE(line.size() == 1);
    return found(*line.begin(), "([^;]+);");
}

}  // namespace

TEST_CASE("the manual page has every command and every option that all of them share") {
    std::string page = read_file(kLinux / "lectern.1");
    page = std::regex_replace(page, std::regex(R"(\\-)"), "-");
    const std::string text = help();
    const std::size_t commands_at = text.find("Subcommands:");
    REQUIRE(commands_at != std::string::npos);
    const auto commands = found(text.substr(commands_at), "\n  ([a-z][a-z-]*) ");
    CHECK(commands.size() > 5);
    for (const std::string& command : commands) {
        INFO(command);
        CHECK(std::regex_search(page, std::regex("\n\\.TP\n\\.BI? \"?" + command + "\\b")));
    }
    const auto options = found(text.substr(0, commands_at), "(--[a-z-]+)");
    CHECK(options.size() > 5);
    for (const std::string& option : options) {
        INFO(option);
        CHECK(page.find(option) != std::string::npos);
    }
}

TEST_CASE("the menu entry offers exactly the kinds of document that are read") {
    const std::map<std::string, std::string> extensions = {
        {"text/html", "html"},
        {"application/xhtml+xml", "xhtml"},
        {"text/markdown", "md"},
        {"text/plain", "txt"},
#ifdef LECTERN_HAS_QTPDF
        {"application/pdf", "pdf"},
#endif
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
        {"application/vnd.oasis.opendocument.text", "odt"},
        {"application/vnd.oasis.opendocument.presentation", "odp"},
        {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
        {"application/epub+zip", "epub"},
        {"message/rfc822", "eml"},
        {"application/rtf", "rtf"},
    };
    const std::set<std::string> offered = menu_entry_kinds();
    const ReaderRegistry readers = ReaderRegistry::standard();
    for (const auto& [kind, extension] : extensions) {
        INFO(kind);
        CHECK(offered.contains(kind) == readers.knows_extension(extension));
    }
    CHECK(found(read_file(kLinux / "org.lectern.Lectern.metainfo.xml"),
                "<mediatype>([^<]*)</mediatype>") == offered);
}

TEST_CASE("the package depends on every QML module that the window imports") {
    const std::string package = read_file(kSource / "packaging/CMakeLists.txt");
    std::set<std::string> imports;
    for (const auto& file : std::filesystem::directory_iterator(kSource / "app/gui"))
        if (file.path().extension() == ".qml")
            imports.merge(found(read_file(file.path()), "(?:^|\n)import (Q[A-Za-z.]+)"));
    CHECK(imports.size() >= 4);
    for (const std::string& import : imports) {
        std::string name = "qml6-module-";
        for (const char c : import) name += c == '.' ? '-' : static_cast<char>(std::tolower(c));
        INFO(name);
        CHECK(std::regex_search(package, std::regex("\\b" + name + "[\\s)]")));
    }
}

TEST_CASE("changelog, manual page and software centres tell the version that is built") {
    CHECK(read_file(kLinux / "debian/changelog").starts_with("lectern (" LECTERN_VERSION ") "));
    CHECK(read_file(kLinux / "lectern.1").find("\"Lectern " LECTERN_VERSION "\"") !=
          std::string::npos);
    const std::string centre = read_file(kLinux / "org.lectern.Lectern.metainfo.xml");
    const auto newest = centre.find("<release ");
    CHECK(centre.substr(newest).starts_with("<release version=\"" LECTERN_VERSION "\""));
}

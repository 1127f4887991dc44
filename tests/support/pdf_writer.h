// Writes small PDF files for tests: lines of Helvetica at given places, an outline, a title.
#pragma once

#include <string>
#include <vector>

namespace lectern::test {

/// A line of ASCII text; x and y of its baseline in points from the page's top left corner.
struct PdfText {
    double x = 0;
    double y = 0;
    double size = 10;
    std::string text;
};

class PdfWriter {
  public:
    /// A4, in points.
    static constexpr double kWidth = 595, kHeight = 842;

    void add_page(std::vector<PdfText> texts) { pages_.push_back(std::move(texts)); }
    /// page counts from 0.
    void add_bookmark(std::string title, int page) {
        bookmarks_.push_back({std::move(title), page});
    }
    void set_title(std::string title) { title_ = std::move(title); }
    /// Asks for a password that nobody knows.
    void lock() { locked_ = true; }

    /// The file's bytes.
    std::string bytes() const;

  private:
    struct Bookmark {
        std::string title;
        int page = 0;
    };

    std::vector<std::vector<PdfText>> pages_;
    std::vector<Bookmark> bookmarks_;
    std::string title_;
    bool locked_ = false;
};

/// A page of paragraphs, each a list of lines, 12 points a line and 24 between paragraphs, with a
/// running header and a page number.
std::vector<PdfText> pdf_page(const std::string& header, const std::string& footer,
                              const std::vector<std::vector<std::string>>& paragraphs);

}  // namespace lectern::test

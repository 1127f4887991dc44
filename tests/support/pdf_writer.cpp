#include "tests/support/pdf_writer.h"

#include <cstdio>

namespace lectern::test {
namespace {

std::string literal(const std::string& text) {
    std::string out = "(";
    for (const char c : text) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c;
    }
    return out + ")";
}

std::string reference(std::size_t object) { return std::to_string(object) + " 0 R"; }

std::string page_content(const std::vector<PdfText>& texts) {
    std::string out;
    for (const PdfText& text : texts) {
        char place[96];
        std::snprintf(place, sizeof(place), "BT /F1 %.2f Tf %.2f %.2f Td ", text.size, text.x,
                      PdfWriter::kHeight - text.y);
        out += place + literal(text.text) + " Tj ET\n";
    }
    return out;
}

}  // namespace

std::string PdfWriter::bytes() const {
    // Objects: 1 catalog, 2 pages, 3 font, 4 info, 5 outlines, then a page and its content each,
    // then the bookmarks.
    const std::size_t first_page = 6;
    const std::size_t first_bookmark = first_page + 2 * pages_.size();
    std::vector<std::string> objects;
    objects.push_back("<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>");
    std::string kids;
    for (std::size_t i = 0; i < pages_.size(); ++i) kids += reference(first_page + 2 * i) + " ";
    objects.push_back("<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" +
                      kids + "] /MediaBox [0 0 595 842] >>");
    objects.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    objects.push_back("<< /Title " + literal(title_) + " >>");
    const std::size_t n = bookmarks_.size();
    objects.push_back("<< /Type /Outlines" +
                      (n == 0 ? std::string()
                              : " /First " + reference(first_bookmark) + " /Last " +
                                    reference(first_bookmark + n - 1)) +
                      " >>");
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        const std::string content = page_content(pages_[i]);
        objects.push_back(
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> "
            "/Contents " +
            reference(first_page + 2 * i + 1) + " >>");
        objects.push_back("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" +
                          content + "endstream");
    }
    for (std::size_t i = 0; i < n; ++i)
        objects.push_back("<< /Title " + literal(bookmarks_[i].title) + " /Parent 5 0 R /Dest [" +
                          reference(first_page + 2 * static_cast<std::size_t>(bookmarks_[i].page)) +
                          " /XYZ 0 842 1]" + (i > 0 ? " /Prev " + reference(first_bookmark + i - 1) : "") +
                          (i + 1 < n ? " /Next " + reference(first_bookmark + i + 1) : "") + " >>");

    std::string out = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char entry[32];
        std::snprintf(entry, sizeof(entry), "%010zu 00000 n \n", out.size());
        table += entry;
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t table_at = out.size();
    const std::string size = std::to_string(objects.size() + 1);
    out +=
        "xref\n0 " + size + "\n" + table + "trailer\n<< /Size " + size + " /Root 1 0 R /Info 4 0 R";
    if (locked_)
        out +=
            " /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] "
            "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" +
            std::string(64, 'A') + "> /U <" + std::string(64, 'B') + "> >>";
    return out + " >>\nstartxref\n" + std::to_string(table_at) + "\n%%EOF\n";
}

std::vector<PdfText> pdf_page(const std::string& header, const std::string& footer,
                              const std::vector<std::vector<std::string>>& paragraphs) {
    std::vector<PdfText> texts;
    if (!header.empty()) texts.push_back({72, 40, 9, header});
    double y = 90;
    for (const auto& lines : paragraphs) {
        for (const std::string& line : lines) {
            texts.push_back({72, y, 10, line});
            y += 12;
        }
        y += 12;
    }
    if (!footer.empty()) texts.push_back({290, 810, 9, footer});
    return texts;
}

}  // namespace lectern::test

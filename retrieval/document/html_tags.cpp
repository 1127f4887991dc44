// A look over the tags before the real parser: what nests too deep is blanked in place.
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "retrieval/document/html_reader.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, Names names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_void(std::string_view name) {
    return is_one_of(name, {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
                            "meta", "param", "source", "track", "wbr"});
}

/// Elements whose next sibling closes them, so that they cannot nest by themselves.
bool closes_itself(std::string_view name) {
    return is_one_of(name, {"p",  "li", "dt",     "dd",   "tr",   "td",      "th",       "thead",
                            "h1", "h2", "h3",     "h4",   "h5",   "h6",      "tbody",    "tfoot",
                            "rt", "rp", "option", "html", "body", "caption", "colgroup", "head"});
}

/// Elements whose content is text up to their end tag.
bool holds_raw_text(std::string_view name) {
    return is_one_of(
        name, {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"});
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Tag {
    std::string name;
    bool closing = false;
    bool empty = false;   ///< written <…/>
    std::size_t end = 0;  ///< behind its '>'
};

/// The tag at '<'; quotes protect '>' in attributes. The end is the text's where '>' is missing.
Tag tag_at(std::string_view html, std::size_t at) {
    Tag tag;
    ++at;
    if (at < html.size() && html[at] == '/') {
        tag.closing = true;
        ++at;
    }
    const std::size_t name_end = std::min(html.find_first_of(" \t\r\n\f/>", at), html.size());
    tag.name = ascii_lower(html.substr(at, std::min<std::size_t>(name_end - at, 64)));
    at = name_end;
    char quote = '\0';
    char before = '\0';
    for (; at < html.size(); ++at) {
        const char c = html[at];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        } else if (c == '>') {
            tag.empty = html[at - 1] == '/';
            ++at;
            break;
        }
        if (c != ' ') before = c;
    }
    tag.end = at;
    return tag;
}

class TagFlattener {
  public:
    TagFlattener(std::string_view html, int max_depth)
        : html_(html), lower_(ascii_lower(html)), out_(html), max_depth_(max_depth) {
        const std::string_view head = std::string_view(lower_).substr(0, 1024);
        xhtml_ = head.find("<?xml") != std::string_view::npos ||
                 head.find("dtd xhtml") != std::string_view::npos;
    }

    std::string run() {
        for (std::size_t at = html_.find('<'); at != std::string_view::npos && at < html_.size();
             at = html_.find('<', at))
            at = step(at);
        return std::move(out_);
    }

  private:
    std::size_t step(std::size_t at) {
        if (html_.substr(at).starts_with("<!--")) return behind("-->", at + 4);
        const std::size_t letter = at + 1 + (at + 1 < html_.size() && html_[at + 1] == '/' ? 1 : 0);
        if (letter >= html_.size() || !is_ascii_letter(html_[letter])) return at + 1;
        const Tag tag = tag_at(html_, at);
        if (tag.closing)
            close(tag, at);
        else
            return open(tag, at);
        return tag.end;
    }

    std::size_t open(const Tag& tag, std::size_t at) {
        if (is_void(tag.name)) return tag.end;
        const bool raw = holds_raw_text(tag.name);
        if (tag.empty && (xhtml_ || raw)) {
            blank(at, tag.end);
            return tag.end;
        }
        if (raw) return raw_text_end(tag);
        if (closes_itself(tag.name)) return tag.end;
        Open& open = open_[tag.name];
        if (depth_ >= max_depth_) {
            ++open.blanked;
            blank(at, tag.end);
        } else {
            ++open.kept;
            ++depth_;
        }
        return tag.end;
    }

    void close(const Tag& tag, std::size_t at) {
        const auto found = open_.find(tag.name);
        if (found == open_.end()) return;
        if (found->second.blanked > 0) {
            --found->second.blanked;
            blank(at, tag.end);
        } else if (found->second.kept > 0) {
            --found->second.kept;
            --depth_;
        }
    }

    std::size_t raw_text_end(const Tag& tag) {
        if (never_closed_.contains(tag.name)) return tag.end;
        const std::size_t end = lower_.find("</" + tag.name, tag.end);
        if (end != std::string::npos) return end;
        never_closed_.insert(tag.name);  // or every such tag would search to the end again
        return tag.end;
    }

    std::size_t behind(std::string_view mark, std::size_t at) {
        const std::size_t found = html_.find(mark, at);
        return found == std::string_view::npos ? html_.size() : found + mark.size();
    }

    void blank(std::size_t begin, std::size_t end) {
        std::fill(out_.begin() + static_cast<std::ptrdiff_t>(begin),
                  out_.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    }

    struct Open {
        int kept = 0;
        int blanked = 0;
    };

    std::string_view html_;
    std::string lower_;
    std::string out_;
    int max_depth_;
    bool xhtml_ = false;
    int depth_ = 0;
    std::unordered_map<std::string, Open> open_;
    std::unordered_set<std::string> never_closed_;
};

}  // namespace

std::string with_shallow_tags(std::string_view html, int max_depth) {
    return TagFlattener(html, max_depth).run();
}

}  // namespace lectern

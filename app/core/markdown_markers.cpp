#include "app/core/markdown_markers.h"

#include <utility>

namespace lectern {
namespace {

/// Copies runs, in the order of the text, with the markers between them.
class MarkerWriter {
  public:
    MarkerWriter(const std::vector<CitedSentence>& sentences, std::size_t offset)
        : sentences_(sentences), offset_(offset) {
        while (next_ < sentences_.size() && sentences_[next_].end <= offset_) ++next_;
    }

    void code(MarkdownBlock& block) {
        if (block.runs.empty()) return;
        write_until(block.runs.front().begin);
        place_ = Place{nullptr, &block.markers};
        write_until(block.runs.back().end);
    }
    void runs(MarkdownRuns& runs) {
        MarkdownRuns before = std::exchange(runs, {});
        for (MarkdownRun& run : before) {
            write_until(run.begin);
            place_ = Place{&runs, nullptr};
            write(std::move(run));
        }
    }
    /// What ends behind all text.
    void rest() { write_until(static_cast<std::size_t>(-1)); }

  private:
    struct Place {
        MarkdownRuns* runs = nullptr;
        std::vector<int>* numbers = nullptr;
    };

    std::size_t next_end() const { return sentences_[next_].end - offset_; }

    /// The markers of sentences that end there or before, behind what was written last.
    void write_until(std::size_t end) {
        while (next_ < sentences_.size() && next_end() <= end) {
            if (place_.runs == nullptr && place_.numbers == nullptr) return;  // nothing yet
            for (const int number : sentences_[next_].numbers) write_marker(number);
            ++next_;
        }
    }
    void write_marker(int number) {
        if (place_.numbers != nullptr) {
            place_.numbers->push_back(number);
            return;
        }
        MarkdownRun marker;
        marker.marker = number;
        marker.text = "[" + std::to_string(number) + "]";
        place_.runs->push_back(std::move(marker));
    }
    void write(MarkdownRun run) {
        while (next_ < sentences_.size() && run.verbatim && next_end() < run.end) {
            MarkdownRun first = run;
            first.end = next_end();
            first.text = run.text.substr(0, first.end - run.begin);
            run.text.erase(0, first.end - run.begin);
            run.begin = first.end;
            place_.runs->push_back(std::move(first));
            write_until(run.begin);
        }
        const std::size_t end = run.end;
        place_.runs->push_back(std::move(run));
        write_until(end);
    }

    const std::vector<CitedSentence>& sentences_;
    std::size_t offset_;
    std::size_t next_ = 0;
    Place place_;
};

}  // namespace

void place_markers(std::vector<MarkdownBlock>& blocks, const std::vector<CitedSentence>& sentences,
                   std::size_t offset) {
    MarkerWriter writer(sentences, offset);
    for (MarkdownBlock& block : blocks) {
        if (block.form == MarkdownForm::kCode)
            writer.code(block);
        else if (block.form == MarkdownForm::kTable)
            for (auto& row : block.table.rows)
                for (MarkdownRuns& cell : row) writer.runs(cell);
        else
            writer.runs(block.runs);
    }
    writer.rest();
}

}  // namespace lectern

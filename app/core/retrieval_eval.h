// Measures the retriever alone: the corpus' passages into a library of its own, every question
// searched.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>

#include "engine/base/result.h"
#include "retrieval/embedding/embedder.h"
#include "retrieval/search/searcher.h"

namespace lectern {

struct RetrievalReport {
    int n = 0;                        ///< questions
    std::map<int, double> recall_at;  ///< k → share of a question's supporting passages among the
                                      ///< first k hits, mean over questions; k = 2, 5, 10, 20
    double ms_p50 = 0, ms_p95 = 0;    ///< of a search, embedding of the question included
};

struct RetrievalEvalOptions {
    SearchOptions search;
    std::function<void(int done, int total)> on_progress;  ///< passages indexed; may be empty
};

/// `dataset`: a list of {question, supporting_facts: [[title, sentence]]}; `corpus`: a list of
/// {title, text}, each a document of its own, split as any document is. The library lies in the
/// system's temporary folder and is removed at the end. embedder == nullptr: lexical search alone.
/// kNotFound, kCorrupt: a file that is missing or of another form. kCancelled.
Result<RetrievalReport> run_retrieval_eval(const std::filesystem::path& dataset,
                                           const std::filesystem::path& corpus, Embedder* embedder,
                                           const RetrievalEvalOptions& options,
                                           std::stop_token stop);

}  // namespace lectern

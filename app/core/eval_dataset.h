// Question-answering data sets for `lectern eval`: cases with passages, references and supporting
// titles, in the forms that are in use.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/core/prompt_plan.h"
#include "engine/base/result.h"

namespace lectern {

struct EvalPassage {
    std::string title;  ///< may be empty
    std::string text;
    std::string before{};  ///< what stands before it in its document, its end; may be empty
};

struct EvalCase {
    std::string question;
    std::vector<std::string> answers;  ///< references; none: KL alone is measured
    std::vector<EvalPassage> passages;
    std::vector<std::string> supporting_titles;  ///< titles the answer rests on; may be empty
    std::vector<PlanTurn> history{};             ///< turns before this one
};

/// A document whose passages make cases without questions (eval_documents.h), and what it gave.
struct EvalDocument {
    std::string name;  ///< its path below the folder
    int n_cases = 0;
    std::string reason;  ///< a sentence: why it gave no case
};

/// Each case has a reference. A list of {question, answers: [str], ctxs: [{title, text}]} (MuSiQue,
/// 2WikiMultihopQA) or of {question, answer, context: [[title, [sentence]]], supporting_facts:
/// [[title, index]]} (HotpotQA). Passages without text are left out. kNotFound, kIo; kCorrupt names
/// the case (from 1) and the field.
Result<std::vector<EvalCase>> read_eval_dataset(const std::filesystem::path& path);

/// A list of {title, text}: what `eval retrieval` searches. Errors as above.
Result<std::vector<EvalPassage>> read_eval_corpus(const std::filesystem::path& path);

}  // namespace lectern

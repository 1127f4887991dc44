#include "app/core/cited_decoding.h"

#include <string>
#include <utility>

#include "app/core/citation_heads.h"

namespace lectern {

Result<CitedAnswer> decode_cited(ModelSession& session, std::span<float> logits,
                                 DecodeRequest request, std::stop_token stop) {
    AnswerAttention attention(
        source_sentences(session.cache(), session.tokenizer(), request.passages));
    LECTERN_ASSIGN(AttentionTrace trace,
                   AttentionTrace::create(
                       session.model(), citation_heads(session.model()), attention.n_columns(),
                       [&](std::span<const float> weights) { attention.add_row(weights); }));
    request.generate.attention = &trace;

    CitedAnswer answer;
    std::string text;
    const auto cite = [&](bool complete) {
        std::vector<CitedSentence> cited = request.citer.cite(text, complete, &attention);
        for (std::size_t s = answer.sentences.size(); s < cited.size(); ++s) {
            answer.sentences.push_back(std::move(cited[s]));
            if (request.on_sentence) request.on_sentence(answer.sentences.back());
        }
    };
    const auto on_text = [&](std::string_view piece) {
        attention.begin_text(text.size());
        text += piece;
        cite(false);
        if (request.on_text) request.on_text(piece);
    };
    LECTERN_ASSIGN(answer.generated,
                   generate(session.model(), session.activations(), session.cache(),
                            session.tokenizer(), logits, request.generate, on_text, stop));
    cite(true);
    return answer;
}

}  // namespace lectern

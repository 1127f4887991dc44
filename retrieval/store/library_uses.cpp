// What the library remembers of questions: which passages answers were given from, and what was
// asked. It decides whose cache is computed first.
#include "retrieval/store/library.h"
#include "retrieval/store/library_state.h"

namespace lectern {
namespace {

constexpr int kQuestionsKept = 100;

}  // namespace

Status Library::note_answer(std::string_view question, std::span<const std::int64_t> chunk_ids) {
    return state_->read([&](SQLite::Database& db) -> Status {
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement use(
            db, "INSERT OR IGNORE INTO used_chunks SELECT id FROM chunks WHERE id = ?1");
        for (const std::int64_t id : chunk_ids) {
            use.bind(1, id);
            use.exec();
            use.reset();
        }
        SQLite::Statement asked(db, "INSERT INTO questions(text) VALUES (?1)");
        asked.bind(1, std::string(question));
        asked.exec();
        SQLite::Statement forget(
            db, "DELETE FROM questions WHERE id <= (SELECT max(id) FROM questions) - ?1");
        forget.bind(1, kQuestionsKept);
        forget.exec();
        transaction.commit();
        return {};
    });
}

Result<std::vector<std::int64_t>> Library::used_chunks() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(db, "SELECT chunk FROM used_chunks ORDER BY chunk");
        std::vector<std::int64_t> ids;
        while (query.executeStep()) ids.push_back(query.getColumn(0).getInt64());
        return ids;
    });
}

Result<std::vector<std::string>> Library::past_questions() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<std::string>> {
        SQLite::Statement query(db, "SELECT text FROM questions ORDER BY id DESC");
        std::vector<std::string> questions;
        while (query.executeStep()) questions.push_back(query.getColumn(0).getString());
        return questions;
    });
}

Result<std::vector<ChunkPlace>> Library::chunk_places() const {
    return state_->read([](SQLite::Database& db) -> Result<std::vector<ChunkPlace>> {
        SQLite::Statement query(
            db, "SELECT id, document, ordinal FROM chunks ORDER BY document, ordinal");
        std::vector<ChunkPlace> places;
        while (query.executeStep())
            places.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                              query.getColumn(2).getInt()});
        return places;
    });
}

}  // namespace lectern

// Indexing yields to questions: whoever answers holds the gate, whoever indexes waits before each
// batch.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

namespace lectern {

/// Any thread.
class QuestionGate {
  public:
    /// Closes the gate while it lives. Never waits; several may be held at once.
    class Hold {
      public:
        explicit Hold(QuestionGate& gate);
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;

      private:
        QuestionGate& gate_;
    };

    /// Returns when nobody holds the gate, or a stop was requested.
    void wait(std::stop_token stop);
    /// Whether somebody holds it.
    bool is_closed();

  private:
    std::mutex mutex_;
    std::condition_variable_any open_;
    int n_holds_ = 0;
};

}  // namespace lectern

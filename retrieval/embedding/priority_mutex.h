// One encoder for two kinds of work: a question goes before all passages that wait.
#pragma once

#include <condition_variable>
#include <mutex>

namespace lectern {

/// Any thread.
class PriorityMutex {
  public:
    enum class Kind { kQuestion, kPassages };

    class Lock {
      public:
        Lock(PriorityMutex& mutex, Kind kind) : mutex_(mutex) { mutex_.acquire(kind); }
        ~Lock() { mutex_.release(); }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

      private:
        PriorityMutex& mutex_;
    };

  private:
    void acquire(Kind kind) {
        std::unique_lock lock(mutex_);
        const bool question = kind == Kind::kQuestion;
        if (question) ++n_questions_;
        free_.wait(lock, [&] { return !taken_ && (question || n_questions_ == 0); });
        if (question) --n_questions_;
        taken_ = true;
    }
    void release() {
        {
            const std::lock_guard lock(mutex_);
            taken_ = false;
        }
        free_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable free_;
    bool taken_ = false;
    int n_questions_ = 0;  ///< waiting
};

}  // namespace lectern

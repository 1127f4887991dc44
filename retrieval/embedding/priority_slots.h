// Equal things that two kinds of work take turns at: a question goes before all passages that wait.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

namespace lectern {

/// Any thread.
class PrioritySlots {
  public:
    enum class Kind { kQuestion, kPassages };

    explicit PrioritySlots(int n) {
        for (int i = 0; i < n; ++i) free_.push_back(i);
    }

    /// Holds one slot.
    class Lock {
      public:
        Lock(PrioritySlots& slots, Kind kind) : slots_(slots), slot_(slots.acquire(kind)) {}
        ~Lock() { slots_.release(slot_); }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

        int slot() const { return slot_; }

      private:
        PrioritySlots& slots_;
        int slot_;
    };

  private:
    int acquire(Kind kind) {
        std::unique_lock lock(mutex_);
        const bool question = kind == Kind::kQuestion;
        if (question) ++n_questions_;
        freed_.wait(lock, [&] { return !free_.empty() && (question || n_questions_ == 0); });
        if (question) --n_questions_;
        const int slot = free_.back();
        free_.pop_back();
        return slot;
    }
    void release(int slot) {
        {
            const std::lock_guard lock(mutex_);
            free_.push_back(slot);
        }
        freed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<int> free_;
    int n_questions_ = 0;  ///< waiting
};

}  // namespace lectern

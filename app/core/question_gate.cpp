#include "app/core/question_gate.h"

namespace lectern {

QuestionGate::Hold::Hold(QuestionGate& gate) : gate_(gate) {
    const std::lock_guard lock(gate_.mutex_);
    ++gate_.n_holds_;
}

QuestionGate::Hold::~Hold() {
    const std::lock_guard lock(gate_.mutex_);
    if (--gate_.n_holds_ == 0) gate_.open_.notify_all();
}

bool QuestionGate::is_closed() {
    const std::lock_guard lock(mutex_);
    return n_holds_ > 0;
}

void QuestionGate::wait(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    open_.wait(lock, std::move(stop), [this] { return n_holds_ == 0; });
}

}  // namespace lectern

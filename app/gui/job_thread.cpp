#include "app/gui/job_thread.h"

#include <QObject>
#include <utility>

namespace lectern {

void post_to(QObject* receiver, std::function<void()> call) {
    QMetaObject::invokeMethod(receiver, std::move(call), Qt::QueuedConnection);
}

JobThread::JobThread() : thread_([this](std::stop_token quit) { run(std::move(quit)); }) {}

JobThread::~JobThread() {
    {
        const std::lock_guard lock(mutex_);
        waiting_.clear();
        thread_.request_stop();
        running_.request_stop();
    }
    thread_.join();
}

std::stop_source JobThread::post(Job job) {
    std::stop_source stop;
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({std::move(job), stop});
    }
    posted_.notify_one();
    return stop;
}

void JobThread::run(std::stop_token quit) {
    while (true) {
        Entry entry;
        {
            std::unique_lock lock(mutex_);
            posted_.wait(lock, quit, [this] { return !waiting_.empty(); });
            if (quit.stop_requested()) return;
            entry = std::move(waiting_.front());
            waiting_.pop_front();
            running_ = entry.stop;
        }
        entry.job(entry.stop.get_token());
    }
}

}  // namespace lectern

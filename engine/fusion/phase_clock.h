// Where a reading's time goes. Every moment belongs to exactly one phase, so that the phases add up
// to the whole.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace lectern {

enum class ReadPhase : std::uint8_t {
    kPrepare,    ///< laying out, and whatever has no phase of its own
    kLeading,    ///< computing prefix and history segments
    kWait,       ///< for stored layers that have not been read yet
    kPlace,      ///< dequantising, rotating and writing stored layers
    kProbe,      ///< passes that only find out which rows to recompute
    kSelect,     ///< scoring and choosing rows
    kRecompute,  ///< the pass of the chosen passage rows (a full read: all of them) and the
                 ///< question
    kLogits,     ///< of the question's last row
};
inline constexpr int kReadPhases = 8;

/// "prepare", "leading", …: the names in figures and tables.
std::string_view name_of(ReadPhase phase);

/// Milliseconds by phase, as the host sees them.
using ReadPhases = std::array<double, kReadPhases>;

/// Runs from when it is made, in kPrepare. One thread.
class PhaseClock {
  public:
    /// Counts towards its phase while it lives, then for the one before again.
    class Scope {
      public:
        Scope(PhaseClock& clock, ReadPhase phase) : clock_(clock), outer_(clock.phase_) {
            clock_.enter(phase);
        }
        ~Scope() { clock_.enter(outer_); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        PhaseClock& clock_;
        ReadPhase outer_;
    };

    [[nodiscard]] Scope in(ReadPhase phase) { return {*this, phase}; }
    /// Until now.
    const ReadPhases& read() {
        enter(phase_);
        return ms_;
    }

  private:
    using Clock = std::chrono::steady_clock;

    void enter(ReadPhase phase) {
        const Clock::time_point now = Clock::now();
        ms_[static_cast<std::size_t>(phase_)] +=
            std::chrono::duration<double, std::milli>(now - since_).count();
        since_ = now;
        phase_ = phase;
    }

    ReadPhases ms_{};
    ReadPhase phase_ = ReadPhase::kPrepare;
    Clock::time_point since_ = Clock::now();
};

}  // namespace lectern

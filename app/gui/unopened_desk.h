// Stands in for the library's page where the library could not be opened.
#pragma once

#include <utility>

#include "app/core/library_desk.h"

namespace lectern {

/// Answers everything with the reason; nothing is watched.
class UnopenedDesk : public LibraryDesk {
  public:
    explicit UnopenedDesk(Error reason) : reason_(std::move(reason)) {}

    Result<DocumentList> documents(const DocumentQuery&) override { return failed(); }
    Result<LibraryUse> use() override { return failed(); }
    Result<RemovalUse> removal_of(const std::filesystem::path&) override { return failed(); }
    Status pause(const std::filesystem::path&, bool) override { return failed(); }
    Status put_first(const std::filesystem::path&) override { return failed(); }
    Status leave_out(const std::filesystem::path&) override { return failed(); }
    Status try_again(const std::filesystem::path&) override { return failed(); }
    Result<std::int64_t> take_back() override { return failed(); }
    Result<DropPreview> preview(const std::vector<std::filesystem::path>&,
                                std::stop_token) override {
        return failed();
    }
    Status watch(std::function<void()>) override { return {}; }

  private:
    tl::unexpected<Error> failed() const { return tl::unexpected(reason_); }

    Error reason_;
};

}  // namespace lectern

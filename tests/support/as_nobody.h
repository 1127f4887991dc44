// Permissions mean something to root, too, while this lives.
#pragma once

#include <sys/fsuid.h>

namespace lectern::test {

/// This thread sees the file system as the user "nobody" (65534): where the tests run as root, a
/// folder without write permission can be written otherwise.
class AsNobody {
  public:
    AsNobody() : before_(setfsuid(65534)) {}
    ~AsNobody() { setfsuid(static_cast<uid_t>(before_)); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

  private:
    int before_;
};

}  // namespace lectern::test

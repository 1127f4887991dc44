// Amounts in words, and paths between Qt and the standard library.
#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>

namespace lectern {

QString documents_text(std::int64_t documents);
QString amounts_text(std::int64_t documents, std::int64_t passages);
QString bytes_text(std::int64_t bytes);
QString bytes_text(std::int64_t bytes, int decimals);
/// "about 40 s", "about 12 min", "about 3 h".
QString about_time_text(double seconds);

std::filesystem::path to_path(const QString& path);

}  // namespace lectern

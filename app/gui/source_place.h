// What the window opens when a source is chosen, and whether its file is still what was read.
#pragma once

#include <QString>
#include <QVariantMap>
#include <vector>

#include "app/core/assistant.h"

namespace lectern {

/// A passage's document and the place in it.
struct SourcePlace {
    int number = 0;
    QString path, title;
    QString detail;   ///< its page or heading, for people; may be empty
    QString passage;  ///< as it was read
    int page = 0;     ///< 0: the format has no pages
    std::vector<SourceSpan> spans;
    FileStamp stamp;  ///< of the version that was read; {}: not known
};

/// As a list of numbers for source_list() of answer_text.h: three a span.
QVariantList span_list(const std::vector<SourceSpan>& spans);
/// One map of source_list().
SourcePlace source_place(const QVariantMap& source);

enum class FileForm { kPdf, kOther };

/// A file as it lies there now.
struct FileLook {
    FileForm form = FileForm::kOther;
    bool changed = false;  ///< since it was read
};

/// Reads its first bytes. kNotFound and kIo say in a sentence why nothing can be shown. Blocks; any
/// thread.
Result<FileLook> look_at(const SourcePlace& place);

}  // namespace lectern

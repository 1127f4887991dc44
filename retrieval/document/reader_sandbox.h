// What the reading child takes from itself before it looks at a file.
#pragma once

#include "engine/base/result.h"
#include "retrieval/document/document_reader.h"

namespace lectern {

/// Limits memory, processor time and open files of this process, forbids it to write files, to dump
/// core or to gain privileges, and ends it when its parent ends. For a process of its own: there is
/// no way back.
Status enter_reader_sandbox(const ReadLimits& limits);

/// The same limits on memory and processor time, set on another process of this user.
void limit_process(int pid, const ReadLimits& limits);

}  // namespace lectern

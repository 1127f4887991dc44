// How long a person waits for the window: from the start of the process to its first frame.
#pragma once

class QQuickWindow;

namespace lectern {

/// Writes "lectern: first frame after N ms" to standard error once, where $LECTERN_FIRST_FRAME is
/// set. Call it on the window's thread, before the event loop runs.
void report_first_frame(QQuickWindow& window);

/// Milliseconds since the system started this process (its resolution is 10), loading of libraries
/// included; −1: the system does not tell.
double process_age_ms();

}  // namespace lectern

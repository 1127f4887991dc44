// What a start does before there is a window: finds the one that is open, and ends the work on the
// data that was asked for.
#pragma once

#include <QList>
#include <QUrl>

#include "app/gui/languages.h"
#include "app/gui/single_instance.h"

namespace lectern {

/// Hands the documents to the window that is open; the exit status.
int hand_over(const SingleInstance& instance, const QList<QUrl>& urls);

/// Moves or deletes the data where that was asked for, under a window of its own in the chosen
/// language. false: the
/// application is not to open now.
bool finish_data_work(Languages& languages);

}  // namespace lectern

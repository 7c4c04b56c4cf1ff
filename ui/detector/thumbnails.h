/* The images on either side of the line: strips that follow it as it moves. */
#pragma once

#include "ui/study/detector/selection-session.h"

#include <gtk/gtk.h>

/**
 * LimenStrip:
 * @LIMEN_STRIP_FLAGGED: normal images just on the flagged side of the line; @LIMEN_STRIP_PASSED:
 * anomalies just on the other
 * @LIMEN_STRIP_WORST: normal images with the most unusual scores; @LIMEN_STRIP_CONVINCING:
 * anomalies with the most usual
 * @LIMEN_STRIP_LISTED: unsorted images that are listed as anomalies, the most unusual first
 * @LIMEN_STRIP_SELECTED_NORMAL, @LIMEN_STRIP_SELECTED_ANOMALIES: those that are selected, the most
 * unusual first
 */
typedef enum {
  LIMEN_STRIP_FLAGGED,
  LIMEN_STRIP_PASSED,
  LIMEN_STRIP_WORST,
  LIMEN_STRIP_CONVINCING,
  LIMEN_STRIP_LISTED,
  LIMEN_STRIP_SELECTED_NORMAL,
  LIMEN_STRIP_SELECTED_ANOMALIES,
} LimenStrip;

#define LIMEN_TYPE_THUMBNAILS (limen_thumbnails_get_type ())
G_DECLARE_FINAL_TYPE (LimenThumbnails, limen_thumbnails, LIMEN, THUMBNAILS, GtkWidget)

void limen_thumbnails_set_session (LimenThumbnails *self, LimenDetectorSession *session,
                                   LimenStrip strip);
/** limen_thumbnails_set_selection: for the strips of what is selected */
void limen_thumbnails_set_selection (LimenThumbnails *self, LimenSelectionSession *selection);

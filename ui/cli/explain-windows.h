/* What limen explain knows of windows: what normal ones look like, and how pictures score by them.
 */
#pragma once

#include "model/bench/photos-division.h"
#include "model/explain/explanation.h"
#include "ui/cli/windows.h"

/**
 * LimenExplainWindows: nothing where no windows were asked for
 * @normal, @fit, @validation: sets without photos where no files were named
 * @model: (nullable)
 * @detector: (nullable): of the normal photos that the model was not made of
 */
typedef struct {
  LimenPhotosSet normal, fit, validation;
  LimenPhotosDivision *division;
  LimenWindowModel *model;
  LimenDetector *detector;
} LimenExplainWindows;

/** LimenExplainWindowsRequest: borrows from the options of the command; @normal, @fit, @validation:
 * (element-type filename) */
typedef struct {
  const LimenWindowOptions *options;
  const GPtrArray *normal, *fit, *validation;
  LimenReading reading;
  guint64 seed;
  double sigmas;
} LimenExplainWindowsRequest;

/** limen_explain_windows_begin: @windows: (out), to be cleared in any case */
gboolean limen_explain_windows_begin (LimenExplainWindows *windows,
                                      const LimenExplainWindowsRequest *request,
                                      LimenTerminal *terminal, GError **error);
void limen_explain_windows_clear (LimenExplainWindows *windows);

/** limen_explain_windows_add: (transfer full): @explanation: (transfer full): with the map of
 * picture @index of @photos, and what it scores. NULL with an error of reading it, or where it is
 * smaller than a window */
LimenExplanation *
limen_explain_windows_add (const LimenExplainWindows *windows, LimenExplanation *explanation,
                           const LimenPhotos *photos, guint index, LimenTerminal *terminal,
                           GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenExplainWindows, limen_explain_windows_clear)

/* What scoring photos by their windows needs of a command line: its options, photos, and the model
 * of windows. */
#pragma once

#include "model/detect/report.h"
#include "model/windows/window-map.h"
#include "ui/cli/option.h"
#include "ui/cli/terminal.h"

/**
 * LimenWindowOptions: --windows, --window-model, --levels, --top-k, --colour, --positioned
 * @is_given: --windows was
 * @model: (nullable): the name of a kind, or the file of a flow; NULL: LIMEN_WINDOW_DEFAULT
 */
typedef struct {
  gboolean is_given;
  LimenWindowing windowing;
  const char *model;
} LimenWindowOptions;

/** limen_windows_read: a LimenOptionReadFunc: "9x9", "9,2" into a LimenWindowOptions */
gboolean
limen_windows_read (const LimenOption *option, const char *text, gpointer field, GError **error);
/** limen_window_options_init: all that nobody says */
void limen_window_options_init (LimenWindowOptions *options);
/** limen_window_options_flow: (nullable): the file of a flow, where that judges windows */
const char *limen_window_options_flow (const LimenWindowOptions *options);

/**
 * LimenPhotosSet:
 * @problems: what was left out, already told on standard error
 */
typedef struct {
  LimenPhotos *photos;
  GPtrArray *problems;
  LimenScores *scores;
} LimenPhotosSet;

/** limen_load_photos: nothing at all where @paths (element-type filename) is empty; what was named
 * must be read, as of limen_load_images(). @inverted: black for white */
gboolean limen_load_photos (LimenPhotosSet *set, const GPtrArray *paths,
                            const LimenWindowOptions *options, const LimenReading *reading,
                            gboolean inverted, LimenTerminal *terminal, GError **error);
void limen_photos_set_clear (LimenPhotosSet *set);

/** limen_windows_model: (transfer full): @fit: (nullable): of a flow that learned windows it is not
 * looked at */
LimenWindowModel *limen_windows_model (const LimenWindowOptions *options, const LimenPhotos *fit,
                                       guint64 seed, LimenTerminal *terminal, GError **error);
/** limen_windows_report: what a report says of @model; it borrows @told */
LimenReportWindows limen_windows_report (const LimenWindowModel *model, const char *told);
/** limen_hash_photos: (transfer full): limen_hash_files() of @flow (nullable) and of what @sets:
 * (n) were loaded from */
GHashTable *limen_hash_photos (const LimenNice *flow, const LimenPhotosSet *const *sets, guint n,
                               GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenPhotosSet, limen_photos_set_clear)

/* Rows of a @type with LimenWindowOptions windows. */

/* clang-format off */
#define LIMEN_OPTION_WINDOWS_ROWS(type)                                                            \
  { "--windows", LIMEN_OPTION_OWN, offsetof (type, windows), "SIZE[,STRIDE]",                      \
    .read = limen_windows_read },                                                                  \
  { "--window-model", LIMEN_OPTION_TEXT, offsetof (type, windows.model),                           \
    "mahalanobis|nearest|FILE", .needs = "--windows" },                                            \
  { "--levels", LIMEN_OPTION_COUNT, offsetof (type, windows.windowing.levels), "N",                \
    .needs = "--windows", .low = 1, .high = LIMEN_WINDOW_MOST_LEVELS },                            \
  { "--top-k", LIMEN_OPTION_COUNT, offsetof (type, windows.windowing.top_k), "N",                  \
    .needs = "--windows", .low = 1, .high = 1e6 },                                                 \
  { "--colour", LIMEN_OPTION_FLAG, offsetof (type, windows.windowing.colour),                      \
    .needs = "--windows" },                                                                        \
  { "--positioned", LIMEN_OPTION_FLAG, offsetof (type, windows.windowing.positioned),              \
    .needs = "--windows" }
/* clang-format on */

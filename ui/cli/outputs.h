/* Files that a command writes: found to be writable before the work, written after it. */
#pragma once

#include "ui/cli/terminal.h"
#include "ui/study/told.h"

/**
 * LimenPlotOptions: --plot, --size, --scale, --dark
 * @path: (nullable)
 * @size: width and height, pixels
 * @scale: pixels of a PNG per pixel
 */
typedef struct {
  const char *path;
  guint size[2];
  double scale;
  gboolean dark;
} LimenPlotOptions;

#define LIMEN_PLOT_DEFAULTS                                                                        \
  {                                                                                                \
    .size = {1000, 625}, .scale = 1                                                                \
  }

/** limen_check_output: finds before the work that @path can't be written, or is one of @taken
 * (element-type filename), or in a folder of these; it is added to them */
gboolean limen_check_output (const char *path, GPtrArray *taken, GError **error);
/** limen_check_outputs: each of @outputs: (n) (nullable elements), unless it is standard output */
gboolean
limen_check_outputs (const char *const *outputs, guint n, GPtrArray *taken, GError **error);
/** limen_is_stdout: whether @path (nullable) is "-" */
gboolean limen_is_stdout (const char *path);
/** limen_write_outputs: the picture of @told, where @plot (nullable) has a path, and @json, which
 * goes to @path (nullable): a file, or standard output */
gboolean limen_write_outputs (LimenTerminal *terminal, const LimenPlotOptions *plot,
                              LimenTold *told, const char *path, const char *json, GError **error);

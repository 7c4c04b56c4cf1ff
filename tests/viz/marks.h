/* What a plot draws, as a list that can be read: a mark a line, in device pixels. The Cairo calls
 * of the plot itself are listened to: the linker leads them through marks.c (meson.build, --wrap).
 */
#pragma once

#include "viz/kit/chart.h"
#include "viz/kit/picture.h"

/**
 * LimenMarkedText:
 * @ink: what is seen of it; @clip: what of the picture could be drawn on
 */
typedef struct {
  char *string;
  LimenRect ink, clip;
} LimenMarkedText;

/**
 * LimenMarks:
 * @line: (element-type utf8): in the order of drawing. Numbers that stand alone are pixels to a
 * tenth. A path is told by its box (x y width × height), its centre of mass and its length, which
 * change with every point of it. Colours are named by their role.
 * @text: (element-type LimenMarkedText)
 */
typedef struct {
  GPtrArray *line, *text;
} LimenMarks;

/** limen_marks_record: (transfer full): what @draw draws; @scheme: whose colours it takes */
LimenMarks *limen_marks_record (LimenDrawFunc draw, gpointer user_data, LimenScheme scheme,
                                double width, double height);
void limen_marks_free (LimenMarks *marks);

/** limen_marks_crowded: (transfer full) (element-type utf8): a sentence for each text whose ink
 * lies over another's, or is cut by the edge of the picture or a clip */
GPtrArray *limen_marks_crowded (const LimenMarks *marks);

/** limen_mark_line_is: whether two lines are the same but for numbers less than 0.15 apart, and
 * colours of images less than 3 of 255 */
gboolean limen_mark_line_is (const char *line, const char *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenMarks, limen_marks_free)

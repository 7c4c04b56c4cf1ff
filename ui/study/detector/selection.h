/* Some of the images of a detector, chosen by hand: in a scatter, in a histogram, in a gallery. */
#pragma once

#include "viz/detector/scatter-plot.h"

/**
 * LimenSelection:
 * @n: images of each set, by LimenScatterSet: the normal ones, the anomalies
 * @bits: ((n + 63) / 64) each: a bit an image, the lowest first
 * @count: how many of each are selected
 *
 * A plain value: what changes it takes it const and returns a new one, (transfer full).
 */
typedef struct {
  guint n[LIMEN_N_SCATTER_SETS], count[LIMEN_N_SCATTER_SETS];
  guint64 *bits[LIMEN_N_SCATTER_SETS];
} LimenSelection;

/** limen_selection_new: nothing, of so many images */
LimenSelection *limen_selection_new (guint n_normal, guint n_anomaly);
/** limen_selection_new_inside: what lies within a polygon of @plot, @corner: (n_corners, 2), pixels
 */
LimenSelection *limen_selection_new_inside (const LimenScatterPlot *plot, const double (*corner)[2],
                                            guint n_corners);
/** limen_selection_new_range: what scores from @low to @high, both included, as a bar of a
 * histogram or what lies between two of its lines; @normal, @anomaly: (nullable) */
LimenSelection *limen_selection_new_range (const LimenScores *normal, const LimenScores *anomaly,
                                           double low, double high);
LimenSelection *limen_selection_copy (const LimenSelection *selection);
void limen_selection_free (LimenSelection *selection);

/** limen_selection_with: an image more (@on), or one less */
LimenSelection *limen_selection_with (const LimenSelection *selection, LimenScatterSet set,
                                      guint index, gboolean on);
/** limen_selection_add: an image more of a selection that is being made and nobody else has */
void limen_selection_add (LimenSelection *selection, LimenScatterSet set, guint index);
/** limen_selection_inverted: what is not selected */
LimenSelection *limen_selection_inverted (const LimenSelection *selection);
/** limen_selection_united: what is in one of two selections of the same images;
 * limen_selection_common: in both */
LimenSelection *limen_selection_united (const LimenSelection *a, const LimenSelection *b);
LimenSelection *limen_selection_common (const LimenSelection *a, const LimenSelection *b);

gboolean limen_selection_has (const LimenSelection *selection, LimenScatterSet set, guint index);
gboolean limen_selection_same (const LimenSelection *a, const LimenSelection *b);
/** limen_selection_count: of both sets */
guint limen_selection_count (const LimenSelection *selection);
/** limen_selection_indices: (transfer full): (count of @set): which images, ascending */
guint32 *limen_selection_indices (const LimenSelection *selection, LimenScatterSet set);
/** limen_selection_scores: (transfer full): those of the images that are selected, of one set whose
 * @scores they are: what a histogram of the selection shows */
LimenScores *limen_selection_scores (const LimenSelection *selection, LimenScatterSet set,
                                     const LimenScores *scores);
/** limen_selection_of_whole: @part: of some of the normal images and all anomalies; @index: (n
 * normal of @part) (nullable: they are the first): which of the @n_normal images of the whole set
 * they are. Returns: of the whole set */
LimenSelection *
limen_selection_of_whole (const LimenSelection *part, const guint32 *index, guint n_normal);
/** limen_selection_of_part: the other way round: @index: (n_part) (nullable); what is not in the
 * part is not selected */
LimenSelection *
limen_selection_of_part (const LimenSelection *whole, const guint32 *index, guint n_part);
/** limen_selection_bits: [set]: as limen_scatter_plot_draw_base() takes them; NULL where nothing is
 * selected */
const guint64 *const *limen_selection_bits (const LimenSelection *selection);
/** limen_selection_words: (transfer full): "37 images: 30 normal, 7 anomalies"; "no image" */
char *limen_selection_words (const LimenSelection *selection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenSelection, limen_selection_free)

/* Maps and masks are kept until all photos are scored, and then judged together. */
#pragma once

#include "model/windows/pixel-measures.h"
#include "model/windows/window-map.h"

/** LimenPixelJudge: maps on their way to the measures of their pixels */
typedef struct LimenPixelJudge LimenPixelJudge;

LimenPixelJudge *limen_pixel_judge_new (void);
void limen_pixel_judge_free (LimenPixelJudge *judge);

/**
 * limen_pixel_judge_keep: copies @map
 * @mask: (nullable): the file of the photo's mask; NULL: a normal photo, without defects
 *
 * Returns: FALSE with LIMEN_ERROR_UNSAFE where all maps take more than LIMEN_MAX_BYTES; nothing is
 * judged then
 */
gboolean limen_pixel_judge_keep (LimenPixelJudge *judge, const LimenWindowMap *map,
                                 const char *mask, GError **error);

/**
 * limen_pixel_judge_measures: of all maps at the pixels of their photos
 * @problems: a LimenProblem for each mask that can't be used; its photo does not count
 * @n_masks: (out): photos whose masks count
 *
 * Returns: FALSE with G_IO_ERROR_CANCELLED, or for a mask that has changed meanwhile
 */
gboolean limen_pixel_judge_measures (LimenPixelJudge *judge, GPtrArray *problems,
                                     LimenPixelMeasures *measures, guint *n_masks,
                                     const LimenRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPixelJudge, limen_pixel_judge_free)

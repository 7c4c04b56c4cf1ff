/* What is read for the Prior page: a case, points, or images as points. */
#pragma once

#include "model/kinds/kinds.h"
#include "ui/study/job.h"
#include "ui/study/prior/state.h"

/**
 * LimenPriorWish: what is to be read
 * @paths: (nullable): a case, and a table of points, or files or folders of images; NULL: what
 * @state names
 * @anew: in the place of all that there is, as at a first start
 * @only: as what @paths are opened; 0: as whatever they are
 * @gaussian_case, @points: whether it is to be read, of @state
 */
typedef struct {
  char **paths;
  LimenKinds only;
  gboolean gaussian_case, points;
  LimenPriorState state;
  gboolean anew;
} LimenPriorWish;

/**
 * LimenPriorInputs: what was read
 * @opened: of files that were asked for, not of what @state names; @anew: see LimenPriorWish
 * @gaussian_case, @points: (nullable)
 * @image_side: of @points that are images, in pixels; 0: they are none
 */
typedef struct {
  gboolean opened, anew;
  LimenPriorState state;
  LimenGaussianCase *gaussian_case;
  LimenPoints *points;
  guint image_side;
  LimenOrigin *case_origin, *points_origin;
} LimenPriorInputs;

void limen_prior_wish_free (LimenPriorWish *wish);
/** limen_prior_inputs_read: a LimenJobRunFunc; @wish: a LimenPriorWish. Returns: a LimenPriorInputs
 */
gpointer limen_prior_inputs_read (gpointer wish, const LimenRun *run, GError **error);
void limen_prior_inputs_free (LimenPriorInputs *inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPriorInputs, limen_prior_inputs_free)

#include "ui/study/bound/session-private.h"

#include <math.h>

#define TICK   100 /* milliseconds between two looks at the draws */
#define SETTLE 150 /* without a change, before draws are worth their while */

/* -- reading -- */

typedef struct {
  char **paths;
  LimenVaeSource *before;
  LimenBoundPageState *wanted; /* nullable */
  gboolean anew;
} Reading;

typedef struct {
  LimenBoundFiles *files;
  LimenBoundPageState *wanted;
  gboolean anew;
} Read;

static void
reading_free (Reading *reading)
{
  g_strfreev (reading->paths);
  g_clear_pointer (&reading->before, limen_vae_source_free);
  g_clear_pointer (&reading->wanted, limen_bound_page_state_free);
  g_free (reading);
}

static void
read_free (Read *read)
{
  g_clear_pointer (&read->files, limen_bound_files_free);
  g_clear_pointer (&read->wanted, limen_bound_page_state_free);
  g_free (read);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

static gpointer
run_reading (gpointer data, const LimenRun *run, GError **error)
{
  Reading *reading = data;
  g_autoptr (Read) read = g_new0 (Read, 1);
  read->files = limen_bound_files_read ((const char *const *)reading->paths, reading->before,
                                        run->cancellable, error);
  read->wanted = g_steal_pointer (&reading->wanted);
  read->anew = reading->anew;
  return read->files ? g_steal_pointer (&read) : NULL;
}

static gboolean
look_at_progress_cb (gpointer data)
{
  LimenBoundSession *self = data;
  g_signal_emit_by_name (self, "busy-changed");
  return G_SOURCE_CONTINUE;
}

static void
read_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenBoundSession *self = owner;
  g_autoptr (Read) read = result;
  g_clear_handle_id (&self->load_tick, g_source_remove);
  g_signal_emit_by_name (self, "busy-changed");
  if (error)
    limen_bound_session_tell (self, error);
  else if (read->anew)
    limen_bound_session_take_start (self, read->files);
  else
    limen_bound_session_take_files (self, read->files, read->wanted);
}

static void
wish (LimenBoundSession *self, const char *const *paths, const LimenBoundPageState *wanted,
      gboolean anew)
{
  Reading *reading = g_new (Reading, 1);
  *reading = (Reading){g_strdupv ((char **)paths),
                       self->vae && !anew ? limen_vae_source_copy (self->vae) : NULL,
                       wanted ? limen_bound_page_state_copy (wanted) : NULL, anew};
  limen_latest_wish (self->load, reading);
  if (!self->load_tick)
    self->load_tick = g_timeout_add (TICK, look_at_progress_cb, self);
  g_signal_emit_by_name (self, "busy-changed");
}

void
limen_bound_session_read (LimenBoundSession *self, const char *const *paths,
                          const LimenBoundPageState *wanted)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  wish (self, paths, wanted, FALSE);
}

void
limen_bound_session_start (LimenBoundSession *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self) && paths != NULL);
  wish (self, paths, NULL, TRUE);
}

void
limen_bound_session_open (LimenBoundSession *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self) && paths != NULL);
  limen_bound_session_read (self, paths, NULL);
}

/* -- the exact bound of an image -- */

typedef struct {
  LimenVaeSource *source;
  float *x;
  LimenGaussian *q;
} Exact;

static void
exact_free (Exact *exact)
{
  limen_vae_source_free (exact->source);
  limen_gaussian_free (exact->q);
  g_free (exact->x);
  g_free (exact);
}

static gpointer
run_exact (gpointer data, const LimenRun *run, GError **error)
{
  const Exact *exact = data;
  return limen_vae_exact_new (exact->source->map, exact->x, exact->q, run->cancellable, error);
}

/* The normal distribution with the moments of a density over the plane. */
static LimenGaussian *
moments (const LimenPlane *plane)
{
  double sum = 0, mean[2] = {0}, second[3] = {0};
  for (guint r = 0; r < plane->rows; r++)
    for (guint c = 0; c < plane->columns; c++) {
      double p = exp (plane->log_density[(gsize)r * plane->columns + c]);
      double z1 = plane->low[0] + (plane->high[0] - plane->low[0]) * c / (plane->columns - 1);
      double z2 = plane->low[1] + (plane->high[1] - plane->low[1]) * r / (plane->rows - 1);
      sum += p;
      mean[0] += p * z1;
      mean[1] += p * z2;
      second[0] += p * z1 * z1;
      second[1] += p * z1 * z2;
      second[2] += p * z2 * z2;
    }
  double m1 = mean[0] / sum, m2 = mean[1] / sum;
  double c11 = second[0] / sum - m1 * m1, c12 = second[1] / sum - m1 * m2;
  double c22 = second[2] / sum - m2 * m2;
  return limen_gaussian_new ("The posterior", 2, (double[]){m1, m2}, (double[]){c11, c12, c12, c22},
                             NULL);
}

static void
exact_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenBoundSession *self = owner;
  g_autoptr (LimenVaeExact) exact = result;
  if (error)
    limen_bound_session_tell (self, error);
  else if (self->state->uses_vae) {
    limen_vae_exact_into_study (exact, self->study, 0);
    if (!self->posterior && exact->q->dimension == 2)
      limen_bound_session_take_posterior (self, moments (exact->posterior));
    if (self->looks)
      limen_scene_take_posterior (self->scene, g_steal_pointer (&exact->posterior));
    self->looks = FALSE;
    limen_bound_session_fill_scene (self);
    limen_bound_session_want_dots (self);
  }
  g_signal_emit_by_name (self, "study-changed");
}

void
limen_bound_session_want_exact (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  if (!self->vae->map) { /* more than two dimensions: only draws */
    limen_vae_proposal_into_study (self->vae->vae, self->x, self->q, self->study, 0);
    limen_bound_session_fill_scene (self);
    limen_bound_session_want_dots (self);
    return;
  }
  Exact *exact = g_new (Exact, 1);
  gsize n = limen_vae_shape (self->vae->vae).observed * sizeof (float);
  *exact = (Exact){limen_vae_source_copy (self->vae), g_memdup2 (self->x, n),
                   limen_gaussian_copy (self->q)};
  limen_latest_wish (self->exact, exact);
}

/* -- dots -- */

static gboolean
look_at_dots_cb (gpointer data)
{
  LimenBoundSession *self = data;
  gboolean more = self->dots_work && limen_dots_work_show (self->dots_work, self->study);
  more |= self->aside_work && limen_dots_work_show (self->aside_work, self->study);
  if (more)
    g_signal_emit_by_name (self, "dots-changed");
  return G_SOURCE_CONTINUE;
}

static void
stop_looking (LimenBoundSession *self)
{
  if (!self->dots_work && !self->aside_work)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static void
stop_aside (LimenBoundSession *self)
{
  limen_latest_cancel (self->aside);
  g_clear_pointer (&self->aside_work, limen_dots_work_unref);
  g_clear_handle_id (&self->aside_settle, g_source_remove);
  stop_looking (self);
}

static void
stop_all_dots (LimenBoundSession *self)
{
  limen_latest_cancel (self->dots);
  g_clear_pointer (&self->dots_work, limen_dots_work_unref);
  g_clear_handle_id (&self->settle, g_source_remove);
  stop_looking (self);
}

void
limen_bound_session_stop_dots (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  stop_all_dots (self);
  stop_aside (self);
}

static void
dots_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenBoundSession *self = owner;
  LimenDotsWork *work = result;
  if (work && work == self->dots_work) {
    look_at_dots_cb (self);
    stop_all_dots (self);
  } else if (work && work == self->aside_work) {
    look_at_dots_cb (self);
    stop_aside (self);
  }
  g_clear_pointer (&work, limen_dots_work_unref);
}

/* @aside: (nullable) K; of the proposals as they are */
static LimenDotsWork *
start_dots (LimenBoundSession *self, LimenLatest *latest, guint aside)
{
  LimenVae *vae = self->state->uses_vae ? self->vae->vae : NULL;
  LimenDotsWork *work = limen_dots_work_new (self->study, self->gaussian_case, vae, self->x, aside);
  limen_latest_wish (latest, limen_dots_work_ref (work));
  if (!self->tick)
    self->tick = g_timeout_add (TICK, look_at_dots_cb, self);
  return work;
}

static gboolean
settled_cb (gpointer data)
{
  LimenBoundSession *self = data;
  self->settle = 0;
  self->dots_work = start_dots (self, self->dots, 0);
  return G_SOURCE_REMOVE;
}

static gboolean
aside_settled_cb (gpointer data)
{
  LimenBoundSession *self = data;
  self->aside_settle = 0;
  self->aside_work = start_dots (self, self->aside, self->state->k);
  return G_SOURCE_REMOVE;
}

void
limen_bound_session_want_dots (LimenBoundSession *self)
{
  limen_bound_session_stop_dots (self);
  self->settle = g_timeout_add (SETTLE, settled_cb, self);
  limen_bound_session_want_aside (self);
}

void
limen_bound_session_want_aside (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  stop_aside (self);
  if (limen_bound_dot_of (self->state->k) < 0)
    self->aside_settle = g_timeout_add (SETTLE, aside_settled_cb, self);
}

/* -- all of it -- */

void
limen_bound_session_begin_work (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  self->load =
      limen_latest_new (run_reading, (GDestroyNotify)reading_free, (GDestroyNotify)read_free,
                        LIMEN_OVERTAKEN_IS_CANCELLED, read_cb, self);
  self->exact =
      limen_latest_new (run_exact, (GDestroyNotify)exact_free, (GDestroyNotify)limen_vae_exact_free,
                        LIMEN_OVERTAKEN_IS_CANCELLED, exact_cb, self);
  self->dots = limen_latest_new (limen_dots_work_run, (GDestroyNotify)limen_dots_work_unref,
                                 (GDestroyNotify)limen_dots_work_unref,
                                 LIMEN_OVERTAKEN_IS_CANCELLED, dots_cb, self);
  self->aside = limen_latest_new (limen_dots_work_run, (GDestroyNotify)limen_dots_work_unref,
                                  (GDestroyNotify)limen_dots_work_unref,
                                  LIMEN_OVERTAKEN_IS_CANCELLED, dots_cb, self);
}

void
limen_bound_session_end_work (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  if (self->dots)
    limen_bound_session_stop_dots (self);
  g_clear_handle_id (&self->load_tick, g_source_remove);
  g_clear_pointer (&self->load, limen_latest_free);
  g_clear_pointer (&self->exact, limen_latest_free);
  g_clear_pointer (&self->dots, limen_latest_free);
  g_clear_pointer (&self->aside, limen_latest_free);
}

void
limen_bound_session_cancel (LimenBoundSession *self)
{
  g_return_if_fail (LIMEN_IS_BOUND_SESSION (self));
  limen_latest_cancel (self->load);
  limen_latest_cancel (self->exact);
}

gboolean
limen_bound_session_busy (LimenBoundSession *self, double *fraction)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (self), FALSE);
  return limen_latest_busy (self->load, fraction);
}

#include "ui/study/detector/explain-session.h"

#include "model/explain/explain-report.h"
#include "ui/study/detector/bench-session.h"
#include "ui/study/detector/explain-work.h"
#include "ui/study/latest.h"
#include "ui/study/signals.h"
#include "ui/study/ticker.h"
#include "viz/detector/explain-picture.h"
#include "viz/kit/image-grid.h"

#include <math.h>
#include <string.h>

struct _LimenExplainSession {
  GObject parent_instance;

  LimenDetectorSession *detector; /* owned */
  LimenBenchSession *bench;       /* nullable, owned */

  LimenSetRole role; /* LIMEN_N_SETS: a single picture */
  guint index;
  LimenSinglePicture picture; /* what is kept of that one: its image, score and file */
  char *name;                 /* nullable: nothing is looked at */
  LimenExplainWork *asked;    /* nullable: of that image */
  LimenExplained *explained;  /* nullable */
  LimenExplainedMap *values;  /* nullable: of the map that lies over it */
  LimenExplainMap map;
  double opacity;

  LimenNormalWindows *normal; /* nullable: of the normal images that were last compared with */
  char *line;                 /* nullable: what says how unusual windows are */

  LimenLatest *work, *windows;
  guint tick;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenExplainedWindows, limen_explained_windows_free)
G_DEFINE_FINAL_TYPE (LimenExplainSession, limen_explain_session, G_TYPE_OBJECT)

/* -- what is told -- */

static void
tell (LimenExplainSession *self)
{
  limen_ticker_tell (self, &self->tick, limen_explain_session_busy (self, NULL));
}

static void
renew_values (LimenExplainSession *self)
{
  const LimenExplanation *explanation = limen_explain_session_explanation (self);
  g_clear_pointer (&self->values, limen_explained_map_free);
  if (explanation && self->map != LIMEN_EXPLAIN_NONE &&
      limen_explanation_has_map (explanation, self->map))
    self->values = limen_explanation_map (explanation, self->map);
}

/* -- work -- */

static gpointer
run_work (gpointer data, const LimenRun *run, GError **error)
{
  return limen_explain_work_run (data, run, error);
}

static gpointer
run_windows (gpointer data, const LimenRun *run, GError **error)
{
  return limen_explain_windows_work_run (data, run, error);
}

static void
windows_done_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenExplainSession *self = owner;
  g_autoptr (LimenExplainedWindows) windows = result;
  if (windows && self->explained && self->explained->explanation == windows->of) {
    limen_explanation_unref (self->explained->explanation);
    self->explained->explanation = limen_explanation_ref (windows->with);
    g_free (self->line);
    self->line = g_steal_pointer (&windows->line);
    renew_values (self);
  } else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
  tell (self);
}

/* The map of windows, where it is looked at and not there yet */
static void
ask_windows (LimenExplainSession *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->detector);
  LimenImageSet *normal = experiment->set[LIMEN_SET_NORMAL];
  LimenExplanation *explanation = self->explained ? self->explained->explanation : NULL;
  if (self->map != LIMEN_EXPLAIN_WINDOWS || !explanation || explanation->windows)
    return;
  if (!normal) {
    g_signal_emit_by_name (self, "notice",
                           "There are no normal images whose windows these could be compared "
                           "with; open some.");
    return;
  }
  if (!self->normal || limen_normal_windows_set (self->normal) != normal) {
    g_clear_pointer (&self->normal, limen_normal_windows_unref);
    self->normal = limen_normal_windows_new (normal, experiment->set_from[LIMEN_SET_NORMAL]);
  }
  LimenExplainWindowsWork *work = g_new (LimenExplainWindowsWork, 1);
  *work = (LimenExplainWindowsWork){limen_normal_windows_ref (self->normal),
                                    limen_explanation_ref (explanation),
                                    g_strdup (self->asked ? self->asked->file : NULL)};
  limen_latest_wish (self->windows, work);
}

static void
worked_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenExplainSession *self = owner;
  if (result) {
    limen_explained_free (self->explained);
    self->explained = result;
    renew_values (self);
    ask_windows (self);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "notice", error->message);
  tell (self);
}

static LimenExplainWork *
wish_of (LimenExplainSession *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->detector);
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->detector);
  const LimenBenchResult *bench = self->bench ? limen_bench_session_so_far (self->bench) : NULL;
  return self->role == LIMEN_N_SETS
             ? limen_explain_work_new_of_picture (experiment, analysis, &self->picture)
             : limen_explain_work_new (experiment, analysis, bench, self->role, self->index);
}

/* What the last work said already is not computed again. */
static void
ask (LimenExplainSession *self)
{
  LimenExplainWork *wish = wish_of (self);
  if (self->asked && limen_explain_work_same (self->asked, wish)) {
    limen_explain_work_free (wish);
    return;
  }
  limen_explain_work_free (self->asked);
  self->asked = limen_explain_work_copy (wish);
  limen_latest_cancel (self->windows);
  limen_latest_wish (self->work, wish);
  tell (self);
}

static void
forget (LimenExplainSession *self)
{
  limen_latest_cancel (self->work);
  limen_latest_cancel (self->windows);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->asked, limen_explain_work_free);
  g_clear_pointer (&self->explained, limen_explained_free);
  g_clear_pointer (&self->values, limen_explained_map_free);
  tell (self);
}

/* -- what the page says -- */

static gboolean
is_at (const LimenExperiment *experiment, LimenSetRole role, guint index, const char *name)
{
  const LimenImageSet *set = experiment->set[role];
  if (!set || index >= limen_image_set_n_images (set))
    return FALSE;
  g_autofree char *here = limen_image_set_image_name (set, index);
  return g_str_equal (here, name);
}

/* The image where it was, or else in another place of its set, or in another set */
static gboolean
find_again (LimenExplainSession *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->detector);
  if (is_at (experiment, self->role, self->index, self->name))
    return TRUE;
  for (guint k = 0; k < LIMEN_N_SETS; k++) {
    LimenSetRole role = (LimenSetRole)((self->role + k) % LIMEN_N_SETS);
    guint n = experiment->set[role] ? limen_image_set_n_images (experiment->set[role]) : 0;
    for (guint i = 0; i < n; i++)
      if (is_at (experiment, role, i, self->name)) {
        self->role = role;
        self->index = i;
        return TRUE;
      }
  }
  return FALSE;
}

static void
page_changed_cb (LimenExplainSession *self)
{
  if (!self->name)
    return;
  if (self->role == LIMEN_N_SETS || find_again (self))
    ask (self);
  else
    forget (self);
}

/* -- what is looked at -- */

static void
picture_clear (LimenSinglePicture *picture)
{
  g_clear_pointer (&picture->path, g_free);
  g_clear_pointer (&picture->image, limen_image_set_unref);
  g_clear_pointer (&picture->measure, limen_measure_unref);
}

void
limen_explain_session_show (LimenExplainSession *self, LimenSetRole role, guint index)
{
  g_return_if_fail (LIMEN_IS_EXPLAIN_SESSION (self) && role < LIMEN_N_SETS);
  const LimenImageSet *set = limen_detector_session_experiment (self->detector)->set[role];
  g_return_if_fail (set != NULL && index < limen_image_set_n_images (set));
  picture_clear (&self->picture);
  g_free (self->name);
  self->name = limen_image_set_image_name (set, index);
  self->role = role;
  self->index = index;
  ask (self);
}

void
limen_explain_session_show_picture (LimenExplainSession *self, const LimenSinglePicture *picture)
{
  g_return_if_fail (LIMEN_IS_EXPLAIN_SESSION (self) && picture != NULL && picture->image != NULL);
  LimenSinglePicture kept = {.path = g_strdup (picture->path),
                             .image = limen_image_set_ref (picture->image),
                             .score = picture->score,
                             .measure =
                                 picture->measure ? limen_measure_ref (picture->measure) : NULL};
  char *name = g_strdup (picture->name);
  picture_clear (&self->picture);
  g_free (self->name);
  self->picture = kept;
  self->name = name;
  self->role = LIMEN_N_SETS;
  ask (self);
}

void
limen_explain_session_cancel (LimenExplainSession *self)
{
  g_return_if_fail (LIMEN_IS_EXPLAIN_SESSION (self));
  g_clear_pointer (&self->asked, limen_explain_work_free); /* the next time it is asked for anew */
  limen_latest_cancel (self->work);
  limen_latest_cancel (self->windows);
}

gboolean
limen_explain_session_busy (LimenExplainSession *self, double *fraction)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), FALSE);
  return limen_latest_busy (self->work, fraction) || limen_latest_busy (self->windows, fraction);
}

const LimenExplanation *
limen_explain_session_explanation (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), NULL);
  return self->explained ? self->explained->explanation : NULL;
}

const LimenPhoto *
limen_explain_session_original (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), NULL);
  return self->explained ? self->explained->original : NULL;
}

char *
limen_explain_session_about (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), NULL);
  static const char *const kinds[] = {[LIMEN_SET_NORMAL] = "normal image",
                                      [LIMEN_SET_ANOMALY] = "anomaly",
                                      [LIMEN_SET_UNSORTED] = "unsorted image",
                                      [LIMEN_N_SETS] = "single picture"};
  if (!self->name || !self->asked)
    return NULL;
  const LimenExplainInput *input = &self->asked->input;
  const LimenExplainedScore *score = input->n_scores > 0 ? input->score : NULL;
  const char *verdict = !score || !score->has_threshold ? ""
                        : score->flagged                ? " · flagged"
                                                        : " · kept";
  return g_strconcat (kinds[self->role], verdict, NULL);
}

/* -- the map -- */

void
limen_explain_session_set_map (LimenExplainSession *self, LimenExplainMap map)
{
  g_return_if_fail (LIMEN_IS_EXPLAIN_SESSION (self) && map < LIMEN_N_EXPLAIN_MAPS);
  if (map == self->map)
    return;
  self->map = map;
  renew_values (self);
  g_signal_emit_by_name (self, "view-changed");
  ask_windows (self);
  tell (self);
}

LimenExplainMap
limen_explain_session_map (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), LIMEN_EXPLAIN_NONE);
  return self->map;
}

const LimenExplainedMap *
limen_explain_session_values (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), NULL);
  return self->values;
}

const char *
limen_explain_session_windows_line (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), NULL);
  const LimenExplanation *explanation = limen_explain_session_explanation (self);
  return explanation && explanation->windows ? self->line : NULL;
}

void
limen_explain_session_set_opacity (LimenExplainSession *self, double opacity)
{
  g_return_if_fail (LIMEN_IS_EXPLAIN_SESSION (self));
  opacity = CLAMP (opacity, 0, 1);
  if (opacity == self->opacity)
    return;
  self->opacity = opacity;
  g_signal_emit_by_name (self, "view-changed");
}

double
limen_explain_session_opacity (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self), 0);
  return self->opacity;
}

/* -- out of the window -- */

/* @original: (nullable) */
typedef struct {
  LimenExplanation *explanation;
  LimenPhoto *original;
  LimenExplainMap map;
  double opacity;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;
  limen_explanation_unref (shown->explanation);
  g_clear_pointer (&shown->original, limen_photo_free);
  g_free (shown);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Shown *shown = data;
  cairo_surface_t *original = shown->original ? limen_photo_surface (shown->original) : NULL;
  LimenExplainPicture picture = {shown->explanation, original, shown->opacity, scheme};
  limen_explain_picture_draw (cr, width, height, &picture);
  g_clear_pointer (&original, cairo_surface_destroy);
}

static gboolean
write_cb (const char *path, gpointer data, GError **error)
{
  const Shown *shown = data;
  g_autoptr (LimenExplainedMap) map = limen_explanation_map (shown->explanation, shown->map);
  return limen_explained_map_save (map, path, error);
}

/* (nullable): where there is memory for another one */
static LimenPhoto *
copy_of (const LimenPhoto *photo)
{
  LimenPhoto *copy =
      limen_photo_new ("the picture", photo->width, photo->height, photo->n_channels, NULL);
  if (copy)
    memcpy (copy->pixels, photo->pixels,
            (gsize)photo->width * photo->height * photo->n_channels * sizeof (float));
  return copy;
}

LimenTold
limen_explain_session_told (LimenExplainSession *self)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (self) && self->explained, (LimenTold){0});
  const LimenPhoto *original = self->explained->original;
  Shown *shown = g_new (Shown, 1);
  *shown = (Shown){limen_explanation_ref (self->explained->explanation),
                   original ? copy_of (original) : NULL, self->map, self->opacity};
  return (LimenTold){.name = "limen-explain",
                     .draw = draw_cb,
                     .text = limen_explain_report_text (shown->explanation),
                     .write = self->values ? write_cb : NULL,
                     .data = shown,
                     .free_data = shown_free};
}

/* -- the object -- */

static void
limen_explain_session_dispose (GObject *object)
{
  LimenExplainSession *self = LIMEN_EXPLAIN_SESSION (object);
  limen_ticker_stop (&self->tick);
  if (self->detector)
    g_signal_handlers_disconnect_by_data (self->detector, self);
  if (self->bench)
    g_signal_handlers_disconnect_by_data (self->bench, self);
  g_clear_pointer (&self->work, limen_latest_free);
  g_clear_pointer (&self->windows, limen_latest_free);
  g_clear_pointer (&self->normal, limen_normal_windows_unref);
  g_clear_pointer (&self->line, g_free);
  g_clear_object (&self->detector);
  g_clear_object (&self->bench);
  picture_clear (&self->picture);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->asked, limen_explain_work_free);
  g_clear_pointer (&self->explained, limen_explained_free);
  g_clear_pointer (&self->values, limen_explained_map_free);
  G_OBJECT_CLASS (limen_explain_session_parent_class)->dispose (object);
}

static void
limen_explain_session_class_init (LimenExplainSessionClass *klass)
{
  static const char *const names[] = {"changed", "view-changed", NULL};
  G_OBJECT_CLASS (klass)->dispose = limen_explain_session_dispose;
  limen_signals_new (G_TYPE_FROM_CLASS (klass), names, TRUE);
}

static void
limen_explain_session_init (LimenExplainSession *self)
{
  self->map = LIMEN_EXPLAIN_LATENTS;
  self->opacity = LIMEN_EXPLAIN_OPACITY;
  self->work = limen_latest_new (run_work, (GDestroyNotify)limen_explain_work_free,
                                 (GDestroyNotify)limen_explained_free, LIMEN_OVERTAKEN_IS_CANCELLED,
                                 worked_cb, self);
  self->windows = limen_latest_new (run_windows, (GDestroyNotify)limen_explain_windows_work_free,
                                    (GDestroyNotify)limen_explained_windows_free,
                                    LIMEN_OVERTAKEN_IS_CANCELLED, windows_done_cb, self);
}

LimenExplainSession *
limen_explain_session_new (LimenDetectorSession *detector)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (detector), NULL);
  LimenExplainSession *self = g_object_new (LIMEN_TYPE_EXPLAIN_SESSION, NULL);
  LimenBenchSession *bench = limen_bench_session_of (detector);
  self->detector = g_object_ref (detector);
  self->bench = bench ? g_object_ref (bench) : NULL;
  g_signal_connect_swapped (detector, "data-changed", G_CALLBACK (page_changed_cb), self);
  g_signal_connect_swapped (detector, "threshold-changed", G_CALLBACK (page_changed_cb), self);
  if (bench)
    g_signal_connect_swapped (bench, "changed", G_CALLBACK (page_changed_cb), self);
  return self;
}

#include "model/base/number.h"
#include "model/base/parallel.h"
#include "model/windows/window-model-private.h"

#include <cblas.h>
#include <stdlib.h>

#define CELLS      8        /* along a side, where places count */
#define N_DRAWN    300000   /* windows among which different ones are looked for, */
#define N_MEASURED 60000    /* or whose covariance is measured; */
#define MOST_DRAWN 64000000 /* fewer where they have more numbers in all */
#define N_UNIT     4096     /* windows that tell what is usual at a scale */

/* Calls come from threads of our own. */
static gpointer
keep_blas_on_one_core (gpointer unused)
{
  openblas_set_num_threads (1);
  return NULL;
}

guint
limen_window_cell (guint cells, float across, float down)
{
  guint x = (guint)(CLAMP (across, 0, 1) * (float)cells);
  guint y = (guint)(CLAMP (down, 0, 1) * (float)cells);
  return MIN (y, cells - 1) * cells + MIN (x, cells - 1);
}

/* -- many rows -- */

typedef struct {
  const LimenWindowClass *class;
  gconstpointer judge;
  guint dimension, n;
  const float *x;
  const guint *cell;
  gpointer room;
  float *out;
} Rows;

/* Runs of one cell: where places do not count, the whole batch */
static void
score_rows (guint batch, guint worker, gpointer data)
{
  const Rows *rows = data;
  guint end = MIN (rows->n, (batch + 1) * LIMEN_WINDOW_BATCH), next;
  for (guint i = batch * LIMEN_WINDOW_BATCH; i < end; i = next) {
    for (next = i + 1; next < end && rows->cell[next] == rows->cell[i]; next++)
      ;
    rows->class->score (rows->judge, rows->x + (gsize)i * rows->dimension, next - i, rows->cell[i],
                        worker, rows->room, rows->out + i);
  }
}

gboolean
limen_window_rows_score (const LimenWindowClass *class, gconstpointer judge, guint dimension,
                         const float *x, const guint *cell, guint n, float *out,
                         const LimenRun *run, GError **error)
{
  Rows rows = {class, judge, dimension, n, x, cell, class->room_new (judge), out};
  gboolean ok = limen_parallel ((n + LIMEN_WINDOW_BATCH - 1) / LIMEN_WINDOW_BATCH, score_rows,
                                &rows, run, error);
  class->room_free (rows.room);
  return ok;
}

/* -- its life -- */

static LimenMeasure *
measure_of (LimenWindowKind kind, guint levels)
{
  static const char *const name[] = {"window-nearest", "window-mahalanobis", "window-flow"};
  static const char *const title[] = {"distance to the nearest normal window",
                                      "Mahalanobis distance of windows",
                                      "negative log-likelihood of windows"};
  return limen_measure_new (name[kind], title[kind], kind == LIMEN_WINDOW_FLOW ? "nats" : "",
                            LIMEN_SIDE_HIGH);
}

static LimenWindowModel *
model_new (LimenWindowKind kind, const LimenWindowing *windowing)
{
  static GOnce once = G_ONCE_INIT;
  static const LimenWindowClass *const class[] = {
      &limen_window_nearest_class, &limen_window_mahalanobis_class, &limen_window_flow_class};
  g_once (&once, keep_blas_on_one_core, NULL);
  LimenWindowModel *model = g_new0 (LimenWindowModel, 1);
  g_atomic_ref_count_init (&model->references);
  model->kind = kind;
  model->class = class[kind];
  model->windowing = *windowing;
  model->measure = measure_of (kind, windowing->levels);
  for (guint level = 0; level < windowing->levels; level++) {
    model->cells[level] = windowing->positioned ? CELLS : 1;
    model->unit[level] = 1;
  }
  return model;
}

LimenWindowModel *
limen_window_model_ref (LimenWindowModel *model)
{
  g_atomic_ref_count_inc (&model->references);
  return model;
}

void
limen_window_model_unref (LimenWindowModel *model)
{
  if (!g_atomic_ref_count_dec (&model->references))
    return;
  for (guint level = 0; level < model->windowing.levels; level++)
    if (model->judge[level])
      model->class->judge_free (model->judge[level]);
  limen_measure_unref (model->measure);
  g_clear_pointer (&model->nice, limen_nice_unref);
  g_free (model);
}

/* -- fitting -- */

static gboolean
fit_level (LimenWindowModel *model, guint level, LimenWindowDraw *draw, guint64 seed,
           const LimenRun *run, GError **error)
{
  guint n_kept = draw->n;
  if (model->kind == LIMEN_WINDOW_NEAREST)
    model->judge[level] =
        limen_window_nearest_new (draw, &model->cells[level], seed + level, &n_kept, run, error);
  else
    model->judge[level] = limen_window_mahalanobis_new (draw, &model->cells[level], error);
  model->n_kept += n_kept;
  return model->judge[level] != NULL;
}

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

/* What one in a hundred windows of the same photos exceeds: so that scales can be compared */
static gboolean
measure_unit (LimenWindowModel *model, guint level, const LimenWindowDraw *draw,
              const LimenRun *run, GError **error)
{
  g_autofree guint *cell = g_new (guint, draw->n);
  g_autofree float *value = g_new (float, draw->n);
  for (guint i = 0; i < draw->n; i++)
    cell[i] = limen_window_cell (model->cells[level], draw->place[2 * i], draw->place[2 * i + 1]);
  if (!limen_window_rows_score (model->class, model->judge[level], draw->dimension, draw->x, cell,
                                draw->n, value, run, error))
    return FALSE;
  qsort (value, draw->n, sizeof *value, compare_floats);
  float high = value[draw->n - 1 - draw->n / 100];
  model->unit[level] = high > 0 ? high : 1;
  return TRUE;
}

/* From @n windows of each scale. @fits: else they measure what is usual */
static gboolean
learn (LimenWindowModel *model, const LimenPhotos *fit, guint n, gboolean fits, guint64 seed,
       const LimenRun *run, GError **error)
{
  LimenWindowDraw draw[LIMEN_WINDOW_MOST_LEVELS] = {0};
  guint levels = model->windowing.levels;
  const LimenRun quiet = {.cancellable = limen_run_of (run).cancellable};
  gboolean ok =
      limen_window_draw (&model->windowing, fit, n, seed, draw, fits ? run : &quiet, error);
  for (guint level = 0; ok && level < levels; level++)
    ok = fits ? fit_level (model, level, &draw[level], seed, &quiet, error)
              : measure_unit (model, level, &draw[level], &quiet, error);
  for (guint level = 0; level < levels; level++)
    limen_window_draw_clear (&draw[level]);
  return ok;
}

static guint
count_drawn (LimenWindowKind kind, const LimenWindowing *windowing)
{
  guint most = kind == LIMEN_WINDOW_NEAREST ? N_DRAWN : N_MEASURED;
  return MIN (most, MAX (MOST_DRAWN / limen_windowing_dimension (windowing), 4096));
}

LimenWindowModel *
limen_window_model_new (LimenWindowKind kind, const LimenWindowing *windowing,
                        const LimenPhotos *fit, guint64 seed, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (kind == LIMEN_WINDOW_NEAREST || kind == LIMEN_WINDOW_MAHALANOBIS, NULL);
  if (!limen_windowing_check (windowing, error))
    return NULL;
  LimenWindowModel *model = model_new (kind, windowing);
  model->n_photos = limen_photos_n (fit);
  if (!learn (model, fit, count_drawn (kind, windowing), TRUE, seed, run, error) ||
      (windowing->levels > 1 && !learn (model, fit, N_UNIT, FALSE, ~seed, run, error)))
    g_clear_pointer (&model, limen_window_model_unref);
  return model;
}

static gboolean
check_flow (const LimenNice *nice, const LimenWindowing *windowing, GError **error)
{
  guint dimension = limen_windowing_dimension (windowing), has = limen_nice_shape (nice).dimension;
  g_autofree char *shown = limen_display_name (limen_nice_path (nice));
  if (!limen_windowing_check (windowing, error))
    return FALSE;
  if (windowing->positioned)
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s is a flow, which knows no places of windows; leave places out, or take "
                       "the nearest window.",
                       shown);
  LimenWindowing learned = *windowing;
  const char *note = limen_nice_windows (nice);
  if (note && limen_windowing_of_note (note, &learned) &&
      (learned.size != windowing->size || learned.colour != windowing->colour))
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s learned windows of %u × %u pixels%s, not of %u × %u%s; choose those.",
                       shown, learned.size, learned.size, learned.colour ? " in colour" : "",
                       windowing->size, windowing->size, windowing->colour ? " in colour" : "");
  return has == dimension - dimension % 2 ||
         limen_fail (error, LIMEN_ERROR_MISMATCH,
                     "%s was made for %u pixels, but windows of %u × %u%s have %u; choose the size "
                     "of windows that it learned, or train one with --windows.",
                     shown, has, windowing->size, windowing->size,
                     windowing->colour ? " in colour" : "", dimension);
}

LimenWindowModel *
limen_window_model_new_flow (LimenNice *nice, const LimenWindowing *windowing, GError **error)
{
  if (!check_flow (nice, windowing, error))
    return NULL;
  LimenWindowModel *model = model_new (LIMEN_WINDOW_FLOW, windowing);
  model->nice = limen_nice_ref (nice);
  for (guint level = 0; level < windowing->levels; level++)
    model->judge[level] = limen_window_flow_new (nice, limen_windowing_dimension (windowing));
  return model;
}

/* -- what it is -- */

const char *
limen_window_kind_name (LimenWindowKind kind)
{
  static const char *const name[] = {"nearest", "mahalanobis", "flow"};
  return name[kind];
}

LimenWindowKind
limen_window_model_kind (const LimenWindowModel *model)
{
  return model->kind;
}

const LimenWindowing *
limen_window_model_windowing (const LimenWindowModel *model)
{
  return &model->windowing;
}

LimenMeasure *
limen_window_model_measure (const LimenWindowModel *model)
{
  return model->measure;
}

guint
limen_window_model_n_kept (const LimenWindowModel *model)
{
  return model->n_kept;
}

LimenNice *
limen_window_model_flow (const LimenWindowModel *model)
{
  return model->nice;
}

/* What a window is judged by */
static char *
describe_judge (const LimenWindowModel *model)
{
  g_autofree char *kept = limen_format_number (model->n_kept, 0);
  g_autofree char *shown = model->nice ? limen_display_name (limen_nice_path (model->nice)) : NULL;
  gboolean is_odd = limen_windowing_dimension (&model->windowing) % 2;
  switch (model->kind) {
  case LIMEN_WINDOW_NEAREST:
    return g_strdup_printf ("by the nearest of %s different windows of %u normal photo%s", kept,
                            model->n_photos, model->n_photos == 1 ? "" : "s");
  case LIMEN_WINDOW_MAHALANOBIS:
    return g_strdup_printf ("by mean and covariance of %s windows of %u normal photo%s", kept,
                            model->n_photos, model->n_photos == 1 ? "" : "s");
  default:
    return g_strdup_printf ("by the flow of windows in %s%s", shown,
                            is_odd ? ", without the last number of each" : "");
  }
}

char *
limen_window_model_line (const LimenWindowModel *model)
{
  g_autofree char *windows = limen_windowing_line (&model->windowing);
  g_autofree char *judge = describe_judge (model);
  return g_strdup_printf ("windows of %s, judged %s", windows, judge);
}

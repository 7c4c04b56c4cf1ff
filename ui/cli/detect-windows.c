/* limen detect --windows: photos at their own sizes, by their most unusual windows. */
#include "model/bench/photos-division.h"
#include "model/windows/masks.h"
#include "model/windows/pixel-judge.h"
#include "ui/cli/detect.h"

#include <math.h>

/* @judge: (nullable): where there are masks: (n of anomalies) (nullable elements); @unjudged: why
 * pixels are not judged after all
 * @test, @validation: scores of these parts of the normal photos */
typedef struct {
  const LimenDetectOptions *options;
  LimenTerminal *terminal;
  LimenPhotosSet fit, validation, normal, anomaly, unsorted;
  LimenPhotosDivision *division;
  LimenWindowModel *model;
  GPtrArray *masks;
  LimenPixelJudge *judge;
  GError *unjudged;
} Work;

static void
work_clear (Work *work)
{
  LimenPhotosSet *const sets[] = {&work->fit, &work->validation, &work->normal, &work->anomaly,
                                  &work->unsorted};
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    limen_photos_set_clear (sets[i]);
  g_clear_pointer (&work->division, limen_photos_division_free);
  g_clear_pointer (&work->model, limen_window_model_unref);
  g_clear_pointer (&work->masks, g_ptr_array_unref);
  g_clear_pointer (&work->judge, limen_pixel_judge_free);
  g_clear_error (&work->unjudged);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
load (Work *work, GError **error)
{
  const LimenDetectOptions *options = work->options;
  const LimenWindowOptions *windows = &options->windows;
  LimenTerminal *terminal = work->terminal;
  return limen_load_photos (&work->fit, options->fit, windows, &options->reading, FALSE, terminal,
                            error) &&
         limen_load_photos (&work->validation, options->validation, windows, &options->reading,
                            FALSE, terminal, error) &&
         limen_load_photos (&work->normal, options->normal, windows, &options->reading, FALSE,
                            terminal, error) &&
         limen_load_photos (&work->anomaly, options->anomaly, windows, &options->anomaly_reading,
                            options->anomaly_inverted, terminal, error) &&
         limen_load_photos (&work->unsorted, options->unsorted, windows, &options->reading, FALSE,
                            terminal, error);
}

/* Masks of anomalies, and what keeps their maps, where there are any */
static void
find_masks (Work *work)
{
  GPtrArray *problems = work->anomaly.problems;
  gboolean any = FALSE;
  if (!work->anomaly.photos)
    return;
  guint n_told = problems->len;
  work->masks = limen_masks_find (work->anomaly.photos, problems);
  limen_terminal_warn_from (work->terminal, problems, n_told);
  for (guint i = 0; i < work->masks->len; i++)
    any |= work->masks->pdata[i] != NULL;
  if (any)
    work->judge = limen_pixel_judge_new ();
}

/* -- scores -- */

static void
keep (Work *work, const LimenWindowMap *map, const char *mask)
{
  if (work->judge && !limen_pixel_judge_keep (work->judge, map, mask, &work->unjudged))
    g_clear_pointer (&work->judge, limen_pixel_judge_free);
}

static void
keep_normal_cb (guint index, const LimenWindowMap *map, gpointer data)
{
  keep (data, map, NULL);
}

static void
keep_anomaly_cb (guint index, const LimenWindowMap *map, gpointer data)
{
  Work *work = data;
  const char *mask = work->masks->pdata[index];
  if (mask)
    keep (work, map, mask);
}

/* @photos: (nullable): no scores then */
static gboolean
score (Work *work, LimenPhotosSet *set, const LimenPhotos *photos, LimenWindowMapFunc each,
       GError **error)
{
  if (!photos)
    return TRUE;
  limen_terminal_start (work->terminal, "scoring photos");
  set->scores = limen_window_scores (work->model, photos, limen_photos_name (photos), each, work,
                                     &work->terminal->run, error);
  return set->scores != NULL;
}

static gboolean
score_all (Work *work, GError **error)
{
  const LimenDetectOptions *options = work->options;
  gboolean fits = !limen_window_options_flow (&options->windows);
  limen_terminal_start (work->terminal, "comparing photos");
  work->division =
      limen_photos_division_new (work->normal.photos, work->fit.photos, work->validation.photos,
                                 fits, options->split, work->terminal->run.cancellable, error);
  if (!work->division)
    return FALSE;
  LimenPhotos *const *part = work->division->photos;
  work->model = limen_windows_model (&options->windows, part[LIMEN_BENCH_FIT], options->split.seed,
                                     work->terminal, error);
  return work->model &&
         score (work, &work->validation, part[LIMEN_BENCH_VALIDATION], NULL, error) &&
         score (work, &work->normal, part[LIMEN_BENCH_TEST], keep_normal_cb, error) &&
         score (work, &work->anomaly, work->anomaly.photos, keep_anomaly_cb, error) &&
         score (work, &work->unsorted, work->unsorted.photos, NULL, error);
}

static LimenDetector *
detector_of (const Work *work)
{
  const LimenPhotosDivision *division = work->division;
  const LimenDivided divided = {
      .validation = work->validation.scores,
      .normal = work->normal.scores,
      .validation_index = division->index[LIMEN_BENCH_VALIDATION],
      .normal_index = division->index[LIMEN_BENCH_TEST],
      .n_fit = division->index[LIMEN_BENCH_FIT] ? division->counts.n[LIMEN_BENCH_FIT] : 0,
      .split = division->split};
  return limen_detect_promised (
      work->options,
      limen_detector_new_divided (&divided, work->anomaly.scores, work->options->rule));
}

/* -- pixels -- */

static gboolean
judge_pixels (Work *work, LimenReportWindows *windows, GError **error)
{
  LimenPixelMeasures measures;
  GPtrArray *problems = work->anomaly.problems;
  if (work->unjudged)
    limen_terminal_warn (work->terminal, limen_photos_name (work->anomaly.photos),
                         work->unjudged->message);
  if (!work->judge)
    return TRUE;
  guint n_told = problems->len;
  limen_terminal_start (work->terminal, "comparing with masks");
  if (!limen_pixel_judge_measures (work->judge, problems, &measures, &windows->n_masks,
                                   &work->terminal->run, error))
    return FALSE;
  limen_terminal_warn_from (work->terminal, problems, n_told);
  windows->has_pixels = windows->n_masks > 0;
  windows->n_without = limen_photos_n (work->anomaly.photos) - windows->n_masks;
  windows->auroc = measures.auroc;
  windows->aupro = measures.aupro;
  windows->n_defect = measures.n_defect;
  windows->n_other = measures.n_other;
  windows->n_regions = measures.n_regions;
  return TRUE;
}

/* -- results -- */

static GHashTable *
hash (const Work *work, GError **error)
{
  const LimenPhotosSet *const sets[] = {&work->fit, &work->validation, &work->normal,
                                        &work->anomaly, &work->unsorted};
  return limen_hash_photos (limen_window_model_flow (work->model), sets, G_N_ELEMENTS (sets),
                            work->terminal->run.cancellable, error);
}

static LimenReportSet
set_of (const LimenPhotosSet *set)
{
  return (LimenReportSet){.photos = set->photos, .problems = set->problems};
}

static void
warn_of_optimism (const Work *work)
{
  g_auto (GStrv) optimism = limen_bench_optimism (&work->division->counts);
  for (char **line = optimism; *line; line++)
    limen_terminal_warn (work->terminal, limen_photos_name (work->normal.photos), *line);
}

static gboolean
tell (Work *work, GError **error)
{
  const LimenDetectOptions *options = work->options;
  g_autoptr (LimenDetector) detector = detector_of (work);
  g_autoptr (LimenUnsorted) judged = limen_detect_judge (detector, work->unsorted.scores);
  g_autofree char *told = limen_window_model_line (work->model), *division = NULL;
  g_autoptr (GHashTable) hashes = NULL;
  LimenReportWindows windows = limen_windows_report (work->model, told);
  if (!limen_detect_check_threshold (detector, error) || !judge_pixels (work, &windows, error))
    return FALSE;
  if (work->division->photos[LIMEN_BENCH_FIT])
    division = limen_bench_division_sentence (&work->division->counts);
  if (options->json || options->plot.path) {
    hashes = hash (work, error);
    if (!hashes)
      return FALSE;
  }
  LimenReport report = {.detector = detector,
                        .nice = limen_window_model_flow (work->model),
                        .fit = set_of (&work->fit),
                        .validation = set_of (&work->validation),
                        .normal = set_of (&work->normal),
                        .anomaly = set_of (&work->anomaly),
                        .unsorted = set_of (&work->unsorted),
                        .judged = judged,
                        .division = division,
                        .windows = &windows,
                        .sha256 = hashes};
  report.anomaly.inverted = options->anomaly_inverted;
  warn_of_optimism (work);
  return limen_detect_tell (options, &report, work->terminal, error);
}

gboolean
limen_detect_windows (const LimenDetectOptions *options, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (options != NULL && terminal != NULL, FALSE);
  g_auto (Work) work = {.options = options, .terminal = terminal};
  if (!load (&work, error))
    return FALSE;
  find_masks (&work);
  return score_all (&work, error) && tell (&work, error);
}

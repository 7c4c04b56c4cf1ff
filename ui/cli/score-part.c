#include "ui/cli/score-part.h"

#include "model/base/replace-file.h"
#include "model/data/file-part.h"
#include "model/bench/scorer.h"
#include "model/detect/report.h"

#include <math.h>
#include <string.h>

#define HASH_SHOWN 12 /* hexadecimal digits that tell models apart */

gboolean
limen_share_read (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_return_val_if_fail (option != NULL && text != NULL && field != NULL, FALSE);
  LimenShare *share = field;
  guint64 which = 0, n = 0;
  g_auto (GStrv) words = g_strsplit (text, "/", 3);
  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_unsigned (words[1], 10, 1, LIMEN_MOST_PARTS, &n, NULL) ||
      !g_ascii_string_to_unsigned (words[0], 10, 1, n, &which, NULL))
    return limen_option_refuse (error, option->name,
                                "needs which part of how many, from 1 on, such as 3/16.");
  *share = (LimenShare){(guint)which, (guint)n};
  return TRUE;
}

void
limen_share_images (LimenShare share, guint n_images, guint *begin, guint *end)
{
  g_return_if_fail (share.n > 0 && begin != NULL && end != NULL);
  *begin = (guint)((guint64)n_images * (share.which - 1) / share.n);
  *end = (guint)((guint64)n_images * share.which / share.n);
}

/* -- names of models -- */

/* "1f0c5a3e9b21", or with the network of a file that has several: "1f0c5a3e9b21:ema" */
static char *
name_of_model (const char *model, GCancellable *cancellable, GError **error)
{
  g_autofree char *network = NULL, *file = limen_path_split (model, &network);
  g_autoptr (GHashTable) hashes = limen_hash_files (&model, 1, NULL, 0, cancellable, error);
  if (!hashes)
    return NULL;
  const char *hash = limen_hash_of (hashes, model);
  g_autofree char *base = g_path_get_basename (model), *shown = limen_display_name (base);
  if (!hash) /* a folder of shards has none */
    return g_steal_pointer (&shown);
  return g_strdup_printf ("%.*s%s%s", HASH_SHOWN, hash, network ? ":" : "", network ? network : "");
}

static void
add_pixels (GChecksum *sum, const LimenImageSet *set)
{
  gsize size = (gsize)limen_image_set_width (set) * limen_image_set_height (set);
  g_autofree float *row = g_new (float, size);
  for (guint i = 0; i < limen_image_set_n_images (set); i++) {
    limen_image_set_copy_rows (set, i, 1, row);
    g_checksum_update (sum, (const guchar *)row, (gssize)(size * sizeof *row));
  }
}

/* What scores depend on beside the flow: other models, the bound, the images that they are fitted
 * to. @fit: (nullable). FALSE as limen_hash_files() */
static gboolean
add_others (GChecksum *sum, const LimenScoreOptions *options, const LimenImageSet *fit,
            GCancellable *cancellable, GError **error)
{
  const char *const path[] = {options->models.vae, options->models.reference};
  g_autofree char *bound = g_strdup_printf ("%u %" G_GUINT64_FORMAT " %.17g", options->models.k,
                                            options->seed, options->models.sigma);
  g_checksum_update (sum, (const guchar *)bound, -1);
  for (guint i = 0; i < G_N_ELEMENTS (path); i++) {
    g_autofree char *name = path[i] ? name_of_model (path[i], cancellable, error) : NULL;
    if (path[i] && !name)
      return FALSE;
    g_checksum_update (sum, (const guchar *)(name ? name : "-"), -1);
  }
  if (fit)
    add_pixels (sum, fit);
  return TRUE;
}

/* As name_of_model(), with "+" and a hash where there is more than the flow */
static char *
name_of_models (const LimenScoreOptions *options, const LimenImageSet *fit,
                GCancellable *cancellable, GError **error)
{
  g_autofree char *flow = name_of_model (options->models.model, cancellable, error);
  if (!flow || (!options->models.vae && !options->models.reference && !fit))
    return g_steal_pointer (&flow);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!add_others (sum, options, fit, cancellable, error))
    return NULL;
  return g_strdup_printf ("%s+%.*s", flow, HASH_SHOWN, g_checksum_get_string (sum));
}

/* -- files -- */

gboolean
limen_writes_array (const char *out)
{
  g_autofree char *lower = out ? g_ascii_strdown (out, -1) : NULL;
  return lower && g_str_has_suffix (lower, ".npy");
}

gboolean
limen_score_write_array (const LimenScores *scores, guint n_not_finite, guint n_images,
                         const char *out, GError **error)
{
  g_return_val_if_fail (scores != NULL && out != NULL, FALSE);
  g_autofree char *shown = limen_display_name (out);
  if (n_not_finite == 0)
    return limen_scores_save_npy (scores, out, error);
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT,
               "%s was not written: %u of %u scores are not finite, and rows of an array do not "
               "say which image they are of; choose a .csv.",
               shown, n_not_finite, n_images);
  return FALSE;
}

static gboolean
write_file (FILE *stream, gpointer user_data, GError **error)
{
  return limen_score_part_write (user_data, TRUE, stream);
}

/* -- scores -- */

/* @scores: (nullable elements): of the share; none where it has no image
 * @column: what @part borrows; @name: (nullable): of the models, for parts */
typedef struct {
  const LimenScoreOptions *options;
  LimenScoreList list;
  LimenBenchModels models;
  LimenScoredSet fit, set;
  LimenScores *scores[LIMEN_N_SCORES];
  LimenScoreOfPart column[LIMEN_N_SCORES];
  LimenScorePart part;
  char *name;
} Work;

static void
work_clear (Work *work)
{
  limen_models_clear (&work->models);
  limen_scored_set_clear (&work->fit);
  limen_scored_set_clear (&work->set);
  for (guint k = 0; k < LIMEN_N_SCORES; k++)
    g_clear_pointer (&work->scores[k], limen_scores_unref);
  g_clear_pointer (&work->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
load (Work *work, LimenTerminal *terminal, GError **error)
{
  const LimenScoreOptions *options = work->options;
  if (!limen_models_load (&work->models, &options->models, terminal, error) ||
      (options->fit->len > 0 && !limen_load_images_for (&work->fit, work->models.flow, options->fit,
                                                        &options->reading, terminal, error)) ||
      !limen_load_images_for (&work->set, work->models.flow, options->paths, &options->reading,
                              terminal, error))
    return FALSE;
  work->part = (LimenScorePart){.set = {work->set.images},
                                .n = limen_image_set_n_images (work->set.images),
                                .end = limen_image_set_n_images (work->set.images)};
  if (options->share.n == 0)
    return TRUE;
  limen_share_images (options->share, work->part.end, &work->part.begin, &work->part.end);
  work->name = name_of_models (options, work->fit.images, terminal->run.cancellable, error);
  work->part.model = work->name;
  return work->name != NULL;
}

static LimenScorer *
fit (const Work *work, LimenTerminal *terminal, GError **error)
{
  LimenScorerOptions options = {
      .models = work->models, .k = work->options->models.k, .seed = work->options->seed};
  for (guint i = 0; i < work->list.n; i++)
    options.kinds |= LIMEN_SCORE_BIT (work->list.kind[i]);
  limen_terminal_start (terminal, "fitting scores");
  return limen_scorer_new (&options, work->fit.images, &terminal->run, error);
}

/* (transfer full): images @begin to @end − 1 */
static LimenImageSet *
share_of (LimenImageSet *images, guint begin, guint end)
{
  guint n = limen_image_set_n_images (images);
  if (begin == 0 && end == n)
    return limen_image_set_ref (images);
  g_autofree gboolean *left_out = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    left_out[i] = i < begin || i >= end;
  return limen_image_set_without (images, left_out);
}

static gboolean
score (Work *work, LimenTerminal *terminal, GError **error)
{
  LimenScorePart *part = &work->part;
  g_autoptr (LimenScorer) scorer = fit (work, terminal, error);
  if (!scorer)
    return FALSE;
  limen_terminal_start (terminal, "scoring images");
  if (part->end > part->begin) {
    g_autoptr (LimenImageSet) images = share_of (work->set.images, part->begin, part->end);
    if (!limen_scorer_score_part (scorer, images, part->begin, work->scores, &terminal->run, error))
      return FALSE;
  }
  for (guint i = 0; i < work->list.n; i++) {
    const LimenScores *scores = work->scores[work->list.kind[i]];
    work->column[i] =
        (LimenScoreOfPart){limen_score_measure (work->list.kind[i]), scores ? scores->value : NULL};
  }
  part->column = work->column;
  part->n_columns = work->list.n;
  return TRUE;
}

static guint
n_not_finite (const Work *work, guint column)
{
  guint n = 0;
  for (guint i = work->part.begin; i < work->part.end; i++)
    n += !isfinite (work->column[column].value[i - work->part.begin]);
  return n;
}

static void
warn_of_missing (const Work *work, LimenTerminal *terminal)
{
  const char *model = work->options->models.model;
  g_autofree char *shown = limen_display_name (model);
  for (guint k = 0; k < work->list.n; k++) {
    guint n = n_not_finite (work, k);
    g_autofree char *told = g_strdup_printf (
        "%s gives %u of %u images no finite %s: nothing stands in their rows.", shown, n,
        work->part.end - work->part.begin, limen_score_name (work->list.kind[k]));
    if (n > 0)
      limen_terminal_warn (terminal, model, told);
  }
}

gboolean
limen_score_columns (const LimenScoreOptions *options, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (options != NULL && terminal != NULL, FALSE);
  g_auto (Work) work = {.options = options, .list = options->scores};
  if (work.list.n == 0)
    work.list = (LimenScoreList){1, {LIMEN_SCORE_LOG_LIKELIHOOD}};
  if (!load (&work, terminal, error) || !score (&work, terminal, error))
    return FALSE;
  limen_terminal_clear (terminal);
  if (limen_writes_array (options->out))
    return limen_score_write_array (work.scores[work.list.kind[0]], n_not_finite (&work, 0),
                                    work.part.end, options->out, error);
  warn_of_missing (&work, terminal);
  if (options->out)
    return limen_replace_file (options->out, write_file, &work.part, error);
  limen_score_part_write (&work.part, options->share.which <= 1, stdout);
  return limen_flush_output (error);
}

#include "ui/cli/score-part.h"

#include "model/base/replace-file.h"
#include "model/data/file-part.h"
#include "model/detect/report.h"

#include <math.h>
#include <string.h>

#define HASH_SHOWN 12 /* hexadecimal digits that tell models apart */

gboolean
limen_part_read (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_return_val_if_fail (option != NULL && text != NULL && field != NULL, FALSE);
  LimenPart *part = field;
  guint64 which = 0, n = 0;
  g_auto (GStrv) words = g_strsplit (text, "/", 3);
  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_unsigned (words[1], 10, 1, LIMEN_MOST_PARTS, &n, NULL) ||
      !g_ascii_string_to_unsigned (words[0], 10, 1, n, &which, NULL))
    return limen_option_refuse (error, option->name,
                                "needs which part of how many, from 1 on, such as 3/16.");
  *part = (LimenPart){(guint)which, (guint)n};
  return TRUE;
}

void
limen_part_share (LimenPart part, guint n_images, guint *begin, guint *end)
{
  g_return_if_fail (part.n > 0 && begin != NULL && end != NULL);
  *begin = (guint)((guint64)n_images * (part.which - 1) / part.n);
  *end = (guint)((guint64)n_images * part.which / part.n);
}

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

/* (transfer full): images @begin to @end − 1 */
static LimenImageSet *
share_of (LimenImageSet *images, guint begin, guint end)
{
  guint n = limen_image_set_n_images (images);
  g_autofree gboolean *left_out = g_new (gboolean, n);
  for (guint i = 0; i < n; i++)
    left_out[i] = i < begin || i >= end;
  return limen_image_set_without (images, left_out);
}

static void
warn_of_missing (const LimenScorePart *part, const char *model, LimenTerminal *terminal)
{
  guint n = 0;
  for (guint i = part->begin; i < part->end; i++)
    n += !isfinite (part->column[0].value[i - part->begin]);
  g_autofree char *shown = limen_display_name (model);
  g_autofree char *told = g_strdup_printf (
      "%s gives %u of %u images no finite log-likelihood: nothing stands in their rows.", shown, n,
      part->end - part->begin);
  if (n > 0)
    limen_terminal_warn (terminal, model, told);
}

static gboolean
write_file (FILE *stream, gpointer user_data, GError **error)
{
  return limen_score_part_write (user_data, TRUE, stream);
}

gboolean
limen_part_score (LimenPart part, const LimenScoredSet *set, const LimenNice *nice,
                  const char *model, const char *out, LimenTerminal *terminal, GError **error)
{
  g_return_val_if_fail (part.n > 0 && set != NULL && nice != NULL && terminal != NULL, FALSE);
  LimenScorePart share = {.images = set->images, .n_columns = 1};
  limen_part_share (part, limen_image_set_n_images (set->images), &share.begin, &share.end);
  g_autofree char *name = name_of_model (model, terminal->run.cancellable, error);
  g_autofree double *value = g_new (double, MAX (share.end - share.begin, 1));
  const LimenScoreOfPart column = {limen_measure_log_likelihood (), value};
  if (!name)
    return FALSE;
  share.column = &column;
  share.model = name;
  if (share.end > share.begin) {
    g_autoptr (LimenImageSet) images = share_of (set->images, share.begin, share.end);
    limen_terminal_start (terminal, "scoring images");
    if (!limen_nice_log_likelihood (nice, images, value, NULL, NULL, &terminal->run, error))
      return FALSE;
    warn_of_missing (&share, model, terminal);
  }
  limen_terminal_clear (terminal);
  if (out)
    return limen_replace_file (out, write_file, &share, error);
  limen_score_part_write (&share, part.which == 1, stdout);
  return limen_flush_output (error);
}

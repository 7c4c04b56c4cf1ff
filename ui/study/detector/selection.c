#include "ui/study/detector/selection.h"

#include "model/base/number.h"

#include <string.h>

static gsize
n_words (const LimenSelection *selection, LimenScatterSet set)
{
  return ((gsize)selection->n[set] + 63) / 64;
}

static void
count (LimenSelection *selection)
{
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    selection->count[set] = 0;
    for (gsize i = 0; i < n_words (selection, set); i++)
      selection->count[set] += (guint)__builtin_popcountll (selection->bits[set][i]);
  }
}

/* --- Making --- */

LimenSelection *
limen_selection_new (guint n_normal, guint n_anomaly)
{
  LimenSelection *selection = g_new0 (LimenSelection, 1);
  selection->n[LIMEN_SCATTER_NORMAL] = n_normal;
  selection->n[LIMEN_SCATTER_ANOMALY] = n_anomaly;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    selection->bits[set] = g_new0 (guint64, n_words (selection, set) + 1);
  return selection;
}

LimenSelection *
limen_selection_new_inside (const LimenScatterPlot *plot, const double (*corner)[2],
                            guint n_corners)
{
  g_return_val_if_fail (plot != NULL, NULL);
  const LimenScatterPoints *points = limen_scatter_plot_points (plot);
  if (!points)
    return limen_selection_new (0, 0);
  LimenSelection *selection =
      limen_selection_new (points->n[LIMEN_SCATTER_NORMAL], points->n[LIMEN_SCATTER_ANOMALY]);
  limen_scatter_plot_inside (plot, corner, n_corners, selection->bits);
  count (selection);
  return selection;
}

LimenSelection *
limen_selection_new_range (const LimenScores *normal, const LimenScores *anomaly, double low,
                           double high)
{
  const LimenScores *scores[LIMEN_N_SCATTER_SETS] = {normal, anomaly};
  LimenSelection *selection =
      limen_selection_new (normal ? normal->n : 0, anomaly ? anomaly->n : 0);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < selection->n[set]; i++) {
      double value = scores[set]->value[i];
      selection->bits[set][i / 64] |= (guint64)(value >= low && value <= high) << (i % 64);
    }
  count (selection);
  return selection;
}

LimenSelection *
limen_selection_copy (const LimenSelection *selection)
{
  g_return_val_if_fail (selection != NULL, NULL);
  LimenSelection *copy = g_memdup2 (selection, sizeof *selection);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    copy->bits[set] =
        g_memdup2 (selection->bits[set], (n_words (selection, set) + 1) * sizeof (guint64));
  return copy;
}

void
limen_selection_free (LimenSelection *selection)
{
  if (!selection)
    return;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    g_free (selection->bits[set]);
  g_free (selection);
}

/* --- Changing --- */

LimenSelection *
limen_selection_with (const LimenSelection *selection, LimenScatterSet set, guint index,
                      gboolean on)
{
  g_return_val_if_fail (selection != NULL && index < selection->n[set], NULL);
  LimenSelection *changed = limen_selection_copy (selection);
  guint64 bit = (guint64)1 << (index % 64);
  if (on)
    changed->bits[set][index / 64] |= bit;
  else
    changed->bits[set][index / 64] &= ~bit;
  count (changed);
  return changed;
}

void
limen_selection_add (LimenSelection *selection, LimenScatterSet set, guint index)
{
  g_return_if_fail (selection != NULL && index < selection->n[set]);
  guint64 bit = (guint64)1 << (index % 64), *word = &selection->bits[set][index / 64];
  selection->count[set] += !(*word & bit);
  *word |= bit;
}

/* Bits behind the last image stay 0. */
LimenSelection *
limen_selection_inverted (const LimenSelection *selection)
{
  g_return_val_if_fail (selection != NULL, NULL);
  LimenSelection *changed = limen_selection_copy (selection);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    gsize n = n_words (changed, set);
    for (gsize i = 0; i < n; i++)
      changed->bits[set][i] = ~changed->bits[set][i];
    if (changed->n[set] % 64 > 0)
      changed->bits[set][n - 1] &= ((guint64)1 << (changed->n[set] % 64)) - 1;
  }
  count (changed);
  return changed;
}

static gboolean
are_of_the_same (const LimenSelection *a, const LimenSelection *b)
{
  return memcmp (a->n, b->n, sizeof a->n) == 0;
}

LimenSelection *
limen_selection_united (const LimenSelection *a, const LimenSelection *b)
{
  g_return_val_if_fail (a != NULL && b != NULL && are_of_the_same (a, b), NULL);
  LimenSelection *changed = limen_selection_copy (a);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (gsize i = 0; i < n_words (a, set); i++)
      changed->bits[set][i] |= b->bits[set][i];
  count (changed);
  return changed;
}

LimenSelection *
limen_selection_common (const LimenSelection *a, const LimenSelection *b)
{
  g_return_val_if_fail (a != NULL && b != NULL && are_of_the_same (a, b), NULL);
  LimenSelection *changed = limen_selection_copy (a);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (gsize i = 0; i < n_words (a, set); i++)
      changed->bits[set][i] &= b->bits[set][i];
  count (changed);
  return changed;
}

/* --- Of a part of the images, and of all --- */

static void
copy_anomalies (LimenSelection *to, const LimenSelection *from)
{
  memcpy (to->bits[LIMEN_SCATTER_ANOMALY], from->bits[LIMEN_SCATTER_ANOMALY],
          n_words (from, LIMEN_SCATTER_ANOMALY) * sizeof (guint64));
}

static void
copy_first (LimenSelection *to, const LimenSelection *from)
{
  guint n = MIN (to->n[LIMEN_SCATTER_NORMAL], from->n[LIMEN_SCATTER_NORMAL]);
  guint64 *bits = to->bits[LIMEN_SCATTER_NORMAL];
  memcpy (bits, from->bits[LIMEN_SCATTER_NORMAL], (n + 63) / 64 * sizeof *bits);
  if (n % 64 > 0)
    bits[n / 64] &= ((guint64)1 << n % 64) - 1;
}

/* Of millions of images few are selected, mostly: only these are gone through. */
LimenSelection *
limen_selection_of_whole (const LimenSelection *part, const guint32 *index, guint n_normal)
{
  g_return_val_if_fail (part != NULL && part->n[LIMEN_SCATTER_NORMAL] <= n_normal, NULL);
  LimenSelection *whole = limen_selection_new (n_normal, part->n[LIMEN_SCATTER_ANOMALY]);
  guint64 *bits = whole->bits[LIMEN_SCATTER_NORMAL];
  if (!index)
    copy_first (whole, part);
  for (gsize i = 0; index && i < n_words (part, LIMEN_SCATTER_NORMAL); i++)
    for (guint64 left = part->bits[LIMEN_SCATTER_NORMAL][i]; left; left &= left - 1) {
      guint32 at = index[64 * i + (gsize)__builtin_ctzll (left)];
      bits[at / 64] |= (guint64)1 << (at % 64);
    }
  copy_anomalies (whole, part);
  count (whole);
  return whole;
}

LimenSelection *
limen_selection_of_part (const LimenSelection *whole, const guint32 *index, guint n_part)
{
  g_return_val_if_fail (whole != NULL && n_part <= whole->n[LIMEN_SCATTER_NORMAL], NULL);
  LimenSelection *part = limen_selection_new (n_part, whole->n[LIMEN_SCATTER_ANOMALY]);
  const guint64 *bits = whole->bits[LIMEN_SCATTER_NORMAL];
  if (!index)
    copy_first (part, whole);
  for (guint i = 0; index && i < n_part; i++)
    if (index[i] < whole->n[LIMEN_SCATTER_NORMAL])
      part->bits[LIMEN_SCATTER_NORMAL][i / 64] |= (bits[index[i] / 64] >> (index[i] % 64) & 1)
                                                  << (i % 64);
  copy_anomalies (part, whole);
  count (part);
  return part;
}

/* --- Asking --- */

gboolean
limen_selection_has (const LimenSelection *selection, LimenScatterSet set, guint index)
{
  g_return_val_if_fail (selection != NULL && index < selection->n[set], FALSE);
  return selection->bits[set][index / 64] >> (index % 64) & 1;
}

gboolean
limen_selection_same (const LimenSelection *a, const LimenSelection *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  if (!are_of_the_same (a, b))
    return FALSE;
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    if (memcmp (a->bits[set], b->bits[set], n_words (a, set) * sizeof (guint64)) != 0)
      return FALSE;
  return TRUE;
}

guint
limen_selection_count (const LimenSelection *selection)
{
  g_return_val_if_fail (selection != NULL, 0);
  return selection->count[LIMEN_SCATTER_NORMAL] + selection->count[LIMEN_SCATTER_ANOMALY];
}

guint32 *
limen_selection_indices (const LimenSelection *selection, LimenScatterSet set)
{
  g_return_val_if_fail (selection != NULL, NULL);
  guint32 *index = g_new (guint32, selection->count[set] + 1);
  guint n = 0;
  for (gsize i = 0; i < n_words (selection, set); i++)
    for (guint64 left = selection->bits[set][i]; left; left &= left - 1)
      index[n++] = (guint32)(64 * i) + (guint32)__builtin_ctzll (left);
  return index;
}

LimenScores *
limen_selection_scores (const LimenSelection *selection, LimenScatterSet set,
                        const LimenScores *scores)
{
  g_return_val_if_fail (selection != NULL && scores->n == selection->n[set], NULL);
  g_autofree guint32 *index = limen_selection_indices (selection, set);
  return limen_scores_subset (scores, scores->name, index, selection->count[set]);
}

const guint64 *const *
limen_selection_bits (const LimenSelection *selection)
{
  if (!selection || limen_selection_count (selection) == 0)
    return NULL;
  return (const guint64 *const *)selection->bits;
}

char *
limen_selection_words (const LimenSelection *selection)
{
  g_return_val_if_fail (selection != NULL, NULL);
  const guint *n = selection->count;
  guint all = limen_selection_count (selection);
  if (all == 0)
    return g_strdup ("no image");
  g_autofree char *images = limen_format_number (all, 0);
  g_autofree char *normal = limen_format_number (n[LIMEN_SCATTER_NORMAL], 0);
  g_autofree char *anomalies = limen_format_number (n[LIMEN_SCATTER_ANOMALY], 0);
  return g_strdup_printf ("%s image%s: %s normal, %s anomal%s", images, all == 1 ? "" : "s", normal,
                          anomalies, n[LIMEN_SCATTER_ANOMALY] == 1 ? "y" : "ies");
}

#include "ui/study/detector/selection-shown.h"

static LimenScatterSet
set_of (LimenSetRole role)
{
  return role == LIMEN_SET_NORMAL ? LIMEN_SCATTER_NORMAL : LIMEN_SCATTER_ANOMALY;
}

/* -- wishes -- */

LimenSelectionWish *
limen_selection_wish_new (const LimenAnalysis *analysis, LimenSelection *whole,
                          const guint n[LIMEN_N_LABELLED])
{
  g_return_val_if_fail (n != NULL, NULL);
  LimenSelectionWish *wish = g_new0 (LimenSelectionWish, 1);
  wish->whole = whole;
  if (analysis) /* a copy by references */
    wish->detector = limen_detector_with_promise (analysis->detector, analysis->detector->promise);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    wish->n[role] = n[role];
    if (analysis && analysis->order[role])
      wish->order[role] = g_atomic_rc_box_acquire (analysis->order[role]);
  }
  return wish;
}

void
limen_selection_wish_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenSelectionWish *wish = data;
  g_clear_pointer (&wish->whole, limen_selection_free);
  g_clear_pointer (&wish->detector, limen_detector_free);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    g_clear_pointer (&wish->order[role], g_atomic_rc_box_release);
  g_free (wish);
}

/* -- what is shown -- */

static LimenSelection *
select_range (const LimenSelectionWish *wish)
{
  const LimenDetector *detector = wish->detector;
  g_autoptr (LimenSelection) part =
      limen_selection_new_range (detector->normal, detector->anomaly, wish->low, wish->high);
  return limen_selection_of_whole (part, detector->normal_index, wish->n[LIMEN_SET_NORMAL]);
}

static void
find_scores (LimenSelectionShown *shown, const LimenDetector *detector)
{
  LimenScores *const scores[LIMEN_N_LABELLED] = {detector->normal, detector->anomaly};
  g_autoptr (LimenSelection) part =
      limen_selection_of_part (shown->whole, detector->normal_index, detector->normal->n);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    if (scores[role] && limen_selection_count (part) > 0)
      shown->scores[role] = limen_selection_scores (part, set_of (role), scores[role]);
}

static gboolean
is_among (const guint32 *index, guint n, guint32 one)
{
  for (guint i = 0; i < n; i++)
    if (index[i] == one)
      return TRUE;
  return FALSE;
}

static guint
n_judged (const LimenDetector *detector, LimenSetRole role)
{
  if (role == LIMEN_SET_NORMAL)
    return detector->normal->n;
  return detector->anomaly ? detector->anomaly->n : 0;
}

/* What the page does not judge now, as the other half, comes behind, in the order of the set. */
static void
find_first (LimenSelectionShown *shown, const LimenSelectionWish *wish, LimenSetRole role)
{
  LimenScatterSet set = set_of (role);
  const LimenSelection *whole = shown->whole;
  guint wanted = MIN (LIMEN_SELECTION_MOST_FIRST, whole->count[set]), n = 0;
  const guint32 *order = wish->order[role];
  guint32 *index = shown->first[role] = g_new (guint32, wanted + 1);
  for (guint i = 0; order && i < n_judged (wish->detector, role) && n < wanted; i++)
    if (limen_selection_has (whole, set, order[i]))
      index[n++] = order[i];
  g_autofree guint32 *selected = n < wanted ? limen_selection_indices (whole, set) : NULL;
  for (guint i = 0, judged = n; i < whole->count[set] && n < wanted; i++)
    if (!is_among (index, judged, selected[i]))
      index[n++] = selected[i];
  shown->n_first[role] = n;
}

gpointer
limen_selection_run_show (gpointer data, const LimenRun *run, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  LimenSelectionWish *wish = data;
  GCancellable *cancellable = limen_run_of (run).cancellable;
  LimenSelectionShown *shown = g_new0 (LimenSelectionShown, 1);
  shown->whole = wish->whole ? g_steal_pointer (&wish->whole) : select_range (wish);
  if (limen_selection_count (shown->whole) == 0)
    g_clear_pointer (&shown->whole, limen_selection_free);
  if (shown->whole && wish->detector && !g_cancellable_is_cancelled (cancellable))
    find_scores (shown, wish->detector);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED && shown->whole; role++)
    find_first (shown, wish, role);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&shown, limen_selection_shown_free);
  return shown;
}

void
limen_selection_shown_free (gpointer data)
{
  g_return_if_fail (data != NULL);
  LimenSelectionShown *shown = data;
  g_clear_pointer (&shown->whole, limen_selection_free);
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++) {
    g_clear_pointer (&shown->scores[role], limen_scores_unref);
    g_free (shown->first[role]);
  }
  g_free (shown);
}

#include "ui/study/detector/gallery.h"

#include "model/base/number.h"

#include <math.h>
#include <string.h>

/* -- who scores what -- */

/* [role]: (n): NaN where an image has no score */
typedef struct {
  guint n[LIMEN_N_SETS];
  double *score[LIMEN_N_SETS];
  gboolean *tests; /* (n normal): whether it is of the test half */
} Judged;

static void
judged_clear (Judged *judged)
{
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    g_free (judged->score[role]);
  g_free (judged->tests);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judged, judged_clear)

/* @place: (nullable): which images of the set these are */
static void
fill (Judged *judged, LimenSetRole role, const LimenScores *scores, const guint32 *place,
      gboolean tests)
{
  for (guint i = 0; scores && i < scores->n; i++) {
    guint at = place ? place[i] : i;
    if (at >= judged->n[role])
      continue;
    judged->score[role][at] = scores->value[i];
    if (tests)
      judged->tests[at] = TRUE;
  }
}

static guint
n_images (const LimenExperiment *now, LimenSetRole role)
{
  const LimenImageSet *set = now->set[role];
  const LimenScores *scores = now->scores[role];
  return set ? limen_image_set_n_images (set) : scores ? scores->n : 0;
}

static void
judge (Judged *judged, const LimenGalleryWish *wish)
{
  const LimenDetector *detector = wish->detector;
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++) {
    judged->n[role] = n_images (wish->now, role);
    judged->score[role] = g_new (double, judged->n[role] + 1);
    for (guint i = 0; i < judged->n[role]; i++)
      judged->score[role][i] = NAN;
  }
  judged->tests = g_new0 (gboolean, judged->n[LIMEN_SET_NORMAL] + 1);
  if (detector->validation_index) /* else they are of a set of their own */
    fill (judged, LIMEN_SET_NORMAL, detector->validation, detector->validation_index, FALSE);
  fill (judged, LIMEN_SET_NORMAL, detector->normal, detector->normal_index, TRUE);
  fill (judged, LIMEN_SET_ANOMALY, detector->anomaly, NULL, FALSE);
  fill (judged, LIMEN_SET_UNSORTED, wish->unsorted, NULL, FALSE);
}

/* -- which -- */

static gboolean
belongs (const LimenGalleryWish *wish, const Judged *judged, LimenSetRole role, guint index)
{
  LimenLines lines = limen_detector_lines (wish->detector);
  double score = judged->score[role][index];
  gboolean set = !isnan (wish->detector->threshold), flagged = limen_lines_flag (lines, score);
  LimenScatterSet in = role == LIMEN_SET_NORMAL ? LIMEN_SCATTER_NORMAL : LIMEN_SCATTER_ANOMALY;
  switch (wish->kind) {
  case LIMEN_GALLERY_SELECTED:
    return wish->selection && role < LIMEN_N_LABELLED && index < wish->selection->n[in] &&
           limen_selection_has (wish->selection, in, index);
  case LIMEN_GALLERY_FALSE_ALARMS:
    return role == LIMEN_SET_NORMAL && set && judged->tests[index] && flagged;
  case LIMEN_GALLERY_MISSED:
    return role == LIMEN_SET_ANOMALY && set && !isnan (score) && !flagged;
  case LIMEN_GALLERY_NORMAL:
    return role == LIMEN_SET_NORMAL;
  case LIMEN_GALLERY_ANOMALIES:
    return role == LIMEN_SET_ANOMALY;
  case LIMEN_GALLERY_UNSORTED:
    return role == LIMEN_SET_UNSORTED;
  case LIMEN_GALLERY_CORRECTED:
    return limen_experiment_key (wish->now, role, index).role != role;
  default:
    return TRUE;
  }
}

static void
add (LimenGallery *gallery, LimenGalleryItem item)
{
  gallery->item[gallery->n++] = item;
  gallery->count[item.role]++;
}

static void
add_left_out (LimenGallery *gallery, const LimenGalleryWish *wish)
{
  guint n;
  g_autofree LimenImageKey *key = limen_corrections_keys (wish->corrections, &n);
  for (guint i = 0; i < n; i++)
    if (limen_corrections_place (wish->corrections, key[i]) == LIMEN_LEFT_OUT &&
        key[i].index < n_images (wish->whole, key[i].role))
      add (gallery, (LimenGalleryItem){LIMEN_LEFT_OUT, key[i].index, key[i], NAN});
}

static void
collect (LimenGallery *gallery, const LimenGalleryWish *wish, const Judged *judged)
{
  gsize most = limen_corrections_n_left_out (wish->corrections);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    most += judged->n[role];
  gallery->item = g_new (LimenGalleryItem, most + 1);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    for (guint32 i = 0; i < judged->n[role]; i++)
      if (belongs (wish, judged, role, i))
        add (gallery, (LimenGalleryItem){role, i, limen_experiment_key (wish->now, role, i),
                                         judged->score[role][i]});
  if (wish->kind == LIMEN_GALLERY_CORRECTED)
    add_left_out (gallery, wish);
  gallery->item = g_renew (LimenGalleryItem, gallery->item, gallery->n + 1);
}

/* -- in which order -- */

/* Less where it comes first; of equal ones the order of the sets decides */
typedef struct {
  double unusual;
  char *name; /* nullable: by which it is sorted instead */
  guint at;
} SortKey;

static int
compare (gconstpointer a, gconstpointer b)
{
  const SortKey *x = a, *y = b;
  int by_name = x->name ? strcmp (x->name, y->name) : 0;
  if (by_name != 0)
    return by_name;
  if (x->unusual != y->unusual)
    return x->unusual < y->unusual ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

static double
unusual_of (double score, LimenSide side, double mean)
{
  return isnan (score)             ? INFINITY
         : side == LIMEN_SIDE_LOW  ? score
         : side == LIMEN_SIDE_HIGH ? -score
         : isnan (mean)            ? 0
                                   : -fabs (score - mean);
}

static gboolean
sort (LimenGallery *gallery, double mean, GCancellable *cancellable, GError **error)
{
  g_autofree SortKey *key = g_new (SortKey, gallery->n + 1);
  g_autofree LimenGalleryItem *plain = g_steal_pointer (&gallery->item);
  gboolean by_name = gallery->order == LIMEN_GALLERY_BY_NAME;
  guint n = 0;
  gallery->item = plain;
  for (; n < gallery->n && !g_cancellable_is_cancelled (cancellable); n++) {
    g_autofree char *name = by_name ? limen_gallery_name (gallery, n) : NULL;
    double unusual = unusual_of (plain[n].score, gallery->measure->side, mean);
    key[n] = (SortKey){unusual, name ? g_utf8_collate_key_for_filename (name, -1) : NULL, n};
  }
  gallery->item = g_new (LimenGalleryItem, gallery->n + 1);
  if (n == gallery->n)
    qsort (key, n, sizeof *key, compare);
  for (guint i = 0; i < n; i++) {
    gallery->item[i] = plain[key[i].at];
    g_free (key[i].name);
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* -- the list -- */

void
limen_gallery_wish_free (LimenGalleryWish *wish)
{
  g_return_if_fail (wish != NULL);
  g_clear_pointer (&wish->whole, limen_experiment_free);
  g_clear_pointer (&wish->now, limen_experiment_free);
  limen_corrections_unref (wish->corrections);
  g_clear_pointer (&wish->detector, limen_detector_free);
  g_clear_pointer (&wish->unsorted, limen_scores_unref);
  limen_selection_free (wish->selection);
  g_free (wish);
}

LimenGallery *
limen_gallery_new (const LimenGalleryWish *wish, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (wish != NULL && wish->detector != NULL, NULL);
  g_autoptr (LimenGallery) gallery = g_new0 (LimenGallery, 1);
  g_auto (Judged) judged = {0};
  g_atomic_ref_count_init (&gallery->references);
  gallery->kind = wish->kind;
  gallery->order = wish->order;
  gallery->whole = limen_experiment_copy (wish->whole);
  gallery->now = limen_experiment_copy (wish->now);
  gallery->measure = limen_measure_ref (limen_detector_measure (wish->detector));
  gallery->decimals = limen_measure_decimals (gallery->measure, wish->detector->std, 1);
  judge (&judged, wish);
  collect (gallery, wish, &judged);
  return sort (gallery, wish->detector->mean, cancellable, error) ? g_steal_pointer (&gallery)
                                                                  : NULL;
}

LimenGallery *
limen_gallery_ref (LimenGallery *gallery)
{
  g_return_val_if_fail (gallery != NULL, NULL);
  g_atomic_ref_count_inc (&gallery->references);
  return gallery;
}

void
limen_gallery_unref (LimenGallery *gallery)
{
  g_return_if_fail (gallery != NULL);
  if (!g_atomic_ref_count_dec (&gallery->references))
    return;
  g_clear_pointer (&gallery->whole, limen_experiment_free);
  g_clear_pointer (&gallery->now, limen_experiment_free);
  g_clear_pointer (&gallery->measure, limen_measure_unref);
  g_free (gallery->item);
  g_free (gallery);
}

/* -- what is said of an image -- */

LimenImageSet *
limen_gallery_set (const LimenGallery *gallery, guint at, guint *index)
{
  g_return_val_if_fail (gallery != NULL && at < gallery->n && index != NULL, NULL);
  const LimenImageKey key = gallery->item[at].key;
  *index = key.index;
  return gallery->whole->set[key.role];
}

char *
limen_gallery_name (const LimenGallery *gallery, guint at)
{
  g_return_val_if_fail (gallery != NULL && at < gallery->n, NULL);
  const LimenTableScores *table = gallery->now->table;
  const LimenGalleryItem *item = &gallery->item[at];
  guint index;
  const LimenImageSet *set = limen_gallery_set (gallery, at, &index);
  if (table)
    return limen_table_set_name (
        table, item->role == LIMEN_SET_NORMAL ? &table->normal : &table->anomaly, item->index);
  return limen_image_set_image_name (set, index);
}

char *
limen_gallery_score (const LimenGallery *gallery, guint at)
{
  g_return_val_if_fail (gallery != NULL && at < gallery->n, NULL);
  double score = gallery->item[at].score;
  return isnan (score) ? g_strdup ("no score")
                       : limen_measure_text (gallery->measure, score, gallery->decimals);
}

const char *
limen_gallery_verdict (const LimenGallery *gallery, guint at, LimenLines lines)
{
  g_return_val_if_fail (gallery != NULL && at < gallery->n, NULL);
  const LimenGalleryItem *item = &gallery->item[at];
  if (item->role == LIMEN_LEFT_OUT)
    return "left out";
  if (isnan (item->score) || isnan (lines.low) || isnan (lines.high))
    return "not judged";
  return limen_lines_flag (lines, item->score) ? "flagged" : "kept";
}

const char *
limen_set_word (LimenSetRole role)
{
  static const char *const words[LIMEN_N_SETS + 1] = {"normal", "anomaly", "unsorted", "left out"};
  g_return_val_if_fail (role <= LIMEN_LEFT_OUT, NULL);
  return words[role];
}

char *
limen_gallery_said (const LimenGallery *gallery, guint at, LimenLines lines)
{
  g_return_val_if_fail (gallery != NULL && at < gallery->n, NULL);
  const LimenGalleryItem *item = &gallery->item[at];
  g_autofree char *name = limen_gallery_name (gallery, at);
  g_autofree char *score = limen_gallery_score (gallery, at);
  gboolean moved = item->role != item->key.role && item->role != LIMEN_LEFT_OUT;
  return g_strdup_printf (
      "%s, %s, %s, %s%s", name, score, limen_gallery_verdict (gallery, at, lines),
      limen_set_word (item->role == LIMEN_LEFT_OUT ? item->key.role : item->role),
      moved ? ", moved by hand" : "");
}

static void
add_count (GString *words, guint n, const char *one, const char *many)
{
  g_autofree char *number = limen_format_number (n, 0);
  if (n > 0)
    g_string_append_printf (words, "%s%s %s", words->len > 0 ? ", " : "", number,
                            n == 1 ? one : many);
}

char *
limen_gallery_words (const LimenGallery *gallery)
{
  g_return_val_if_fail (gallery != NULL, NULL);
  g_autofree char *all = limen_format_number (gallery->n, 0);
  g_autoptr (GString) parts = g_string_new (NULL);
  if (gallery->n == 0)
    return g_strdup ("No image");
  add_count (parts, gallery->count[LIMEN_SET_NORMAL], "normal", "normal");
  add_count (parts, gallery->count[LIMEN_SET_ANOMALY], "anomaly", "anomalies");
  add_count (parts, gallery->count[LIMEN_SET_UNSORTED], "unsorted", "unsorted");
  add_count (parts, gallery->count[LIMEN_LEFT_OUT], "left out", "left out");
  return g_strdup_printf ("%s image%s: %s", all, gallery->n == 1 ? "" : "s", parts->str);
}

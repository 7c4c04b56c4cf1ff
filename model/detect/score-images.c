#include "model/detect/score-images.h"

#include <math.h>

/* @value: (n): the finite ones move to the front. @left_out: (n). Returns: how many are not */
static guint
sort_out (double *value, guint n, gboolean *left_out)
{
  guint kept = 0;
  for (guint i = 0; i < n; i++) {
    left_out[i] = !isfinite (value[i]);
    if (!left_out[i])
      value[kept++] = value[i];
  }
  return n - kept;
}

static void
refuse_all (const LimenNice *nice, const LimenImageSet *images, GError **error)
{
  limen_refuse (error, LIMEN_ERROR_MISMATCH, limen_nice_path (nice),
                "gives none of the %u images of %s a finite log-likelihood: its training has "
                "diverged, or it is of other images; choose another flow",
                limen_image_set_n_images (images), limen_image_set_name (images));
}

static void
name_left_out (const LimenImageSet *images, const gboolean *left_out, GPtrArray *problems)
{
  for (guint i = 0; i < limen_image_set_n_images (images); i++) {
    if (!left_out[i])
      continue;
    g_autofree char *name = limen_image_set_image_name (images, i);
    g_autofree char *message = g_strdup_printf (
        "%s was left out: its log-likelihood under this flow is not finite.", name);
    g_ptr_array_add (problems, limen_problem_new (name, message));
  }
}

/* Batches end in any order: what is told of is the longest beginning that is complete. */
typedef struct {
  LimenPrefixFunc partial;
  gpointer partial_data;
  const double *value;
  GMutex lock;
  guint n_images, n;
  guint *length; /* (n_images): of the finished run of images that begins here */
} Prefix;

static void
batch_scored (guint first, guint n, gpointer data)
{
  Prefix *prefix = data;
  g_mutex_lock (&prefix->lock);
  prefix->length[first] = n;
  while (prefix->n < prefix->n_images && prefix->length[prefix->n])
    prefix->n += prefix->length[prefix->n];
  prefix->partial (prefix->value, prefix->n, prefix->partial_data);
  g_mutex_unlock (&prefix->lock);
}

static LimenScores *
keep_finite (const LimenNice *nice, LimenImageSet **images, double *value, GPtrArray *problems,
             guint *n_not_finite, GError **error)
{
  guint n = limen_image_set_n_images (*images);
  g_autofree gboolean *left_out = g_new (gboolean, n);
  *n_not_finite = sort_out (value, n, left_out);
  if (*n_not_finite == n) {
    refuse_all (nice, *images, error);
    return NULL;
  }
  if (*n_not_finite > 0) {
    name_left_out (*images, left_out, problems);
    LimenImageSet *all = *images;
    *images = limen_image_set_without (all, left_out);
    limen_image_set_unref (all);
  }
  return limen_scores_new (limen_image_set_name (*images), value, n - *n_not_finite);
}

LimenScores *
limen_score_set (const LimenNice *nice, LimenImageSet **images, LimenPrefixFunc partial,
                 gpointer partial_data, GPtrArray *problems, guint *n_not_finite,
                 const LimenRun *run, GError **error)
{
  guint n = limen_image_set_n_images (*images);
  g_autofree double *value = g_new (double, n);
  g_autofree guint *length = g_new0 (guint, n);
  Prefix prefix = {partial, partial_data, value, .n_images = n, .length = length};
  g_mutex_init (&prefix.lock);
  gboolean ok = limen_nice_log_likelihood (nice, *images, value, partial ? batch_scored : NULL,
                                           &prefix, run, error);
  g_mutex_clear (&prefix.lock);
  return ok ? keep_finite (nice, images, value, problems, n_not_finite, error) : NULL;
}

#include "ui/study/prior/inputs.h"

#include "model/data/image-set.h"
#include "model/kinds/kinds.h"
#include "model/report/provenance.h"

#define IMAGES     1000
#define IMAGE_SIDE 14

void
limen_prior_wish_free (LimenPriorWish *wish)
{
  g_return_if_fail (wish != NULL);
  g_strfreev (wish->paths);
  limen_prior_state_clear (&wish->state);
  g_free (wish);
}

void
limen_prior_inputs_free (LimenPriorInputs *inputs)
{
  g_return_if_fail (inputs != NULL);
  g_clear_pointer (&inputs->gaussian_case, limen_gaussian_case_free);
  g_clear_pointer (&inputs->points, limen_points_free);
  limen_prior_state_clear (&inputs->state);
  limen_origin_put (&inputs->case_origin, NULL);
  limen_origin_put (&inputs->points_origin, NULL);
  g_free (inputs);
}

/* Images as points of one column a pixel. */
static gboolean
read_images (LimenPriorInputs *inputs, const char *const *paths, GCancellable *cancellable,
             GError **error)
{
  LimenImageSetOptions options = {IMAGE_SIDE, IMAGE_SIDE, IMAGES};
  g_autoptr (LimenImageSet) set =
      limen_image_set_load (paths, &options, NULL, &(LimenRun){.cancellable = cancellable}, error);
  if (!set)
    return FALSE;
  LimenPoints *points = inputs->points = g_new0 (LimenPoints, 1);
  inputs->image_side = IMAGE_SIDE;
  points->name = g_strdup (limen_image_set_name (set));
  points->n = limen_image_set_n_images (set);
  points->d = IMAGE_SIDE * IMAGE_SIDE;
  gsize n = (gsize)points->n * points->d;
  g_autofree float *rows = g_new (float, n);
  points->x = g_new (double, n);
  limen_image_set_copy_rows (set, 0, points->n, rows);
  for (gsize i = 0; i < n; i++)
    points->x[i] = rows[i];
  g_auto (GStrv) notes = limen_image_set_read_notes (set);
  points->read_as = limen_image_set_reading (set);
  points->told = notes[0] ? g_strjoinv ("\n", notes) : NULL;
  return TRUE;
}

static void
tell_of_scores (LimenPoints *points)
{
  static const char words[] =
      "these may be scores of images with labels as well, which the Detector page opens";
  g_autofree char *told = points->told;
  points->told = told ? g_strconcat (told, "; ", words, NULL) : g_strdup (words);
}

/* A table has points; with more columns than points may have, images. */
static gboolean
read_points (LimenPriorInputs *inputs, const char *const *paths, LimenKinds only,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  LimenKinds kinds = limen_kinds_of_file (paths[0], cancellable, &local);
  gboolean unsure = (kinds & LIMEN_KIND_UNSURE) != 0;
  kinds = only ? kinds & only : kinds;
  if (kinds && !(kinds & LIMEN_KINDS_TABLE))
    return read_images (inputs, paths, cancellable, error);
  if (kinds)
    inputs->points = limen_points_load (paths[0], cancellable, &local);
  if (inputs->points && unsure)
    tell_of_scores (inputs->points);
  if (inputs->points ||
      (kinds & LIMEN_KIND_IMAGES && read_images (inputs, paths, cancellable, NULL)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Each file has a hash; a folder has none, and that is no reason to refuse it. */
static LimenOrigin *
origin_of (const char *const *paths, const char *name, GCancellable *cancellable)
{
  guint n = g_strv_length ((char **)paths);
  g_autoptr (GHashTable) hashes = limen_hash_files (paths, n, NULL, 0, cancellable, NULL);
  g_autoptr (LimenOrigin) plain = limen_origin_new (paths, name);
  return limen_origin_with_hashes (plain, hashes);
}

static gboolean
read_case (LimenPriorInputs *inputs, const char *const *paths, GCancellable *cancellable,
           GError **error)
{
  g_autofree char *base = g_path_get_basename (paths[0]), *name = limen_display_name (base);
  inputs->gaussian_case = limen_gaussian_case_load (paths[0], error);
  inputs->case_origin = origin_of (paths, name, cancellable);
  return inputs->gaussian_case != NULL;
}

static const char *const *
files_of (const LimenOrigin *origin)
{
  return (const char *const *)origin->paths;
}

gpointer
limen_prior_inputs_read (gpointer data, const LimenRun *run, GError **error)
{
  const LimenPriorWish *wish = data;
  g_return_val_if_fail (wish != NULL, NULL);
  g_autoptr (LimenPriorInputs) inputs = g_new0 (LimenPriorInputs, 1);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const char *opened[2] = {NULL, NULL}; /* the case */
  const char *const *a = wish->gaussian_case ? files_of (wish->state.gaussian_case) : opened;
  const char *const *b = wish->points ? files_of (wish->state.points) : NULL;
  inputs->opened = wish->paths != NULL;
  inputs->anew = wish->anew;
  inputs->state = limen_prior_state_copy (&wish->state);
  for (guint i = 0; wish->paths && wish->paths[i]; i++)
    if (limen_kinds_of_file (wish->paths[i], run->cancellable, NULL) & LIMEN_KIND_CASE)
      opened[0] = wish->paths[i];
    else
      g_ptr_array_add (others, wish->paths[i]);
  if (others->len > 0) {
    g_ptr_array_add (others, NULL);
    b = (const char *const *)others->pdata;
  }
  if (a[0] && !read_case (inputs, a, run->cancellable, error))
    return NULL;
  if (b && !read_points (inputs, b, wish->only, run->cancellable, error))
    return NULL;
  if (b)
    inputs->points_origin = origin_of (b, inputs->points->name, run->cancellable);
  return g_steal_pointer (&inputs);
}

#include "model/detect/shared.h"

#include "model/data/image-prints.h"

static gboolean
share_a_path (const LimenImageSet *a, const LimenImageSet *b)
{
  const char *const *of_b = limen_image_set_paths (b);
  for (const char *const *path = limen_image_set_paths (a); *path; path++) {
    g_autofree char *one = g_canonicalize_filename (*path, NULL);
    for (guint i = 0; of_b[i]; i++) {
      g_autofree char *other = g_canonicalize_filename (of_b[i], NULL);
      if (g_str_equal (one, other))
        return TRUE;
    }
  }
  return FALSE;
}

/* @first: (nullable); @of: (nullable): of @second */
static gboolean
compare (LimenSharedPart *part, const LimenImageSet *first, const LimenImageSet *second,
         const LimenImagePrints *of, GCancellable *cancellable, GError **error)
{
  guint n = 0;
  if (!first || !second || !of)
    return TRUE;
  if (!limen_image_prints_count (of, first, &n, cancellable, error))
    return FALSE;
  part->n_images = limen_image_set_n_images (first);
  part->n_shared += n;
  part->same_files = part->same_files || share_a_path (first, second);
  return TRUE;
}

/* What is compared with nothing needs no prints. */
static gboolean
find_prints (LimenImagePrints **prints, const LimenImageSet *set, gboolean needed,
             GCancellable *cancellable, GError **error)
{
  *prints = set && needed ? limen_image_prints_new (set, cancellable, error) : NULL;
  return *prints || !set || !needed;
}

gboolean
limen_shared_find (LimenShared *shared, const LimenSharedSets *sets, GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (shared != NULL && sets != NULL, FALSE);
  const LimenImageSet *validation = sets->validation, *normal = sets->normal,
                      *anomaly = sets->anomaly, *unsorted = sets->unsorted;
  g_autoptr (LimenImagePrints) of_normal = NULL, of_anomaly = NULL, of_validation = NULL;
  LimenSharedPart *part = shared->part;
  *shared = (LimenShared){0};
  if (!find_prints (&of_normal, normal, anomaly || unsorted, cancellable, error) ||
      !find_prints (&of_anomaly, anomaly, unsorted != NULL, cancellable, error) ||
      !find_prints (&of_validation, validation, normal || unsorted, cancellable, error))
    return FALSE;
  g_autoptr (LimenImagePrints) all_normal =
      of_normal || of_validation ? limen_image_prints_joined (of_normal, of_validation) : NULL;
  gboolean by_path = unsorted && validation && share_a_path (unsorted, validation);
  part[LIMEN_SHARED_UNSORTED].same_files = by_path;
  return compare (&part[LIMEN_SHARED_ANOMALY], anomaly, normal, of_normal, cancellable, error) &&
         compare (&part[LIMEN_SHARED_UNSORTED], unsorted, normal ? normal : validation, all_normal,
                  cancellable, error) &&
         compare (&part[LIMEN_SHARED_SORTED], unsorted, anomaly, of_anomaly, cancellable, error) &&
         compare (&part[LIMEN_SHARED_VALIDATION], normal, validation, of_validation, cancellable,
                  error);
}

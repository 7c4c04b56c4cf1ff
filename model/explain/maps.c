#include "model/explain/maps.h"
#include "model/data/npy-save.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define QUANTILE 0.995 /* of the sizes, where colours end, */
#define FAR      1.5   /* if the largest is that much larger */
#define SPREAD   1e-3  /* of the end, where colours that follow a logarithm begin */

typedef struct {
  const char *name, *title, *unit, *meaning;
} Words;

static const Words words[LIMEN_N_EXPLAIN_MAPS] = {
    [LIMEN_EXPLAIN_NONE] = {"picture", "Picture alone", "", "The picture alone."},
    [LIMEN_EXPLAIN_GRADIENT] = {"gradient", "Gradient", "nats per unit of a pixel",
                                "How fast log p moves with each pixel: |∂ log p/∂x|."},
    [LIMEN_EXPLAIN_LATENTS] = {"latents", "Latents", "nats",
                               "How many nats the latent at the place of each pixel takes away: "
                               "log p is a constant less their sum."},
    [LIMEN_EXPLAIN_WINDOWS] = {"windows", "Windows", "how unusual",
                               "How unusual the small windows around each place are, beside those "
                               "of normal images."},
    [LIMEN_EXPLAIN_LIKELY] = {"likely", "Towards the likely", "brightness, of 1",
                              "What a few steps towards the likely make brighter or darker."},
};

const char *
limen_explain_map_name (LimenExplainMap map)
{
  g_return_val_if_fail (map < LIMEN_N_EXPLAIN_MAPS, NULL);
  return words[map].name;
}

const char *
limen_explain_map_title (LimenExplainMap map)
{
  g_return_val_if_fail (map < LIMEN_N_EXPLAIN_MAPS, NULL);
  return words[map].title;
}

const char *
limen_explain_map_unit (LimenExplainMap map)
{
  g_return_val_if_fail (map < LIMEN_N_EXPLAIN_MAPS, NULL);
  return words[map].unit;
}

const char *
limen_explain_map_meaning (LimenExplainMap map)
{
  g_return_val_if_fail (map < LIMEN_N_EXPLAIN_MAPS, NULL);
  return words[map].meaning;
}

gboolean
limen_explanation_has_map (const LimenExplanation *explanation, LimenExplainMap map)
{
  g_return_val_if_fail (explanation != NULL, FALSE);
  if (map == LIMEN_EXPLAIN_WINDOWS)
    return explanation->windows != NULL;
  return map == LIMEN_EXPLAIN_NONE || explanation->detail != NULL;
}

/* -- numbers -- */

static double
value_of (const LimenExplanation *explanation, LimenExplainMap map, gsize i)
{
  switch (map) {
  case LIMEN_EXPLAIN_GRADIENT:
    return fabs (explanation->detail->gradient[i]);
  case LIMEN_EXPLAIN_LATENTS:
    return LIMEN_NICE_PEAK - explanation->detail->contribution[i];
  case LIMEN_EXPLAIN_LIKELY:
    return explanation->ascent->x[i] - explanation->pixel[i];
  default:
    return 0;
  }
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

/* Where colours end: finite, and above 0. */
static double
end_of (const float *value, gsize n)
{
  g_autofree float *size = g_new (float, n);
  gsize finite = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (value[i]))
      size[finite++] = fabsf (value[i]);
  if (finite == 0)
    return 1;
  qsort (size, finite, sizeof *size, compare_floats);
  double most = size[finite - 1], usual = size[(gsize)(QUANTILE * (double)(finite - 1))];
  double end = usual > 0 && most > FAR * usual ? usual : most;
  return end > 0 ? end : 1;
}

/* From the median on: half of the picture is clear; up to the largest, of which the score is made.
 */
static LimenExplainedMap *
map_of_windows (const LimenWindowMap *windows)
{
  LimenExplainedMap *made = g_new0 (LimenExplainedMap, 1);
  gsize n = (gsize)windows->columns * windows->rows;
  g_autofree float *sorted = g_memdup2 (windows->value, n * sizeof (float));
  double low, high;
  limen_window_map_range (windows, &low, &high);
  qsort (sorted, n, sizeof *sorted, compare_floats);
  made->columns = windows->width;
  made->rows = windows->height;
  made->smooth = TRUE;
  made->value = g_new (float, (gsize)made->columns * made->rows);
  made->low = sorted[n / 2];
  made->high = high > made->low ? high : made->low + 1;
  limen_window_map_resize (windows, made->columns, made->rows, made->value);
  return made;
}

LimenExplainedMap *
limen_explanation_map (const LimenExplanation *explanation, LimenExplainMap map)
{
  g_return_val_if_fail (explanation != NULL && map > LIMEN_EXPLAIN_NONE, NULL);
  g_return_val_if_fail (limen_explanation_has_map (explanation, map), NULL);
  if (map == LIMEN_EXPLAIN_WINDOWS)
    return map_of_windows (explanation->windows);
  LimenExplainedMap *made = g_new0 (LimenExplainedMap, 1);
  gsize n = (gsize)explanation->width * explanation->height;
  made->columns = explanation->width;
  made->rows = explanation->height;
  made->both_ways = map == LIMEN_EXPLAIN_LIKELY;
  made->value = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    made->value[i] = (float)value_of (explanation, map, i);
  made->high = end_of (made->value, n);
  made->spread = map == LIMEN_EXPLAIN_GRADIENT;
  made->low = made->both_ways ? -made->high : made->spread ? SPREAD * made->high : 0;
  return made;
}

void
limen_explained_map_free (LimenExplainedMap *map)
{
  if (!map)
    return;
  g_free (map->value);
  g_free (map);
}

gboolean
limen_explained_map_save (const LimenExplainedMap *map, const char *path, GError **error)
{
  g_return_val_if_fail (map != NULL && path != NULL, FALSE);
  const guint shape[] = {map->rows, map->columns};
  return limen_npy_save (map->value, shape, 2, path, error);
}

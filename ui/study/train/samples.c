#include "ui/study/train/samples.h"

#include "viz/kit/image-grid.h"

#include <math.h>

void
limen_samples_set_end (LimenSamples *samples, guint end, LimenImageSet *set, guint index)
{
  g_return_if_fail (samples != NULL && end < 2);
  LimenImageSet *old = samples->end[end].set;
  samples->end[end] = (LimenPathEnd){set ? limen_image_set_ref (set) : NULL, index};
  g_clear_pointer (&old, limen_image_set_unref);
}

LimenSamples *
limen_samples_copy (const LimenSamples *samples)
{
  g_return_val_if_fail (samples != NULL, NULL);
  LimenSamples *copy = g_memdup2 (samples, sizeof *samples);
  if (copy->flow)
    limen_nice_ref (copy->flow);
  LimenImageSet *const sets[] = {copy->end[0].set, copy->end[1].set, copy->samples, copy->path};
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (sets[i])
      limen_image_set_ref (sets[i]);
  return copy;
}

void
limen_samples_free (LimenSamples *samples)
{
  g_return_if_fail (samples != NULL);
  g_clear_pointer (&samples->flow, limen_nice_unref);
  g_clear_pointer (&samples->end[0].set, limen_image_set_unref);
  g_clear_pointer (&samples->end[1].set, limen_image_set_unref);
  g_clear_pointer (&samples->samples, limen_image_set_unref);
  g_clear_pointer (&samples->path, limen_image_set_unref);
  g_free (samples);
}

gboolean
limen_samples_draw (LimenSamples *asked, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (asked != NULL && asked->flow != NULL, FALSE);
  g_clear_pointer (&asked->path, limen_image_set_unref);
  if (!asked->samples)
    asked->samples = limen_nice_sample (asked->flow, LIMEN_N_SAMPLES, asked->seed,
                                        asked->temperature, cancellable, error);
  if (!asked->samples)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (!asked->end[i].set)
      limen_samples_set_end (asked, i, asked->samples, i);
  asked->path =
      limen_nice_walk (asked->flow, asked->end[0].set, asked->end[0].index, asked->end[1].set,
                       asked->end[1].index, LIMEN_N_STEPS, cancellable, error);
  return asked->path != NULL;
}

/* -- as a file -- */

#define TILE   84
#define MARGIN 24

typedef struct {
  LimenImageGrid grid;
  LimenChartStyle style;
} Sheet;

static void
draw_sheet (cairo_t *cr, double width, double height, gpointer data)
{
  const Sheet *sheet = data;
  limen_palette_set (cr, sheet->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  limen_image_grid_draw (&sheet->grid, cr, &sheet->style);
}

static char *
describe_end (const LimenSamples *samples, guint end)
{
  const LimenPathEnd *one = &samples->end[end];
  return one->set ? limen_image_set_image_name (one->set, one->index) : g_strdup ("");
}

static char **
texts (const LimenSamples *samples, gboolean path)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *flow = limen_display_name (limen_nice_path (samples->flow));
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, samples->seed);
  g_autofree char *temperature = g_strdup_printf ("%.2f", samples->temperature);
  g_autofree char *start = describe_end (samples, 0), *goal = describe_end (samples, 1);
  g_strv_builder_add_many (builder, "Title",
                           path ? "A path through the latent space of a flow" : "Samples of a flow",
                           "Software", "Limen " LIMEN_VERSION, "Flow", flow, NULL);
  if (path)
    g_strv_builder_add_many (builder, "Start", start, "Goal", goal, NULL);
  else
    g_strv_builder_add_many (builder, "Seed", seed, "Temperature", temperature, NULL);
  return g_strv_builder_end (builder);
}

gboolean
limen_samples_save (const LimenSamples *samples, gboolean path, const char *file, GError **error)
{
  g_return_val_if_fail (samples != NULL && file != NULL, FALSE);
  LimenImageSet *set = path ? samples->path : samples->samples;
  guint n = limen_image_set_n_images (set);
  guint32 index[LIMEN_N_SAMPLES];
  for (guint i = 0; i < n; i++)
    index[i] = i;
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  Sheet sheet = {{.set = set,
                  .index = index,
                  .n = n,
                  .columns = path ? n : (guint)ceil (sqrt (n)),
                  .tile = TILE,
                  .gap = 4},
                 style};
  double width, height;
  limen_image_grid_size (&sheet.grid, &style, &width, &height);
  g_auto (GStrv) text = texts (samples, path);
  LimenPicture picture = {.format = LIMEN_PICTURE_PNG,
                          .width = (guint)width + 2 * MARGIN,
                          .height = (guint)height + 2 * MARGIN,
                          .scale = 2,
                          .draw = draw_sheet,
                          .user_data = &sheet,
                          .text = (const char *const *)text};
  return limen_picture_save (&picture, file, error);
}

#include "model/data/glyphs.h"

#include "model/base/parallel.h"
#include "model/base/random.h"
#include "model/data/glyph-cloth.h"
#include "model/data/glyph-hand.h"
#include "model/data/glyph-strokes.h"

#define PIXELS           (LIMEN_GLYPHS_SIDE * LIMEN_GLYPHS_SIDE)
#define IMAGES_PER_BATCH 128

G_STATIC_ASSERT (LIMEN_GLYPHS_SIDE == LIMEN_PEN_SIDE);

typedef struct {
  LimenGlyphs kind;
  guint first, n;
  guint64 seed;
  guint8 *pixels; /* (n, PIXELS) */
} Job;

/* @script: whose skeletons and habits they have */
static const struct {
  const char *name;
  LimenGlyphs script;
} kinds[] = {
    [LIMEN_GLYPHS_DIGITS] = {"generated digits", LIMEN_GLYPHS_DIGITS},
    [LIMEN_GLYPHS_HIRAGANA] = {"generated hiragana", LIMEN_GLYPHS_HIRAGANA},
    [LIMEN_GLYPHS_WOVEN] = {"woven digits", LIMEN_GLYPHS_DIGITS},
    [LIMEN_GLYPHS_PLAIN] = {"plain digits", LIMEN_GLYPHS_DIGITS},
};

static const char *
name_of (LimenGlyphs kind)
{
  return kinds[kind].name;
}

/* The first number of an image's stream is its class. */
static guint
draw_label (LimenRandom *random)
{
  return limen_random_below (random, LIMEN_GLYPHS_CLASSES);
}

static const char *
draw_form (LimenRandom *random, const LimenGlyphForm *forms)
{
  guint total = 0;
  for (guint i = 0; i < LIMEN_GLYPH_FORMS; i++)
    total += forms[i].weight;
  guint left = limen_random_below (random, total);
  while (left >= forms->weight)
    left -= (forms++)->weight;
  return forms->strokes;
}

static void
draw_image (LimenGlyphs kind, guint index, guint64 seed, guint8 *pixels)
{
  LimenRandom random = limen_random_stream (seed, name_of (kind), index);
  guint label = draw_label (&random);
  LimenGlyphs script = kinds[kind].script;
  LimenPenPath path;
  limen_glyph_write (draw_form (&random, limen_glyph_forms (script, label)),
                     &limen_glyph_habits[script], &random, &path);
  limen_pen_draw (&path, pixels);
  if (kind == LIMEN_GLYPHS_WOVEN || kind == LIMEN_GLYPHS_PLAIN)
    limen_glyph_cloth (&random, kind == LIMEN_GLYPHS_WOVEN, pixels);
}

static void
draw_batch (guint batch, guint worker, gpointer user_data)
{
  const Job *job = user_data;
  guint begin = batch * IMAGES_PER_BATCH, end = MIN (job->n, begin + IMAGES_PER_BATCH);
  for (guint i = begin; i < end; i++)
    draw_image (job->kind, job->first + i, job->seed, job->pixels + (gsize)i * PIXELS);
}

gboolean
limen_glyphs_fill (LimenGlyphs kind, guint first, guint n, guint64 seed, guint8 *pixels,
                   GCancellable *cancellable, GError **error)
{
  Job job = {kind, first, n, seed, pixels};
  guint n_batches = n / IMAGES_PER_BATCH + (n % IMAGES_PER_BATCH > 0);
  return limen_parallel (n_batches, draw_batch, &job, &(LimenRun){.cancellable = cancellable},
                         error);
}

guint
limen_glyphs_label (LimenGlyphs kind, guint index, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, name_of (kind), index);
  return draw_label (&random);
}

LimenImages *
limen_glyphs_new (LimenGlyphs kind, guint n, guint64 seed, GCancellable *cancellable,
                  GError **error)
{
  if (n < 1 || n > LIMEN_GLYPHS_MAX) {
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "Of %s, %u images cannot be made: choose a number from 1 to %d.", name_of (kind), n,
                LIMEN_GLYPHS_MAX);
    return NULL;
  }
  g_autoptr (LimenImages) images = limen_images_new (name_of (kind), n, LIMEN_GLYPHS_SIDE,
                                                     LIMEN_GLYPHS_SIDE, LIMEN_PIXELS_U8, error);
  if (!images || !limen_glyphs_fill (kind, 0, n, seed, images->u8, cancellable, error))
    return NULL;
  return g_steal_pointer (&images);
}

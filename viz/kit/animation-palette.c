/* The colours of an animation: at most 255 for all its frames. */
#include "viz/kit/animation-private.h"

#include <string.h>

#define KEPT  96 /* colours that keep their value: paper, ink and what is drawn plain */
#define ALL   (1 << 24)
#define FIRST 1 /* of a palette; what is before it is transparent */

typedef struct {
  guint32 colour, count;
} Counted;

struct LimenPaletteMaker {
  GHashTable *count; /* of a colour + 1 */
  guint8 *nearest;   /* (ALL): of each colour; 0: not asked yet */
  guint32 palette[LIMEN_FILM_COLOURS];
  guint n; /* colours chosen, with the transparent one */
};

LimenPaletteMaker *
limen_palette_maker_new (void)
{
  LimenPaletteMaker *self = g_new0 (LimenPaletteMaker, 1);
  self->count = g_hash_table_new (NULL, NULL);
  self->nearest = g_malloc0 (ALL); /* of which few pages are ever touched */
  return self;
}

void
limen_palette_maker_free (LimenPaletteMaker *self)
{
  g_return_if_fail (self != NULL);
  g_hash_table_unref (self->count);
  g_free (self->nearest);
  g_free (self);
}

void
limen_palette_maker_count (LimenPaletteMaker *self, const guint32 *pixels, gsize n)
{
  g_return_if_fail (self != NULL && (pixels != NULL || n == 0));
  for (gsize i = 0, run; i < n; i += run) { /* runs of one colour are long */
    guint32 colour = pixels[i] & (ALL - 1);
    for (run = 1; i + run < n && (pixels[i + run] & (ALL - 1)) == colour;)
      run++;
    gpointer key = GUINT_TO_POINTER (colour + 1);
    gsize before = GPOINTER_TO_UINT (g_hash_table_lookup (self->count, key));
    g_hash_table_insert (self->count, key,
                         GUINT_TO_POINTER ((guint)MIN (before + run, G_MAXUINT32)));
  }
}

/* -- median cut -- */

static int
part_of (guint32 colour, int channel)
{
  return (int)(colour >> (8 * channel) & 255);
}

/* Most seen first; of those seen as often, the darkest, so that it is the same each time */
static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const Counted *x = a, *y = b;
  return x->count != y->count ? (x->count < y->count ? 1 : -1)
                              : (x->colour > y->colour) - (x->colour < y->colour);
}

static int
compare_channel (gconstpointer a, gconstpointer b, gpointer channel)
{
  guint32 x = ((const Counted *)a)->colour, y = ((const Counted *)b)->colour;
  int shift = GPOINTER_TO_INT (channel);
  int apart = part_of (x, shift) - part_of (y, shift);
  return apart != 0 ? apart : (x > y) - (x < y);
}

/* A box: colours of @all from @from on */
typedef struct {
  guint from, n;
  int channel, width; /* the widest, and how wide */
  guint64 weight;
} Box;

static void
measure (Box *box, const Counted *all)
{
  box->width = -1;
  box->weight = 0;
  for (int channel = 0; channel < 3; channel++) {
    int low = 255, high = 0;
    for (guint i = box->from; i < box->from + box->n; i++) {
      low = MIN (low, part_of (all[i].colour, channel));
      high = MAX (high, part_of (all[i].colour, channel));
    }
    if (high - low > box->width) {
      box->width = high - low;
      box->channel = channel;
    }
  }
  for (guint i = box->from; i < box->from + box->n; i++)
    box->weight += all[i].count;
}

/* At half of its weight, but not so that a part is empty */
static Box
split (Box *box, Counted *all)
{
  guint64 half = 0;
  guint n = 0;
  g_qsort_with_data (all + box->from, (int)box->n, sizeof *all, compare_channel,
                     GINT_TO_POINTER (box->channel));
  while (n + 1 < box->n && (n == 0 || 2 * half < box->weight))
    half += all[box->from + n++].count;
  Box other = {.from = box->from + n, .n = box->n - n};
  box->n = n;
  measure (box, all);
  measure (&other, all);
  return other;
}

/* The one whose colours are most apart, weighed by the root of how often they are seen */
static guint
widest (const Box *box, guint n)
{
  guint best = 0;
  double most = -1;
  for (guint i = 0; i < n; i++) {
    double much = box[i].n > 1 ? box[i].width * (double)box[i].width * (double)box[i].weight : -1;
    if (much > most) {
      most = much;
      best = i;
    }
  }
  return most > 0 ? best : n;
}

static guint32
mean (const Box *box, const Counted *all)
{
  guint32 colour = 0;
  for (int channel = 0; channel < 3; channel++) {
    guint64 sum = 0;
    for (guint i = box->from; i < box->from + box->n; i++)
      sum += (guint64)all[i].count * (guint64)part_of (all[i].colour, channel);
    colour |= (guint32)((sum + box->weight / 2) / MAX (box->weight, 1)) << (8 * channel);
  }
  return colour;
}

static void
cut (LimenPaletteMaker *self, Counted *all, guint n)
{
  Box box[LIMEN_FILM_COLOURS] = {{.n = n}};
  guint n_boxes = 1, room = LIMEN_FILM_COLOURS - self->n, which;
  measure (&box[0], all);
  while (n_boxes < room && (which = widest (box, n_boxes)) < n_boxes) {
    box[n_boxes] = split (&box[which], all);
    n_boxes++;
  }
  for (guint i = 0; i < n_boxes; i++)
    self->palette[self->n++] = mean (&box[i], all);
}

void
limen_palette_maker_choose (LimenPaletteMaker *self, guint32 *palette)
{
  g_return_if_fail (self != NULL && palette != NULL);
  GHashTableIter iter;
  gpointer key, count;
  guint n = g_hash_table_size (self->count), i = 0;
  g_autofree Counted *all = g_new0 (Counted, n + 1);
  g_hash_table_iter_init (&iter, self->count);
  while (g_hash_table_iter_next (&iter, &key, &count))
    all[i++] = (Counted){GPOINTER_TO_UINT (key) - 1, GPOINTER_TO_UINT (count)};
  qsort (all, n, sizeof *all, compare_counts);
  memset (self->nearest, 0, ALL);
  memset (self->palette, 0, sizeof self->palette);
  guint kept = n < LIMEN_FILM_COLOURS ? n : KEPT;
  self->n = FIRST;
  for (i = 0; i < kept; i++)
    self->palette[self->n++] = all[i].colour;
  if (n > kept)
    cut (self, all + kept, n - kept);
  memcpy (palette, self->palette, sizeof self->palette);
}

/* -- the nearest -- */

static guint8
find (const LimenPaletteMaker *self, guint32 colour)
{
  guint best = FIRST;
  int least = G_MAXINT;
  for (guint i = FIRST; i < self->n; i++) {
    int apart = 0;
    for (int channel = 0; channel < 3; channel++) {
      int d = part_of (self->palette[i], channel) - part_of (colour, channel);
      apart += d * d;
    }
    if (apart < least) {
      least = apart;
      best = i;
    }
  }
  return (guint8)best;
}

void
limen_palette_maker_index (LimenPaletteMaker *self, const guint32 *pixels, gsize n, guint8 *index)
{
  g_return_if_fail (self != NULL && index != NULL);
  for (gsize i = 0; i < n; i++) {
    guint32 colour = pixels[i] & (ALL - 1);
    if (self->nearest[colour] == 0)
      self->nearest[colour] = find (self, colour);
    index[i] = self->nearest[colour];
  }
}

#include "model/data/array-layout-private.h"

#include <math.h>

#define MAX_SIDE       16384 /* of an image that an array is taken for */
#define MAX_CANDIDATES 32

/* One dimension: how many, and how many numbers lie between two neighbours */
typedef struct {
  guint64 n;
  gsize stride;
} Axis;

/* One way to read a shape. @level: the surest is taken; two of the same level are asked for */
typedef struct {
  LimenReading reading;
  LimenGrid grid;
  guint level;
  gboolean known; /* of a size that was asked for or that is usual */
} Candidate;

enum { IMPOSSIBLE, ON_DEMAND, PLAIN, LIKELY, USUAL, SURE, ASKED };

typedef struct {
  const LimenImageSetOptions *options;
  Candidate candidates[MAX_CANDIDATES];
  guint n;
} Search;

/* Sizes */

/* The side of a square of @n pixels, 0 where there is none that an image may have */
static guint
side_of (guint64 n)
{
  if (n > (guint64)MAX_SIDE * MAX_SIDE)
    return 0;
  guint side = (guint)(sqrt ((double)n) + 0.5);
  return (guint64)side * side == n ? side : 0;
}

static guint64
asked_size (const Search *search)
{
  return (guint64)search->options->width * search->options->height;
}

/* Height and width of @n pixels in a row. Returns: FALSE where they are no square and not as
 * asked */
static gboolean
set_size (const Search *search, guint64 n, LimenGrid *grid)
{
  if (n > 0 && n == asked_size (search)) {
    grid->width = search->options->width;
    grid->height = search->options->height;
  } else
    grid->width = grid->height = side_of (n);
  return n > 0 && grid->width > 0 && grid->width <= MAX_SIDE;
}

gboolean
limen_shape_may_be_one_picture (guint64 height, guint64 width)
{
  return MIN (height, width) >= 16 && MAX (height, width) <= 4 * MIN (height, width) &&
         MAX (height, width) <= MAX_SIDE;
}

/* Candidates */

static gboolean
is_asked_for (const LimenReading *asked, const LimenReading *reading)
{
  return (!asked->unit || asked->unit == reading->unit) &&
         (!asked->label || asked->label == reading->label) &&
         (!asked->channels || asked->channels == reading->channels);
}

/* @level: without words of the user, which make everything possible that a shape allows */
static void
add (Search *search, LimenReading reading, LimenGrid grid, guint level, gboolean known)
{
  const LimenReading *asked = &search->options->reading;
  gboolean has_words = asked->unit || asked->label || asked->channels;
  if (level < (has_words ? ON_DEMAND : PLAIN) || !is_asked_for (asked, &reading) ||
      search->n == MAX_CANDIDATES)
    return;
  reading.black = asked->black;
  reading.white = asked->white;
  reading.transposed = asked->transposed;
  search->candidates[search->n++] = (Candidate){reading, grid, level, known};
}

/* Where width stands before height. */
static void
turn (Axis *height, Axis *width)
{
  Axis swapped = *height;
  *height = *width;
  *width = swapped;
}

static void
add_planes (Search *search, LimenReading reading, const Axis *image, Axis height, Axis width,
            const Axis *channel, guint level)
{
  LimenGrid grid = {.n = image ? (guint)image->n : 1, .image = image ? image->stride : 0};
  if (search->options->reading.transposed)
    turn (&height, &width);
  if (height.n > MAX_SIDE || width.n > MAX_SIDE)
    return;
  grid.height = (guint)height.n;
  grid.width = (guint)width.n;
  grid.row = height.stride;
  grid.column = width.stride;
  grid.n_channels = channel ? (guint)channel->n : 1;
  grid.channel = channel ? channel->stride : 0;
  reading.label = LIMEN_LABEL_NONE;
  if (!channel)
    reading.channels = LIMEN_CHANNELS_NONE;
  add (search, reading, grid, level, FALSE);
}

/* @step: between two pixels, @channel: between two channels of one pixel */
static void
set_steps (const Search *search, LimenGrid *grid, gsize step, gsize channel)
{
  gboolean turned = search->options->reading.transposed;
  grid->column = turned ? step * grid->height : step;
  grid->row = turned ? step : step * grid->width;
  grid->channel = channel;
}

/* Pixels in a row: of (@image, @pixel) with colours on an axis of their own, or none */
static void
add_flat (Search *search, LimenReading reading, Axis image, Axis pixel, const Axis *channel,
          guint level)
{
  LimenGrid grid = {.n = (guint)image.n, .image = image.stride, .n_channels = 1};
  if (!set_size (search, pixel.n, &grid))
    return;
  grid.n_channels = channel ? (guint)channel->n : 1;
  set_steps (search, &grid, pixel.stride, channel ? channel->stride : 0);
  reading.label = LIMEN_LABEL_NONE;
  if (!channel)
    reading.channels = LIMEN_CHANNELS_NONE;
  add (search, reading, grid, pixel.n == asked_size (search) ? ASKED : level, FALSE);
}

/* A row of a label, pixels and colours. @n_channels: 1, 3 or 4 */
static void
add_row (Search *search, LimenReading reading, Axis image, Axis number, guint n_channels,
         guint level)
{
  gboolean has_label = reading.label != LIMEN_LABEL_NONE;
  guint64 n = number.n - has_label, pixels = n / n_channels;
  gboolean fits = pixels == asked_size (search), last = reading.channels == LIMEN_CHANNELS_LAST;
  LimenGrid grid = {.n = (guint)image.n, .image = image.stride, .n_channels = n_channels};
  if (n % n_channels != 0 || !set_size (search, pixels, &grid))
    return;
  set_steps (search, &grid, number.stride * (last ? n_channels : 1),
             number.stride * (last ? 1 : (gsize)pixels));
  grid.first = reading.label == LIMEN_LABEL_FIRST ? number.stride : 0;
  grid.label = reading.label == LIMEN_LABEL_LAST ? n * number.stride : 0;
  if (fits)
    level = has_label || n_channels > 1 ? SURE : ASKED;
  add (search, reading, grid, level, fits || limen_is_usual_size (pixels));
}

/* How sure it is that @n numbers are pixels in @n_channels channels, behind a label or not */
static guint
level_of_row (const Search *search, guint64 n_images, guint64 n, guint n_channels,
              gboolean has_label)
{
  guint side = side_of ((n - has_label) / n_channels);
  gboolean asks_for_colour = search->options->reading.channels > LIMEN_CHANNELS_NONE;
  if (n_channels > 1)
    return n_channels == 3 && side >= 28 ? LIKELY : asks_for_colour ? ON_DEMAND : IMPOSSIBLE;
  if (has_label)
    return side >= 8 ? LIKELY : ON_DEMAND;
  return side > 1 && n_images != n ? USUAL : ON_DEMAND;
}

/* All that can stand in the rows of (@image, @number) */
static void
add_rows (Search *search, Axis image, Axis number)
{
  static const LimenLabelSide labels[] = {LIMEN_LABEL_NONE, LIMEN_LABEL_FIRST, LIMEN_LABEL_LAST};
  LimenReading reading = {.unit = LIMEN_UNIT_ROWS};
  for (guint i = 0; i < G_N_ELEMENTS (labels) && number.n > 1; i++) {
    gboolean has_label = labels[i] != LIMEN_LABEL_NONE;
    reading.label = labels[i];
    for (guint n_channels = 1; n_channels <= 4; n_channels += n_channels == 1 ? 2 : 1) {
      guint level = level_of_row (search, image.n, number.n, n_channels, has_label);
      reading.channels = n_channels == 1 ? LIMEN_CHANNELS_NONE : LIMEN_CHANNELS_FIRST;
      add_row (search, reading, image, number, n_channels, level);
      reading.channels = LIMEN_CHANNELS_LAST;
      if (n_channels > 1)
        add_row (search, reading, image, number, n_channels, level);
    }
  }
}

/* Where each column is an image, perhaps with a label, its length is one that was asked for, or
 * that of MNIST. */
static void
add_columns (Search *search, Axis number, Axis image)
{
  static const LimenLabelSide labels[] = {LIMEN_LABEL_NONE, LIMEN_LABEL_FIRST, LIMEN_LABEL_LAST};
  LimenReading reading = {.unit = LIMEN_UNIT_COLUMNS, .channels = LIMEN_CHANNELS_NONE};
  guint most = 0;
  for (guint i = 0; i < search->n; i++)
    most = MAX (most, search->candidates[i].level);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    guint64 n = number.n - (labels[i] != LIMEN_LABEL_NONE);
    gboolean fits = n >= 64 && n == asked_size (search);
    gboolean is_sure = image.n == asked_size (search) || image.n == number.n;
    gboolean may = limen_is_usual_size (n) && most == USUAL && !limen_is_usual_size (image.n);
    guint level = (fits || n == 784 || may) && !is_sure ? USUAL : ON_DEMAND;
    LimenGrid grid = {.n = (guint)image.n, .image = image.stride, .n_channels = 1};
    if ((n < number.n && n < 64) || !set_size (search, n, &grid))
      continue;
    set_steps (search, &grid, number.stride, 0);
    reading.label = labels[i];
    grid.first = labels[i] == LIMEN_LABEL_FIRST ? number.stride : 0;
    grid.label = labels[i] == LIMEN_LABEL_LAST ? n * number.stride : 0;
    if (level == USUAL && most == LIKELY) /* rows in colour or with a label: a question, too */
      level = LIKELY;
    add (search, reading, grid, level, fits || limen_is_usual_size (n));
  }
}

static gboolean
is_colours (guint64 n)
{
  return n == 3 || n == 4;
}

static void
add_2d (Search *search, Axis a, Axis b)
{
  LimenReading one = {.unit = LIMEN_UNIT_ONE};
  gboolean label_or_picture = side_of (b.n - 1) >= 8 && !limen_is_usual_size (b.n - 1) &&
                              limen_shape_may_be_one_picture (a.n, b.n);
  add_rows (search, a, b);
  add_columns (search, a, b);
  if (b.n > 1)
    add_planes (search, one, NULL, a, b, NULL, label_or_picture ? LIKELY : PLAIN);
}

/* (n, d, 1) and (n, 1, d), or (h, w, 1) */
static void
add_flat_3d (Search *search, const Axis *axes)
{
  Axis a = axes[0], b = axes[1];
  LimenReading one = {.unit = LIMEN_UNIT_ONE};
  gboolean picture = limen_shape_may_be_one_picture (a.n, b.n) && !limen_is_usual_size (b.n);
  if (axes[1].n == 1)
    add_rows (search, a, axes[2]);
  if (axes[2].n != 1)
    return;
  if (axes[1].n > 1)
    add_rows (search, a, b);
  if (a.n > 1 && b.n > 1)
    add_planes (search, one, NULL, a, b, NULL, picture ? USUAL : LIKELY);
}

/* (h, w, 3), (3, h, w), (n, d, 3) and (n, 3, d) */
static void
add_colours_3d (Search *search, const Axis *axes)
{
  Axis a = axes[0], b = axes[1], c = axes[2];
  LimenReading rows = {.unit = LIMEN_UNIT_ROWS, .channels = LIMEN_CHANNELS_LAST};
  LimenReading one = {.unit = LIMEN_UNIT_ONE, .channels = LIMEN_CHANNELS_LAST};
  if (is_colours (c.n) || c.n == 2) { /* of two, the second is opacity */
    gboolean sure = c.n > 2 && a.n > 4 && b.n > 4;
    add_planes (search, one, NULL, a, b, &c, sure ? SURE : ON_DEMAND);
    add_flat (search, rows, a, b, &c, limen_is_usual_size (b.n) && a.n != b.n ? SURE : ON_DEMAND);
  }
  one.channels = rows.channels = LIMEN_CHANNELS_FIRST;
  if (is_colours (a.n))
    add_planes (search, one, NULL, b, c, &a, ON_DEMAND);
  if (is_colours (b.n))
    add_flat (search, rows, a, c, &b, b.n == 3 && side_of (c.n) >= 28 ? SURE : ON_DEMAND);
}

static void
add_3d (Search *search, const Axis *axes)
{
  Axis a = axes[0], b = axes[1], c = axes[2];
  LimenReading images = {.unit = LIMEN_UNIT_IMAGES}, last = {.unit = LIMEN_UNIT_LAST};
  gboolean thin = b.n == 1 || c.n == 1;
  gboolean number_last = a.n == b.n && a.n >= 8 && c.n != a.n && c.n > 1 && !is_colours (c.n);
  add_planes (search, images, &a, b, c, NULL, thin ? PLAIN : USUAL);
  add_planes (search, last, &c, a, b, NULL, number_last ? USUAL : ON_DEMAND);
  add_flat_3d (search, axes);
  add_colours_3d (search, axes);
}

/* (n, 1, h, w), (n, h, w, 1), and with one more 1 */
static void
add_grey_4d (Search *search, const Axis *axes)
{
  LimenReading images = {.unit = LIMEN_UNIT_IMAGES};
  Axis h = axes[1].n == 1 ? axes[2] : axes[1], w = axes[3].n == 1 ? axes[2] : axes[3];
  if (axes[1].n == 1 && axes[3].n == 1) { /* one axis is left: of the height, or of pixels */
    w = axes[3];
    add_rows (search, axes[0], axes[2]);
  } else if (h.n == 1)
    add_rows (search, axes[0], w);
  else if (w.n == 1)
    add_rows (search, axes[0], h);
  add_planes (search, images, &axes[0], h, w, NULL, h.n == 1 || w.n == 1 ? PLAIN : USUAL);
}

static void
add_4d (Search *search, const Axis *axes)
{
  LimenReading images = {.unit = LIMEN_UNIT_IMAGES, .channels = LIMEN_CHANNELS_LAST};
  if (axes[1].n == 1 || axes[3].n == 1) {
    add_grey_4d (search, axes);
    return;
  }
  if (is_colours (axes[3].n))
    add_planes (search, images, &axes[0], axes[1], axes[2], &axes[3], SURE);
  if (axes[3].n == 2 && axes[1].n > 4 &&
      axes[2].n > 4) /* opacity is behind grey; before height and width it were a pair of images */
    add_planes (search, images, &axes[0], axes[1], axes[2], &axes[3], LIKELY);
  images.channels = LIMEN_CHANNELS_FIRST;
  if (is_colours (axes[1].n))
    add_planes (search, images, &axes[0], axes[2], axes[3], &axes[1],
                axes[1].n == 3 ? SURE : USUAL);
}

static void
find_candidates (Search *search, const LimenArray *array)
{
  Axis axes[LIMEN_ARRAY_MAX_DIMS];
  if (limen_array_is_empty (array))
    return;
  for (guint i = 0; i < array->n_dims; i++) {
    if (array->dims[i] > G_MAXUINT32 || (i > 0 && array->dims[i] > (guint64)MAX_SIDE * MAX_SIDE))
      return;
    axes[i] = (Axis){array->dims[i], limen_array_stride (array, i)};
  }
  if (array->n_dims == 1 && search->options->reading.unit == LIMEN_UNIT_ROWS)
    add_rows (search, (Axis){1, 0}, axes[0]);
  else if (array->n_dims == 2)
    add_2d (search, axes[0], axes[1]);
  else if (array->n_dims == 3)
    add_3d (search, axes);
  else if (array->n_dims == 4)
    add_4d (search, axes);
}

/* Labels */

static const Candidate *
find_best (const Search *search)
{
  const Candidate *best = NULL;
  for (guint i = 0; i < search->n; i++)
    if (!best || search->candidates[i].level > best->level)
      best = &search->candidates[i];
  return best;
}

/* Forgets what the numbers of rows, or of columns, speak against: where labels are at the one end,
 * they are not at the other. Where they are at neither, a usual size stays a question. */
static void
keep_labels (Search *search, LimenUnit unit, LimenLabelSide side)
{
  guint n = 0;
  for (guint i = 0; i < search->n; i++) {
    const Candidate *candidate = &search->candidates[i];
    LimenLabelSide own = candidate->reading.label;
    gboolean undecided = side == LIMEN_LABEL_NONE && candidate->known;
    if (candidate->reading.unit != unit || own == LIMEN_LABEL_NONE || own == side || undecided)
      search->candidates[n++] = *candidate;
  }
  search->n = n;
}

/* The candidate with labels at the end, where it is as sure as the surest */
static const Candidate *
find_with_last (const Search *search, LimenUnit unit)
{
  const Candidate *best = find_best (search);
  for (guint i = 0; i < search->n; i++) {
    const Candidate *candidate = &search->candidates[i];
    if (candidate->reading.unit == unit && candidate->reading.label == LIMEN_LABEL_LAST &&
        candidate->level == best->level)
      return candidate;
  }
  return NULL;
}

static gboolean
decide_label (Search *search, const LimenArray *array, const char *name, GCancellable *cancellable,
              GError **error)
{
  static const LimenUnit units[] = {LIMEN_UNIT_ROWS, LIMEN_UNIT_COLUMNS};
  for (guint i = 0; i < G_N_ELEMENTS (units) && !search->options->reading.label; i++) {
    const Candidate *with_last = find_with_last (search, units[i]);
    LimenLabelSide side;
    if (!with_last)
      continue;
    if (!limen_array_find_label (array, name, &with_last->grid, &side, cancellable, error))
      return FALSE;
    if (side != LIMEN_LABEL_AUTO)
      keep_labels (search, units[i], side);
  }
  return TRUE;
}

/* What is told */

static char *
describe (const Candidate *candidate)
{
  const LimenGrid *grid = &candidate->grid;
  LimenReading shown = candidate->reading;
  if (shown.label == LIMEN_LABEL_NONE)
    shown.label = LIMEN_LABEL_AUTO;
  if (shown.channels == LIMEN_CHANNELS_NONE)
    shown.channels = LIMEN_CHANNELS_AUTO;
  shown.transposed = FALSE;
  g_autofree char *words = limen_reading_layout_words (&shown);
  return g_strdup_printf ("%u image%s of %u × %u%s (layout %s)", grid->n, grid->n == 1 ? "" : "s",
                          grid->width, grid->height, grid->n_channels > 1 ? " in colour" : "",
                          words);
}

/* All that are as sure as the surest */
static char *
ways_text (const Search *search)
{
  const Candidate *best = find_best (search);
  GString *ways = g_string_new (NULL);
  for (guint i = 0; best && i < search->n; i++) {
    if (search->candidates[i].level != best->level)
      continue;
    g_autofree char *way = describe (&search->candidates[i]);
    g_string_append_printf (ways, "%s%s", ways->len ? ", or " : "", way);
  }
  return g_string_free (ways, FALSE);
}

static void
set_question (const Search *search, const char *name, const char *shape, GError **error)
{
  g_autofree char *ways = ways_text (search);
  limen_fail (error, LIMEN_ERROR_MISMATCH,
              "%s can be read in more than one way: its array, %s, may be %s; choose a layout.",
              name, shape, ways);
}

/* A row of numbers may be one image, where it is not too small for that. */
static void
set_none (const LimenArray *array, const char *name, const LimenImageSetOptions *options,
          GError **error)
{
  LimenImageSetOptions as_row = *options;
  Search search = {&as_row};
  as_row.reading.unit = LIMEN_UNIT_ROWS;
  if (array->n_dims == 1 && array->dims[0] >= 64)
    find_candidates (&search, array);
  const Candidate *best = find_best (&search);
  gboolean may = best && best->level >= LIKELY && (best->level >= USUAL || best->known);
  g_autofree char *ways = may ? ways_text (&search) : NULL;
  limen_array_refuse (array, name, &options->reading, ways, error);
}

static guint
count_level (const Search *search, guint level)
{
  guint n = 0;
  for (guint i = 0; i < search->n; i++)
    n += search->candidates[i].level == level;
  return n;
}

static LimenArrayLook
look_of (const Candidate *candidate)
{
  if (candidate->reading.unit == LIMEN_UNIT_ONE)
    return LIMEN_ARRAY_ONE;
  return candidate->reading.unit == LIMEN_UNIT_IMAGES || candidate->level == ASKED
             ? LIMEN_ARRAY_IMAGES
             : LIMEN_ARRAY_ROWS;
}

LimenArrayLook
limen_array_look (const LimenArray *array, const char *name, const LimenImageSetOptions *options,
                  GError **error)
{
  Search search = {options};
  find_candidates (&search, array);
  const Candidate *best = find_best (&search);
  if (!best)
    set_none (array, name, options, error);
  return best ? look_of (best) : LIMEN_ARRAY_NONE;
}

/* Pictures, and rows that are images of no usual size, where no layout was asked for */
static gboolean
check_beside (const Search *search, const LimenArray *array, const Candidate *candidate,
              const char *name, GError **error)
{
  const LimenGrid *grid = &candidate->grid;
  g_autofree char *way = describe (candidate);
  return search->options->reading.unit || candidate->level >= SURE ||
         limen_is_usual_size ((guint64)grid->width * grid->height) ||
         limen_array_check_beside (array, name, candidate->reading.unit, way, asked_size (search),
                                   error);
}

LimenArrayLook
limen_array_lay_out (const LimenArray *array, const char *name, const LimenImageSetOptions *options,
                     LimenReading *done, LimenGrid *grid, GCancellable *cancellable, GError **error)
{
  Search search = {options};
  g_autofree char *shape = limen_array_to_string (array);
  find_candidates (&search, array);
  if (!decide_label (&search, array, name, cancellable, error))
    return LIMEN_ARRAY_NONE;
  const Candidate *best = find_best (&search);
  if (!best)
    set_none (array, name, options, error);
  else if (count_level (&search, best->level) > 1)
    set_question (&search, name, shape, error);
  else if (check_beside (&search, array, best, name, error)) {
    *done = best->reading;
    *grid = best->grid;
    return look_of (best);
  }
  return LIMEN_ARRAY_NONE;
}

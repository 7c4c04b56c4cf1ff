#include "model/data/image-tiff.h"

#define AT_ONCE 256 /* samples */

/* A piece of a page as it is stored: samples of a pixel side by side in the first plane, or each of
 * those that are used in a plane of its own. */
typedef struct {
  const guchar *planes[LIMEN_TIFF_MAX_USED];
  gsize stride;
  guint x, y, width, height;
} Block;

typedef struct {
  LimenTiff *self;
  LimenTiffRowFunc func;
  LimenTiffBytesFunc bytes;
  gpointer data;
  double *samples; /* of one row */
} Reading;

/* Numbers */

/* Numbers of odd bits are a stream of them, from the highest of each byte on. */
static guint64
bits_at (const guchar *row, gsize index, guint bits)
{
  gsize first = index * bits;
  guint64 value = 0;
  for (gsize bit = first; bit < first + bits;) {
    guint left = 8 - bit % 8, n = (guint)MIN (left, first + bits - bit);
    value = value << n | (row[bit / 8] >> (left - n) & ((1u << n) - 1));
    bit += n;
  }
  return value;
}

static double
signed_of (guint64 value, guint bits)
{
  guint64 sign = (guint64)1 << (bits - 1);
  return value & sign ? -(double)((~value + 1) & (sign | (sign - 1))) : (double)value;
}

/* Of three bytes, which have the machine's order as all whole ones, or of odd bits */
static double
odd_sample_at (const LimenTiffLayout *layout, const guchar *row, gsize index)
{
  const guchar *at = row + index * 3;
  guint64 value = layout->bits != 24 ? bits_at (row, index, layout->bits)
                  : G_BYTE_ORDER == G_LITTLE_ENDIAN
                      ? at[0] | (guint)at[1] << 8 | (guint)at[2] << 16
                      : at[2] | (guint)at[1] << 8 | (guint)at[0] << 16;
  return layout->number == LIMEN_TIFF_SIGNED ? signed_of (value, layout->bits) : (double)value;
}

/* Blocks */

/* Samples of one used channel: @n of them, one every @step numbers of @row from @first on */
static void
take_samples (const LimenTiffLayout *layout, const guchar *row, gsize first, gsize step, guint n,
              double *out)
{
  LimenNumberType type = limen_tiff_number_type (layout);
  gsize size = limen_number_size (type);
  gboolean is_odd = size * 8 != layout->bits;
  double some[AT_ONCE];
  for (guint x = 0; x < n; x++) {
    if (!is_odd && x % AT_ONCE == 0)
      limen_numbers_read (type, G_BYTE_ORDER == G_BIG_ENDIAN, row + (first + x * step) * size, step,
                          MIN (AT_ONCE, n - x), some);
    out[(gsize)x * layout->n_used] =
        is_odd ? odd_sample_at (layout, row, first + x * step) : some[x % AT_ONCE];
  }
}

static void
deliver_row (const Reading *reading, const Block *block, guint y)
{
  const LimenTiffLayout *layout = &reading->self->layout;
  for (guint u = 0; u < layout->n_used; u++) {
    const guchar *row = block->planes[layout->is_separate ? u : 0] + y * block->stride;
    if (layout->is_separate)
      take_samples (layout, row, 0, 1, block->width, reading->samples + u);
    else
      take_samples (layout, row, layout->used[u], layout->n_samples, block->width,
                    reading->samples + u);
  }
  reading->func (reading->self, reading->samples, block->x, block->y + y, block->width,
                 reading->data);
}

static void
deliver (const Reading *reading, const Block *block)
{
  const LimenTiffLayout *layout = &reading->self->layout;
  gboolean are_bytes = layout->bits == 8 && layout->number == LIMEN_TIFF_UNSIGNED &&
                       !layout->is_separate && reading->bytes;
  for (guint y = 0; y < block->height; y++)
    if (are_bytes)
      reading->bytes (reading->self, block->planes[0] + y * block->stride, block->x, block->y + y,
                      block->width, reading->data);
    else
      deliver_row (reading, block, y);
}

static gboolean
set_failed (LimenTiff *self, GError **error)
{
  limen_decoder_set_damaged (self->decoder, *self->reason ? self->reason : "it is cut off", error);
  return FALSE;
}

static gboolean
is_cancelled (const LimenTiff *self)
{
  return g_cancellable_is_cancelled (self->decoder->cancellable);
}

/* How many bytes @n pixels of a row take, as one plane has them. */
static guint64
row_bytes (const LimenTiffLayout *layout, guint64 n)
{
  return (n * (layout->is_separate ? 1 : layout->n_samples) * layout->bits + 7) / 8;
}

/* @stride is what libtiff writes for a row of @n pixels. Returns: (transfer full): room for @rows
 * of them in each of @n_planes, or NULL. */
static guchar *
make_room (LimenTiff *self, gsize stride, guint n, guint64 rows, guint n_planes, GError **error)
{
  gsize size;
  guchar *room = NULL;
  gboolean is_sound = stride >= row_bytes (&self->layout, n);
  if (is_sound && g_size_checked_mul (&size, stride, rows) &&
      g_size_checked_mul (&size, size, n_planes) && size <= LIMEN_MAX_BYTES / 2)
    room = g_try_malloc0 (size);
  if (!is_sound)
    set_failed (self, error);
  else if (!room)
    limen_fail (error, LIMEN_ERROR_UNSAFE,
                "%s takes more than 1 GB in pieces that are to be unpacked at once; save it in "
                "smaller tiles.",
                self->decoder->name);
  return room;
}

static gboolean
is_small_enough (LimenTiff *self, guint64 n_pixels, GError **error)
{
  if (row_bytes (&self->layout, n_pixels) <= LIMEN_MAX_BYTES)
    return TRUE;
  return limen_fail (error, LIMEN_ERROR_UNSAFE,
                     "%s unpacks to more than 2 GB; save it with fewer channels.",
                     self->decoder->name);
}

/* Row by row, so that one strip of the whole page can be stopped, too */
static gboolean
read_strips (const Reading *reading, GError **error)
{
  LimenTiff *self = reading->self;
  const LimenTiffLayout *layout = &self->layout;
  gsize stride = (gsize)TIFFScanlineSize64 (self->tiff);
  g_autofree guchar *row = make_room (self, stride, layout->width, 1, 1, error);
  if (!row)
    return FALSE;
  for (guint y = 0; y < layout->height; y++) {
    if (is_cancelled (self) || TIFFReadScanline (self->tiff, row, y, 0) != 1)
      return set_failed (self, error);
    deliver (reading, &(Block){{row}, stride, 0, y, layout->width, 1});
  }
  return TRUE;
}

/* Plane by plane, for going to and fro would unpack each strip as often as it has rows. */
static gboolean
read_separate_strips (const Reading *reading, GError **error)
{
  LimenTiff *self = reading->self;
  const LimenTiffLayout *layout = &self->layout;
  gsize stride = (gsize)TIFFScanlineSize64 (self->tiff);
  g_autofree guchar *room =
      make_room (self, stride, layout->width, layout->height, layout->n_used, error);
  Block block = {.stride = stride, .width = layout->width, .height = layout->height};
  if (!room)
    return FALSE;
  for (guint u = 0; u < layout->n_used; u++) {
    guchar *plane = room + u * stride * layout->height;
    block.planes[u] = plane;
    for (guint y = 0; y < layout->height; y++)
      if (is_cancelled (self) ||
          TIFFReadScanline (self->tiff, plane + y * stride, y, (guint16)layout->used[u]) != 1)
        return set_failed (self, error);
  }
  deliver (reading, &block);
  return TRUE;
}

static gboolean
read_tile (const Reading *reading, guchar *room, gsize size, Block *block)
{
  LimenTiff *self = reading->self;
  const LimenTiffLayout *layout = &self->layout;
  for (guint u = 0; u < (layout->is_separate ? layout->n_used : 1); u++) {
    block->planes[u] = room + u * size;
    if (is_cancelled (self) ||
        TIFFReadTile (self->tiff, room + u * size, block->x, block->y, 0,
                      layout->is_separate ? (guint16)layout->used[u] : 0) < 0)
      return FALSE;
  }
  deliver (reading, block);
  return TRUE;
}

static gboolean
get_tile_size (LimenTiff *self, guint *width, guint *height, GError **error)
{
  const LimenTiffLayout *layout = &self->layout;
  guint32 w = 0, h = 0;
  TIFFGetField (self->tiff, TIFFTAG_TILEWIDTH, &w);
  TIFFGetField (self->tiff, TIFFTAG_TILELENGTH, &h);
  if (w == 0 || h == 0)
    return set_failed (self, error);
  *width = w;
  *height = h;
  guint64 across = ((guint64)layout->width + w - 1) / w * w;
  guint64 down = ((guint64)layout->height + h - 1) / h * h;
  return limen_decoder_admit (self->decoder, across, down, error) &&
         is_small_enough (self, across * down, error);
}

static gboolean
read_tiles (const Reading *reading, GError **error)
{
  LimenTiff *self = reading->self;
  const LimenTiffLayout *layout = &self->layout;
  guint width, height;
  if (!get_tile_size (self, &width, &height, error))
    return FALSE;
  gsize stride = (gsize)TIFFTileRowSize64 (self->tiff);
  gsize size = MAX ((gsize)TIFFTileSize64 (self->tiff), stride * height);
  g_autofree guchar *room = make_room (self, stride, width, (size + stride - 1) / MAX (stride, 1),
                                       layout->is_separate ? layout->n_used : 1, error);
  for (guint y = 0; room && y < layout->height; y += height)
    for (guint x = 0; x < layout->width; x += width) {
      Block block = {
          {0}, stride, x, y, MIN (width, layout->width - x), MIN (height, layout->height - y)};
      if (!read_tile (reading, room, size, &block))
        return set_failed (self, error);
    }
  return room != NULL;
}

static gboolean
read_by_layout (const Reading *reading, GError **error)
{
  const LimenTiffLayout *layout = &reading->self->layout;
  if (layout->is_tiled)
    return read_tiles (reading, error);
  return layout->is_separate ? read_separate_strips (reading, error) : read_strips (reading, error);
}

/* libtiff goes on after some errors, with whatever is at hand: where it complained, nothing counts.
 */
gboolean
limen_tiff_read_rows (LimenTiff *self, LimenTiffRowFunc func, LimenTiffBytesFunc bytes,
                      gpointer data, GError **error)
{
  const LimenTiffLayout *layout = &self->layout;
  if (!is_small_enough (self, (guint64)layout->width * layout->height, error))
    return FALSE;
  g_autofree double *samples = g_new (double, (gsize)layout->width * layout->n_used);
  Reading reading = {self, func, bytes, data, samples};
  if (!read_by_layout (&reading, error))
    return FALSE;
  return !*self->reason || set_failed (self, error);
}

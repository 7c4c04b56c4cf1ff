#include "model/data/image-file-private.h"

/* PBM, PGM and PPM as Netpbm describes them: "P1" to "P3" in words, "P4" to "P6" in bytes; width,
 * height, the number that means white (not of P1 and P4, which are black and white), with blanks
 * and comments between them. */
typedef struct {
  LimenDecoder *decoder;
  const guchar *data;
  gsize size, at;
  guint kind, width, height, white, n_channels;
  gboolean is_text, is_binary; /* of two values, 1 being black */
} Pnm;

/* Headers */

static void
pass_blanks (Pnm *pnm)
{
  while (pnm->at < pnm->size) {
    guchar c = pnm->data[pnm->at];
    if (c == '#')
      while (pnm->at < pnm->size && pnm->data[pnm->at] != '\n' && pnm->data[pnm->at] != '\r')
        pnm->at++;
    else if (g_ascii_isspace (c) || c == '\v')
      pnm->at++;
    else
      return;
  }
}

/* A number of up to @max; −1 where there is none. */
static gint64
next_number (Pnm *pnm, gint64 max)
{
  gint64 value = 0;
  pass_blanks (pnm);
  gsize start = pnm->at;
  for (; pnm->at < pnm->size && g_ascii_isdigit (pnm->data[pnm->at]); pnm->at++) {
    value = value * 10 + (pnm->data[pnm->at] - '0');
    if (value > max)
      return -1;
  }
  return pnm->at > start ? value : -1;
}

/* One blank stands between a header and bytes. */
static gboolean
read_header (Pnm *pnm)
{
  if (pnm->size - pnm->at < 3 || pnm->data[pnm->at] != 'P')
    return FALSE;
  pnm->kind = pnm->data[pnm->at + 1] - '0';
  pnm->at += 2;
  if (pnm->kind < 1 || pnm->kind > 6 ||
      !(g_ascii_isspace (pnm->data[pnm->at]) || pnm->data[pnm->at] == '#'))
    return FALSE;
  pnm->is_text = pnm->kind <= 3;
  pnm->is_binary = pnm->kind == 1 || pnm->kind == 4;
  pnm->n_channels = pnm->kind == 3 || pnm->kind == 6 ? 3 : 1;
  gint64 width = next_number (pnm, G_MAXINT32), height = next_number (pnm, G_MAXINT32);
  gint64 white = pnm->is_binary ? 1 : next_number (pnm, 65535);
  if (width <= 0 || height <= 0 || white <= 0)
    return FALSE;
  pnm->width = (guint)width;
  pnm->height = (guint)height;
  pnm->white = (guint)white;
  pnm->at += !pnm->is_text;
  return pnm->is_text || pnm->at <= pnm->size;
}

static guint64
row_bytes (const Pnm *pnm)
{
  if (pnm->is_binary)
    return ((guint64)pnm->width + 7) / 8;
  return (guint64)pnm->width * pnm->n_channels * (pnm->white > 255 ? 2 : 1);
}

static gboolean
has_all_rows (const Pnm *pnm)
{
  return row_bytes (pnm) <= (pnm->size - pnm->at) / pnm->height;
}

/* Behind the rows in bytes, another picture may follow. */
static gboolean
is_at_another (Pnm *pnm)
{
  gsize at = pnm->at;
  while (at < pnm->size && g_ascii_isspace (pnm->data[at]))
    at++;
  if (pnm->is_text || pnm->size - at < 3 || pnm->data[at] != 'P' || pnm->data[at + 1] < '1' ||
      pnm->data[at + 1] > '6' || !g_ascii_isspace (pnm->data[at + 2]))
    return FALSE;
  pnm->at = at;
  return TRUE;
}

gboolean
limen_pnm_is_stack (GBytes *bytes)
{
  Pnm pnm = {NULL};
  pnm.data = g_bytes_get_data (bytes, &pnm.size);
  if (!read_header (&pnm) || pnm.is_text || !has_all_rows (&pnm))
    return FALSE;
  pnm.at += row_bytes (&pnm) * pnm.height;
  return is_at_another (&pnm);
}

/* Rows */

/* In P1, nothing need stand between digits. */
static gint64
next_digit (Pnm *pnm)
{
  pass_blanks (pnm);
  if (pnm->at >= pnm->size || (pnm->data[pnm->at] != '0' && pnm->data[pnm->at] != '1'))
    return -1;
  return '1' - pnm->data[pnm->at++];
}

/* Number @i of the current row, or −1 where there is none: from 0, black, to @white. */
static gint64
number_at (Pnm *pnm, gsize i)
{
  const guchar *row = pnm->data + pnm->at;
  gint64 value;
  if (pnm->kind == 1)
    return next_digit (pnm);
  if (pnm->is_text)
    value = next_number (pnm, 65535);
  else if (pnm->is_binary)
    value = !(row[i / 8] >> (7 - i % 8) & 1);
  else
    value = pnm->white > 255 ? (gint64)row[2 * i] << 8 | row[2 * i + 1] : row[i];
  return value <= pnm->white ? value : -1;
}

/* @value: red, green and blue */
static void
put (const Pnm *pnm, LimenImages *images, gsize at, const gint64 *value)
{
  guint step = 255 / pnm->white; /* where 8 bits hold each value */
  if (images->u8)
    limen_put_u8 (images, at, (guint)value[0] * step, (guint)value[1] * step,
                  (guint)value[2] * step, 255);
  else if (images->is_colour)
    for (guint c = 0; c < 3; c++)
      images->f32[3 * at + c] = (float)((double)value[c] / pnm->white);
  else
    images->f32[at] = (float)((19595.0 * (double)value[0] + 38470.0 * (double)value[1] +
                               7471.0 * (double)value[2]) /
                              65536 / pnm->white);
}

static gboolean
read_row (Pnm *pnm, LimenImages *images, guint y)
{
  for (guint x = 0; x < pnm->width; x++) {
    gint64 value[3] = {0};
    for (guint c = 0; c < pnm->n_channels; c++) {
      value[c] = number_at (pnm, (gsize)x * pnm->n_channels + c);
      if (value[c] < 0)
        return FALSE;
    }
    if (pnm->n_channels == 1)
      value[1] = value[2] = value[0];
    put (pnm, images, (gsize)y * pnm->width + x, value);
  }
  pnm->at += pnm->is_text ? 0 : row_bytes (pnm);
  return TRUE;
}

static LimenImages *
read_rows (Pnm *pnm, GError **error)
{
  LimenDecoder *decoder = pnm->decoder;
  LimenPixelType type = 255 % pnm->white == 0 ? LIMEN_PIXELS_U8 : LIMEN_PIXELS_F32;
  g_autoptr (LimenImages) images =
      limen_decoder_images (decoder, pnm->width, pnm->height, type, error);
  for (guint y = 0; images && y < pnm->height; y++) {
    if (g_cancellable_is_cancelled (decoder->cancellable) || !read_row (pnm, images, y)) {
      limen_decoder_set_damaged (decoder,
                                 pnm->at < pnm->size
                                     ? "it has a value that is no number up to its white"
                                     : "it is cut off",
                                 error);
      return NULL;
    }
  }
  return g_steal_pointer (&images);
}

static LimenImages *
read_picture (Pnm *pnm, GError **error)
{
  if (!read_header (pnm))
    limen_decoder_set_damaged (pnm->decoder, "its header is damaged", error);
  else if (limen_decoder_admit (pnm->decoder, pnm->width, pnm->height, error)) {
    if (pnm->is_text || has_all_rows (pnm))
      return read_rows (pnm, error);
    limen_decoder_set_damaged (pnm->decoder, "it is cut off", error);
  }
  return NULL;
}

gboolean
limen_decode_pnm (LimenDecoder *decoder, LimenPageFunc take, gpointer data, GError **error)
{
  Pnm pnm = {decoder};
  const char *name = decoder->name;
  gboolean is_stack = limen_pnm_is_stack (decoder->bytes), goes_on = TRUE;
  pnm.data = g_bytes_get_data (decoder->bytes, &pnm.size);
  for (guint number = 1; goes_on; number++) {
    g_autofree char *page_name = is_stack ? limen_page_name (name, number) : g_strdup (name);
    GError *problem = NULL;
    decoder->name = page_name;
    LimenImages *page = read_picture (&pnm, &problem);
    decoder->name = name;
    goes_on = page != NULL;
    goes_on = take (page, is_stack ? number : 0, problem, data) && goes_on && is_at_another (&pnm);
  }
  return TRUE;
}

#include "model/windows/windowing.h"

#include <string.h>

LimenWindowing
limen_windowing_default (void)
{
  return (LimenWindowing){.size = 11, .stride = 2, .levels = 1, .top_k = 1};
}

/* -- words -- */

/* A whole number of at most four digits at *@text, which moves behind it */
static gboolean
take_number (const char **text, guint *number)
{
  guint n_digits = 0, value = 0;
  for (; g_ascii_isdigit (**text) && n_digits < 5; (*text)++, n_digits++)
    value = 10 * value + (guint)(**text - '0');
  *number = value;
  return n_digits > 0 && n_digits < 5;
}

static gboolean
read_words (const char *text, LimenWindowing *windowing)
{
  guint other;
  if (!take_number (&text, &windowing->size))
    return FALSE;
  if (*text == 'x') {
    text++;
    if (!take_number (&text, &other) || other != windowing->size)
      return FALSE;
  }
  if (*text == ',') {
    text++;
    if (!take_number (&text, &windowing->stride))
      return FALSE;
  }
  return *text == '\0';
}

gboolean
limen_windowing_parse (const char *text, LimenWindowing *windowing, GError **error)
{
  LimenWindowing read = *windowing;
  g_autofree char *shown = limen_display_name (text);
  if (!read_words (text, &read))
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "“%s” is no size of windows; give their side in pixels, and how many lie "
                       "between two of them: 9x9, 9 or 9,2.",
                       shown);
  if (read.size < LIMEN_WINDOW_LEAST || read.size > LIMEN_WINDOW_MOST)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "“%s” is no size of windows: a side has %d to %d pixels.", shown,
                       LIMEN_WINDOW_LEAST, LIMEN_WINDOW_MOST);
  if (read.stride < 1 || read.stride > LIMEN_WINDOW_MOST_STRIDE)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "“%s” is no stride of windows: from one to the next are 1 to %d pixels.",
                       shown, LIMEN_WINDOW_MOST_STRIDE);
  *windowing = read;
  return TRUE;
}

char *
limen_windowing_text (const LimenWindowing *windowing)
{
  return g_strdup_printf ("%ux%u,%u", windowing->size, windowing->size, windowing->stride);
}

char *
limen_windowing_line (const LimenWindowing *windowing)
{
  GString *line = g_string_new (NULL);
  g_string_append_printf (line, "%u × %u pixels", windowing->size, windowing->size);
  if (windowing->stride > 1)
    g_string_append_printf (line, ", every %u", windowing->stride);
  if (windowing->levels > 1)
    g_string_append_printf (line, ", at %u scales", windowing->levels);
  if (windowing->colour)
    g_string_append (line, ", in colour");
  if (windowing->positioned)
    g_string_append (line, ", by place");
  if (windowing->top_k > 1)
    g_string_append_printf (line, ", mean of the largest %u", windowing->top_k);
  return g_string_free (line, FALSE);
}

char *
limen_windowing_note (const LimenWindowing *windowing)
{
  return g_strdup_printf ("%ux%u %s, %u scale%s", windowing->size, windowing->size,
                          windowing->colour ? "colour" : "grey", windowing->levels,
                          windowing->levels == 1 ? "" : "s");
}

/* By what would be noted: there are few windowings. */
gboolean
limen_windowing_of_note (const char *note, LimenWindowing *windowing)
{
  LimenWindowing tried = *windowing;
  for (tried.size = LIMEN_WINDOW_LEAST; tried.size <= LIMEN_WINDOW_MOST; tried.size++)
    for (tried.levels = 1; tried.levels <= LIMEN_WINDOW_MOST_LEVELS; tried.levels++)
      for (tried.colour = FALSE; tried.colour <= TRUE; tried.colour++) {
        g_autofree char *noted = limen_windowing_note (&tried);
        if (!g_str_equal (noted, note))
          continue;
        *windowing = tried;
        return TRUE;
      }
  return FALSE;
}

gboolean
limen_windowing_check (const LimenWindowing *windowing, GError **error)
{
  if (windowing->size < LIMEN_WINDOW_LEAST || windowing->size > LIMEN_WINDOW_MOST)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "A side of a window has %d to %d pixels, not %u.", LIMEN_WINDOW_LEAST,
                       LIMEN_WINDOW_MOST, windowing->size);
  if (windowing->stride < 1 || windowing->stride > LIMEN_WINDOW_MOST_STRIDE)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "From one window to the next are 1 to %d pixels, not %u.",
                       LIMEN_WINDOW_MOST_STRIDE, windowing->stride);
  if (windowing->levels < 1 || windowing->levels > LIMEN_WINDOW_MOST_LEVELS)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT, "Windows are taken at 1 to %d scales, not %u.",
                       LIMEN_WINDOW_MOST_LEVELS, windowing->levels);
  if (windowing->top_k < 1)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "The score of a photo is the mean of at least 1 value of its map.");
  return TRUE;
}

/* -- geometry -- */

guint
limen_windowing_dimension (const LimenWindowing *windowing)
{
  return windowing->size * windowing->size * (windowing->colour ? 3 : 1);
}

guint
limen_windowing_columns (const LimenWindowing *windowing, guint length)
{
  return length < windowing->size ? 0 : (length - windowing->size) / windowing->stride + 1;
}

guint
limen_windowing_origin (const LimenWindowing *windowing, guint length)
{
  return length < windowing->size ? 0 : (length - windowing->size) % windowing->stride / 2;
}

guint64
limen_windowing_n_windows (const LimenWindowing *windowing, guint width, guint height)
{
  guint64 n = 0;
  for (guint level = 0; level < windowing->levels; level++)
    n += (guint64)limen_windowing_columns (windowing, width >> level) *
         limen_windowing_columns (windowing, height >> level);
  return n;
}

void
limen_windowing_copy (const LimenWindowing *windowing, const LimenPhoto *plane, guint x, guint y,
                      float *out)
{
  gsize across = (gsize)windowing->size * plane->n_channels;
  const float *from = plane->pixels + ((gsize)y * plane->width + x) * plane->n_channels;
  for (guint row = 0; row < windowing->size; row++)
    memcpy (out + row * across, from + (gsize)row * plane->width * plane->n_channels,
            across * sizeof *out);
}

/* -- planes -- */

/* ITU-R BT.601, as images are made grey */
static void
make_grey (const LimenPhoto *photo, LimenPhoto *plane)
{
  for (gsize i = 0; i < (gsize)photo->width * photo->height; i++) {
    const float *rgb = photo->pixels + 3 * i;
    plane->pixels[i] = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
  }
}

LimenPhoto *
limen_windowing_plane (const LimenWindowing *windowing, const LimenPhoto *photo, GError **error)
{
  guint n_channels = windowing->colour ? 3 : 1;
  gsize n = (gsize)photo->width * photo->height;
  LimenPhoto *plane = limen_photo_new ("A photo", photo->width, photo->height, n_channels, error);
  if (!plane)
    return NULL;
  if (photo->n_channels == n_channels)
    memcpy (plane->pixels, photo->pixels, n * n_channels * sizeof (float));
  else if (n_channels == 1)
    make_grey (photo, plane);
  else
    for (gsize i = 0; i < 3 * n; i++)
      plane->pixels[i] = photo->pixels[i / 3];
  return plane;
}

LimenPhoto *
limen_windowing_halved (const LimenPhoto *plane, GError **error)
{
  LimenPhoto *half =
      limen_photo_new ("A photo", plane->width / 2, plane->height / 2, plane->n_channels, error);
  gsize n = plane->n_channels, row = plane->width * n;
  for (guint y = 0; half && y < half->height; y++)
    for (guint x = 0; x < half->width; x++)
      for (guint c = 0; c < n; c++) {
        const float *p = plane->pixels + 2 * y * row + 2 * x * n + c;
        half->pixels[((gsize)y * half->width + x) * n + c] =
            (p[0] + p[n] + p[row] + p[row + n]) / 4;
      }
  return half;
}

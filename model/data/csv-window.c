#include "model/data/csv-window.h"
#include "model/data/file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE    ((gsize)8 << 20) /* of the file in memory; a smaller file is read whole */
#define MOST_ROW ((gsize)64 << 20)
#define MARK     "\xEF\xBB\xBF"

/* @data: (n) of @room bytes: the file from @offset on; @begin: where rows begin in the file */
struct LimenCsvWindow {
  int file;
  guint64 size, offset;
  gsize begin, n, room;
  char *data;
};

/* Fills the room behind what is there. Returns: FALSE where the file ends before its size */
static gboolean
fill (LimenCsvWindow *window)
{
  gsize wanted = (gsize)MIN (window->room, window->size - window->offset);
  while (window->n < wanted) {
    gssize n = pread (window->file, window->data + window->n, wanted - window->n,
                      (off_t)(window->offset + window->n));
    if (n <= 0)
      return FALSE;
    window->n += (gsize)n;
  }
  return TRUE;
}

/* Bytes that text never has, as in csv.c */
static gboolean
has_control_characters (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if ((guchar)text[i] < ' ' && (text[i] < '\t' || text[i] > '\r'))
      return TRUE;
  return FALSE;
}

/* Piece by piece; a character that a piece cuts belongs to the next. */
static gboolean
is_text (LimenCsvWindow *window, GCancellable *cancellable)
{
  for (;;) {
    const char *valid;
    if (!fill (window) || g_cancellable_is_cancelled (cancellable))
      return FALSE;
    gboolean last = window->offset + window->n == window->size;
    gboolean all = g_utf8_validate_len (window->data, window->n, &valid);
    gsize done = (gsize)(valid - window->data);
    if ((!all && (last || window->n - done > 3)) || has_control_characters (window->data, done))
      return FALSE;
    if (last)
      return TRUE;
    window->offset += done;
    window->n = 0;
  }
}

LimenCsvWindow *
limen_csv_window_open (const char *path, const char **at, const char **end,
                       GCancellable *cancellable, GError **error)
{
  struct stat info;
  int file = limen_file_open (path, error);
  if (file < 0)
    return NULL;
  LimenCsvWindow *window = g_new0 (LimenCsvWindow, 1);
  window->file = file;
  window->size = fstat (file, &info) == 0 && info.st_size > 0 ? (guint64)info.st_size : 0;
  window->room = PIECE;
  window->data = window->size > PIECE ? g_malloc (PIECE) : NULL;
  if (!window->data || !is_text (window, cancellable)) {
    limen_csv_window_free (window);
    g_cancellable_set_error_if_cancelled (cancellable, error);
    return NULL;
  }
  limen_csv_window_rewind (window, at, end);
  if (memcmp (window->data, MARK, strlen (MARK)) == 0)
    *at += window->begin = strlen (MARK);
  return window;
}

void
limen_csv_window_free (LimenCsvWindow *window)
{
  close (window->file);
  g_free (window->data);
  g_free (window);
}

gboolean
limen_csv_window_goes_on (const LimenCsvWindow *window)
{
  return window->offset + window->n < window->size;
}

gboolean
limen_csv_window_is_full (const LimenCsvWindow *window, const char *from)
{
  return (gsize)(window->data + window->n - from) >= MOST_ROW;
}

gboolean
limen_csv_window_move (LimenCsvWindow *window, const char **from, const char **end,
                       const char *path, GError **error)
{
  gsize done = (gsize)(*from - window->data);
  if (limen_csv_window_is_full (window, *from))
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, path,
                         "has a row of more than 64 MB; end its rows with line breaks");
  memmove (window->data, *from, window->n - done);
  window->offset += done;
  window->n -= done;
  if (window->n > window->room / 2)
    window->data = g_realloc (window->data, window->room *= 2);
  if (!fill (window))
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, path,
                         "became shorter while it was read; wait until it is written, and open it "
                         "again");
  *from = window->data;
  *end = window->data + window->n;
  return TRUE;
}

double
limen_csv_window_done (const LimenCsvWindow *window, const char *at)
{
  return ((double)window->offset + (double)(at - window->data)) / (double)window->size;
}

void
limen_csv_window_begin_at (LimenCsvWindow *window, const char *at)
{
  window->begin = (gsize)(at - window->data);
}

void
limen_csv_window_rewind (LimenCsvWindow *window, const char **at, const char **end)
{
  if (window->offset > 0 || window->n == 0) {
    window->offset = window->n = 0;
    fill (window);
  }
  *at = window->data + MIN (window->begin, window->n);
  *end = window->data + window->n;
}

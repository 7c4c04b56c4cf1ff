/* A GIF: one palette, and of each frame what changed. */
#include "viz/kit/animation-private.h"

#include <gif_lib.h>
#include <string.h>

#define DEPTH 8 /* bits of a colour, and of an index */

static int
write_cb (GifFileType *gif, const GifByteType *data, int n)
{
  return (int)fwrite (data, 1, (size_t)n, gif->UserData);
}

/* Netscape's: again and again */
static gboolean
put_loop (GifFileType *gif)
{
  static const guint8 for_ever[] = {1, 0, 0};
  return EGifPutExtensionLeader (gif, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
         EGifPutExtensionBlock (gif, 11, "NETSCAPE2.0") == GIF_OK &&
         EGifPutExtensionBlock (gif, sizeof for_ever, for_ever) == GIF_OK &&
         EGifPutExtensionTrailer (gif) == GIF_OK;
}

static gboolean
put_text (GifFileType *gif, const char *const *text)
{
  gboolean fine = TRUE;
  for (const char *const *pair = text; fine && pair && pair[0] && pair[1]; pair += 2) {
    g_autofree char *line = g_strdup_printf ("%s: %s", pair[0], pair[1]);
    fine = EGifPutComment (gif, line) == GIF_OK;
  }
  return fine;
}

static gboolean
put_head (GifFileType *gif, const LimenFilm *film)
{
  GifColorType colours[LIMEN_FILM_COLOURS];
  for (guint i = 0; i < LIMEN_FILM_COLOURS; i++)
    colours[i] = (GifColorType){(guint8)(film->palette[i] >> 16), (guint8)(film->palette[i] >> 8),
                                (guint8)film->palette[i]};
  ColorMapObject *map = GifMakeMapObject (LIMEN_FILM_COLOURS, colours);
  gboolean fine =
      map && EGifPutScreenDesc (gif, (int)film->width, (int)film->height, DEPTH, 0, map) == GIF_OK;
  GifFreeMapObject (map);
  return fine && put_loop (gif) && put_text (gif, film->animation->text);
}

static void
close_gif (gpointer writer)
{
  int unused;
  EGifCloseFile (writer, &unused);
}

typedef struct {
  const LimenFilm *film;
  GifFileType *gif;
} Writer;

static void
writer_free (gpointer writer)
{
  Writer *w = writer;
  g_clear_pointer (&w->gif, close_gif);
  g_free (w);
}

static gpointer
begin (const LimenFilm *film, GError **error)
{
  int unused;
  Writer *w = g_new0 (Writer, 1);
  w->film = film;
  w->gif = EGifOpen (film->stream, write_cb, &unused);
  if (w->gif)
    EGifSetGifVersion (w->gif, true);
  if (w->gif && put_head (w->gif, film))
    return w;
  writer_free (w);
  limen_film_full (error);
  return NULL;
}

static gboolean
put_control (GifFileType *gif, guint milliseconds)
{
  GifByteType bytes[4];
  const GraphicsControlBlock block = {
      .DisposalMode = DISPOSE_DO_NOT, .DelayTime = (int)milliseconds / 10, .TransparentColor = 0};
  size_t n = EGifGCBToExtension (&block, bytes);
  return EGifPutExtension (gif, GRAPHICS_EXT_FUNC_CODE, (int)n, bytes) == GIF_OK;
}

static gboolean
add (gpointer writer, const LimenFilmFrame *frame, GError **error)
{
  Writer *w = writer;
  g_autofree guint8 *row = g_malloc (frame->part_width);
  gboolean fine = put_control (w->gif, w->film->animation->milliseconds) &&
                  EGifPutImageDesc (w->gif, (int)frame->x, (int)frame->y, (int)frame->part_width,
                                    (int)frame->part_height, false, NULL) == GIF_OK;
  for (gsize y = 0; fine && y < frame->part_height; y++) {
    memcpy (row, frame->index + y * frame->part_width, frame->part_width); /* it may be masked */
    fine = EGifPutLine (w->gif, row, (int)frame->part_width) == GIF_OK;
  }
  return fine || limen_film_full (error);
}

static gboolean
end (gpointer writer, GError **error)
{
  Writer *w = writer;
  int unused;
  gboolean fine = EGifCloseFile (g_steal_pointer (&w->gif), &unused) == GIF_OK;
  return fine || limen_film_full (error);
}

const LimenFilmWriter limen_film_gif = {TRUE, begin, add, end, writer_free};

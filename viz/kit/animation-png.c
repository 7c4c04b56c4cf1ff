/* An animated PNG: one palette, and of each frame what changed. */
#include "viz/kit/animation-private.h"

#include <string.h>
#include <zlib.h>

#define FRAME_SIZE 26 /* bytes of a fcTL chunk */
#define KEEP       0  /* what was drawn stays */
#define OVER       1  /* and the next is laid over it */

typedef struct {
  const LimenFilm *film;
  guint32 sequence; /* of fcTL and fdAT chunks, counted together */
  gboolean full;    /* the disk */
} Writer;

static void
put_32 (guint8 *to, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);
  memcpy (to, &big, sizeof big);
}

static void
write_bytes (Writer *w, const void *data, gsize n)
{
  w->full = w->full || (n > 0 && fwrite (data, n, 1, w->film->stream) != 1);
}

static void
write_chunk (Writer *w, const char *type, const guint8 *data, gsize n)
{
  guint8 length[4], sum[4];
  uLong crc = crc32 (0, (const Bytef *)type, 4);
  put_32 (length, (guint32)n);
  put_32 (sum, (guint32)(n > 0 ? crc32 (crc, data, (uInt)n) : crc));
  write_bytes (w, length, 4);
  write_bytes (w, type, 4);
  write_bytes (w, data, n);
  write_bytes (w, sum, 4);
}

/* -- what stands before the frames -- */

static void
write_palette (Writer *w)
{
  guint8 colours[3 * LIMEN_FILM_COLOURS];
  for (guint i = 0; i < LIMEN_FILM_COLOURS; i++)
    for (guint channel = 0; channel < 3; channel++)
      colours[3 * i + channel] = (guint8)(w->film->palette[i] >> (16 - 8 * channel));
  write_chunk (w, "PLTE", colours, sizeof colours);
  write_chunk (w, "tRNS", (const guint8[]){0}, 1);
}

/* As limen_picture_save() has them: Latin-1, and UTF-8 where it is needed */
static void
write_text (Writer *w)
{
  for (const char *const *pair = w->film->animation->text; pair && pair[0] && pair[1]; pair += 2) {
    gboolean plain = g_str_is_ascii (pair[1]);
    g_autoptr (GByteArray) data = g_byte_array_new ();
    g_byte_array_append (data, (const guint8 *)pair[0], (guint)strlen (pair[0]) + 1);
    if (!plain) /* neither packed, nor in a language that is told */
      g_byte_array_append (data, (const guint8[]){0, 0, 0, 0}, 4);
    g_byte_array_append (data, (const guint8 *)pair[1], (guint)strlen (pair[1]));
    write_chunk (w, plain ? "tEXt" : "iTXt", data->data, data->len);
  }
}

static gpointer
begin (const LimenFilm *film, GError **error)
{
  static const guint8 signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  Writer *w = g_new0 (Writer, 1);
  guint8 head[13] = {[8] = 8, [9] = 3}, count[8] = {0}; /* 8 bits, by a palette; for ever */
  w->film = film;
  put_32 (head, film->width);
  put_32 (head + 4, film->height);
  put_32 (count, film->animation->n_frames);
  write_bytes (w, signature, sizeof signature);
  write_chunk (w, "IHDR", head, sizeof head);
  write_chunk (w, "acTL", count, sizeof count);
  write_palette (w);
  write_text (w);
  return w;
}

/* -- frames -- */

/* (transfer full): @head bytes, and the rows packed, each after a 0: no filter */
static guint8 *
pack (const LimenFilmFrame *frame, gsize head, gsize *n)
{
  gsize row = (gsize)frame->part_width + 1, all = row * frame->part_height;
  g_autofree guint8 *plain = g_malloc0 (all);
  uLongf size = compressBound (all);
  guint8 *packed = g_malloc (head + size);
  for (gsize y = 0; y < frame->part_height; y++)
    memcpy (plain + y * row + 1, frame->index + y * frame->part_width, frame->part_width);
  compress2 (packed + head, &size, plain, all, Z_BEST_COMPRESSION);
  *n = head + size;
  return packed;
}

static void
write_frame_head (Writer *w, const LimenFilmFrame *frame)
{
  guint8 data[FRAME_SIZE] = {[22] = 1000 >> 8, [23] = 1000 & 255, [24] = KEEP, [25] = OVER};
  put_32 (data, w->sequence++);
  put_32 (data + 4, frame->part_width);
  put_32 (data + 8, frame->part_height);
  put_32 (data + 12, frame->x);
  put_32 (data + 16, frame->y);
  data[20] = (guint8)(w->film->animation->milliseconds >> 8);
  data[21] = (guint8)w->film->animation->milliseconds;
  write_chunk (w, "fcTL", data, sizeof data);
}

static gboolean
add (gpointer writer, const LimenFilmFrame *frame, GError **error)
{
  Writer *w = writer;
  gboolean first = w->sequence == 0;
  gsize n;
  g_autofree guint8 *packed = pack (frame, first ? 0 : 4, &n);
  write_frame_head (w, frame);
  if (!first)
    put_32 (packed, w->sequence++);
  write_chunk (w, first ? "IDAT" : "fdAT", packed, n);
  return !w->full || limen_film_full (error);
}

static gboolean
end (gpointer writer, GError **error)
{
  Writer *w = writer;
  write_chunk (w, "IEND", NULL, 0);
  return !w->full || limen_film_full (error);
}

const LimenFilmWriter limen_film_png = {TRUE, begin, add, end, g_free};

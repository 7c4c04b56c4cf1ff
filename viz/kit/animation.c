#include "viz/kit/animation.h"

#include "model/base/replace-file.h"

#include <string.h>
#include <zlib.h>

#define MOST_FRAMES    10000
#define SIGNATURE_SIZE 8
#define FRAME_SIZE     26 /* bytes of a fcTL chunk */

typedef struct {
  const LimenAnimation *animation;
  LimenRun run;
  FILE *stream;
  guint frame;
  guint32 sequence; /* of fcTL and fdAT chunks, counted together */
} Writer;

/* A chunk of a PNG: its type, and what is in it */
typedef struct {
  const char *type;
  const guint8 *data;
  guint32 size;
} Chunk;

static void
put_32 (guint8 *to, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);
  memcpy (to, &big, sizeof big);
}

/* @head: (nullable): 4 bytes before the data */
static gboolean
write_chunk (Writer *w, const Chunk *chunk, const guint8 *head)
{
  guint8 length[4], sum[4];
  guint32 head_size = head ? 4 : 0;
  uLong crc = crc32 (0, (const Bytef *)chunk->type, 4);
  put_32 (length, chunk->size + head_size);
  if (head)
    crc = crc32 (crc, head, 4);
  if (chunk->size > 0)
    crc = crc32 (crc, chunk->data, chunk->size);
  put_32 (sum, (guint32)crc);
  return fwrite (length, 4, 1, w->stream) == 1 && fwrite (chunk->type, 4, 1, w->stream) == 1 &&
         (!head || fwrite (head, 4, 1, w->stream) == 1) &&
         (chunk->size == 0 || fwrite (chunk->data, chunk->size, 1, w->stream) == 1) &&
         fwrite (sum, 4, 1, w->stream) == 1;
}

/* Takes the next chunk off @png, which is our own, and whole. */
static gboolean
next_chunk (const guint8 **at, const guint8 *end, Chunk *chunk)
{
  guint32 size;
  if (end - *at < 12)
    return FALSE;
  memcpy (&size, *at, 4);
  *chunk = (Chunk){(const char *)*at + 4, *at + 8, GUINT32_FROM_BE (size)};
  *at += 12 + (gsize)chunk->size;
  return TRUE;
}

static gboolean
is_type (const Chunk *chunk, const char *type)
{
  return memcmp (chunk->type, type, 4) == 0;
}

static gboolean
write_frame_head (Writer *w, const guint8 *size)
{
  guint8 data[FRAME_SIZE] = {0};
  put_32 (data, w->sequence++);
  memcpy (data + 4, size, 8); /* width and height, as IHDR has them; at (0, 0) */
  data[20] = (guint8)(w->animation->milliseconds >> 8);
  data[21] = (guint8)w->animation->milliseconds;
  data[22] = 1000 >> 8;
  data[23] = 1000 & 255;
  return write_chunk (w, &(Chunk){"fcTL", data, sizeof data}, NULL);
}

/* How many frames there are; they come again and again. */
static gboolean
write_count (Writer *w)
{
  guint8 data[8] = {0};
  put_32 (data, w->animation->n_frames);
  return write_chunk (w, &(Chunk){"acTL", data, sizeof data}, NULL);
}

/* Of the first frame all chunks are kept; of the others, only what is drawn. */
static gboolean
write_chunks (Writer *w, const guint8 *png, gsize n)
{
  const guint8 *at = png + SIGNATURE_SIZE, *size = png + SIGNATURE_SIZE + 8;
  gboolean first = w->frame == 0, has_head = FALSE, fine = TRUE;
  Chunk chunk;
  if (first)
    fine = fwrite (png, SIGNATURE_SIZE, 1, w->stream) == 1;
  while (fine && next_chunk (&at, png + n, &chunk)) {
    gboolean is_data = is_type (&chunk, "IDAT");
    if (is_data && !has_head) {
      fine = write_frame_head (w, size);
      has_head = TRUE;
    }
    guint8 sequence[4];
    if (is_data && !first) {
      put_32 (sequence, w->sequence++);
      fine = fine && write_chunk (w, &(Chunk){"fdAT", chunk.data, chunk.size}, sequence);
    } else if (first && !is_type (&chunk, "IEND"))
      fine =
          fine && write_chunk (w, &chunk, NULL) && (!is_type (&chunk, "IHDR") || write_count (w));
  }
  return fine;
}

static void
draw_cb (cairo_t *cr, double width, double height, gpointer data)
{
  const Writer *w = data;
  w->animation->draw (cr, width, height, w->frame, w->animation->user_data);
}

static gboolean
write_frames (FILE *stream, gpointer data, GError **error)
{
  Writer *w = data;
  const LimenAnimation *a = w->animation;
  gboolean fine = TRUE;
  w->stream = stream;
  for (w->frame = 0; fine && w->frame < a->n_frames; w->frame++) {
    LimenPicture picture = {
        .format = LIMEN_PICTURE_PNG,
        .width = a->width,
        .height = a->height,
        .scale = a->scale,
        .draw = draw_cb,
        .user_data = w,
        .text = a->text,
    };
    if (g_cancellable_set_error_if_cancelled (w->run.cancellable, error))
      return FALSE;
    g_autoptr (GBytes) png = limen_picture_to_bytes (&picture, error);
    if (!png)
      return FALSE;
    fine = write_chunks (w, g_bytes_get_data (png, NULL), g_bytes_get_size (png));
    if (w->run.progress)
      w->run.progress ((w->frame + 1.0) / a->n_frames, w->run.progress_data);
  }
  if (fine && write_chunk (w, &(Chunk){"IEND", NULL, 0}, NULL))
    return TRUE;
  return limen_fail (error, LIMEN_ERROR_UNREADABLE,
                     "The animation could not be written whole; make room on the disk.");
}

gboolean
limen_animation_save (const LimenAnimation *animation, const char *path, const LimenRun *run,
                      GError **error)
{
  Writer w = {.animation = animation, .run = limen_run_of (run)};
  if (animation->n_frames < 1 || animation->n_frames > MOST_FRAMES)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "An animation of %u frames is not one that Limen draws; ask for 1 to %u.",
                       animation->n_frames, MOST_FRAMES);
  return limen_replace_file (path, write_frames, &w, error);
}

#include "viz/kit/animation-private.h"

#include "model/base/replace-file.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define MOST_FRAMES 10000
#define LEAST_SIDE  16
#define MOST_SIDE   4096
#define SMALLEST    0.25 /* of the width and height that were asked for */
#define SAMPLES     9    /* frames whose colours are counted */
#define TRIES       12
#define ROOM        0.92 /* of the bytes that are aimed at */

static const struct {
  const char *extension;
  const LimenFilmWriter *writer;
} formats[LIMEN_N_ANIMATION_FORMATS] = {
    [LIMEN_ANIMATION_PNG] = {".png", &limen_film_png},
    [LIMEN_ANIMATION_GIF] = {".gif", &limen_film_gif},
    [LIMEN_ANIMATION_WEBM] = {".webm", &limen_film_webm},
};

const char *
limen_animation_extension (LimenAnimationFormat format)
{
  g_return_val_if_fail (format < LIMEN_N_ANIMATION_FORMATS, NULL);
  return formats[format].extension;
}

LimenAnimationFormat
limen_animation_format_of (const char *path)
{
  g_return_val_if_fail (path != NULL, LIMEN_N_ANIMATION_FORMATS);
  LimenAnimationFormat format = 0;
  g_autofree char *small = g_ascii_strdown (path, -1);
  while (format < LIMEN_N_ANIMATION_FORMATS && !g_str_has_suffix (small, formats[format].extension))
    format++;
  return format;
}

gboolean
limen_animation_can (LimenAnimationFormat format)
{
  return format < LIMEN_N_ANIMATION_FORMATS &&
         (format != LIMEN_ANIMATION_WEBM || limen_webm_is_there ());
}

gboolean
limen_film_full (GError **error)
{
  return limen_fail (error, LIMEN_ERROR_UNREADABLE,
                     "The animation could not be written whole; make room on the disk.");
}

/* -- one try: all frames, at one size -- */

typedef struct {
  const LimenAnimation *animation;
  LimenRun run;
  double scale; /* of the size that was asked for */

  LimenFilm film;
  LimenPaletteMaker *maker;
  cairo_surface_t *surface;
  guint8 *now, *before, *part; /* (height, width): indices */
  guint frame;                 /* that did not fit any more, or n_frames */
} Work;

static gsize
pixels_of (const Work *work)
{
  return (gsize)work->film.width * work->film.height;
}

static const guint32 *
draw (Work *work, guint index)
{
  const LimenAnimation *a = work->animation;
  cairo_t *cr = cairo_create (work->surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  a->draw (cr, work->film.width, work->film.height, index, a->user_data);
  cairo_destroy (cr);
  cairo_surface_flush (work->surface);
  /* rows of an image of words of 32 bits have no padding */
  return (const guint32 *)(const void *)cairo_image_surface_get_data (work->surface);
}

static void
choose_palette (Work *work)
{
  guint n = MIN (SAMPLES, work->animation->n_frames);
  g_clear_pointer (&work->maker, limen_palette_maker_free);
  work->maker = limen_palette_maker_new ();
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (work->run.cancellable); i++) {
    guint index = n > 1 ? i * (work->animation->n_frames - 1) / (n - 1) : 0;
    limen_palette_maker_count (work->maker, draw (work, index), pixels_of (work));
  }
  limen_palette_maker_choose (work->maker, work->film.palette);
}

/* The smallest part with all that is not as it was; one pixel, where nothing changed. */
static void
find_part (const Work *work, LimenFilmFrame *frame)
{
  guint width = work->film.width, low[2] = {width, work->film.height}, high[2] = {0, 0};
  for (guint y = 0; y < work->film.height; y++)
    for (guint x = 0; x < width; x++)
      if (work->now[(gsize)y * width + x] != work->before[(gsize)y * width + x]) {
        low[0] = MIN (low[0], x);
        low[1] = MIN (low[1], y);
        high[0] = MAX (high[0], x);
        high[1] = MAX (high[1], y);
      }
  frame->x = low[0] <= high[0] ? low[0] : 0;
  frame->y = low[0] <= high[0] ? low[1] : 0;
  frame->part_width = low[0] <= high[0] ? high[0] - low[0] + 1 : 1;
  frame->part_height = low[0] <= high[0] ? high[1] - low[1] + 1 : 1;
}

static void
index_frame (Work *work, LimenFilmFrame *frame)
{
  guint8 *now = work->now;
  limen_palette_maker_index (work->maker, frame->pixels, pixels_of (work), now);
  find_part (work, frame);
  for (guint y = 0; y < frame->part_height; y++)
    for (guint x = 0; x < frame->part_width; x++) {
      gsize at = (gsize)(frame->y + y) * work->film.width + frame->x + x;
      work->part[(gsize)y * frame->part_width + x] = now[at] == work->before[at] ? 0 : now[at];
    }
  frame->index = work->part;
  work->now = work->before;
  work->before = now;
}

/* Returns: FALSE: an error, or it grew too large */
static gboolean
add_frames (Work *work, const LimenFilmWriter *writer, gpointer film, GError **error)
{
  const LimenAnimation *a = work->animation;
  if (writer->indexed)
    memset (work->before, 0, pixels_of (work)); /* transparent: all of the first frame is new */
  for (work->frame = 0; work->frame < a->n_frames; work->frame++) {
    if (g_cancellable_set_error_if_cancelled (work->run.cancellable, error))
      return FALSE;
    LimenFilmFrame frame = {.pixels = draw (work, work->frame)};
    if (writer->indexed)
      index_frame (work, &frame);
    if (!writer->add (film, &frame, error))
      return FALSE;
    if (a->most_bytes > 0 && (gsize)MAX (ftell (work->film.stream), 0) > a->most_bytes)
      return FALSE;
    if (work->run.progress)
      work->run.progress ((work->frame + 1.0) / a->n_frames, work->run.progress_data);
  }
  return TRUE;
}

static void
clear_frames (Work *work)
{
  g_clear_pointer (&work->surface, cairo_surface_destroy);
  g_clear_pointer (&work->now, g_free);
  g_clear_pointer (&work->before, g_free);
  g_clear_pointer (&work->part, g_free);
}

/* Of the film, and of what its frames are made in: sides that are made even are longer than was
 * asked for. */
static void
set_size (Work *work)
{
  const LimenAnimation *a = work->animation;
  gboolean even = a->format == LIMEN_ANIMATION_WEBM;
  work->film.width = MAX ((guint)round (a->width * work->scale), LEAST_SIDE);
  work->film.height = MAX ((guint)round (a->height * work->scale), LEAST_SIDE);
  work->film.width += even && work->film.width % 2;
  work->film.height += even && work->film.height % 2;
  clear_frames (work);
  work->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)work->film.width,
                                              (int)work->film.height);
  if (!formats[a->format].writer->indexed)
    return;
  work->now = g_malloc0 (pixels_of (work));
  work->before = g_malloc0 (pixels_of (work));
  work->part = g_malloc0 (pixels_of (work));
}

static gboolean
try (Work *work, GError **error)
{
  const LimenFilmWriter *writer = formats[work->animation->format].writer;
  set_size (work);
  if (writer->indexed)
    choose_palette (work);
  gpointer film = writer->begin (&work->film, error);
  gboolean fine = film && add_frames (work, writer, film, error) && writer->end (film, error);
  if (film)
    writer->free (film);
  fine = fine && (fflush (work->film.stream) == 0 || limen_film_full (error));
  gsize most = work->animation->most_bytes;
  return fine && (most == 0 || (gsize)MAX (ftell (work->film.stream), 0) <= most);
}

/* -- until it fits -- */

/* As much smaller as the part of the frames that had room says */
static double
next_scale (const Work *work)
{
  double part = (double)work->frame / work->animation->n_frames;
  return work->scale * CLAMP (sqrt (ROOM * part), 0.5, 0.92);
}

static gboolean
write_cb (FILE *stream, gpointer data, GError **error)
{
  Work *work = data;
  GError *bad = NULL;
  work->film.stream = stream;
  for (int i = 0; i < TRIES && work->scale >= SMALLEST; i++) {
    if (try (work, &bad))
      return TRUE;
    if (bad) {
      g_propagate_error (error, bad);
      return FALSE;
    }
    rewind (stream);
    if (ftruncate (fileno (stream), 0) != 0)
      return limen_film_full (error);
    work->scale = next_scale (work);
  }
  return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "The animation does not fit in %.1f MB; make it shorter, or allow more.",
                     (double)work->animation->most_bytes / 1e6);
}

static gboolean
check (const LimenAnimation *a, GError **error)
{
  if (a->n_frames < 1 || a->n_frames > MOST_FRAMES)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "An animation of %u frames is not one that Limen draws; ask for 1 to %u.",
                       a->n_frames, MOST_FRAMES);
  if (MIN (a->width, a->height) < LEAST_SIDE || MAX (a->width, a->height) > MOST_SIDE)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "Frames of %u × %u can't be drawn; give a width and a height from %u to %u.",
                       a->width, a->height, LEAST_SIDE, MOST_SIDE);
  if (!limen_animation_can (a->format))
    return limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "A WebM needs GStreamer with its plug-ins for VP8 and WebM; install them, or "
        "choose GIF or PNG.");
  return TRUE;
}

gboolean
limen_animation_save (const LimenAnimation *animation, const char *path, const LimenRun *run,
                      GError **error)
{
  g_return_val_if_fail (animation != NULL && animation->draw != NULL && path != NULL, FALSE);
  if (!check (animation, error))
    return FALSE;
  Work work = {.animation = animation, .run = limen_run_of (run), .scale = 1};
  work.film.animation = animation;
  work.film.cancellable = work.run.cancellable;
  gboolean saved = limen_replace_file (path, write_cb, &work, error);
  clear_frames (&work);
  g_clear_pointer (&work.maker, limen_palette_maker_free);
  return saved;
}

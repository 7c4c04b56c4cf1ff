/* Shared by the files of animations, and their tests. */
#pragma once

#include "viz/kit/animation.h"

#include <stdio.h>

#define LIMEN_FILM_COLOURS 256 /* of a palette: the first is transparent: what stays as it was */

/** LimenFilm: what is written: frames of @width × @height pixels to @stream; @palette:
 * (LIMEN_FILM_COLOURS): 0xRRGGBB */
typedef struct {
  const LimenAnimation *animation;
  guint width, height;
  FILE *stream;
  GCancellable *cancellable;
  guint32 palette[LIMEN_FILM_COLOURS];
} LimenFilm;

/**
 * LimenFilmFrame:
 * @pixels: (height, width) of the film: 0xXXRRGGBB
 * @index: (part_height, part_width): the smallest part that holds all that changed, by the palette;
 * 0 where it did not
 */
typedef struct {
  const guint32 *pixels;
  const guint8 *index;
  guint x, y, part_width, part_height;
} LimenFilmFrame;

/**
 * LimenFilmWriter: one for each format
 * @indexed: whether it wants @index, or else @pixels
 * @begin: Returns: what the others are called with; NULL with @error
 * @end: Returns FALSE with @error
 */
typedef struct {
  gboolean indexed;
  gpointer (*begin) (const LimenFilm *film, GError **error);
  gboolean (*add) (gpointer writer, const LimenFilmFrame *frame, GError **error);
  gboolean (*end) (gpointer writer, GError **error);
  void (*free) (gpointer writer);
} LimenFilmWriter;

extern const LimenFilmWriter limen_film_png, limen_film_gif, limen_film_webm;

/** limen_film_full: FALSE with the error that nothing more can be written */
gboolean limen_film_full (GError **error);
/** limen_webm_is_there: see limen_animation_can() */
gboolean limen_webm_is_there (void);

/**
 * LimenPaletteMaker: counts colours, chooses those that frames are shown in, and finds the nearest.
 * Those seen most keep their value; the others share what is left by median cut (Heckbert, 1982).
 */
typedef struct LimenPaletteMaker LimenPaletteMaker;
LimenPaletteMaker *limen_palette_maker_new (void);
void limen_palette_maker_free (LimenPaletteMaker *self);
/** limen_palette_maker_count: @pixels: (n): 0xXXRRGGBB */
void limen_palette_maker_count (LimenPaletteMaker *self, const guint32 *pixels, gsize n);
/** limen_palette_maker_choose: @palette: (out) (LIMEN_FILM_COLOURS): of what was counted */
void limen_palette_maker_choose (LimenPaletteMaker *self, guint32 *palette);
/** limen_palette_maker_index: @index: (out) (n): 1 to LIMEN_FILM_COLOURS − 1, the nearest chosen */
void
limen_palette_maker_index (LimenPaletteMaker *self, const guint32 *pixels, gsize n, guint8 *index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPaletteMaker, limen_palette_maker_free)

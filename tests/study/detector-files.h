/* A small flow and arrays of images for the Detector page, made up in a folder of their own. */
#pragma once

#include "model/detect/score-images.h"
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"
#include "tests/study/heard.h"
#include "ui/study/detector/session.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define SIDE 8

/* Of SIDE × SIDE pixels */
static LimenNice *
small_flow (guint64 seed)
{
  return random_nice ((LimenNiceShape){SIDE * SIDE, 16, 1, 2}, seed);
}

static char *
write_flow (const char *folder, const char *name, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenNice) flow = small_flow (seed);
  char *path = g_build_filename (folder, name, NULL);
  limen_nice_save (flow, path, LIMEN_NUMBER_F32, &error);
  g_assert_no_error (error);
  return path;
}

static char *
write_npy (const char *folder, const char *name, const char *descr, guint n, const void *data,
           gsize size)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *header = g_strdup_printf (
      "{'descr': '%s', 'fortran_order': False, 'shape': (%u, %u, %u), }", descr, n, SIDE, SIDE);
  g_autofree char *padded = g_strdup_printf ("%-117s\n", header);
  g_byte_array_append (file, (const guint8 *)"\x93NUMPY\x01\x00\x76\x00", 10);
  g_byte_array_append (file, (const guint8 *)padded, 118);
  g_byte_array_append (file, data, (guint)size);
  return write_file (folder, name, file->data, file->len);
}

/* Blobs of 8 bits */
static char *
write_images (const char *folder, const char *name, guint n, guint64 seed)
{
  g_autoptr (LimenImageSet) set = random_images (n, SIDE, SIDE, seed);
  g_autofree float *rows = g_new (float, n *SIDE *SIDE);
  g_autofree guint8 *pixels = g_new (guint8, n * SIDE * SIDE);
  limen_image_set_copy_rows (set, 0, n, rows);
  for (guint i = 0; i < n * SIDE * SIDE; i++)
    pixels[i] = (guint8)lroundf (255 * rows[i]);
  return write_npy (folder, name, "|u1", n, pixels, n * SIDE * SIDE);
}

/* Numbers from −3 to 700, which say nothing of black and white */
static char *
write_unclear_range (const char *folder, const char *name, guint n)
{
  g_autofree float *values = g_new (float, n *SIDE *SIDE);
  for (guint i = 0; i < n * SIDE * SIDE; i++)
    values[i] = (float)(i * 37 % 704) - 3;
  return write_npy (folder, name, "<f4", n, values, n * SIDE * SIDE * sizeof (float));
}

/* What the flow in @flow says of all images of @images, called directly */
static double *
scores_of (const char *flow, const char *images, guint *n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenNice) nice = limen_nice_load (flow, NULL, &error);
  g_assert_no_error (error);
  LimenImageSetOptions options = {.width = SIDE, .height = SIDE};
  g_autoptr (LimenImageSet) set =
      limen_image_set_load ((const char *[]){images, NULL}, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  *n = limen_image_set_n_images (set);
  double *value = g_new (double, *n);
  limen_nice_log_likelihood (nice, set, value, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_scores (const LimenScores *scores, const char *flow, const char *images)
{
  guint n;
  g_autofree double *value = scores_of (flow, images, &n);
  g_assert_cmpuint (scores->n, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (scores->value[i], ==, value[i]);
}

#pragma GCC diagnostic pop

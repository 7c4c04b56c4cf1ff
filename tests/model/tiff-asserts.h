/* What the tests of TIFF files share: decoding that must succeed, refusals, all pages of a stack.
 */
#pragma once

#include "model/data/image-file.h"
#include "model/make-tiff.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static LimenImages *
decode_as (GBytes *bytes, const LimenReading *asked)
{
  g_autoptr (GError) error = NULL;
  LimenImages *images = limen_image_decode (bytes, "some.tif", asked, NULL, &error);
  g_assert_no_error (error);
  return images;
}

static LimenImages *
decode (GBytes *bytes)
{
  return decode_as (bytes, NULL);
}

static void
assert_read_as (const LimenImages *images, const char *line)
{
  g_autofree char *told = images->read_as ? limen_read_as_line (images->read_as) : NULL;
  g_assert_cmpstr (told, ==, line);
}

static void
assert_refused (GBytes *bytes, LimenError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) none = limen_image_decode (bytes, "some.tif", NULL, NULL, &error);
  if (none)
    g_error ("was read instead of refused: %s", words);
  g_assert_error (error, LIMEN_ERROR, (int)code);
  assert_sentence (error, "some.tif");
  if (!strstr (error->message, words))
    g_error ("%s does not say: %s", error->message, words);
}

typedef struct {
  GPtrArray *pages, *problems;
  GArray *numbers;
} Taken;

static void
taken_clear (Taken *taken)
{
  g_ptr_array_unref (taken->pages);
  g_ptr_array_unref (taken->problems);
  g_array_unref (taken->numbers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, taken_clear)

static gboolean
take_cb (LimenImages *page, guint number, GError *problem, gpointer data)
{
  Taken *taken = data;
  g_assert_true (!page == !!problem);
  if (page)
    g_ptr_array_add (taken->pages, page);
  else
    g_ptr_array_add (taken->problems, problem);
  g_array_append_val (taken->numbers, number);
  return TRUE;
}

static Taken
take_all (GBytes *bytes, gboolean expected)
{
  Taken taken = {g_ptr_array_new_with_free_func ((GDestroyNotify)limen_images_free),
                 g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free),
                 g_array_new (FALSE, FALSE, sizeof (guint))};
  g_autoptr (GError) error = NULL;
  gboolean ok = limen_image_decode_pages (bytes, "some.tif", NULL, take_cb, &taken, NULL, &error);
  g_assert_true (ok == expected && ok == !error);
  return taken;
}

#pragma GCC diagnostic pop

/* Samples of a flow, and the path between two images: a plain value, without a window. */
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"
#include "ui/study/train/samples.h"

static LimenSamples *
asked (guint64 seed)
{
  LimenSamples *samples = g_new0 (LimenSamples, 1);
  samples->flow = random_nice ((LimenNiceShape){64, 16, 1, 2}, 1);
  samples->seed = seed;
  samples->temperature = 0.7;
  return samples;
}

static void
draw (LimenSamples *samples)
{
  g_autoptr (GError) error = NULL;
  limen_samples_draw (samples, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_same_images (const LimenImageSet *a, const LimenImageSet *b)
{
  guint n = limen_image_set_n_images (a);
  float x[64], y[64];
  g_assert_cmpuint (limen_image_set_n_images (b), ==, n);
  for (guint i = 0; i < n; i++) {
    limen_image_set_copy_rows (a, i, 1, x);
    limen_image_set_copy_rows (b, i, 1, y);
    g_assert_cmpmem (x, sizeof x, y, sizeof y);
  }
}

static void
test_samples_are_those_of_the_flow (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  draw (samples);
  g_autoptr (LimenImageSet) expected =
      limen_nice_sample (samples->flow, LIMEN_N_SAMPLES, 5, 0.7, NULL, NULL);
  assert_same_images (samples->samples, expected);
}

static void
test_without_ends_the_path_goes_between_the_first_two (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  draw (samples);
  g_assert_true (samples->end[0].set == samples->samples);
  g_assert_cmpuint (samples->end[0].index, ==, 0);
  g_assert_cmpuint (samples->end[1].index, ==, 1);
  g_autoptr (LimenImageSet) expected = limen_nice_walk (
      samples->flow, samples->samples, 0, samples->samples, 1, LIMEN_N_STEPS, NULL, NULL);
  assert_same_images (samples->path, expected);
}

static void
test_an_end_that_was_chosen_stays (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  g_autoptr (LimenImageSet) blobs = random_images (9, 8, 8, 2);
  limen_samples_set_end (samples, 1, blobs, 7);
  draw (samples);
  g_assert_true (samples->end[1].set == blobs);
  g_assert_cmpuint (samples->end[1].index, ==, 7);
  g_assert_true (samples->end[0].set == samples->samples);
}

static void
test_samples_that_are_there_are_not_drawn_again (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  draw (samples);
  LimenImageSet *before = samples->samples;
  samples->seed = 6;
  draw (samples);
  g_assert_true (samples->samples == before);
}

static void
test_a_copy_shares_and_owns (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  draw (samples);
  LimenSamples *copy = limen_samples_copy (samples);
  g_assert_true (copy->samples == samples->samples);
  limen_samples_set_end (copy, 0, NULL, 0);
  limen_samples_free (copy);
  g_assert_cmpuint (limen_image_set_n_images (samples->end[0].set), ==, LIMEN_N_SAMPLES);
}

static void
test_who_cancels_gets_no_path (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_false (limen_samples_draw (samples, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (samples->path);
}

static void
test_a_picture_says_how_it_was_made (void)
{
  static const char *const words[][4] = {{"Samples of a flow", "Seed", "Temperature", "random"},
                                         {"A path through", "Start", "Goal", "random"}};
  g_autofree char *folder = make_folder (), *file = g_build_filename (folder, "a.png", NULL);
  g_autoptr (LimenSamples) samples = asked (5);
  draw (samples);
  for (guint path = 0; path < 2; path++) {
    g_autofree char *bytes = NULL;
    gsize size;
    g_assert_true (limen_samples_save (samples, path, file, NULL));
    g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
    for (guint i = 0; i < 4; i++)
      g_assert_nonnull (memmem (bytes, size, words[path][i], strlen (words[path][i])));
  }
  remove_folder (folder);
}

static void
test_a_place_that_can_not_be_written_is_refused (void)
{
  g_autoptr (LimenSamples) samples = asked (5);
  g_autoptr (GError) error = NULL;
  draw (samples);
  g_assert_false (limen_samples_save (samples, FALSE, "/nowhere/at/all.png", &error));
  assert_sentence (error, "all.png");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/train-samples/" #name, test_##name)
  ADD (samples_are_those_of_the_flow);
  ADD (without_ends_the_path_goes_between_the_first_two);
  ADD (an_end_that_was_chosen_stays);
  ADD (samples_that_are_there_are_not_drawn_again);
  ADD (a_copy_shares_and_owns);
  ADD (who_cancels_gets_no_path);
  ADD (a_picture_says_how_it_was_made);
  ADD (a_place_that_can_not_be_written_is_refused);
#undef ADD
  return g_test_run ();
}

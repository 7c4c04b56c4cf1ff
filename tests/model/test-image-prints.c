/* Images of one set are found in another by their pixels, and no others are. */
#include "model/data/image-prints.h"
#include "tests/model/random-nice.h"

#define N    40
#define SIDE 6

static guint
count_in (const LimenImagePrints *prints, const LimenImageSet *set)
{
  g_autoptr (GError) error = NULL;
  guint n = G_MAXUINT;
  g_assert_true (limen_image_prints_count (prints, set, &n, NULL, &error));
  g_assert_no_error (error);
  return n;
}

static LimenImagePrints *
prints_of (const LimenImageSet *set)
{
  g_autoptr (GError) error = NULL;
  LimenImagePrints *prints = limen_image_prints_new (set, NULL, &error);
  g_assert_no_error (error);
  return prints;
}

/* By comparing every pixel with every pixel */
static guint
count_plainly (const LimenImageSet *a, const LimenImageSet *b)
{
  guint n_a = limen_image_set_n_images (a), n_b = limen_image_set_n_images (b), found = 0;
  guint n_pixels = limen_image_set_width (a) * limen_image_set_height (a);
  g_autofree float *x = g_new (float, n_a *n_pixels), *y = g_new (float, n_b *n_pixels);
  limen_image_set_copy_rows (a, 0, n_a, x);
  limen_image_set_copy_rows (b, 0, n_b, y);
  for (guint i = 0; i < n_b; i++)
    for (guint k = 0; k < n_a; k++)
      if (memcmp (y + i * n_pixels, x + k * n_pixels, n_pixels * sizeof *x) == 0) {
        found++;
        break;
      }
  return found;
}

/* Black and white at random: many are the same where there are few pixels */
static LimenImageSet *
random_bits (GRand *rand, guint n, guint side)
{
  g_autofree guint8 *pixels = g_new (guint8, n * side * side);
  for (guint i = 0; i < n * side * side; i++)
    pixels[i] = g_rand_boolean (rand) ? 255 : 0;
  return limen_image_set_new_from_u8 ("bits", pixels, n, side, side);
}

static void
test_as_many_are_found_as_have_the_same_pixels (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint some = 0;
  for (guint trial = 0; trial < 200; trial++) {
    guint side = 1 + trial % 4;
    g_autoptr (LimenImageSet) a = random_bits (rand, 1 + trial % 30, side);
    g_autoptr (LimenImageSet) b = random_bits (rand, 1 + trial % 37, side);
    g_autoptr (LimenImagePrints) prints = prints_of (a);
    guint expected = count_plainly (a, b);
    some += expected > 0 && expected < limen_image_set_n_images (b);
    g_assert_cmpuint (count_in (prints, b), ==, expected);
  }
  g_assert_cmpuint (some, >, 20);
}

static void
test_a_part_a_copy_and_other_images (void)
{
  g_autoptr (LimenImageSet) all = random_images (N, SIDE, SIDE, 1);
  g_autoptr (LimenImageSet) again = random_images (N, SIDE, SIDE, 1);
  g_autoptr (LimenImageSet) others = random_images (N, SIDE, SIDE, 2);
  g_autoptr (LimenImageSet) inverted = limen_image_set_inverted (all);
  g_autoptr (LimenImageSet) tenth = limen_image_set_sample (all, 10);
  g_autoptr (LimenImagePrints) prints = prints_of (all), few = prints_of (tenth);
  g_assert_cmpuint (count_in (prints, again), ==, N);
  g_assert_cmpuint (count_in (prints, tenth), ==, 10);
  g_assert_cmpuint (count_in (few, all), ==, 10);
  g_assert_cmpuint (count_in (prints, others), ==, 0);
  g_assert_cmpuint (count_in (prints, inverted), ==, 0);
}

/* Plain black ones of 2 × 3 and 3 × 2 pixels are no copies of each other. */
static void
test_another_shape_is_another_image (void)
{
  static const guint8 black[6] = {0};
  g_autoptr (LimenImageSet) wide = limen_image_set_new_from_u8 ("wide", black, 1, 3, 2);
  g_autoptr (LimenImageSet) high = limen_image_set_new_from_u8 ("high", black, 1, 2, 3);
  g_autoptr (LimenImagePrints) prints = prints_of (wide);
  g_assert_cmpuint (count_in (prints, wide), ==, 1);
  g_assert_cmpuint (count_in (prints, high), ==, 0);
}

/* Through a text, prints find what they found before, and not less for being joined. */
static void
test_a_text_keeps_them (void)
{
  g_autoptr (LimenImageSet) all = random_images (N, SIDE, SIDE, 1);
  g_autoptr (LimenImageSet) tenth = limen_image_set_sample (all, 10);
  g_autoptr (LimenImageSet) others = random_images (N, SIDE, SIDE, 2);
  g_autoptr (LimenImagePrints) few = prints_of (tenth), more = prints_of (others);
  g_autofree char *text = limen_image_prints_to_text (few);
  g_autoptr (LimenImagePrints) back = limen_image_prints_new_from_text (text);
  g_assert_nonnull (back);
  g_assert_cmpuint (limen_image_prints_n (back), ==, 10);
  g_assert_cmpuint (count_in (back, all), ==, 10);
  g_assert_cmpuint (count_in (back, others), ==, 0);
  g_autoptr (LimenImagePrints) both = limen_image_prints_joined (back, more);
  g_autoptr (LimenImagePrints) again = limen_image_prints_joined (both, few);
  g_assert_cmpuint (limen_image_prints_n (again), ==, 10 + N);
  g_assert_cmpuint (count_in (again, all), ==, 10);
  g_assert_cmpuint (count_in (again, others), ==, N);
}

static void
test_what_is_no_text_of_prints_is_none (void)
{
  static const char *const bad[] = {"",         "AAAAAAAAAA=", "AAAAAAAAAAA",  "AAAAAAAAAAAAAAAA",
                                    "AAAA AAA", "=",           "AAAAAAAA=AA=", "ÄAAAAAAAAAA="};
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (limen_image_prints_new_from_text (bad[i]));
  g_autoptr (LimenImagePrints) one = limen_image_prints_new_from_text ("AAAAAAAAAAA=");
  g_assert_cmpuint (limen_image_prints_n (one), ==, 1);
}

static void
test_who_cancels_gets_nothing (void)
{
  g_autoptr (LimenImageSet) set = random_images (N, SIDE, SIDE, 1);
  g_autoptr (LimenImagePrints) prints = prints_of (set);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL, counting = NULL;
  guint n;
  g_cancellable_cancel (cancelled);
  g_assert_null (limen_image_prints_new (set, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (limen_image_prints_count (prints, set, &n, cancelled, &counting));
  g_assert_error (counting, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/image-prints/" #name, test_##name)
  ADD (as_many_are_found_as_have_the_same_pixels);
  ADD (a_part_a_copy_and_other_images);
  ADD (another_shape_is_another_image);
  ADD (a_text_keeps_them);
  ADD (what_is_no_text_of_prints_is_none);
  ADD (who_cancels_gets_nothing);
#undef ADD
  return g_test_run ();
}

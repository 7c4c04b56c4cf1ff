/* Images that were given as two things: what is said of them, against counting pixel by pixel. */
#include "model/detect/shared.h"
#include "random-nice.h"

#include <string.h>

#define SIDE 4
#define MOST 12

/* -- sets of few different images, so that they often have some in common -- */

static LimenImageSet *
draw_set (GRand *rand, guint kinds, guint first)
{
  guint n = (guint)g_rand_int_range (rand, 1, MOST);
  g_autofree guint8 *pixels = g_new (guint8, n * SIDE * SIDE);
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < SIDE * SIDE; p++)
      pixels[i * SIDE * SIDE + p] = (guint8)((first + i * 7 % kinds) * (p + 1) % 97);
  return limen_image_set_new_from_u8 ("made", pixels, n, SIDE, SIDE);
}

static gboolean
has (const LimenImageSet *set, const float *image)
{
  float row[SIDE * SIDE];
  for (guint i = 0; set && i < limen_image_set_n_images (set); i++) {
    limen_image_set_copy_rows (set, i, 1, row);
    if (memcmp (row, image, sizeof row) == 0)
      return TRUE;
  }
  return FALSE;
}

/* How many of @of are in @one or @other (nullable) */
static guint
count (const LimenImageSet *of, const LimenImageSet *one, const LimenImageSet *other)
{
  guint n = 0;
  float row[SIDE * SIDE];
  for (guint i = 0; i < limen_image_set_n_images (of); i++) {
    limen_image_set_copy_rows (of, i, 1, row);
    n += has (one, row) || has (other, row);
  }
  return n;
}

/* Whether @sentence says it of so many, and of nothing where there are none */
static gboolean
is_true (const char *sentence, guint n, guint all)
{
  g_autofree char *some = g_strdup_printf ("%u of the %u ", n, all);
  if (!sentence)
    return n == 0;
  return n == all ? g_str_has_prefix (sentence, "All of the ")
                  : n > 0 && g_str_has_prefix (sentence, some);
}

static void
test_what_is_said_is_so (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint said[4] = {0};
  for (guint s = 0; s < 3000; s++) {
    guint kinds = (guint)g_rand_int_range (rand, 1, 9), apart = 2 * kinds;
    guint from[4];
    LimenImageSet *set[4];
    for (guint i = 0; i < 4; i++) {
      from[i] = (guint)g_rand_int_range (rand, 0, 3) * apart / 2;
      set[i] = g_rand_int_range (rand, 0, 4) || i == 1 ? draw_set (rand, kinds, from[i]) : NULL;
    }
    const LimenSharedSets sets = {set[0], set[1], set[2], set[3]};
    const struct {
      const LimenImageSet *of, *one, *other;
    } pairs[LIMEN_N_SHARED_PAIRS] = {{set[2], set[1], NULL},
                                     {set[3], set[1], set[0]},
                                     {set[3], set[2], NULL},
                                     {set[1], set[0], NULL}};
    LimenShared shared;
    gboolean any = FALSE;
    g_assert_true (limen_shared_find (&shared, &sets, NULL, NULL));
    g_autofree char *all = limen_shared_sentence (&shared);
    for (LimenSharedPair p = 0; p < LIMEN_N_SHARED_PAIRS; p++) {
      guint n_claims;
      const LimenClaim *claims = limen_shared_claims (p, &n_claims);
      g_autofree char *sentence = limen_claim_say (claims, n_claims, &shared.part[p]);
      gboolean there = pairs[p].of && (pairs[p].one || pairs[p].other);
      guint n = there ? count (pairs[p].of, pairs[p].one, pairs[p].other) : 0;
      guint of = there ? limen_image_set_n_images (pairs[p].of) : 0;
      if (!is_true (sentence, n, of))
        g_error ("%u of %u: %s", n, of, sentence);
      gboolean last = p == LIMEN_SHARED_SORTED && shared.part[LIMEN_SHARED_ANOMALY].n_shared > 0 &&
                      shared.part[LIMEN_SHARED_UNSORTED].n_shared > 0;
      g_assert_true (!sentence || (strstr (all, sentence) != NULL) == !last);
      any = any || sentence;
      said[p] += sentence != NULL;
    }
    g_assert_true (any == (all != NULL));
    g_assert_true (any == (limen_shared_first (&shared) < LIMEN_N_SHARED_PAIRS));
    for (guint i = 0; i < 4; i++)
      g_clear_pointer (&set[i], limen_image_set_unref);
  }
  for (guint p = 0; p < 4; p++)
    g_assert_cmpuint (said[p], >, 100);
}

/* One path that gives other images, as where black and white are exchanged */
static void
test_one_path_is_told_of (void)
{
  LimenShared shared = {0};
  shared.part[LIMEN_SHARED_ANOMALY] = (LimenSharedPart){5, 0, TRUE};
  g_autofree char *said = limen_shared_sentence (&shared);
  g_assert_cmpstr (said, ==,
                   "The anomalies were read from a path that was given for the normal images as "
                   "well, and look otherwise: is one of the two labels wrong?");
  g_assert_cmpint (limen_shared_first (&shared), ==, LIMEN_SHARED_ANOMALY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shared/what-is-said-is-so", test_what_is_said_is_so);
  g_test_add_func ("/shared/one-path-is-told-of", test_one_path_is_told_of);
  return g_test_run ();
}

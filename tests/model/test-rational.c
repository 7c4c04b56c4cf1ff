#include "model/base/random.h"
#include "model/game/big.h"
#include "model/game/rational.h"

#include <math.h>

static void
assert_fraction (LimenRational value, gint64 n, gint64 d)
{
  g_assert_cmpint (value.n, ==, n);
  g_assert_cmpint (value.d, ==, d);
}

/* -- fractions -- */

static void
test_fraction_found (void)
{
  const struct {
    double value;
    gboolean found;
    gint64 n, d;
  } table[] = {
      {0, TRUE, 0, 1},
      {-0.0, TRUE, 0, 1},
      {1, TRUE, 1, 1},
      {-2.5, TRUE, -5, 2},
      {0.1, TRUE, 1, 10},
      {1.0 / 3, TRUE, 1, 3},
      {-22.0 / 7, TRUE, -22, 7},
      {123456.789, TRUE, 123456789, 1000},
      {1.0 / 999983, TRUE, 1, 999983},
      {1e9, TRUE, 1000000000, 1},
      {1e-6, TRUE, 1, 1000000},
      {1e-7, FALSE, 0, 1},
      {G_PI, FALSE, 3126535, 995207},
      {G_SQRT2, FALSE, 0, 0}, /* whichever it is */
      {5e-324, FALSE, 0, 1},
      {NAN, FALSE, 0, 1},
      {INFINITY, FALSE, 0, 1},
      {1e300, FALSE, 0, 1},
  };
  for (guint k = 0; k < G_N_ELEMENTS (table); k++) {
    LimenRational out;
    g_assert_cmpint (limen_rational_from_double (table[k].value, &out), ==, table[k].found);
    if (table[k].d > 0)
      assert_fraction (out, table[k].n, table[k].d);
    g_assert_cmpint (out.d, >=, 1);
    g_assert_cmpint (out.d, <=, 1000000);
  }
  for (gint64 d = 1; d <= 1000000; d += 997) { /* each number that is a fraction */
    LimenRational out;
    g_assert_true (limen_rational_from_double ((double)(d / 3 + 1) / (double)d, &out));
    g_assert_cmpfloat (limen_rational_to_double (out), ==, (double)(d / 3 + 1) / (double)d);
    g_assert_cmpint (out.n * d, ==, out.d * (d / 3 + 1));
  }
}

static void
test_fraction_arithmetic (void)
{
  LimenRational out, big = {G_MAXINT64, 1}, small = {1, G_MAXINT64};
  g_assert_true (limen_rational_add ((LimenRational){1, 3}, (LimenRational){1, 6}, &out));
  assert_fraction (out, 1, 2);
  g_assert_true (limen_rational_add ((LimenRational){1, 2}, (LimenRational){-1, 2}, &out));
  assert_fraction (out, 0, 1);
  g_assert_true (limen_rational_multiply ((LimenRational){-4, 9}, (LimenRational){3, 8}, &out));
  assert_fraction (out, -1, 6);
  g_assert_true (limen_rational_multiply (big, small, &out));
  assert_fraction (out, 1, 1);
  g_assert_false (limen_rational_multiply (big, (LimenRational){2, 1}, &out));
  g_assert_false (limen_rational_add (big, (LimenRational){1, 1}, &out));
  g_assert_false (limen_rational_add (small, (LimenRational){1, 2}, &out));
  g_assert_false (limen_rational_from_wide (1, 0, &out));
  g_assert_true (limen_rational_from_wide (6, -4, &out));
  assert_fraction (out, -3, 2);
  g_assert_cmpint (limen_rational_compare (small, (LimenRational){1, 2}), ==, -1);
  g_assert_cmpint (limen_rational_compare ((LimenRational){2, 4}, (LimenRational){1, 2}), ==, 0);
  g_assert_cmpint (limen_rational_compare (big, small), ==, 1);
  g_assert_true (limen_wide_gcd (-12, 18) == 6 && limen_wide_gcd (0, 7) == 7);
}

static void
test_fraction_text (void)
{
  const struct {
    LimenRational value;
    const char *text;
  } table[] = {
      {{1, 3}, "1/3"},
      {{-2, 1}, "−2"},
      {{0, 1}, "0"},
      {{-5, 16}, "−5/16"},
      {{G_MAXINT64, 1}, "9223372036854775807"},
  };
  for (guint k = 0; k < G_N_ELEMENTS (table); k++) {
    g_autofree char *text = limen_rational_text (table[k].value);
    g_assert_cmpstr (text, ==, table[k].text);
  }
}

static void
test_fraction_integers (void)
{
  const double m[] = {0.5, -1.0 / 3, 2, 0}, one[] = {3, G_PI};
  LimenWide out[4], base, scale;
  g_assert_true (limen_rational_integers (m, 4, out, &base, &scale));
  g_assert_true (scale == 6 && base == -2);
  g_assert_true (out[0] == 5 && out[1] == 0 && out[2] == 14 && out[3] == 2);
  g_assert_false (limen_rational_integers (one, 2, out, &base, &scale));
}

/* -- large integers -- */

static LimenBig
random_big (LimenRandom *random, guint bits)
{
  LimenBig out = limen_big_from_int (0);
  for (guint i = 0; i < bits; i++)
    out.limb[i / 64] |= (guint64)(limen_random_u32 (random) & 1) << (i % 64);
  return out;
}

static void
test_big_small (void)
{
  LimenRandom random = limen_random_stream (7, "big", 0);
  for (guint round = 0; round < 20000; round++) {
    gint64 v[4];
    LimenBig b[4];
    __int128 out;
    guint width = 2 + round % 3;
    for (int k = 0; k < 4; k++) {
      gint64 bits =
          (gint64)((guint64)limen_random_u32 (&random) << 32 | limen_random_u32 (&random));
      v[k] = bits >> (2 + limen_random_below (&random, 60));
      b[k] = limen_big_from_int (v[k]);
    }
    LimenBig cross = limen_big_cross (&b[0], &b[1], &b[2], &b[3], width);
    __int128 expected = (__int128)v[0] * v[3] - (__int128)v[1] * v[2];
    g_assert_true (limen_big_to_wide (&cross, width, &out) && out == expected);
    g_assert_cmpint (limen_big_sign (&cross, width), ==, (expected > 0) - (expected < 0));
    limen_big_negate (&cross, width);
    g_assert_true (limen_big_to_wide (&cross, width, &out) && out == -expected);
  }
}

/* (q d) / d = q, of all lengths and signs, where d has zeros at its end, too */
static void
test_big_division (void)
{
  LimenRandom random = limen_random_stream (8, "big", 0);
  const LimenBig zero = limen_big_from_int (0);
  for (guint round = 0; round < 5000; round++) {
    guint width = 1 + limen_random_below (&random, LIMEN_BIG_MOST), half = 32 * width - 1;
    LimenBig q = random_big (&random, limen_random_below (&random, half));
    LimenBig d = random_big (&random, limen_random_below (&random, half));
    guint shift = round % 2 ? 0 : limen_random_below (&random, half);
    LimenBig power = zero;
    power.limb[shift / 64] = (guint64)1 << (shift % 64);
    if (round % 4 == 0)
      d = power;
    if (limen_big_sign (&d, width) == 0)
      continue;
    if (round % 3 == 0)
      limen_big_negate (&q, width);
    LimenBig product = limen_big_cross (&q, &zero, &zero, &d, width);
    limen_big_divide (&product, &d, width);
    g_assert_cmpmem (product.limb, width * 8, q.limb, width * 8);
  }
}

static void
test_big_limits (void)
{
  LimenBig a = limen_big_from_int (1), b = limen_big_from_int (3);
  __int128 out;
  g_assert_true (limen_big_ratio (&a, &b, LIMEN_BIG_MOST) == 1 / 3.0L);
  a = b = limen_big_from_int (0);
  a.limb[20] = 1;
  b.limb[20] = 3;
  g_assert_true (limen_big_ratio (&a, &b, LIMEN_BIG_MOST) == 1 / 3.0L);
  g_assert_false (limen_big_to_wide (&a, LIMEN_BIG_MOST, &out));
  a = limen_big_from_int (-5);
  g_assert_true (limen_big_to_wide (&a, 1, &out) && out == -5);
  g_assert_true (limen_big_to_wide (&a, LIMEN_BIG_MOST, &out) && out == -5);
  b = limen_big_from_int (0);
  b.limb[1] = (guint64)1 << 63; /* 2^127 */
  g_assert_false (limen_big_to_wide (&b, 3, &out));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rational/found", test_fraction_found);
  g_test_add_func ("/rational/arithmetic", test_fraction_arithmetic);
  g_test_add_func ("/rational/text", test_fraction_text);
  g_test_add_func ("/rational/integers", test_fraction_integers);
  g_test_add_func ("/rational/big-small", test_big_small);
  g_test_add_func ("/rational/big-division", test_big_division);
  g_test_add_func ("/rational/big-limits", test_big_limits);
  return g_test_run ();
}

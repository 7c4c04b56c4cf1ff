#include "model/base/random.h"
#include "model/solved-game.h"

/* -- fractions found in doubles -- */

static void
test_fraction_found (void)
{
  const struct {
    double value;
    gboolean found;
    glong n;
    gulong d; /* 0: exactly @value */
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
      {1e9 / 7, TRUE, 1000000000, 7},
      {1e15, TRUE, 1000000000000000, 1},
      {123456789.0 + 0x1p-19, TRUE, 64726912991233, 524288},
      {0x1p53, TRUE, (glong)1 << 53, 1},
      {1e-6, TRUE, 1, 1000000},
      {0.1 + 0.2, TRUE, 3, 10}, /* a double beside that of 0.3 */
      {0.3 + 1e-15, FALSE, 0, 0},
      {1.0 / 1000003, FALSE, 0, 0},
      {1e-7, FALSE, 0, 0},
      {0x1p-20, FALSE, 1, 1048576},
      {G_PI, FALSE, 884279719003555, (gulong)1 << 48},
      {G_SQRT2, FALSE, 0, 0},
      {-G_SQRT2, FALSE, 0, 0},
      {5e-324, FALSE, 0, 0},
      {NAN, FALSE, 0, 1},
      {INFINITY, FALSE, 0, 1},
      {1e300, FALSE, 0, 0},
  };
  mpq_t out, value;
  mpq_inits (out, value, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (table); k++) {
    g_test_message ("%.17g", table[k].value);
    g_assert_cmpint (limen_rational_from_double (table[k].value, out), ==, table[k].found);
    if (table[k].d > 0) {
      assert_fraction (out, table[k].n, table[k].d);
    } else {
      mpq_set_d (value, table[k].value);
      g_assert_true (mpq_equal (out, value));
    }
    g_assert_cmpint (mpz_cmp_ui (mpq_denref (out), 1), >=, 0);
    g_assert_true (!table[k].found || mpz_cmp_ui (mpq_denref (out), 1000000) <= 0);
  }
  for (gulong d = 1; d <= 1000000; d += 997) { /* each number that is a fraction */
    g_assert_true (limen_rational_from_double ((double)(d / 3 + 1) / (double)d, out));
    g_assert_cmpfloat (limen_rational_to_double (out), ==, (double)(d / 3 + 1) / (double)d);
    mpq_set_ui (value, d / 3 + 1, d);
    mpq_canonicalize (value);
    g_assert_true (mpq_equal (out, value));
  }
  mpq_clears (out, value, NULL);
}

/* Of arbitrary doubles few are taken for fractions: a hundredth for decimals, and as many for
 * others, at most. */
static void
test_coincidences (void)
{
  LimenRandom random = limen_random_stream (10, "rational", 0);
  guint found = 0;
  mpq_t out;
  mpq_init (out);
  for (guint round = 0; round < 20000; round++) {
    double value = exp (20 * limen_random_uniform (&random));
    found += (guint)limen_rational_from_double (value, out);
    if (!limen_rational_from_double (-value, out))
      g_assert_cmpfloat (limen_rational_to_double (out), ==, -value);
  }
  g_assert_cmpuint (found, <, 400);
  mpq_clear (out);
}

/* One payoff that is no fraction: none is taken for one. */
static void
test_all_or_none (void)
{
  const double fractions[] = {0.5, -1.0 / 3, 2, 0}, one[] = {3, G_PI, 0.1};
  gboolean recognized;
  g_autoptr (LimenRationals) all = limen_rationals_from_doubles (fractions, 4, &recognized);
  g_assert_true (recognized && all->n == 4);
  assert_fraction (all->at[0], 1, 2);
  assert_fraction (all->at[1], -1, 3);
  assert_fraction (all->at[2], 2, 1);
  assert_fraction (all->at[3], 0, 1);
  g_autoptr (LimenRationals) none = limen_rationals_from_doubles (one, 3, &recognized);
  g_assert_false (recognized);
  assert_fraction (none->at[0], 3, 1);
  assert_fraction (none->at[2], 3602879701896397, (gulong)1 << 55); /* the double 0.1 */
  g_autofree double *back = limen_rationals_to_doubles (none);
  g_assert_cmpmem (back, sizeof one, one, sizeof one);
  g_autoptr (LimenRationals) empty = limen_rationals_new (0);
  g_assert_cmpuint (empty->n, ==, 0);
}

/* -- rounding -- */

static void
random_integer (LimenRandom *random, guint bits, mpz_ptr out)
{
  mpz_set_ui (out, 1);
  for (guint i = 1; i < bits; i++) {
    mpz_mul_2exp (out, out, 1);
    mpz_add_ui (out, out, limen_random_u32 (random) & 1);
  }
}

static void
test_nearest_double (void)
{
  LimenRandom random = limen_random_stream (7, "rational", 0);
  mpq_t value;
  mpq_init (value);
  for (guint round = 0; round < 20000; round++) {
    random_integer (&random, 1 + limen_random_below (&random, 900), mpq_numref (value));
    random_integer (&random, 1 + limen_random_below (&random, 900), mpq_denref (value));
    mpq_canonicalize (value);
    if (round % 2)
      mpq_neg (value, value);
    assert_rounded (limen_rational_to_double (value), value);
  }
  mpq_clear (value);
}

/* Doubles come back as they are, and halfway between two the even one is taken, among those that
 * have fewer bits than others, too. */
static void
test_halves (void)
{
  LimenRandom random = limen_random_stream (8, "rational", 0);
  mpq_t value, half;
  mpq_inits (value, half, NULL);
  for (guint round = 0; round < 5000; round++) {
    int exponent = (int)limen_random_below (&random, 1100) - 1060;
    double low = ldexp (1 + limen_random_uniform (&random), exponent), high;
    high = nextafter (low, INFINITY);
    mpq_set_d (value, low);
    g_assert_cmpfloat (limen_rational_to_double (value), ==, low);
    mpq_set_d (half, high);
    mpq_add (half, half, value);
    mpq_div_2exp (half, half, 1);
    guint64 bits; /* consecutive doubles are consecutive integers */
    memcpy (&bits, &low, sizeof bits);
    gboolean odd = bits & 1;
    g_assert_cmpfloat (limen_rational_to_double (half), ==, odd ? high : low);
    mpq_neg (half, half);
    g_assert_cmpfloat (limen_rational_to_double (half), ==, odd ? -high : -low);
  }
  mpq_clears (value, half, NULL);
}

static void
test_limits (void)
{
  mpq_t value;
  mpq_init (value);
  g_assert_cmpfloat (limen_rational_to_double (value), ==, 0);
  mpq_set_d (value, 5e-324);
  g_assert_cmpfloat (limen_rational_to_double (value), ==, 5e-324);
  mpq_div_2exp (value, value, 1);
  g_assert_cmpfloat (limen_rational_to_double (value), ==, 0); /* the even one of both */
  mpq_div_2exp (value, value, 100000);
  g_assert_cmpfloat (limen_rational_to_double (value), ==, 0);
  mpq_inv (value, value);
  g_assert_cmpfloat (limen_rational_to_double (value), ==, INFINITY);
  mpq_set_ui (value, 1, 3);
  g_assert_cmpfloat (limen_rational_to_double (value), ==, 1.0 / 3);
  mpq_clear (value);
}

/* -- text -- */

static void
test_fraction_text (void)
{
  const struct {
    const char *value, *text, *told, *decimal;
  } table[] = {
      {"1/3", "1/3", "1/3", "0.3333333333"},
      {"-2", "−2", "−2", "−2"},
      {"0", "0", "0", "0"},
      {"-5/16", "−5/16", "−5/16", "−0.3125"},
      {"9223372036854775807", "9223372036854775807", "9223372036854775807", "9.223372037e+18"},
      {"-1/9000000000", "−1/9000000000", "−1/9000000000", "−1.111111111e−10"},
      {"1/123456789012345678901234567890123456789", "1/123456789012345678901234567890123456789",
       "≈ 8.100000073e−39", "8.100000073e−39"},
      {"1/12345678901234567890123456789012345678", "1/12345678901234567890123456789012345678",
       "1/12345678901234567890123456789012345678", "8.100000073e−38"},
      {"-1/12345678901234567890123456789012345678", "−1/12345678901234567890123456789012345678",
       "≈ −8.100000073e−38", "−8.100000073e−38"},
  };
  mpq_t value;
  mpq_init (value);
  for (guint k = 0; k < G_N_ELEMENTS (table); k++) {
    g_assert_cmpint (mpq_set_str (value, table[k].value, 10), ==, 0);
    g_autofree char *text = limen_rational_text (value);
    g_autofree char *told = limen_rational_told (value, TRUE);
    g_autofree char *rounded = limen_rational_told (value, FALSE);
    g_autofree char *decimal = limen_rational_decimal (value);
    g_assert_cmpstr (text, ==, table[k].text);
    g_assert_cmpstr (told, ==, table[k].told);
    g_assert_cmpstr (rounded, ==, table[k].decimal);
    g_assert_cmpstr (decimal, ==, table[k].decimal);
    g_assert_cmpint (limen_rational_is_readable (value), ==, g_str_equal (told, text));
  }
  mpq_clear (value);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rational/found", test_fraction_found);
  g_test_add_func ("/rational/coincidences", test_coincidences);
  g_test_add_func ("/rational/all-or-none", test_all_or_none);
  g_test_add_func ("/rational/nearest-double", test_nearest_double);
  g_test_add_func ("/rational/halves", test_halves);
  g_test_add_func ("/rational/limits", test_limits);
  g_test_add_func ("/rational/text", test_fraction_text);
  return g_test_run ();
}

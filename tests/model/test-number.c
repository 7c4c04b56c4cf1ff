#include "model/base/number.h"

#include <math.h>
#include <string.h>

/* -- decimals -- */

static void
test_decimals_that_hold (void)
{
  static const struct {
    double error;
    int most, decimals;
  } table[] = {
      {0, 6, 6},    {1e-30, 6, 6},    {0.5e-6, 6, 6},      {0.6e-6, 6, 5}, {0.05, 9, 1},
      {0.06, 9, 0}, {0.5, 9, 0},      {0.51, 9, -1},       {5, 9, -1},     {499, 9, -3},
      {1e-3, 2, 2}, {1e300, 9, -301}, {INFINITY, 9, -400}, {NAN, 9, -400},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (limen_decimals (table[i].error, table[i].most), ==, table[i].decimals);
}

/* The last decimal is off by half at most, and one more would be off by more. */
static void
test_decimals_are_neither_few_nor_many (void)
{
  for (double error = 1e-12; error < 1e3; error *= 1.37) {
    int decimals = limen_decimals (error, 15);
    g_assert_cmpfloat (error, <=, 0.5001 * pow (10, -decimals));
    g_assert_cmpfloat (error, >, 0.4999 * pow (10, -decimals - 1));
  }
}

/* -- words -- */

typedef char *(*Format) (LimenNumber number, guint most);

typedef struct {
  double value, error;
  guint most;
  const char *text;
} Row;

static void
check_rows (Format format, const Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *text = format ((LimenNumber){rows[i].value, rows[i].error}, rows[i].most);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_known (void)
{
  static const Row rows[] = {
      {-3.1719585125, 1e-15, 10, "−3.1719585125"},
      {-3.1719585125, 2e-4, 10, "−3.172"},
      {-120.5675710591, 4.5e-4, 10, "−120.568"},
      {1234.5678, 0.2, 6, "1\u2009235"},
      {-1.234e20, 3e17, 6, "−1.23·10²⁰"},
      {653931870.77, 4, 2, "6.5393187·10⁸"},
      {3, 40, 6, "3·10⁰ ± 4·10¹"},
      {-1.5, NAN, 6, "−1.50"},
      {-1.5, NAN, 1, "−1.5"},
      {0, 0, 3, "0.000"},
      {NAN, 1, 3, "–"},
      {-INFINITY, 0, 3, "−∞"},
  };
  static const Row plain[] = {
      {-3.1719585125, 1e-15, 10, "-3.1719585125"},
      {-1.234e20, 3e17, 6, "-1.23e+20"},
      {INFINITY, 0, 6, "infinite"},
  };
  check_rows (limen_format_known, rows, G_N_ELEMENTS (rows));
  check_rows (limen_known_text, plain, G_N_ELEMENTS (plain));
}

static void
test_digits (void)
{
  static const Row rows[] = {
      {0.028850649, 1e-14, 2, "0.029"},
      {2.4999e-10, 1e-20, 2, "2.5·10⁻¹⁰"},
      {653931861.4, 1e-7, 2, "653\u2009931\u2009861"},
      {19.9, 1e-9, 2, "20"},
      {1e-5, 1e-9, 2, "0.000010"},
      {0.0123456, 1e-4, 6, "0.012"},
      {6.539318e299, 1e283, 4, "6.539·10²⁹⁹"},
      {0, 0, 4, "0"},
      {0.5, NAN, 4, "0.50"},
      {2.5e-14, 1e-12, 2, "3·10⁻¹⁴ ± 1·10⁻¹²"},
  };
  static const Row plain[] = {
      {0.5684993272199, 1e-15, 10, "0.5684993272"},
      {1.676160385e150, 1e134, 10, "1.676160385e+150"},
      {INFINITY, 0, 10, "infinite"},
  };
  static const Row sizes[] = {
      {0.028850649, 1e-14, 2, "0.029"},
      {0, 0, 4, "0"},
      {0, 3.346e-27, 4, "below 3.5·10⁻²⁷"},
      {2e-13, 6e-13, 4, "below 8.4·10⁻¹³"},
      {-2e-13, 6e-13, 4, "below 6.3·10⁻¹³"},
      {0, 0.02, 4, "below 0.021"},
      {0.5, NAN, 4, "0.50"},
      {NAN, NAN, 4, "–"},
  };
  check_rows (limen_format_size, sizes, G_N_ELEMENTS (sizes));
  check_rows (limen_format_digits, rows, G_N_ELEMENTS (rows));
  check_rows (limen_known_digits, plain, G_N_ELEMENTS (plain));
}

/* A mean has as many decimals as its error, and that has two digits. */
static void
test_means (void)
{
  static const struct {
    double mean, error;
    const char *text;
  } table[] = {
      {-4.29697, 0.00203, "−4.2970 ± 0.0020"},
      {-97.319, 0.147, "−97.32 ± 0.15"},
      {-97.319, 0.0996, "−97.319 ± 0.100"},
      {-97.319, 14.7, "−97 ± 15"},
      {-230.4, 1432, "−230 ± 1\u2009432"},
      {-5.788e199, 1.2e198, "−5.79·10¹⁹⁹ ± 1.2·10¹⁹⁸"},
      {5, 3e12, "0 ± 3.0·10¹²"},
      {-1.5, 0, "−1.500000"},
      {-1.5, NAN, "−1.500000"},
      {NAN, 1, "–"},
      {-60, 2.8e-17, "−60.000000000000000 ± 0.000000000000013"}, /* less than its own rounding */
      {-3e200, INFINITY, "−3.00·10²⁰⁰"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = limen_format_mean (table[i].mean, table[i].error, 6);
    g_assert_cmpstr (text, ==, table[i].text);
  }
  g_autofree char *plain = limen_mean_text (-4.29697, 0.00203, 6);
  g_assert_cmpstr (plain, ==, "-4.2970 ± 0.0020");
}

/* What is written is within the last digit of what it was written for, whatever the size. */
static void
test_all_sizes (void)
{
  for (double value = 1e-300; value < 1e300; value *= 7.3)
    for (double share = 1e-16; share < 1; share *= 31) {
      g_autofree char *text = limen_known_digits ((LimenNumber){value, share * value}, 10);
      double read = g_ascii_strtod (text, NULL);
      g_assert_cmpfloat (fabs (read - value), <=, value * fmax (10 * share, 6e-10));
      g_assert_cmpuint (strlen (text), <, 40);
    }
}

/* What pages and sentences write has no "e-05" in it, and one point between factor and power. */
static void
test_powers_have_one_notation (void)
{
  static const struct {
    double value;
    int digits;
    const char *text;
  } table[] = {{2.8e-4, 2, "0.00028"}, {2.8e-5, 2, "2.8·10⁻⁵"}, {-1e-8, 3, "−1·10⁻⁸"},
               {0.125, 4, "0.125"},    {12345, 4, "1.234·10⁴"}, {0, 2, "0"},
               {NAN, 2, "–"},          {-INFINITY, 2, "−∞"},    {1.5e120, 2, "1.5·10¹²⁰"}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = limen_format_significant (table[i].value, table[i].digits);
    g_assert_cmpstr (text, ==, table[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/powers-have-one-notation", test_powers_have_one_notation);
  g_test_add_func ("/number/decimals", test_decimals_that_hold);
  g_test_add_func ("/number/neither-few-nor-many", test_decimals_are_neither_few_nor_many);
  g_test_add_func ("/number/known", test_known);
  g_test_add_func ("/number/digits", test_digits);
  g_test_add_func ("/number/means", test_means);
  g_test_add_func ("/number/all-sizes", test_all_sizes);
  return g_test_run ();
}

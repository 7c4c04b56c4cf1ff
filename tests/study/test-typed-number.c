/* Numbers as people type them: what is read, what is decided and told, and what is refused. */
#include "ui/study/typed-number.h"

#include <math.h>

#define NBSP "\u00a0"
#define THIN "\u2009"

static void
assert_read (const char *text, gboolean comma, double expected, const char *expected_told)
{
  double value = NAN;
  g_autofree char *told = NULL;
  g_test_message ("“%s” where the mark is “%s”", text, comma ? "," : ".");
  g_assert_true (limen_typed_number (text, comma, &value, &told));
  g_assert_cmpfloat (value, ==, expected);
  g_assert_cmpstr (told, ==, expected_told);
}

static void
test_one_reading_is_taken_in_silence (void)
{
  static const struct {
    const char *text;
    double value;
  } table[] = {
      {"0", 0},
      {"12", 12},
      {"  12 ", 12},
      {"+3", 3},
      {"-5.5", -5.5},
      {"−5.5", -5.5},
      {"–5.5", -5.5},
      {"−5,5", -5.5},
      {"0,125", 0.125},
      {".5", 0.5},
      {",5", 0.5},
      {"1200", 1200},
      {"1 200", 1200},
      {"1" NBSP "200", 1200},
      {"1" THIN "200", 1200},
      {"1\u202f200", 1200},
      {"1’200", 1200},
      {"−1" THIN "234" THIN "567.25", -1234567.25},
      {"1,234,567", 1234567},
      {"1.234.567", 1234567},
      {"1,200.5", 1200.5},
      {"1.200,5", 1200.5},
      {"1,20", 1.2},
      {"1/4", 0.25},
      {"1e-3", 1e-3},
      {"2.5E+4", 2.5e4},
      {"2.5·10⁻²⁰", 2.5e-20},
      {"−6,54·10⁸", -6.54e8},
      {"3×10⁹", 3e9},
      {"10⁻⁸", 1e-8},
      {"10", 10},
      {"100", 100},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (int comma = 0; comma < 2; comma++)
      assert_read (table[i].text, comma, table[i].value, NULL);
}

static void
test_of_two_readings_one_is_decided_and_told (void)
{
  assert_read ("1,000", FALSE, 1000, "“1,000” was read as 1" THIN "000, not as 1.");
  assert_read ("1,000", TRUE, 1, "“1,000” was read as 1, not as 1" THIN "000.");
  assert_read ("−12,345", FALSE, -12345, "“−12,345” was read as −12" THIN "345, not as −12.345.");
  assert_read ("1.000", FALSE, 1, NULL); /* the locale and Limen write it so */
  assert_read ("1.000", TRUE, 1, "“1.000” was read as 1, not as 1" THIN "000.");
}

static void
test_what_is_no_number_is_refused (void)
{
  static const char *const table[] = {
      "",         " ",       "-",      "−",     "abc",     "1 2",     "1 20", "12 00",
      "1,00,000", "1..2",    "1,2,3",  "--5",   "5-",      "1e",      "e5",   "0x10",
      "nan",      "inf",     "-inf",   "1e999", "5 %",     "$5",      "1/0",  "1/2/3",
      "3O",       "1,2.3.4", "·10⁻²⁰", "2·10",  "2·10⁻",   "10⁻",     "\xff", "½",
      "12:30",    "2²",      "1 ,5",   "1\n2",  "0,000,5", "1 234567"};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (int comma = 0; comma < 2; comma++) {
      double value = 7;
      char kept[] = "left alone", *told = kept;
      g_test_message ("“%s” where the mark is “%s”", table[i], comma ? "," : ".");
      g_assert_false (limen_typed_number (table[i], comma, &value, &told));
      g_assert_cmpfloat (value, ==, 7);
      g_assert_cmpstr (told, ==, "left alone");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/typed-number/" #name, test_##name)
  ADD (one_reading_is_taken_in_silence);
  ADD (of_two_readings_one_is_decided_and_told);
  ADD (what_is_no_number_is_refused);
#undef ADD
  return g_test_run ();
}

/* Numbers as sentences write them, for strtod(). */
#pragma once

#include <glib.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* "2.8·10⁻⁵" becomes "2.8e-5", "−1 200" "-1200" */
static void
make_plain (GString *text)
{
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  g_string_replace (text, "−", "-", 0);
  g_string_replace (text, "\u2009", "", 0);
  g_string_replace (text, "·10", "e", 0);
  g_string_replace (text, "⁻", "-", 0);
  for (guint digit = 0; digit < 10; digit++)
    g_string_replace (text, raised[digit], (const char[]){(char)('0' + digit), 0}, 0);
}

#pragma GCC diagnostic pop

/* The numbers of a sentence, powers of ten and signs understood. Returns: how many */
static inline guint
read_numbers (const char *sentence, double *number, guint most)
{
  guint n = 0;
  g_autoptr (GString) plain = g_string_new (sentence);
  make_plain (plain);
  for (char *c = plain->str; *c && n < most;) {
    if (g_ascii_isdigit (*c))
      number[n++] = g_ascii_strtod (c, &c);
    else
      c++;
  }
  return n;
}

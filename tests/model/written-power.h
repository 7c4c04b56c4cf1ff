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

/* A walk over random states with a judge of what is said of each; and that the judge would notice:
 * with each condition in turn replaced by one that always holds, it finds a sentence that is not
 * true. */
#pragma once

#include "model/prior/sentences.h"
#include "plain-gradient.h"

#include <float.h>

#define N_STATES 10000

/* Whether @sentence is true; @state is what a claim is about, @truth what was computed of it. */
typedef gboolean (*Judge) (const char *sentence, gconstpointer state, gconstpointer truth);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* -- the walk -- */

/**
 * Walk: over states of one table
 * @seen: how often each claim was said; @caught: whether, said of every state, it was found wrong
 */
typedef struct {
  const LimenClaim *claims;
  guint n;
  Judge judge;
  guint seen[16];
  gboolean caught[16];
} Walk;

static void
visit (Walk *walk, gconstpointer state, gconstpointer truth)
{
  guint first = limen_claim_first (walk->claims, walk->n, state);
  if (first < walk->n) {
    g_autofree char *sentence = limen_claim_words (&walk->claims[first], state);
    if (!walk->judge (sentence, state, truth))
      g_error ("%s: not so: %s", walk->claims[first].name, sentence);
    walk->seen[first]++;
  }
  /* with teeth: the claim in the place of whatever comes first */
  for (guint i = 0; i < walk->n; i++) {
    if (walk->caught[i] || i == first)
      continue;
    g_autofree char *sentence = limen_claim_words (&walk->claims[i], state);
    walk->caught[i] = !walk->judge (sentence, state, truth);
  }
}

/* @theorems: bits of claims that hold of every state, and can't be found wrong */
static void
finish (const Walk *walk, guint theorems)
{
  for (guint i = 0; i < walk->n; i++) {
    g_test_message ("%s: said %u times", walk->claims[i].name, walk->seen[i]);
    g_assert_cmpuint (walk->seen[i], >, 0);
    g_assert_true (walk->caught[i] || theorems >> i & 1);
  }
}

/* The number that stands before @word, with thin spaces and a real minus; NaN: none. @unit: (out):
 * one of its last digit */
static double
number_before (const char *sentence, const char *word, double *unit)
{
  const char *end = strstr (sentence, word);
  if (!end || end == sentence)
    return NAN;
  const char *begin = end;
  while (begin > sentence && begin[-1] != ' ')
    begin--;
  g_autofree char *taken = g_strndup (begin, (gsize)(end - begin));
  g_auto (GStrv) thin = g_strsplit (taken, "\u2009", 0);
  g_autofree char *joined = g_strjoinv ("", thin);
  g_auto (GStrv) minus = g_strsplit (joined, "\u2212", 0);
  g_autofree char *text = g_strjoinv ("-", minus);
  const char *power = strstr (text, "\u00b7"
                                    "10"),
             *point = strchr (text, '.');
  char *rest = NULL;
  double value = g_ascii_strtod (text, &rest), scale = 1;
  if (power) {
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    int exponent = 0, sign = 1;
    for (const char *p = power + strlen ("\u00b7"
                                         "10");
         *p; p = g_utf8_next_char (p)) {
      if (g_str_has_prefix (p, "⁻"))
        sign = -1;
      for (int digit = 0; digit < 10; digit++)
        if (g_str_has_prefix (p, raised[digit]))
          exponent = 10 * exponent + digit;
    }
    scale = pow (10, sign * exponent);
  }
  gsize after = point ? (gsize)((power ? power : text + strlen (text)) - point - 1) : 0;
  *unit = scale * pow (10, -(double)after);
  return value * scale;
}

#pragma GCC diagnostic pop

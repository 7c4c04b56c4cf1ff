#include "model/game/game-start.h"

#include <math.h>
#include <string.h>

#define MOST_SHOWN 120 /* bytes of a start in a sentence about it */

/* Half of the weight on one strategy, the rest even. */
static void
lean (double *p, guint n, guint strategy)
{
  for (guint i = 0; i < n; i++)
    p[i] = 0.5 / n + (i == strategy ? 0.5 : 0);
}

void
limen_game_start_default (const LimenPayoff *payoff, double *p_a, double *p_b)
{
  static const double a[3] = {0.75, 0.125, 0.125}, b[3] = {0.125, 0.25, 0.625};
  gboolean of_three = payoff->rows == 3 && payoff->columns == 3;
  lean (p_a, payoff->rows, 0);
  lean (p_b, payoff->columns, payoff->columns - 1);
  if (of_three) {
    memcpy (p_a, a, sizeof a);
    memcpy (p_b, b, sizeof b);
  }
}

/* -- reading -- */

/* Two strategies, as one slash of a text parts them */
typedef struct {
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
  guint n_inside; /* how many are strategies as they are */
} Reading;

static gboolean
read_at (const char *text, const char *slash, const LimenPayoff *payoff, Reading *reading)
{
  g_autofree char *before = g_strndup (text, (gsize)(slash - text));
  gboolean moved_a, moved_b;
  if (!limen_simplex_parse (before, payoff->rows, reading->a, &moved_a, NULL) ||
      !limen_simplex_parse (slash + 1, payoff->columns, reading->b, &moved_b, NULL))
    return FALSE;
  reading->n_inside = !moved_a + !moved_b;
  return TRUE;
}

static char *
join (const double *p, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            g_ascii_formatd (number, sizeof number, "%.4g", p[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer full): a start as it may be written */
static char *
make_example (const LimenPayoff *payoff)
{
  double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
  for (guint i = 0; i < payoff->rows; i++)
    a[i] = i == 0;
  for (guint j = 0; j < payoff->columns; j++)
    b[j] = j == payoff->columns - 1;
  g_autofree char *of_a = join (a, payoff->rows), *of_b = join (b, payoff->columns);
  return g_strdup_printf ("%s/%s", of_a, of_b);
}

/* (transfer full): @text without its end where it is long */
static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  if (strlen (valid) <= MOST_SHOWN)
    return g_steal_pointer (&valid);
  const char *end = g_utf8_find_prev_char (valid, valid + MOST_SHOWN + 1);
  return g_strdup_printf ("%.*s…", (int)(end - valid), valid);
}

/* (transfer full) (nullable): the first of its parts that is no number, or none that a weight can
 * be */
static char *
find_no_weight (const char *text)
{
  g_auto (GStrv) part = g_strsplit_set (text, ", ;\t()/", -1);
  double value;
  for (char **field = part; *field; field++)
    if (**field && (!limen_payoff_parse_number (*field, &value) || !(fabs (value) <= 1e9)))
      return shorten (*field);
  return NULL;
}

static gboolean
refuse (const char *text, const LimenPayoff *payoff, gboolean two_ways, GError **error)
{
  g_autofree char *shown = shorten (text), *example = make_example (payoff);
  g_autofree char *wrong = find_no_weight (text);
  if (wrong)
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "“%s” in the start “%s” is not a weight; write decimals or fractions such as 1/3.",
                wrong, shown);
  else if (two_ways)
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "The start “%s” can be read in two ways; write decimals instead of fractions.",
                shown);
  else
    limen_fail (error, LIMEN_ERROR_ARGUMENT,
                "The start “%s” is not %u weight%s of A, a slash and %u of B; write it like %s.",
                shown, payoff->rows, payoff->rows == 1 ? "" : "s", payoff->columns, example);
  return FALSE;
}

/* A slash parts the players, or is that of a fraction. Where several could part them, it is the one
 * with the most strategies beside it. */
gboolean
limen_game_start_parse (const char *text, const LimenPayoff *payoff, double *p_a, double *p_b,
                        gboolean *projected, GError **error)
{
  Reading best = {0};
  guint n_best = 0;
  for (const char *slash = strchr (text, '/'); slash; slash = strchr (slash + 1, '/')) {
    Reading reading = {0};
    if (!read_at (text, slash, payoff, &reading) ||
        (n_best > 0 &&
         (reading.n_inside < best.n_inside || memcmp (&reading, &best, sizeof best) == 0)))
      continue;
    n_best = n_best > 0 && reading.n_inside == best.n_inside ? n_best + 1 : 1;
    best = reading;
  }
  if (n_best != 1)
    return refuse (text, payoff, n_best > 1, error);
  memcpy (p_a, best.a, payoff->rows * sizeof *p_a);
  memcpy (p_b, best.b, payoff->columns * sizeof *p_b);
  *projected = best.n_inside < 2;
  return TRUE;
}

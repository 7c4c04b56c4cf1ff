#include "model/game/payoff.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MOST_PAYOFF 1e9

/* -- games by name -- */

typedef struct {
  const char *name, *title, *strategy[3];
  double m[9];
} Builtin;

/* clang-format off */
static const Builtin builtins[] = {
  {"rock-paper-scissors", "rock paper scissors", {"rock", "paper", "scissors"},
   { 0,  1, -1,
    -1,  0,  1,
     1, -1,  0}},
  /* The biased game that OpenSpiel plays (Lanctot et al., 2019): rock breaks scissors for 50 */
  {"biased-rock-paper-scissors", "biased rock paper scissors", {"rock", "paper", "scissors"},
   {  0, 25, -50,
    -25,  0,   5,
     50, -5,   0}},
  {"matching-pennies", "matching pennies, or fold", {"heads", "tails", "fold"},
   { 1, -1, -1,
    -1,  1, -1,
     1,  1,  0}},
  {"many-solutions", "many solutions", {"heads", "tails", "pass"},
   { 1, -1,  0,
    -1,  1,  0,
     0,  0,  0}},
};
/* clang-format on */

static const char *const names[] = {"rock-paper-scissors", "biased-rock-paper-scissors",
                                    "matching-pennies", "many-solutions", NULL};

const char *const *
limen_payoff_names (void)
{
  return names;
}

static const Builtin *
find_builtin (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (g_str_equal (builtins[i].name, name))
      return &builtins[i];
  return NULL;
}

const char *
limen_payoff_title (const char *name)
{
  const Builtin *builtin = find_builtin (name);
  return builtin ? builtin->title : name;
}

gboolean
limen_payoff_builtin (const char *name, LimenPayoff *payoff, GError **error)
{
  const Builtin *builtin = find_builtin (name);
  g_autofree char *all = g_strjoinv (", ", (char **)names);
  if (!builtin)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "There is no game named “%s”; choose one of %s, or a CSV file.", name, all);
  *payoff = (LimenPayoff){.rows = 3, .columns = 3};
  memcpy (payoff->m, builtin->m, sizeof builtin->m);
  for (guint i = 0; i < 3; i++) {
    g_strlcpy (payoff->row_name[i], builtin->strategy[i], sizeof payoff->row_name[i]);
    g_strlcpy (payoff->column_name[i], builtin->strategy[i], sizeof payoff->column_name[i]);
  }
  return TRUE;
}

gboolean
limen_payoff_check (const LimenPayoff *payoff, GError **error)
{
  gboolean fits = payoff->rows >= 1 && payoff->rows <= LIMEN_GAME_MOST && payoff->columns >= 1 &&
                  payoff->columns <= LIMEN_GAME_MOST;
  if (!fits)
    return limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "A game of %u × %u strategies is not one that Limen takes; give each player 1 to "
        "%u.",
        payoff->rows, payoff->columns, LIMEN_GAME_MOST);
  for (guint i = 0; i < payoff->rows * payoff->columns; i++)
    if (!(fabs (payoff->m[i]) <= MOST_PAYOFF))
      return limen_fail (
          error, LIMEN_ERROR_ARGUMENT,
          "The payoff in row %u, column %u (%g) is not between −1 000 000 000 and 1 000 "
          "000 000; divide all payoffs by the same number.",
          i / payoff->columns + 1, i % payoff->columns + 1, payoff->m[i]);
  return TRUE;
}

double
limen_payoff_largest (const LimenPayoff *payoff)
{
  double largest = 0;
  for (guint i = 0; i < payoff->rows * payoff->columns; i++)
    largest = fmax (largest, fabs (payoff->m[i]));
  return largest > 0 ? largest : 1;
}

double
limen_payoff_half_range (const LimenPayoff *payoff)
{
  double least = payoff->m[0], most = payoff->m[0];
  for (guint i = 1; i < payoff->rows * payoff->columns; i++) {
    least = fmin (least, payoff->m[i]);
    most = fmax (most, payoff->m[i]);
  }
  return most > least ? (most - least) / 2 : 1;
}

/* -- points -- */

void
limen_payoff_for_b (const LimenPayoff *payoff, const double *p_a, double *out)
{
  for (guint j = 0; j < payoff->columns; j++)
    out[j] = 0;
  for (guint i = 0; i < payoff->rows; i++)
    for (guint j = 0; j < payoff->columns; j++)
      out[j] += payoff->m[i * payoff->columns + j] * p_a[i];
}

void
limen_payoff_of_a (const LimenPayoff *payoff, const double *p_b, double *out)
{
  for (guint i = 0; i < payoff->rows; i++) {
    out[i] = 0;
    for (guint j = 0; j < payoff->columns; j++)
      out[i] += payoff->m[i * payoff->columns + j] * p_b[j];
  }
}

/* Rounding aside, gains of strategies are not below 0; those of points that are none may be, and of
 * iterates that left all bounds they are NaN. */
static double
without_rounding (double gain, gboolean inside)
{
  return inside && gain < 0 ? 0 : gain;
}

/* A sum of n products, each within max |M| · |p|, is off by at most n·u of their sizes (Higham,
 * "Accuracy and stability of numerical algorithms" (2002), equation 3.5); twice that, as each gain
 * is a difference, and some for what follows. */
static double
rounding_of (const LimenPayoff *payoff, const double *p_a, const double *p_b)
{
  guint n = MAX (payoff->rows, payoff->columns);
  double of_a = 0, of_b = 0;
  for (guint i = 0; i < payoff->rows; i++)
    of_a += fabs (p_a[i]);
  for (guint j = 0; j < payoff->columns; j++)
    of_b += fabs (p_b[j]);
  return (n + 2) * DBL_EPSILON * limen_payoff_largest (payoff) *
         fmax (of_a * of_b, fmax (of_a, of_b));
}

LimenExploit
limen_exploit (const LimenPayoff *payoff, const double *p_a, const double *p_b)
{
  double for_b[LIMEN_GAME_MOST], of_a[LIMEN_GAME_MOST];
  LimenExploit exploit = {.inside = limen_simplex_holds (p_a, payoff->rows) &&
                                    limen_simplex_holds (p_b, payoff->columns)};
  limen_payoff_for_b (payoff, p_a, for_b);
  limen_payoff_of_a (payoff, p_b, of_a);
  for (guint i = 0; i < payoff->rows; i++) {
    exploit.value += p_a[i] * of_a[i];
    exploit.a_reply = of_a[i] < of_a[exploit.a_reply] ? i : exploit.a_reply;
  }
  for (guint j = 1; j < payoff->columns; j++)
    exploit.b_reply = for_b[j] > for_b[exploit.b_reply] ? j : exploit.b_reply;
  double rounding = LIMEN_GAME_ROUNDING * limen_payoff_largest (payoff);
  for (guint i = 0; i < payoff->rows; i++)
    exploit.a_replies |= (guint)(of_a[i] <= of_a[exploit.a_reply] + rounding) << i;
  for (guint j = 0; j < payoff->columns; j++)
    exploit.b_replies |= (guint)(for_b[j] >= for_b[exploit.b_reply] - rounding) << j;
  exploit.a_saves = without_rounding (exploit.value - of_a[exploit.a_reply], exploit.inside);
  exploit.b_gains = without_rounding (for_b[exploit.b_reply] - exploit.value, exploit.inside);
  exploit.gap = without_rounding (for_b[exploit.b_reply] - of_a[exploit.a_reply], exploit.inside);
  exploit.error = rounding_of (payoff, p_a, p_b);
  return exploit;
}

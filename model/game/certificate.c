#include "model/game/certificate.h"
#include "model/game/uniqueness.h"

#include <float.h>
#include <math.h>

typedef struct {
  const LimenPayoff *payoff;
  const LimenSolution *solution;
  gboolean kernels;
  GString *text;
} Writer;

/* -- numbers: fractions where all is exact -- */

#define MOST_DIGITS 10

char *
limen_game_decimal (LimenNumber number)
{
  char format[8], digits[G_ASCII_DTOSTR_BUF_SIZE];
  if (number.value == 0)
    return g_strdup ("0");
  int place = (int)floor (log10 (fabs (number.value)));
  int hold = place + 1 + limen_decimals (number.error, MOST_DIGITS - 1 - place);
  if (hold < 1)
    return limen_format_digits (number, MOST_DIGITS);
  g_snprintf (format, sizeof format, "%%.%dg", hold);
  GString *text = g_string_new (g_ascii_formatd (digits, sizeof digits, format, number.value));
  g_string_replace (text, "-", "−", 0);
  return g_string_free (text, FALSE);
}

static char *
number_text (const Writer *w, LimenRational exact, double value, double error)
{
  return w->solution->exact ? limen_rational_text (exact)
                            : limen_game_decimal ((LimenNumber){value, error});
}

static char *
value_text (const Writer *w)
{
  const LimenSolution *s = w->solution;
  return number_text (w, s->value_exact, s->value, s->value_error);
}

static guint
size_of (const Writer *w, gboolean b)
{
  return b ? w->payoff->columns : w->payoff->rows;
}

/* "(1/3, 1/3, 1/3)": extreme strategy @index of a player */
static char *
strategy_text (const Writer *w, gboolean b, guint index)
{
  const LimenSolution *s = w->solution;
  guint size = size_of (w, b), at = index * size;
  GString *text = g_string_new ("(");
  for (guint i = 0; i < size; i++) {
    LimenRational exact = !s->exact ? (LimenRational){0, 1}
                          : b       ? s->b_exact[at + i]
                                    : s->a_exact[at + i];
    g_autofree char *number =
        number_text (w, exact, b ? s->b[at + i] : s->a[at + i], s->weight_error);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
  }
  return g_string_free (g_string_append_c (text, ')'), FALSE);
}

/* (transfer full): a strategy of a player; one without a name by its number */
static char *
name_text (const Writer *w, gboolean b, guint i)
{
  const char *name = b ? w->payoff->column_name[i] : w->payoff->row_name[i];
  return *name ? g_strdup (name) : g_strdup_printf ("strategy %u", i + 1);
}

/* "rock, paper and scissors": those that are @used, or those that are not */
static char *
names_text (const Writer *w, gboolean b, const gboolean *used, gboolean which)
{
  GString *text = g_string_new (NULL);
  guint n = 0, told = 0;
  for (guint i = 0; i < size_of (w, b); i++)
    n += used[i] == which;
  for (guint i = 0; i < size_of (w, b); i++) {
    if (used[i] != which)
      continue;
    g_autofree char *name = name_text (w, b, i);
    g_string_append (text, told == 0 ? "" : told + 1 < n ? ", " : " and ");
    g_string_append (text, name);
    told++;
  }
  return g_string_free (text, FALSE);
}

/* The payoff where strategy @own of A, or (@b) of B, meets @reply */
static double
entry_of (const LimenPayoff *payoff, gboolean b, guint own, guint reply)
{
  return b ? payoff->m[reply * payoff->columns + own] : payoff->m[own * payoff->columns + reply];
}

/* Points for B when A's optimal strategy @index, or (@b) B's, meets the other player's @reply; off
 * by what rounds the weights and their products */
static LimenNumber
points_of (const LimenPayoff *payoff, const LimenSolution *s, gboolean b, guint index, guint reply)
{
  guint n = b ? payoff->columns : payoff->rows;
  const double *p = (b ? s->b : s->a) + (gsize)index * n;
  long double sum = 0, size = 0;
  for (guint i = 0; i < n; i++) {
    long double term = (long double)entry_of (payoff, b, i, reply) * p[i];
    sum += term;
    size += fabsl (term);
  }
  return (LimenNumber){(double)sum, 2 * DBL_EPSILON * (double)size};
}

static char *
points_text (const Writer *w, gboolean b, guint index, guint reply)
{
  const LimenSolution *s = w->solution;
  guint n = size_of (w, b);
  LimenRational sum = {0, 1}, entry, term;
  gboolean exact = s->exact;
  for (guint i = 0; i < n && exact; i++)
    exact = limen_rational_from_double (entry_of (w->payoff, b, i, reply), &entry) &&
            limen_rational_multiply (entry, (b ? s->b_exact : s->a_exact)[index * n + i], &term) &&
            limen_rational_add (sum, term, &sum);
  LimenNumber points = points_of (w->payoff, s, b, index, reply);
  return exact ? limen_rational_text (sum)
               : limen_game_decimal (
                     (LimenNumber){points.value, fmax (points.error, s->value_error)});
}

/* -- the two bounds -- */

/* What A's strategy @index lets B have at most, or (@b) B's gets at least */
static LimenNumber
bound_of (const LimenPayoff *payoff, const LimenSolution *s, gboolean b, guint index)
{
  LimenNumber bound = points_of (payoff, s, b, index, 0);
  for (guint j = 1; j < (b ? payoff->rows : payoff->columns); j++) {
    LimenNumber points = points_of (payoff, s, b, index, j);
    bound.value = b ? fmin (bound.value, points.value) : fmax (bound.value, points.value);
    bound.error = fmax (bound.error, points.error);
  }
  return bound;
}

/* The value lies between the least of what A lets B have and the most that B gets: how far any two
 * of the bounds are apart, but for rounding */
static LimenNumber
spread_of (const LimenPayoff *payoff, const LimenSolution *s)
{
  double low = INFINITY, high = -INFINITY, error = 0;
  for (guint i = 0; i < s->n_a + s->n_b; i++) {
    gboolean b = i >= s->n_a;
    LimenNumber bound = bound_of (payoff, s, b, b ? i - s->n_a : i);
    low = fmin (low, bound.value);
    high = fmax (high, bound.value);
    error = fmax (error, bound.error);
  }
  return (LimenNumber){high - low, error};
}

double
limen_solution_value_error (const LimenPayoff *payoff, const LimenSolution *solution)
{
  if (solution->exact)
    return DBL_EPSILON / 2 * fabs (solution->value);
  LimenNumber spread = spread_of (payoff, solution);
  return spread.value + spread.error;
}

/* The bound as it stands beside what it is the largest or least of: with as many digits */
static char *
bound_text (const Writer *w, gboolean b, guint index)
{
  const LimenSolution *s = w->solution;
  if (s->exact)
    return value_text (w);
  LimenNumber bound = bound_of (w->payoff, s, b, index);
  return limen_game_decimal ((LimenNumber){bound.value, s->value_error});
}

/* -- the value: a bound from each side -- */

static void
add_bound (Writer *w, gboolean b, guint index)
{
  g_autofree char *strategy = strategy_text (w, b, index), *bound = bound_text (w, b, index);
  g_string_append_printf (w->text, b ? "With p_B = %s B gets " : "With p_A = %s A lets B have ",
                          strategy);
  for (guint j = 0; j < size_of (w, !b); j++) {
    g_autofree char *points = points_text (w, b, index, j), *name = name_text (w, !b, j);
    g_string_append_printf (w->text, b ? "%s%s against %s" : "%s%s with %s", j > 0 ? ", " : "",
                            points, name);
  }
  g_string_append_printf (
      w->text, b ? ": at least %s, whatever A plays.\n" : ": at most %s, whatever B plays.\n",
      bound);
}

/* (transfer full): two digits, not less than @value */
static char *
text_above (double value)
{
  double unit = pow (10, floor (log10 (value)) - 1);
  return value > 0 ? limen_game_decimal ((LimenNumber){ceil (value / unit) * unit, 0.4 * unit})
                   : g_strdup ("0");
}

static void
add_value (Writer *w)
{
  const LimenSolution *s = w->solution;
  g_autofree char *value = value_text (w);
  for (guint i = 0; i < s->n_a; i++)
    add_bound (w, FALSE, i);
  for (guint i = 0; i < s->n_b; i++)
    add_bound (w, TRUE, i);
  if (s->exact) {
    g_string_append_printf (w->text,
                            "Neither can do better: the value is %s, and all these strategies are "
                            "optimal (von Neumann, 1928).\n",
                            value);
    return;
  }
  LimenNumber spread = spread_of (w->payoff, s);
  g_autofree char *apart = text_above (spread.value + 2 * spread.error);
  g_string_append_printf (w->text,
                          "The two bounds, before they are rounded to what stands here, differ by "
                          "%s at most: neither can do better by more, and the value lies between "
                          "them.\n",
                          apart);
}

/* -- whether there are others -- */

/* Strategies of B (@b) or A that are not used are worse, so none of its optimal ones uses them. */
static void
add_proof (Writer *w, const LimenProof *proof, gboolean b)
{
  const gboolean *used = b ? proof->b : proof->a, *replies = b ? proof->a : proof->b;
  char player = b ? 'B' : 'A', other = b ? 'A' : 'B';
  g_autofree char *left_out = names_text (w, b, used, FALSE), *kept = names_text (w, b, used, TRUE);
  g_autofree char *met = names_text (w, !b, replies, TRUE), *value = value_text (w);
  g_autofree char *determinant = limen_rational_text (proof->determinant);
  if (size_of (w, b) == 1) {
    g_string_append_printf (w->text, "%c has no other strategy.\n", player);
    return;
  }
  g_string_append_printf (w->text, "Unique for %c: ", player);
  if (*left_out)
    g_string_append_printf (w->text,
                            "against p_%c, %s would give B %s than %s, so an optimal p_%c plays "
                            "only %s. ",
                            other, left_out, b ? "less" : "more", value, player, kept);
  if (proof->size == 1) {
    g_string_truncate (w->text, w->text->len - 1);
    g_string_append (w->text, "\n");
    return;
  }
  g_string_append_printf (
      w->text,
      "%c plays %s, so against an optimal p_%c each of these earns exactly %s (complementary "
      "slackness). These %u equations, and that the weights of p_%c add up to 1, have one solution "
      "in the weights and the value: their determinant is %s, not 0.\n",
      other, met, player, value, proof->size, player, determinant);
}

static guint
choose (guint n, guint k)
{
  guint ways = 1;
  for (guint i = 0; i < k; i++)
    ways = ways * (n - i) / (i + 1);
  return ways;
}

static guint
count_subgames (const LimenPayoff *payoff)
{
  guint n = 0;
  for (guint k = 1; k <= MIN (payoff->rows, payoff->columns); k++)
    n += choose (payoff->rows, k) * choose (payoff->columns, k);
  return n;
}

/* "all mixtures of (1, 0) and (0, 1), a segment". No three extreme points of a game up to 3 × 3 are
 * on a line. */
static void
add_extremes (Writer *w, gboolean b)
{
  static const char *const shapes[] = {"", "", ", a segment", ", a triangle", ", a quadrangle"};
  guint n = b ? w->solution->n_b : w->solution->n_a;
  g_string_append_printf (
      w->text, n == 1 ? "Optimal for %c is only " : "Optimal for %c are all mixtures of ",
      b ? 'B' : 'A');
  for (guint i = 0; i < n; i++) {
    g_autofree char *strategy = strategy_text (w, b, i);
    g_string_append_printf (w->text, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", strategy);
  }
  g_string_append_printf (w->text, "%s, and nothing else.\n",
                          n < G_N_ELEMENTS (shapes) ? shapes[n] : ", a polygon");
}

static void
add_subgames (Writer *w)
{
  guint n = count_subgames (w->payoff);
  g_string_append (w->text, "Every extreme solution is that of a square part of M (Shapley and "
                            "Snow, 1950). ");
  g_string_append_printf (w->text, n == 1 ? "There is one.\n" : "All %u were tried.\n", n);
  add_extremes (w, FALSE);
  add_extremes (w, TRUE);
}

static void
add_programs (Writer *w, gboolean alone, gboolean b)
{
  g_string_append_printf (
      w->text,
      alone ? "Unique for %c: in its linear program no other weight can grow at the same value.\n"
            : "Not unique for %c: in its linear program another weight can grow at the same value; "
              "this is one strategy of several.\n",
      b ? 'B' : 'A');
}

static void
add_doubt (Writer *w)
{
  LimenRational fraction;
  gboolean fractions = TRUE;
  for (guint k = 0; k < w->payoff->rows * w->payoff->columns; k++)
    fractions = fractions && limen_rational_from_double (w->payoff->m[k], &fraction);
  g_string_append (w->text, fractions
                                ? "Not exact: fractions on the way outgrow Limen's integers. "
                                : "Not exact: not all payoffs are fractions with a denominator up "
                                  "to 1 000 000. ");
  g_string_append (
      w->text,
      w->kernels
          ? "These numbers are rounded, and strategies that differ by less than 10⁻¹³ of the "
            "payoffs' range count as equally good.\n"
          : "These numbers are rounded; which strategies are used, and whether there are "
            "others, was decided between integers, to 10⁻¹⁸ of the payoffs' range.\n");
}

char *
limen_certificate_write (const LimenPayoff *payoff, const LimenSolution *solution, gboolean kernels,
                         gboolean a_alone, gboolean b_alone)
{
  Writer w = {payoff, solution, kernels, g_string_new (NULL)};
  LimenProof proof;
  add_value (&w);
  if (limen_prove_unique (payoff, solution, &proof)) {
    add_proof (&w, &proof, FALSE);
    add_proof (&w, &proof, TRUE);
  } else if (kernels) {
    add_subgames (&w);
  } else {
    add_programs (&w, a_alone, FALSE);
    add_programs (&w, b_alone, TRUE);
  }
  if (!solution->exact)
    add_doubt (&w);
  g_string_truncate (w.text, w.text->len - 1); /* the last end of a line */
  return g_string_free (w.text, FALSE);
}

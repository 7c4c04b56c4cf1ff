#include "model/game/certificate.h"
#include "model/game/uniqueness.h"

/* @shortened: whether a fraction was too long to be written in full */
typedef struct {
  const LimenPayoff *payoff;
  const LimenSolution *solution;
  gboolean kernels, shortened;
  GString *text;
} Writer;

/* -- numbers: fractions where all is exact -- */

static char *
number_text (Writer *w, mpq_srcptr value)
{
  gboolean exact = w->solution->exact;
  w->shortened = w->shortened || (exact && !limen_rational_is_readable (value));
  return limen_rational_told (value, exact);
}

static char *
value_text (Writer *w)
{
  return number_text (w, w->solution->value_exact);
}

static const mpq_t *
weights_of (const Writer *w, gboolean b, guint index)
{
  const LimenSolution *s = w->solution;
  return b ? s->b_exact->at + index * s->columns : s->a_exact->at + index * s->rows;
}

static guint
size_of (const Writer *w, gboolean b)
{
  return b ? w->payoff->columns : w->payoff->rows;
}

/* "(1/3, 1/3, 1/3)": extreme strategy @index of a player */
static char *
strategy_text (Writer *w, gboolean b, guint index)
{
  GString *text = g_string_new ("(");
  for (guint i = 0; i < size_of (w, b); i++) {
    g_autofree char *number = number_text (w, weights_of (w, b, index)[i]);
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

/* Points for B when A's optimal strategy @index, or (@b) B's, meets the other player's @reply */
static char *
points_text (Writer *w, gboolean b, guint index, guint reply)
{
  mpq_t points;
  mpq_init (points);
  limen_solution_points (w->solution, b, weights_of (w, b, index), reply, points);
  char *text = number_text (w, points);
  mpq_clear (points);
  return text;
}

/* -- the value: a bound from each side -- */

static void
add_bound (Writer *w, gboolean b, guint index)
{
  g_autofree char *strategy = strategy_text (w, b, index), *bound = value_text (w);
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

/* The most of what A's strategies let B have, and the least of what B's get, are the value: the
 * same fraction. */
static void
add_value (Writer *w)
{
  const LimenSolution *s = w->solution;
  g_autofree char *value = value_text (w);
  for (guint i = 0; i < s->n_a; i++)
    add_bound (w, FALSE, i);
  for (guint i = 0; i < s->n_b; i++)
    add_bound (w, TRUE, i);
  if (!s->exact)
    g_string_append (w->text, "The two bounds are one number, before it is rounded to what stands "
                              "here. ");
  g_string_append_printf (w->text,
                          "Neither can do better: the value is %s, and all these strategies are "
                          "optimal (von Neumann, 1928).\n",
                          value);
}

/* -- whether there are others -- */

/* "1/6"; "the value" where that is too long to be said to be met exactly */
static char *
said_value (Writer *w)
{
  mpq_srcptr value = w->solution->value_exact;
  return limen_rational_is_readable (value) ? limen_rational_text (value) : g_strdup ("the value");
}

/* Strategies of B (@b) or A that are not used are worse, so none of its optimal ones uses them. */
static void
add_proof (Writer *w, const LimenProof *proof, gboolean b)
{
  const gboolean *used = b ? proof->b : proof->a, *replies = b ? proof->a : proof->b;
  char player = b ? 'B' : 'A', other = b ? 'A' : 'B';
  g_autofree char *left_out = names_text (w, b, used, FALSE), *kept = names_text (w, b, used, TRUE);
  g_autofree char *met = names_text (w, !b, replies, TRUE), *value = said_value (w);
  g_autofree char *determinant = number_text (w, proof->determinant);
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

/* What is rounded of what stands there */
static void
add_rounding (Writer *w)
{
  if (!w->solution->exact)
    g_string_append (
        w->text,
        "Not exact: not all payoffs are fractions with a denominator up to 1 000 000. They "
        "were taken as they are stored, to 53 binary digits. Of those everything was "
        "decided without rounding: which strategies are used, and whether there are "
        "others; only the numbers that stand here are rounded.\n");
  if (w->shortened)
    g_string_append_printf (w->text,
                            "Numbers after ≈ are rounded: as fractions they have more than %u "
                            "characters. limen game solve --json writes the value and all weights "
                            "in full.\n",
                            LIMEN_RATIONAL_READABLE);
}

char *
limen_certificate_write (const LimenPayoff *payoff, const LimenSolution *solution, gboolean kernels,
                         gboolean a_alone, gboolean b_alone)
{
  Writer w = {payoff, solution, kernels, FALSE, g_string_new (NULL)};
  g_auto (LimenProof) proof;
  add_value (&w);
  if (limen_prove_unique (solution, &proof)) {
    add_proof (&w, &proof, FALSE);
    add_proof (&w, &proof, TRUE);
  } else if (kernels) {
    add_subgames (&w);
  } else {
    add_programs (&w, a_alone, FALSE);
    add_programs (&w, b_alone, TRUE);
  }
  add_rounding (&w);
  g_string_truncate (w.text, w.text->len - 1); /* the last end of a line */
  return g_string_free (w.text, FALSE);
}

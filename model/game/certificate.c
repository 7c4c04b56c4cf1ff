#include "model/game/certificate.h"

#include "model/base/number.h"

#include <math.h>

typedef struct {
  const LimenPayoff *payoff;
  const LimenSolution *solution;
  GString *text;
} Writer;

/* -- numbers: fractions where all is exact -- */

static char *
value_text (const Writer *w)
{
  return w->solution->exact ? limen_rational_text (w->solution->value_exact)
                            : limen_format_number (w->solution->value, 6);
}

/* "(1/3, 1/3, 1/3)": extreme strategy @index of a player */
static char *
strategy_text (const Writer *w, gboolean b, guint index)
{
  guint size = b ? w->payoff->columns : w->payoff->rows;
  const LimenRational *exact = b ? w->solution->b_exact : w->solution->a_exact;
  const double *p = b ? w->solution->b : w->solution->a;
  GString *text = g_string_new ("(");
  for (guint i = 0; i < size; i++) {
    g_autofree char *number = w->solution->exact ? limen_rational_text (exact[index * size + i])
                                                 : limen_format_number (p[index * size + i], 4);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", number);
  }
  return g_string_free (g_string_append_c (text, ')'), FALSE);
}

/* Points for B of its strategy @j against A's first optimal one, or (@b) of A's @i against B's. */
static char *
points_text (const Writer *w, gboolean b, guint index)
{
  const LimenPayoff *payoff = w->payoff;
  const LimenSolution *s = w->solution;
  guint n = b ? payoff->columns : payoff->rows;
  LimenRational sum = {0, 1}, entry, term;
  gboolean exact = s->exact;
  double total = 0;
  for (guint i = 0; i < n; i++) {
    double m = b ? payoff->m[index * payoff->columns + i] : payoff->m[i * payoff->columns + index];
    total += m * (b ? s->b[i] : s->a[i]);
    exact = exact && limen_rational_from_double (m, &entry) &&
            limen_rational_multiply (entry, b ? s->b_exact[i] : s->a_exact[i], &term) &&
            limen_rational_add (sum, term, &sum);
  }
  return exact ? limen_rational_text (sum) : limen_format_number (total, 6);
}

/* -- steps -- */

static void
add_bound (Writer *w, gboolean b)
{
  guint replies = b ? w->payoff->rows : w->payoff->columns;
  g_autofree char *strategy = strategy_text (w, b, 0), *value = value_text (w);
  g_string_append_printf (w->text, b ? "With p_B = %s B gets " : "With p_A = %s A lets B have ",
                          strategy);
  for (guint j = 0; j < replies; j++) {
    g_autofree char *points = points_text (w, b, j);
    g_string_append_printf (w->text, b ? "%s%s against %s" : "%s%s with %s", j > 0 ? ", " : "",
                            points, b ? w->payoff->row_name[j] : w->payoff->column_name[j]);
  }
  g_string_append_printf (
      w->text, b ? ": at least %s, whatever A plays.\n" : ": at most %s, whatever B plays.\n",
      value);
}

static gboolean
is_mixed (const double *p, guint n)
{
  for (guint i = 0; i < n; i++)
    if (p[i] <= 0)
      return FALSE;
  return TRUE;
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

static char *
border_text (const LimenKernels *kernels)
{
  LimenRational border;
  if (kernels->certain && limen_rational_from_wide (kernels->border_n, kernels->border_d, &border))
    return limen_rational_text (border);
  return g_strdup_printf ("%.4Lg", kernels->border);
}

/* All strategies are in use on both sides: in any solution all replies earn the value. */
static void
add_equations (Writer *w, const LimenKernels *kernels)
{
  g_autofree char *border = border_text (kernels), *value = value_text (w);
  g_string_append_printf (
      w->text,
      "Unique: both use all their strategies, so against any other solution, too, all of them must "
      "earn %s. These linear equations, with weights that sum to 1, have one solution only: the "
      "cofactors of M sum to %s, which is not 0.\n",
      value, border);
}

static void
add_subgames (Writer *w)
{
  const LimenSolution *s = w->solution;
  guint n = count_subgames (w->payoff);
  g_string_append_printf (w->text,
                          "Every extreme solution is that of a square part of M (Shapley and Snow, "
                          "1950). All %u were tried. ",
                          n);
  if (s->unique) {
    g_string_append (w->text, "Unique: no other pair of strategies is optimal.\n");
    return;
  }
  g_string_append (w->text, "Not unique:\n");
  for (int b = 0; b < 2; b++) {
    guint n_extreme = b ? s->n_b : s->n_a;
    g_string_append_printf (w->text, n_extreme == 1 ? "p_%c: only " : "p_%c: all mixtures of ",
                            b ? 'B' : 'A');
    for (guint i = 0; i < n_extreme; i++) {
      g_autofree char *strategy = strategy_text (w, b, i);
      g_string_append_printf (w->text, "%s%s",
                              i == 0              ? ""
                              : i + 1 < n_extreme ? ", "
                                                  : " and ",
                              strategy);
    }
    g_string_append (w->text, ".\n");
  }
}

static void
add_programs (Writer *w)
{
  LimenExploit e = limen_exploit (w->payoff, w->solution->a, w->solution->b);
  g_string_append_printf (
      w->text,
      "By linear programming, in floating-point numbers: the two bounds differ "
      "by %.2g.\n%s\n",
      e.gap,
      w->solution->unique ? "Unique: on neither side can any other weight grow at the same "
                            "value."
                          : "Not unique: other weights can grow at the same value; one solution "
                            "of several is shown.");
}

char *
limen_certificate_write (const LimenPayoff *payoff, const LimenSolution *solution,
                         const LimenKernels *kernels)
{
  Writer w = {payoff, solution, g_string_new (NULL)};
  g_autofree char *value = value_text (&w);
  gboolean mixed = kernels && solution->unique && payoff->rows == payoff->columns &&
                   is_mixed (solution->a, payoff->rows) && is_mixed (solution->b, payoff->rows);
  add_bound (&w, FALSE);
  add_bound (&w, TRUE);
  g_string_append_printf (w.text,
                          "Neither can do better: the value is %s, and both strategies are optimal "
                          "(von Neumann, 1928).\n",
                          value);
  if (!kernels)
    add_programs (&w);
  else if (mixed)
    add_equations (&w, kernels);
  else
    add_subgames (&w);
  if (kernels && !solution->exact)
    g_string_append (w.text,
                     "The payoffs are no fractions of small numbers: all this is computed to 15 "
                     "digits, not exactly.\n");
  g_string_truncate (w.text, w.text->len - 1); /* the last end of a line */
  return g_string_free (w.text, FALSE);
}

/* Whether what is said of points in hand, of a solution and of a run is true of a state: each is
 * computed anew, by other means than the condition of the sentence has. */
#pragma once

#include "model/game-states.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* -- judges: whether what @text says contradicts the state -- */

static gboolean
judge_only (const State *s, const char *text)
{
  gboolean centre = strstr (text, "only the centre") != NULL;
  gboolean one = strstr (text, "only one pair") != NULL;
  /* another solution would be one with either player's strategy of this */
  for (guint side = 0; side < 2 && (centre || one); side++) {
    guint n = side ? s->solution->n_b : s->solution->n_a,
          size = side ? s->payoff.columns : s->payoff.rows;
    const double *p = side ? s->solution->b : s->solution->a;
    if (n > 1)
      return FALSE;
    for (guint i = 0; i < size && centre; i++)
      if (fabs (p[i] * size - 1) > 1e-14)
        return FALSE;
  }
  /* nor may a point that is not it be a saddle point */
  if (one || centre) {
    LimenRandom random = limen_random_stream (11, "others", 0);
    for (guint round = 0; round < 20; round++) {
      double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST], apart = 0;
      random_strategy (&random, s->payoff.rows, a);
      random_strategy (&random, s->payoff.columns, b);
      for (guint i = 0; i < s->payoff.rows; i++) {
        a[i] = round % 2 ? a[i] : s->solution->a[i];
        apart = fmax (apart, fabs (a[i] - s->solution->a[i]));
      }
      for (guint j = 0; j < s->payoff.columns; j++) {
        b[j] = round % 3 ? b[j] : s->solution->b[j];
        apart = fmax (apart, fabs (b[j] - s->solution->b[j]));
      }
      Truth t = truth_at (&s->payoff, a, b);
      if (apart > 1e-3 && t.gap < 1e-9L * t.size)
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
judge_hand (const State *s, const char *text)
{
  Truth t = truth_at (&s->payoff, s->p_a, s->p_b);
  const LimenPayoff *m = &s->payoff;
  g_autofree char *where = g_strdup_printf ("At iteration %u ", (guint)s->k);
  if (s->k > 0 ? !g_str_has_prefix (text, where) : strstr (text, "teration") != NULL)
    return FALSE;
  if (strstr (text, "this is a saddle point"))
    return t.gap <= 1e-11L * t.size;
  if (strstr (text, "every point of A earns"))
    return s->frozen && !s->answered &&
           most_of (t.of_a, m->rows) - least_of (t.of_a, m->rows) <= 1e-11L * t.size &&
           is_rounded (number_after (text, "A earns "), -t.value, t.size);
  if (strstr (text, "no point of A earns more"))
    return s->frozen && !s->answered && t.saves <= 1e-11L * t.size &&
           is_rounded (number_after (text, "A earns "), -t.value, t.size);
  if (strstr (text, "B answers with"))
    return s->frozen && s->answered && t.gains >= 1e-13L * t.size &&
           is_rounded (number_after (text, "gains "), t.gains, t.size) &&
           names_best (text, "with ", t.for_b, m->column_name, m->columns, 1, t.size);
  if (strstr (text, "B can gain"))
    return t.gains >= 1e-13L * t.size && t.gains >= t.saves - 1e-11L * t.size &&
           is_rounded (number_after (text, "can gain "), t.gains, t.size) &&
           names_best (text, "with ", t.for_b, m->column_name, m->columns, 1, t.size) &&
           judge_only (s, text);
  if (strstr (text, "A can save"))
    return t.saves >= 1e-13L * t.size && t.saves >= t.gains - 1e-11L * t.size &&
           is_rounded (number_after (text, "can save "), t.saves, t.size) &&
           names_best (text, "with ", t.of_a, m->row_name, m->rows, -1, t.size) &&
           judge_only (s, text);
  return FALSE;
}

static gboolean
judge_answer (const State *s, const char *text)
{
  Truth t = truth_at (&s->payoff, s->p_a, s->p_b);
  const LimenPayoff *m = &s->payoff;
  if (strstr (text, "The method moves both"))
    return s->k > 0 && !s->answered;
  if (strstr (text, "Freeze B"))
    return !s->frozen && !s->answered && s->k == 0;
  if (strstr (text, "nothing to save"))
    return s->frozen && !s->answered && t.saves <= 1e-11L * t.size;
  if (strstr (text, "A does best with"))
    return s->frozen && !s->answered && t.saves >= 1e-13L * t.size &&
           names_best (text, "with ", t.of_a, m->row_name, m->rows, -1, t.size);
  if (strstr (text, "B finds no reply that earns more, and A none"))
    return s->answered && t.gap <= 1e-11L * t.size;
  if (strstr (text, "but A does better with"))
    return s->answered && t.gains <= 1e-11L * t.size && t.saves >= 1e-13L * t.size &&
           names_best (text, "with ", t.of_a, m->row_name, m->rows, -1, t.size);
  if (strstr (text, "B plays "))
    return s->answered && t.gains >= 1e-13L * t.size &&
           is_rounded (number_after (text, "gets "), t.value + t.gains, t.size) &&
           names_best (text, "plays ", t.for_b, m->column_name, m->columns, 1, t.size);
  return FALSE;
}

/* A second solution, where there is one, is a mixture of others: the midpoint of two is one too. */
static gboolean
judge_unique (const State *s, const char *text)
{
  gboolean fractions = !strstr (text, "53 bits"), yes = g_str_has_prefix (text, "yes");
  if (s->solution->exact != fractions)
    return FALSE;
  if (!yes && s->payoff.rows <= 3 && s->payoff.columns <= 3)
    return s->solution->n_a > 1 || s->solution->n_b > 1;
  return !yes || judge_only (s, "only one pair");
}

static gboolean
judge_reply (const State *s, gboolean b, const char *text)
{
  Truth t = truth_at (&s->payoff, s->p_a, s->p_b);
  const LimenPayoff *m = &s->payoff;
  const Long *earned = b ? t.for_b : t.of_a;
  guint n = b ? m->columns : m->rows, best = 0;
  Long most = b ? most_of (earned, n) : least_of (earned, n);
  for (guint i = 0; i < n; i++)
    best += fabsl (earned[i] - most) <= 1e-12L * t.size;
  if (strstr (text, "any reply"))
    return best == n;
  if (strstr (text, "its best reply, "))
    return best == 1 && names_best (text, "reply, ", earned, b ? m->column_name : m->row_name, n,
                                    b ? 1 : -1, t.size);
  return strstr (text, "its best replies, ") && best > 1 &&
         names_best (text, "replies, ", earned, b ? m->column_name : m->row_name, n, b ? 1 : -1,
                     t.size);
}

/* -- runs -- */

static gboolean
is_strategy (const double *p, guint n)
{
  Long sum = 0;
  for (guint i = 0; i < n; i++) {
    if (!(p[i] >= -1.01e-9))
      return FALSE;
    sum += p[i];
  }
  return fabsl (sum - 1) <= 1.01e-9L;
}

static gboolean
is_about (double said, Long value, double digits, Long size)
{
  return fabsl (said - value) <= digits * fabsl (value) + 1e-11L * size;
}

/* The size of numbers whose sums the gap is */
static Long
far_of (const LimenPayoff *m, const double *p_a, const double *p_b)
{
  Long far = 0;
  for (guint i = 0; i < m->rows * m->columns; i++)
    far = fmaxl (far, fabsl (m->m[i]) *
                          fmaxl (fabsl (p_a[i / m->columns]), fabsl (p_b[i % m->columns])));
  return far;
}

/* Four digits, or none where they would be of rounding */
static gboolean
is_difference (const char *text, const char *before, Long value, Long far)
{
  double said = text ? number_after (text, before) : NAN;
  if (isnan (said))
    return text && strstr (text, "lost in rounding") && fabsl (value) < 1e-9L * (far + 1);
  return fabsl (said - value) <= 1e-3L * fabsl (value);
}

/* The gap said after @word: a number with two digits, one where rounding leaves no more; or one
 * that it is below */
static gboolean
is_gap (const char *text, const char *word, Truth truth)
{
  const char *said = strstr (text, word);
  const Long rounding = 2e-12L * truth.size;
  if (said && g_str_has_prefix (said + strlen (word), "below "))
    return truth.gap < number_after (said, "below ") && truth.gap <= rounding;
  Long digits = truth.gap > 1e-10L * truth.size ? 0.051L : 0.51L;
  return fabsl (number_after (text, word) - truth.gap) <= digits * fabsl (truth.gap) + rounding;
}

static gboolean
judge_run (const State *s, const LimenGameRow *last, const char *text)
{
  const LimenPayoff *m = &s->payoff;
  Truth now = truth_at (m, last->p_a, last->p_b),
        mean = truth_at (m, last->average_a, last->average_b);
  gboolean in = is_strategy (last->p_a, m->rows) && is_strategy (last->p_b, m->columns);
  gboolean mean_in =
      is_strategy (last->average_a, m->rows) && is_strategy (last->average_b, m->columns);
  if (strstr (text, "beyond all numbers"))
    return !(fabsl (now.gap) < 1e305L && fabsl (mean.gap) < 1e305L);
  if (!isfinite ((double)now.gap) || !isfinite ((double)mean.gap))
    return FALSE;
  const char *said = strstr (text, "p_A, ");
  Long most =
      fmaxl (far_of (m, last->p_a, last->p_b), far_of (m, last->average_a, last->average_b));
  if (strstr (text, "the last iterate and the average are outside"))
    return !in && !mean_in && is_difference (said, "p_A, ", now.gap, most) &&
           is_difference (said, " and ", mean.gap, most);
  if (strstr (text, "the last iterate is outside"))
    return !in && mean_in && is_difference (said, "p_A, ", now.gap, most) &&
           is_gap (text, "the gap is ", mean);
  if (strstr (text, "the average is outside"))
    return in && !mean_in && is_difference (said, "p_A, ", mean.gap, most) &&
           is_gap (text, "the gap is ", now);
  return in && mean_in && is_gap (text, "the gap is ", now) && is_gap (text, "iterate and ", mean);
}

#pragma GCC diagnostic pop

#include "model/bound/sentences.h"

#include <math.h>

#define MOST_K LIMEN_BOUND_MOST_K

/* Gaps of two proposals at each K, as far as they were asked for
 * @gap, @error: (2, MOST_K + 1); NaN: not yet */
typedef struct {
  const LimenBoundStudy *study;
  guint index[2];
  double *gap, *error;
} Duel;

static double
duel_gap (const Duel *duel, int which, guint k, double *error)
{
  gsize at = (gsize)which * (MOST_K + 1) + k;
  if (isnan (duel->gap[at])) {
    LimenNumber gap = limen_bound_study_gap (duel->study, duel->index[which], k);
    duel->gap[at] = gap.value;
    duel->error[at] = isnan (gap.error) ? 0 : gap.error;
  }
  *error = duel->error[at];
  return duel->gap[at];
}

/* Whether the first is sure to be behind at every K from @low to @high: gaps fall with K, so that
 * its least is that at @high, and the most of the other that at @low. */
static gboolean
is_behind (const Duel *duel, guint low, guint high)
{
  double own_error, other_error;
  double own = duel_gap (duel, 0, high, &own_error), other = duel_gap (duel, 1, low, &other_error);
  return own - own_error > other + other_error;
}

/* The largest K from @low to @high at which the first is not sure to be behind; 0: none */
static guint
last_ahead (const Duel *duel, guint low, guint high)
{
  if (is_behind (duel, low, high))
    return 0;
  if (low == high)
    return low;
  guint middle = low + (high - low) / 2, later = last_ahead (duel, middle + 1, high);
  return later > 0 ? later : last_ahead (duel, low, middle);
}

static guint
behind_from (const LimenBoundStudy *study, guint index, guint other)
{
  gsize n = 2 * (MOST_K + 1);
  g_autofree double *gap = g_new (double, n), *error = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    gap[i] = NAN;
  const Duel duel = {study, {index, other}, gap, error};
  guint last = last_ahead (&duel, 1, MOST_K);
  return last < MOST_K ? last + 1 : 0;
}

/* Whether VLB^(1) of the one is sure to be above that of the other */
static gboolean
is_ahead_at_first (const LimenBoundStudy *study, guint index, guint other)
{
  LimenNumber own = limen_bound_study_gap (study, index, 1);
  LimenNumber its = limen_bound_study_gap (study, other, 1);
  double error = isnan (own.error + its.error) ? 0 : own.error + its.error;
  return own.value + error < its.value;
}

LimenBoundContest
limen_bound_contest (const LimenBoundStudy *study)
{
  LimenBoundContest contest = {.study = study, .best = -1};
  for (guint i = 0; i < study->n_proposals; i++)
    if (!study->proposal[i].bound)
      return contest;
  for (guint i = 0; i < study->n_proposals && contest.best < 0; i++) {
    gboolean ahead = study->n_proposals > 1;
    for (guint j = 0; j < study->n_proposals; j++)
      ahead = ahead && (i == j || is_ahead_at_first (study, i, j));
    contest.best = ahead ? (int)i : -1;
  }
  for (guint i = 0; i < study->n_proposals && contest.best >= 0; i++)
    contest.from[i] = i == (guint)contest.best ? 0 : behind_from (study, (guint)contest.best, i);
  return contest;
}

typedef struct {
  guint n, first, last, winner; /* of those that overtake */
} Overtaken;

static Overtaken
overtaken (const LimenBoundContest *contest)
{
  Overtaken found = {0};
  for (guint i = 0; contest->best >= 0 && i < contest->study->n_proposals; i++) {
    guint from = contest->from[i];
    if (from == 0)
      continue;
    found.winner = found.n == 0 || from < found.first ? i : found.winner;
    found.first = found.n == 0 ? from : MIN (found.first, from);
    found.last = MAX (found.last, from);
    found.n++;
  }
  return found;
}

/* Every other proposal overtakes the best at K = 1 for good, one of them sooner than the last. */
static gboolean
holds_all_in_turn (gconstpointer data)
{
  const LimenBoundContest *contest = data;
  Overtaken found = overtaken (contest);
  return found.n > 1 && found.n + 1 == contest->study->n_proposals && found.last > found.first;
}

static char *
say_all_in_turn (gconstpointer data)
{
  const LimenBoundContest *contest = data;
  Overtaken found = overtaken (contest);
  g_autofree char *first = limen_format_number (found.first, 0);
  g_autofree char *last = limen_format_number (found.last, 0);
  g_autofree char *most = limen_format_number (MOST_K, 0);
  return g_strdup_printf ("%s is best at K = 1, loses to %s from K = %s on, and to all from K = %s "
                          "on, as far as K = %s.",
                          contest->study->proposal[contest->best].name,
                          contest->study->proposal[found.winner].name, first, last, most);
}

/* Every other one, of several, overtakes it for good, at the same K. */
static gboolean
holds_all_at_once (gconstpointer data)
{
  const LimenBoundContest *contest = data;
  Overtaken found = overtaken (contest);
  return found.n > 1 && found.n + 1 == contest->study->n_proposals && found.last == found.first;
}

static char *
say_loses (const LimenBoundContest *contest, const char *to)
{
  Overtaken found = overtaken (contest);
  g_autofree char *first = limen_format_number (found.first, 0);
  g_autofree char *most = limen_format_number (MOST_K, 0);
  return g_strdup_printf ("%s is best at K = 1, but loses to %s from K = %s on, as far as K = %s.",
                          contest->study->proposal[contest->best].name, to, first, most);
}

static char *
say_all_at_once (gconstpointer data)
{
  return say_loses (data, "the others");
}

/* At least one overtakes it for good. */
static gboolean
holds_one (gconstpointer data)
{
  return overtaken (data).n > 0;
}

static char *
say_one (gconstpointer data)
{
  const LimenBoundContest *contest = data;
  return say_loses (contest, contest->study->proposal[overtaken (contest).winner].name);
}

const LimenClaim limen_bound_contest_claims[LIMEN_BOUND_N_CONTEST_CLAIMS] = {
    {"loses to all in turn", holds_all_in_turn, say_all_in_turn},
    {"loses to all at once", holds_all_at_once, say_all_at_once},
    {"loses to one", holds_one, say_one},
};

char *
limen_bound_study_contest (const LimenBoundStudy *study)
{
  LimenBoundContest contest = limen_bound_contest (study);
  return limen_claim_say (limen_bound_contest_claims, LIMEN_BOUND_N_CONTEST_CLAIMS, &contest);
}

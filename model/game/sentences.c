/* What is said of a game and of two points in it; of methods and their runs: sentences-run.c. */
#include "model/game/sentences-private.h"
#include "model/base/number.h"

#include <math.h>

/* -- numbers -- */

char *
limen_game_points (double points, double size)
{
  double most = fabs (points);
  if (most <= LIMEN_GAME_ROUNDING * size)
    return g_strdup ("0.00");
  if (most < 0.0995)
    return limen_format_significant (points, 2);
  /* 0.125 as readers round it, 0.13, not to an even digit */
  return limen_format_number (points + copysign (1e-9 * fmin (most, size), points), 2);
}

/* -- replies -- */

static gboolean
is_best (const LimenGameReply *r, guint i)
{
  return (r->best >> i) & 1;
}

static guint
count_best (const LimenGameReply *r)
{
  guint n = 0;
  for (guint i = 0; i < r->n; i++)
    n += is_best (r, i);
  return n;
}

LimenGameReply
limen_game_reply (const LimenPayoff *payoff, const LimenExploit *exploit, gboolean b)
{
  return (LimenGameReply){b ? payoff->column_name : payoff->row_name,
                          b ? payoff->columns : payoff->rows,
                          b ? exploit->b_replies : exploit->a_replies};
}

/* "rock", "rock or paper"; of what is all the same, nothing is best */
char *
limen_game_replies (const LimenGameReply *r)
{
  g_return_val_if_fail (r != NULL, NULL);
  guint n = count_best (r), told = 0;
  if (n > 1 && n == r->n)
    return g_strdup ("any reply");
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < r->n; i++)
    if (is_best (r, i)) {
      g_string_append (text, told == 0 ? "" : told + 1 < n ? ", " : " or ");
      g_string_append (text, r->name[i]);
      told++;
    }
  return g_string_free (text, FALSE);
}

/* Exactly one strategy earns its player most, but for rounding. */
static gboolean
reply_is_one (gconstpointer state)
{
  return count_best (state) == 1;
}

static char *
say_one_reply (gconstpointer state)
{
  g_autofree char *name = limen_game_replies (state);
  return g_strdup_printf ("its best reply, %s, gets", name);
}

/* Several of its strategies earn the same, and others less. */
static gboolean
replies_are_some (gconstpointer state)
{
  const LimenGameReply *r = state;
  guint n = count_best (r);
  return n > 1 && n < r->n;
}

static char *
say_some_replies (gconstpointer state)
{
  g_autofree char *names = limen_game_replies (state);
  return g_strdup_printf ("its best replies, %s, get", names);
}

/* All of its strategies earn the same. */
static gboolean
replies_are_all (gconstpointer state)
{
  const LimenGameReply *r = state;
  return count_best (r) == r->n;
}

static const LimenClaim reply_claims[] = {
    {"any reply", replies_are_all, .words = "any reply gets"},
    {"one best reply", reply_is_one, say_one_reply},
    {"several best replies", replies_are_some, say_some_replies},
};

/* -- points in hand -- */

LimenGameHand
limen_game_hand (const LimenPayoff *payoff, const LimenSolution *solution, const double *p_a,
                 const double *p_b, gboolean frozen, gboolean answered)
{
  return (LimenGameHand){.payoff = payoff,
                         .solution = solution,
                         .p_a = p_a,
                         .p_b = p_b,
                         .exploit = limen_exploit (payoff, p_a, p_b),
                         .frozen = frozen,
                         .answered = answered};
}

static double
little (const LimenGameHand *hand)
{
  return LIMEN_GAME_ROUNDING * limen_payoff_largest (hand->payoff);
}

static char *
points_text (const LimenGameHand *hand, double points)
{
  return limen_game_points (points, limen_payoff_largest (hand->payoff));
}

static char *
replies_text (const LimenGameHand *hand, gboolean b)
{
  LimenGameReply reply = limen_game_reply (hand->payoff, &hand->exploit, b);
  return limen_game_replies (&reply);
}

/* "At iteration 37", or @held where it is nobody's but the user's */
static char *
where_text (const LimenGameHand *hand, const char *held)
{
  if (hand->k == 0)
    return g_strdup (held);
  g_autofree char *k = limen_format_number ((double)hand->k, 0);
  return g_strdup_printf ("At iteration %s", k);
}

/* No best reply of either gains it more than rounding: max (Mᵀp_A) = min (M p_B). */
static gboolean
is_saddle (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->exploit.gap <= little (hand);
}

static char *
say_saddle (gconstpointer state)
{
  g_autofree char *where = where_text (state, "Here");
  return g_strdup_printf ("%s no one gains by moving: this is a saddle point.", where);
}

/* B is held at the uniform point, its answer is not shown, and all entries of M·1/m are the same: A
 * earns as much with each of its strategies, and so with each point. */
static gboolean
is_flat (gconstpointer state)
{
  const LimenGameHand *hand = state;
  LimenGameReply reply = limen_game_reply (hand->payoff, &hand->exploit, FALSE);
  return hand->frozen && !hand->answered && count_best (&reply) == reply.n;
}

static char *
say_flat (gconstpointer state)
{
  const LimenGameHand *hand = state;
  g_autofree char *earned = points_text (hand, -hand->exploit.value);
  return g_strdup_printf ("Against uniform B every point of A earns %s: is any of them optimal?",
                          earned);
}

/* B is held at the uniform point, its answer is not shown, and A has nothing to save; but other
 * points of A would cost more. */
static gboolean
is_best_against_uniform (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->frozen && !hand->answered && hand->exploit.a_saves <= little (hand);
}

static char *
say_best_against_uniform (gconstpointer state)
{
  const LimenGameHand *hand = state;
  g_autofree char *earned = points_text (hand, -hand->exploit.value);
  return g_strdup_printf ("Against uniform B A earns %s, and no point of A earns more: is this one "
                          "optimal?",
                          earned);
}

/* B is held at the uniform point, its answer is shown, and gains it more than A could save. */
static gboolean
b_answers (gconstpointer state)
{
  const LimenGameHand *hand = state;
  const LimenExploit *e = &hand->exploit;
  return hand->frozen && hand->answered && e->b_gains > little (hand) && e->b_gains >= e->a_saves;
}

static char *
say_b_answers (gconstpointer state)
{
  const LimenGameHand *hand = state;
  g_autofree char *reply = replies_text (hand, TRUE);
  g_autofree char *gain = points_text (hand, hand->exploit.b_gains);
  return g_strdup_printf ("B answers with %s and gains %s: a best reply is not yet a solution.",
                          reply, gain);
}

/* The best reply of B gains it something, and as much as that of A saves. */
static gboolean
b_gains (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->exploit.b_gains > little (hand) && hand->exploit.b_gains >= hand->exploit.a_saves;
}

static char *
say_gain (const LimenGameHand *hand, gboolean b)
{
  g_autofree char *only = limen_game_say (LIMEN_SAY_ONLY, hand);
  g_autofree char *reply = replies_text (hand, b);
  g_autofree char *gain = points_text (hand, b ? hand->exploit.b_gains : hand->exploit.a_saves);
  g_autofree char *where = where_text (hand, "From here");
  return g_strdup_printf ("%s %s %s points with %s; %s no one a reason to move.", where,
                          b ? "B can gain" : "A can save", gain, reply, only);
}

static char *
say_b_gains (gconstpointer state)
{
  return say_gain (state, TRUE);
}

/* The best reply of A saves it something, and more than that of B gains. */
static gboolean
a_saves (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->exploit.a_saves > little (hand) && hand->exploit.a_saves > hand->exploit.b_gains;
}

static char *
say_a_saves (gconstpointer state)
{
  return say_gain (state, FALSE);
}

static const LimenClaim hand_claims[] = {
    [LIMEN_HAND_SADDLE] = {"a saddle point", is_saddle, say_saddle},
    [LIMEN_HAND_FLAT] = {"every point of A earns the same", is_flat, say_flat},
    [LIMEN_HAND_BEST] = {"no point of A earns more", is_best_against_uniform,
                         say_best_against_uniform},
    [LIMEN_HAND_ANSWERED] = {"B answers", b_answers, say_b_answers},
    [LIMEN_HAND_B_GAINS] = {"B can gain", b_gains, say_b_gains},
    [LIMEN_HAND_A_SAVES] = {"A can save", a_saves, say_a_saves},
};

/* -- who has no reason to move -- */

static gboolean
is_uniform (const LimenRationals *p, guint n)
{
  for (guint i = 0; i < n; i++)
    if (mpq_cmp_ui (p->at[i], 1, n) != 0)
      return FALSE;
  return TRUE;
}

/* The solution is exact and the only one, and all weights of a player are the same. */
static gboolean
is_only_centre (gconstpointer state)
{
  const LimenSolution *s = ((const LimenGameHand *)state)->solution;
  const LimenPayoff *payoff = ((const LimenGameHand *)state)->payoff;
  return s->exact && s->unique && is_uniform (s->a_exact, payoff->rows) &&
         is_uniform (s->b_exact, payoff->columns);
}

/* The solution is exact and the only one. */
static gboolean
is_only_one (gconstpointer state)
{
  const LimenSolution *s = ((const LimenGameHand *)state)->solution;
  return s->exact && s->unique;
}

static const LimenClaim only_claims[] = {
    {"only the centre", is_only_centre, .words = "only the centre gives"},
    {"only one pair", is_only_one, .words = "only one pair of points gives"},
    /* true of every game: points from which no one gains are a solution (von Neumann, 1928) */
    {"only solutions", limen_claim_always, .words = "only solutions give"},
};

/* -- is any p_A optimal? -- */

/* A method moves the points of both, and B's answer is not shown. */
static gboolean
a_method_moves (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->k > 0 && !hand->answered;
}

/* Neither is B held, nor its answer shown: a question, and no claim. */
static gboolean
is_not_asked (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return !hand->answered && !hand->frozen;
}

/* B's answer is not shown, and no best reply of A saves it more than rounding. */
static gboolean
a_has_nothing_to_save (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return !hand->answered && hand->exploit.a_saves <= little (hand);
}

/* B's answer is not shown, and the best reply of A saves it something. */
static gboolean
a_has_a_reply (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return !hand->answered && hand->exploit.a_saves > little (hand);
}

static char *
say_a_has_a_reply (gconstpointer state)
{
  g_autofree char *reply = replies_text (state, FALSE);
  return g_strdup_printf ("Against it A does best with %s. Is that a solution?", reply);
}

/* B's answer is shown, and gains it nothing; nor does A's. */
static gboolean
nobody_has_a_reply (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->answered && is_saddle (state);
}

/* B's answer gains it nothing, but A's best reply saves it something. */
static gboolean
only_a_has_a_reply (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->answered && hand->exploit.b_gains <= little (hand) &&
         hand->exploit.a_saves > little (hand);
}

static char *
say_only_a_has_a_reply (gconstpointer state)
{
  g_autofree char *reply = replies_text (state, FALSE);
  return g_strdup_printf ("B finds no reply that earns more, but A does better with %s.", reply);
}

/* B's answer is shown, and gains it something. */
static gboolean
b_has_a_reply (gconstpointer state)
{
  const LimenGameHand *hand = state;
  return hand->answered && hand->exploit.b_gains > little (hand);
}

static char *
say_b_has_a_reply (gconstpointer state)
{
  const LimenGameHand *hand = state;
  g_autofree char *reply = replies_text (hand, TRUE);
  g_autofree char *points = points_text (hand, hand->exploit.value + hand->exploit.b_gains);
  return g_strdup_printf ("B plays %s and gets %s. What A plays must leave B nothing to gain, and "
                          "the other way round: a best reply is not yet a solution.",
                          reply, points);
}

static const LimenClaim answer_claims[] = {
    {"a method moves both", a_method_moves,
     .words = "The method moves both players now. Go back to your own points to ask this."},
    {"not asked", is_not_asked, .words = "Freeze B, and move A: what changes?"},
    {"A has nothing to save", a_has_nothing_to_save,
     .words = "A has nothing to save against it. Is it solved?"},
    {"A has a reply", a_has_a_reply, say_a_has_a_reply},
    {"nobody has a reply", nobody_has_a_reply,
     .words = "B finds no reply that earns more, and A none that costs less."},
    {"only A has a reply", only_a_has_a_reply, say_only_a_has_a_reply},
    {"B has a reply", b_has_a_reply, say_b_has_a_reply},
};

/* -- the solution -- */

/* Fractions, which decide it exactly: each player has one optimal strategy. */
static gboolean
is_exactly_unique (gconstpointer state)
{
  const LimenSolution *s = state;
  return s->exact && s->unique;
}

/* Fractions: some player has several. */
static gboolean
is_exactly_several (gconstpointer state)
{
  const LimenSolution *s = state;
  return s->exact && !s->unique;
}

/* No fractions: decided exactly, of the doubles that hold them. */
static gboolean
is_about_unique (gconstpointer state)
{
  const LimenSolution *s = state;
  return !s->exact && s->unique;
}

static gboolean
is_about_several (gconstpointer state)
{
  const LimenSolution *s = state;
  return !s->exact && !s->unique;
}

static const LimenClaim unique_claims[] = {
    {"unique", is_exactly_unique, .words = "yes"},
    {"several", is_exactly_several, .words = "no"},
    {"unique as stored", is_about_unique, .words = "yes, of payoffs rounded to 53 bits"},
    {"several as stored", is_about_several, .words = "no, of payoffs rounded to 53 bits"},
};

/* -- all of them -- */

static LimenClaimTable
find_table (LimenGameTopic topic)
{
  static const LimenClaimTable tables[] = {
      [LIMEN_SAY_HAND] = LIMEN_CLAIM_TABLE (hand_claims),
      [LIMEN_SAY_ANSWER] = LIMEN_CLAIM_TABLE (answer_claims),
      [LIMEN_SAY_ONLY] = LIMEN_CLAIM_TABLE (only_claims),
      [LIMEN_SAY_UNIQUE] = LIMEN_CLAIM_TABLE (unique_claims),
      [LIMEN_SAY_REPLY] = LIMEN_CLAIM_TABLE (reply_claims),
  };
  return topic < G_N_ELEMENTS (tables) ? tables[topic] : limen_game_run_table (topic);
}

const LimenClaim *
limen_game_claims (LimenGameTopic topic, guint *n)
{
  LimenClaimTable table = find_table (topic);
  *n = table.n;
  return table.claims;
}

char *
limen_game_say (LimenGameTopic topic, gconstpointer state)
{
  LimenClaimTable table = find_table (topic);
  return limen_claim_say (table.claims, table.n, state);
}

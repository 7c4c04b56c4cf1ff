/* What is said of one image that is explained. */
#include "model/base/number.h"
#include "model/explain/explanation.h"

#include <math.h>

/* -- the rank of a score -- */

/* There are normal images, and none is as unusual. */
static gboolean
is_first (gconstpointer data)
{
  const LimenExplainedScore *score = data;
  return score->n > 0 && score->n_as_unusual == 0;
}

/* There are, and one is. */
static gboolean
has_one_more (gconstpointer data)
{
  const LimenExplainedScore *score = data;
  return score->n > 1 && score->n_as_unusual == 1;
}

/* There are, and several are, but not all. */
static gboolean
has_some_more (gconstpointer data)
{
  const LimenExplainedScore *score = data;
  return score->n_as_unusual > 1 && score->n_as_unusual < score->n;
}

/* There are, and all are. */
static gboolean
is_last (gconstpointer data)
{
  const LimenExplainedScore *score = data;
  return score->n > 0 && score->n_as_unusual == score->n;
}

/* There are none. */
static gboolean
is_alone (gconstpointer data)
{
  return ((const LimenExplainedScore *)data)->n == 0;
}

static char *
say_rank (const LimenExplainedScore *score, const char *who, const char *verb)
{
  static const char *const as[] = {[LIMEN_SIDE_LOW] = "low",
                                   [LIMEN_SIDE_HIGH] = "high",
                                   [LIMEN_SIDE_BOTH] = "far from the mean"};
  g_autofree char *all = limen_format_number (score->n, 0);
  g_autofree char *rank = limen_format_number (1.0 + score->n_as_unusual, 0);
  g_autofree char *ranks = limen_format_number (1.0 + score->n, 0);
  return g_strdup_printf ("%s of %s normal images %s as %s: p = %s/%s", who, all, verb,
                          as[score->measure->side], rank, ranks);
}

static char *
say_first (gconstpointer score)
{
  return say_rank (score, "None", "scores");
}

static char *
say_one_more (gconstpointer score)
{
  return say_rank (score, "One", "scores");
}

static char *
say_some_more (gconstpointer data)
{
  const LimenExplainedScore *score = data;
  g_autofree char *n = limen_format_number (score->n_as_unusual, 0);
  return say_rank (score, n, "score");
}

static char *
say_last (gconstpointer score)
{
  return say_rank (score, "All", "score");
}

static const LimenClaim rank_claims[] = {
    {"first", is_first, say_first},
    {"one more", has_one_more, say_one_more},
    {"some more", has_some_more, say_some_more},
    {"last", is_last, say_last},
    {"alone", is_alone, .words = "There are no normal images to rank it among"},
};

const LimenClaim *
limen_explained_score_claims (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (rank_claims);
  return rank_claims;
}

char *
limen_explained_score_rank (const LimenExplainedScore *explained)
{
  g_return_val_if_fail (explained != NULL, NULL);
  return limen_claim_say (rank_claims, G_N_ELEMENTS (rank_claims), explained);
}

/* -- the sum over latents -- */

/* There is a flow, and the log-likelihood is a number. */
static gboolean
has_sum (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->detail && isfinite (explanation->detail->log_likelihood);
}

/* There is a flow, by which it has no finite log-likelihood. */
static gboolean
has_no_sum (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->detail && !isfinite (explanation->detail->log_likelihood);
}

/* There is no flow. */
static gboolean
has_no_flow (gconstpointer data)
{
  return !((const LimenExplanation *)data)->detail;
}

static char *
say_sum (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  double peak = limen_explanation_peak (explanation), log_p = explanation->detail->log_likelihood;
  g_autofree char *here = limen_format_number (log_p, 1);
  g_autofree char *most = limen_format_number (peak, 1);
  g_autofree char *less = limen_format_number (peak - log_p, 1);
  return g_strdup_printf ("log p = %s nats: %s nats, the most that this flow gives any point, less "
                          "%s nats that the latents take away.",
                          here, most, less);
}

static const LimenClaim sum_claims[] = {
    {"sum", has_sum, say_sum},
    {"no sum", has_no_sum, .words = "This flow gives the image no finite log-likelihood."},
    {"no flow", has_no_flow,
     .words = "Without a flow there is no log-likelihood to explain; open the weights of one."},
};

/* -- what would have to change -- */

/* It was moved, and is as likely as it was to become. */
static gboolean
arrives (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->ascent && !isnan (explanation->goal) && explanation->ascent->reached &&
         explanation->ascent->n_steps > 0;
}

/* It is that likely without being moved. */
static gboolean
is_there (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->ascent && !isnan (explanation->goal) && explanation->ascent->reached &&
         explanation->ascent->n_steps == 0;
}

/* It was moved, and is not that likely. */
static gboolean
falls_short (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->ascent && !isnan (explanation->goal) && !explanation->ascent->reached &&
         explanation->ascent->n_steps > 0;
}

/* It was moved, towards nothing in particular. */
static gboolean
moves (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->ascent && isnan (explanation->goal) && explanation->ascent->n_steps > 0;
}

/* There is a flow, the image is not as likely as it was to become, and no step is more likely. */
static gboolean
stays (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  return explanation->ascent && explanation->ascent->n_steps == 0 && !is_there (data);
}

static char *
changed_text (const LimenExplanation *explanation)
{
  guint n = limen_explanation_n_changed (explanation, LIMEN_EXPLAIN_CHANGED);
  g_autofree char *some = limen_format_number (n, 0);
  g_autofree char *all = limen_format_number (explanation->ascent->dimension, 0);
  g_autofree char *least = limen_format_number (LIMEN_EXPLAIN_CHANGED, 1);
  return g_strdup_printf ("%s of %s pixels change by more than %s", n > 0 ? some : "none", all,
                          least);
}

static char *
steps_text (const LimenExplanation *explanation)
{
  return g_strdup_printf ("%u step%s", explanation->ascent->n_steps,
                          explanation->ascent->n_steps == 1 ? "" : "s");
}

static double
end_of (const LimenExplanation *explanation)
{
  return explanation->ascent->log_likelihood[explanation->ascent->n_steps];
}

static char *
say_arrives (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  g_autofree char *steps = steps_text (explanation), *changed = changed_text (explanation);
  return g_strdup_printf ("Moved by %s, it is as likely as the median normal image: %s.", steps,
                          changed);
}

static char *
say_falls_short (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  g_autofree char *steps = steps_text (explanation), *changed = changed_text (explanation);
  g_autofree char *less = limen_format_number (explanation->goal - end_of (explanation), 1);
  return g_strdup_printf ("Moved by %s, it is still %s nats less likely than the median normal "
                          "image: %s.",
                          steps, less, changed);
}

static char *
say_moves (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  g_autofree char *steps = steps_text (explanation), *changed = changed_text (explanation);
  double rise = end_of (explanation) - explanation->ascent->log_likelihood[0];
  g_autofree char *more = limen_format_number (rise, 1);
  return g_strdup_printf ("Moved by %s, it is %s nats more likely: %s.", steps, more, changed);
}

static const LimenClaim change_claims[] = {
    {"arrives", arrives, say_arrives},
    {"there", is_there,
     .words = "It is as likely as the median normal image, or more: nothing has to change."},
    {"short", falls_short, say_falls_short},
    {"moves", moves, say_moves},
    {"stays", stays, .words = "No small step makes it more likely."},
    {"no flow", has_no_flow,
     .words = "Without a flow nothing is known of what would have to change."},
};

/* -- where it is unusual -- */

/* There is a map of windows, whose largest value is finite. */
static gboolean
has_windows (gconstpointer data)
{
  const LimenExplanation *explanation = data;
  double low, high;
  if (!explanation->windows)
    return FALSE;
  limen_window_map_range (explanation->windows, &low, &high);
  return isfinite (high);
}

static char *
say_where (gconstpointer data)
{
  const LimenWindowMap *map = ((const LimenExplanation *)data)->windows;
  guint most = 0;
  for (guint i = 1; i < map->columns * map->rows; i++)
    most = map->value[i] > map->value[most] ? i : most;
  double x = map->origin_x + (double)map->step * (most % map->columns);
  double y = map->origin_y + (double)map->step * (most / map->columns);
  return g_strdup_printf ("Its most unusual window is around column %.0f, row %.0f.", floor (x) + 1,
                          floor (y) + 1);
}

static const LimenClaim where_claims[] = {{"windows", has_windows, say_where}};

/* -- all of it -- */

const LimenClaim *
limen_explanation_claims (LimenExplanationClaims table, guint *n)
{
  static const struct {
    const LimenClaim *claims;
    guint n;
  } tables[] = {[LIMEN_EXPLANATION_SUM] = {sum_claims, G_N_ELEMENTS (sum_claims)},
                [LIMEN_EXPLANATION_CHANGE] = {change_claims, G_N_ELEMENTS (change_claims)},
                [LIMEN_EXPLANATION_WHERE] = {where_claims, G_N_ELEMENTS (where_claims)}};
  g_return_val_if_fail (n != NULL && table < G_N_ELEMENTS (tables), NULL);
  *n = tables[table].n;
  return tables[table].claims;
}

char *
limen_explanation_where (const LimenExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);
  return limen_claim_say (where_claims, G_N_ELEMENTS (where_claims), explanation);
}

char *
limen_explanation_sentence (const LimenExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);
  return limen_claim_say (sum_claims, G_N_ELEMENTS (sum_claims), explanation);
}

char *
limen_explanation_change (const LimenExplanation *explanation)
{
  g_return_val_if_fail (explanation != NULL, NULL);
  return limen_claim_say (change_claims, G_N_ELEMENTS (change_claims), explanation);
}

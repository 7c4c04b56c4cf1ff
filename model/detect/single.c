#include "model/detect/single.h"
#include "model/base/number.h"

#include <math.h>

/* -- ranks -- */

static guint
n_at_or_below (const LimenScores *scores, double score)
{
  return !scores             ? 0
         : score == INFINITY ? scores->n
                             : limen_scores_n_below (scores, nextafter (score, INFINITY));
}

guint
limen_single_n_as_low (const LimenSingle *single, guint *n)
{
  g_return_val_if_fail (single != NULL && !isnan (single->score), 0);
  const LimenDetector *detector = single->detector;
  const LimenScores *half[] = {detector ? detector->validation : NULL,
                               detector ? detector->normal : NULL};
  guint all = 0, as_low = 0;
  for (guint i = 0; i < G_N_ELEMENTS (half); i++) {
    all += half[i] ? half[i]->n : 0;
    as_low += n_at_or_below (half[i], single->score);
  }
  if (n)
    *n = all;
  return as_low;
}

double
limen_single_p_value (const LimenSingle *single)
{
  guint n, as_low = limen_single_n_as_low (single, &n);
  return n == 0 ? NAN : (1.0 + as_low) / (1.0 + n);
}

char *
limen_p_value_text (double p)
{
  g_return_val_if_fail (p > 0 && p <= 1, NULL);
  if (p == 1)
    return g_strdup ("1");
  guint decimals = (guint)(1 - floor (log10 (p)));
  char *text = limen_format_number (p, decimals);
  while (*text == '1') { /* not rounded up to certainty */
    g_free (text);
    text = limen_format_number (p, ++decimals);
  }
  return text;
}

/* -- the verdict -- */

static gboolean
has_normal (const LimenSingle *single)
{
  guint n;
  limen_single_n_as_low (single, &n);
  return n > 0;
}

/* There are no normal images to compare it with. */
static gboolean
is_alone (gconstpointer single)
{
  return !has_normal (single);
}

/* There are, and no threshold is set. */
static gboolean
has_no_threshold (gconstpointer data)
{
  const LimenSingle *single = data;
  return has_normal (single) && isnan (single->detector->threshold);
}

/* A threshold is set, and the score is below it. */
static gboolean
is_flagged (gconstpointer data)
{
  const LimenSingle *single = data;
  return has_normal (single) && single->score < single->detector->threshold;
}

/* A threshold is set, and the score is at it or above. */
static gboolean
is_kept (gconstpointer data)
{
  const LimenSingle *single = data;
  return has_normal (single) && single->score >= single->detector->threshold;
}

static const LimenClaim verdict_claims[] = {
    {"alone", is_alone, .words = "no normal images yet to judge it by"},
    {"no threshold", has_no_threshold, .words = "no threshold, no verdict"},
    {"flagged", is_flagged, .words = "flagged"},
    {"kept", is_kept, .words = "kept"},
};

/* -- the rank -- */

/* There are normal images, and none scores as low. */
static gboolean
is_lowest (gconstpointer single)
{
  return has_normal (single) && limen_single_n_as_low (single, NULL) == 0;
}

/* There are, and one does. */
static gboolean
has_one_below (gconstpointer single)
{
  return has_normal (single) && limen_single_n_as_low (single, NULL) == 1;
}

/* There are, and several do. */
static gboolean
has_some_below (gconstpointer single)
{
  return limen_single_n_as_low (single, NULL) > 1;
}

static char *
say_rank (gconstpointer single, const char *who, const char *verb)
{
  guint n, as_low = limen_single_n_as_low (single, &n);
  g_autofree char *all = limen_format_number (n, 0);
  g_autofree char *rank = limen_format_number (1.0 + as_low, 0);
  g_autofree char *ranks = limen_format_number (1.0 + n, 0);
  return g_strdup_printf ("%s of %s normal images %s as low: p = %s/%s", who, all, verb, rank,
                          ranks);
}

static char *
say_lowest (gconstpointer single)
{
  return say_rank (single, "None", "scores");
}

static char *
say_one_below (gconstpointer single)
{
  return say_rank (single, "One", "scores");
}

static char *
say_some_below (gconstpointer single)
{
  g_autofree char *as_low = limen_format_number (limen_single_n_as_low (single, NULL), 0);
  return say_rank (single, as_low, "score");
}

static const LimenClaim rank_claims[] = {
    {"lowest", is_lowest, say_lowest},
    {"one below", has_one_below, say_one_below},
    {"some below", has_some_below, say_some_below},
    {"no rank", is_alone, .words = "There are no normal images yet to rank it among"},
};

/* -- all of it -- */

const LimenClaim *
limen_single_claims (LimenSingleClaims table, guint *n)
{
  g_return_val_if_fail (table < LIMEN_N_SINGLE_CLAIMS, NULL);
  *n = table == LIMEN_SINGLE_VERDICT ? G_N_ELEMENTS (verdict_claims) : G_N_ELEMENTS (rank_claims);
  return table == LIMEN_SINGLE_VERDICT ? verdict_claims : rank_claims;
}

char *
limen_single_sentence (const LimenSingle *single)
{
  g_return_val_if_fail (single != NULL && !isnan (single->score), NULL);
  double p = limen_single_p_value (single);
  g_autofree char *nats = limen_format_number (single->score, 1);
  g_autofree char *verdict =
      limen_claim_say (verdict_claims, G_N_ELEMENTS (verdict_claims), single);
  g_autofree char *text = isnan (p) ? NULL : limen_p_value_text (p);
  return g_strconcat (nats, " nats · ", verdict, text ? " · p = " : "", text ? text : "", NULL);
}

char *
limen_single_rank (const LimenSingle *single)
{
  g_return_val_if_fail (single != NULL && !isnan (single->score), NULL);
  return limen_claim_say (rank_claims, G_N_ELEMENTS (rank_claims), single);
}

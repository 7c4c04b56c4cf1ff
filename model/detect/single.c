#include "model/detect/single.h"
#include "model/base/number.h"

#include <math.h>

/* -- ranks -- */

static LimenMeasure *
measure_of (const LimenSingle *single)
{
  return single->measure    ? single->measure
         : single->detector ? limen_detector_measure (single->detector)
                            : limen_measure_log_likelihood ();
}

/* Whether its score is one among those of the detector */
static gboolean
is_comparable (const LimenSingle *single)
{
  return single->detector &&
         limen_measure_same (measure_of (single), limen_detector_measure (single->detector));
}

/* At or below @score, at or above it, or as far from @mean, in O(log n) */
static guint
n_of_half (const LimenScores *scores, LimenSide side, double mean, double score)
{
  if (side == LIMEN_SIDE_LOW)
    return scores->n - limen_scores_n_above (scores, score);
  if (side == LIMEN_SIDE_HIGH)
    return scores->n - limen_scores_n_below (scores, score);
  LimenLines lines = limen_lines_new (side, mean, score);
  guint to_low = scores->n - limen_scores_n_above (scores, lines.low);
  guint below_high = limen_scores_n_below (scores, lines.high);
  return scores->n - (below_high > to_low ? below_high - to_low : 0); /* all but those within */
}

guint
limen_single_n_as_unusual (const LimenSingle *single, guint *n)
{
  g_return_val_if_fail (single != NULL && !isnan (single->score), 0);
  const LimenDetector *detector = is_comparable (single) ? single->detector : NULL;
  LimenSide side = measure_of (single)->side;
  gboolean has_mean = side != LIMEN_SIDE_BOTH || (detector && !isnan (detector->mean));
  const LimenScores *half[] = {detector && side != LIMEN_SIDE_BOTH ? detector->validation : NULL,
                               detector && has_mean ? detector->normal : NULL};
  guint all = 0, as_unusual = 0;
  for (guint i = 0; i < G_N_ELEMENTS (half); i++)
    if (half[i]) {
      all += half[i]->n;
      as_unusual += n_of_half (half[i], side, detector->mean, single->score);
    }
  if (n)
    *n = all;
  return as_unusual;
}

double
limen_single_p_value (const LimenSingle *single)
{
  guint n, as_unusual = limen_single_n_as_unusual (single, &n);
  return n == 0 ? NAN : (1.0 + as_unusual) / (1.0 + n);
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
  const LimenDetector *detector = single->detector;
  return detector && ((detector->validation && detector->validation->n > 0) ||
                      (detector->normal && detector->normal->n > 0));
}

static gboolean
can_judge (const LimenSingle *single)
{
  return has_normal (single) && is_comparable (single);
}

/* There are no normal images to compare it with. */
static gboolean
is_alone (gconstpointer single)
{
  return !has_normal (single);
}

/* There are, and their scores are another measure's. */
static gboolean
is_of_other_measure (gconstpointer single)
{
  return has_normal (single) && !is_comparable (single);
}

/* There are, of the same measure, and no threshold is set. */
static gboolean
has_no_threshold (gconstpointer data)
{
  const LimenSingle *single = data;
  return can_judge (single) && isnan (single->detector->threshold);
}

/* A threshold is set, and the score is on the side that it flags. */
static gboolean
is_flagged (gconstpointer single)
{
  return limen_single_is_flagged (single);
}

/* A threshold is set, and the score is at it or on the other side. */
static gboolean
is_kept (gconstpointer data)
{
  const LimenSingle *single = data;
  return can_judge (single) && !isnan (single->detector->threshold) &&
         !limen_single_is_flagged (single);
}

gboolean
limen_single_is_flagged (const LimenSingle *single)
{
  g_return_val_if_fail (single != NULL && !isnan (single->score), FALSE);
  return can_judge (single) &&
         limen_lines_flag (limen_detector_lines (single->detector), single->score);
}

static char *
say_other_measure (gconstpointer data)
{
  const LimenSingle *single = data;
  const LimenMeasure *shown =
      single->detector ? limen_detector_measure (single->detector) : measure_of (single);
  return g_strdup_printf ("not judged, as the normal images are by their %s", shown->title);
}

static const LimenClaim verdict_claims[] = {
    {"alone", is_alone, .words = "no normal images yet to judge it by"},
    {"another measure", is_of_other_measure, say_other_measure},
    {"no threshold", has_no_threshold, .words = "no threshold, no verdict"},
    {"flagged", is_flagged, .words = "flagged"},
    {"kept", is_kept, .words = "kept"},
};

/* -- the rank -- */

static guint
n_ranked (const LimenSingle *single)
{
  guint n;
  limen_single_n_as_unusual (single, &n);
  return n;
}

/* There are normal images to rank it among, and none is as unusual. */
static gboolean
is_first (gconstpointer single)
{
  return n_ranked (single) > 0 && limen_single_n_as_unusual (single, NULL) == 0;
}

/* There are, and one is. */
static gboolean
has_one_more (gconstpointer single)
{
  return limen_single_n_as_unusual (single, NULL) == 1;
}

/* There are, and several are. */
static gboolean
has_some_more (gconstpointer single)
{
  return limen_single_n_as_unusual (single, NULL) > 1;
}

/* There are normal images, and those that are not of the half that the mean is of are none. */
static gboolean
has_mean_alone (gconstpointer single)
{
  return can_judge (single) && n_ranked (single) == 0;
}

static char *
say_rank (const LimenSingle *single, const char *who, const char *verb)
{
  static const char *const as[] = {[LIMEN_SIDE_LOW] = "low",
                                   [LIMEN_SIDE_HIGH] = "high",
                                   [LIMEN_SIDE_BOTH] = "far from the mean"};
  guint n, as_unusual = limen_single_n_as_unusual (single, &n);
  g_autofree char *all = limen_format_number (n, 0);
  g_autofree char *rank = limen_format_number (1.0 + as_unusual, 0);
  g_autofree char *ranks = limen_format_number (1.0 + n, 0);
  return g_strdup_printf ("%s of %s normal images %s as %s: p = %s/%s", who, all, verb,
                          as[measure_of (single)->side], rank, ranks);
}

static char *
say_first (gconstpointer single)
{
  return say_rank (single, "None", "scores");
}

static char *
say_one_more (gconstpointer single)
{
  return say_rank (single, "One", "scores");
}

static char *
say_some_more (gconstpointer single)
{
  g_autofree char *n = limen_format_number (limen_single_n_as_unusual (single, NULL), 0);
  return say_rank (single, n, "score");
}

static const LimenClaim rank_claims[] = {
    {"first", is_first, say_first},
    {"one more", has_one_more, say_one_more},
    {"some more", has_some_more, say_some_more},
    {"another measure", is_of_other_measure,
     .words = "It has no rank among scores of another kind"},
    {"mean alone", has_mean_alone,
     .words = "All normal images are those of the mean: there are no others to rank it among"},
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
  LimenMeasure *measure = measure_of (single);
  double std = is_comparable (single) ? single->detector->std : NAN;
  g_autofree char *score =
      limen_measure_text (measure, single->score, limen_measure_decimals (measure, std, 1));
  g_autofree char *verdict =
      limen_claim_say (verdict_claims, G_N_ELEMENTS (verdict_claims), single);
  g_autofree char *text = isnan (p) ? NULL : limen_p_value_text (p);
  return g_strconcat (score, " · ", verdict, text ? " · p = " : "", text ? text : "", NULL);
}

char *
limen_single_rank (const LimenSingle *single)
{
  g_return_val_if_fail (single != NULL && !isnan (single->score), NULL);
  return limen_claim_say (rank_claims, G_N_ELEMENTS (rank_claims), single);
}

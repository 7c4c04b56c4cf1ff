/* What is said of what is seen in the questions of the Detector page, and argued from it, is so:
 * judged by counting anew. */
#include "model/detect/band.h"
#include "tests/study/lesson-detector-hands.h"

#define STATES 350 /* of each world */
#define SETS   2000

/* -- an own count -- */

static gboolean
is_flagged (const LimenDetector *d, double score)
{
  double mirror = 2 * d->mean - d->threshold;
  switch (limen_detector_measure (d)->side) {
  case LIMEN_SIDE_LOW:
    return score < d->threshold;
  case LIMEN_SIDE_HIGH:
    return score > d->threshold;
  default:
    return score < fmin (d->threshold, mirror) || score > fmax (d->threshold, mirror);
  }
}

static double
away_of (const LimenDetector *d, double score)
{
  LimenSide side = limen_detector_measure (d)->side;
  return side == LIMEN_SIDE_LOW ? -score : side == LIMEN_SIDE_HIGH ? score : fabs (score - d->mean);
}

static guint
count (const LimenDetector *d, const LimenScores *scores)
{
  guint n = 0;
  for (guint i = 0; i < scores->n; i++)
    n += is_flagged (d, scores->value[i]);
  return n;
}

static double
mean_of (const double *value, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += value[i];
  return sum / n;
}

static double
std_of (const double *value, guint n)
{
  double mean = mean_of (value, n), sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (value[i] - mean) * (value[i] - mean);
  return sqrt (sum / (n - 1));
}

/* P(X ≥ k) of n draws of p, term by term */
static double
upper_tail (guint k, guint n, double p)
{
  double sum = 0;
  for (guint i = k; i <= n; i++)
    sum += exp (lgamma (n + 1.0) - lgamma (i + 1.0) - lgamma (n - i + 1.0) + i * log (p) +
                (n - i) * log1p (-p));
  return sum;
}

/* p with P(X ≥ k) = tail, by bisection */
static double
bound_of (guint k, guint n, double tail)
{
  double low = 0, high = 1;
  for (int i = 0; i < 60; i++) {
    double p = (low + high) / 2;
    *(upper_tail (k, n, p) < tail ? &low : &high) = p;
  }
  return low;
}

static double
lower_bound (guint k, guint n, double eta)
{
  return k == 0 ? 0 : bound_of (k, n, eta / 2);
}

static double
upper_bound (guint k, guint n, double eta)
{
  return k == n ? 1 : 1 - bound_of (n - k, n, eta / 2);
}

/* -- what is seen -- */

/* Both worlds of a step: as it is now, and as it was at its mark */
typedef struct {
  LimenDetectorSession *session;
  LimenLessonMark mark;
  const LimenDetector *d;
  guint flagged, kept, there;
  guint flagged_before, kept_before, n_before;
} State;

static char *
see (const State *s, const char *id)
{
  return find_step (limen_detector_lesson (), id)->seen (s->session, &s->mark);
}

static void
assert_count (const char *text, const Shown *shown, guint errors, guint n)
{
  if (shown[0].value != errors || shown[1].value != n)
    g_error ("“%s” is of %u of %u", text, errors, n);
}

static void
assert_rate (const char *text, const Shown *shown, guint errors, guint n)
{
  assert_count (text, shown, errors, n);
  assert_shown (text, shown[2], 100.0 * errors / n);
}

static void
judge_opened (const State *s)
{
  Shown shown[MOST_SHOWN];
  const LimenExperiment *now = limen_detector_session_experiment (s->session);
  const LimenScores *normal = now->scores[LIMEN_SET_NORMAL];
  const LimenScores *anomaly = now->scores[LIMEN_SET_ANOMALY];
  g_autofree char *opened = see (s, "detector.errors.open");
  g_assert_cmpuint (read_numbers (opened, shown), ==, 4);
  g_assert_cmpfloat (shown[0].value, ==, normal->n);
  assert_shown (opened, shown[1], mean_of (normal->value, normal->n));
  g_assert_cmpfloat (shown[2].value, ==, anomaly->n);
  assert_shown (opened, shown[3], mean_of (anomaly->value, anomaly->n));
  g_autofree char *split = see (s, "detector.errors.split");
  g_assert_cmpuint (read_numbers (split, shown), ==, 3);
  g_assert_cmpfloat (shown[0].value, ==, normal->n);
  g_assert_cmpfloat (shown[1].value, ==, (normal->n + 1) / 2);
  g_assert_cmpfloat (shown[2].value, ==, normal->n / 2);
}

static void
judge_errors (const State *s)
{
  Shown shown[MOST_SHOWN];
  const guint n = s->d->normal->n, m = s->d->anomaly->n;
  g_autofree char *sigmas = see (s, "detector.errors.threshold");
  const char *rates = strstr (sigmas, "type I,");
  g_assert_cmpuint (read_numbers (rates, shown), ==, 6);
  assert_rate (sigmas, shown, s->flagged, n);
  assert_rate (sigmas, shown + 3, s->kept, m);
  double k = (s->d->mean - s->d->threshold) / s->d->std;
  read_numbers (strstr (sigmas, ", ") + 2, shown);
  if (fabs (k) > 1e-6 && strstr (sigmas, "standard deviation"))
    assert_shown (sigmas, shown[0], fabs (k));
  g_autofree char *trade = see (s, "detector.errors.trade");
  g_assert_true ((trade != NULL) == (s->n_before == n));
  if (trade) {
    g_assert_cmpuint (read_numbers (trade, shown), ==, 6);
    assert_count (trade, shown, s->flagged_before, n);
    g_assert_cmpfloat (shown[2].value, ==, s->flagged);
    assert_count (trade, shown + 3, s->kept_before, m);
    g_assert_cmpfloat (shown[5].value, ==, s->kept);
  }
  g_autofree char *none = see (s, "detector.errors.none-kept");
  g_assert_true ((none != NULL) == (s->kept == 0));
  if (none) {
    guint least = 0;
    for (guint i = 0; i < n; i++) /* who would be flagged by any line that flags all anomalies */
      for (guint j = 0; j < m; j++)
        if (away_of (s->d, s->d->normal->value[i]) >= away_of (s->d, s->d->anomaly->sorted[j])) {
          least++;
          break;
        }
    g_assert_cmpuint (read_numbers (none, shown), ==, 5);
    g_assert_cmpfloat (shown[0].value, ==, m);
    assert_rate (none, shown + 1, s->flagged, n);
    g_assert_cmpfloat (shown[4].value, ==, least);
    g_assert_cmpuint (s->flagged, >=, least);
  }
}

static void
judge_validation (const State *s)
{
  Shown shown[MOST_SHOWN];
  const guint n = s->d->normal->n, v = s->d->validation->n;
  gboolean by_hand = s->d->rule.kind == LIMEN_RULE_VALUE;
  gboolean by_sigmas = s->d->rule.kind == LIMEN_RULE_SIGMAS;
  g_autofree char *none = see (s, "detector.validation.looked-at");
  g_assert_true ((none != NULL) == (s->flagged == 0));
  if (none) {
    g_assert_cmpuint (read_numbers (none, shown), ==, 3);
    g_assert_cmpfloat (shown[0].value, ==, n);
    assert_count (none, shown + 1, s->there, v);
  }
  g_autofree char *line = see (s, "detector.validation.same-line");
  g_assert_true ((line != NULL) == by_hand);
  if (line && g_str_has_prefix (line, "The same line")) {
    g_assert_cmpfloat (s->mark.number[1], ==, s->d->threshold);
    g_assert_cmpint (limen_detector_measure (s->d)->side, !=, LIMEN_SIDE_BOTH);
    g_assert_cmpuint (read_numbers (line, shown), ==, 6);
    assert_count (line, shown, s->flagged_before, n);
    assert_count (line, shown + 2, s->flagged, n);
    assert_count (line, shown + 4, s->there, v);
  } else if (line) {
    g_assert_cmpuint (read_numbers (line, shown), ==, 4);
    assert_count (line, shown, s->flagged, n);
    assert_count (line, shown + 2, s->there, v);
  }
  g_autofree char *rule = see (s, "detector.validation.rule");
  g_autofree char *again = see (s, "detector.validation.again");
  g_assert_true ((rule != NULL) == by_sigmas && (again != NULL) == by_sigmas);
  if (rule) {
    g_assert_cmpuint (read_numbers (strstr (rule, "the line flags"), shown), ==, 6);
    assert_rate (rule, shown, s->there, v);
    assert_rate (rule, shown + 3, s->flagged, n);
    gboolean same = g_str_has_prefix (again, "Of the last");
    g_assert_cmpuint (read_numbers (again, shown), ==, same ? 6 : 3);
    if (same)
      assert_rate (again, shown, s->flagged_before, n);
    assert_rate (again, shown + (same ? 3 : 0), s->flagged, n);
  }
}

/* Two bounds in percent, of which 0 and 100 are exact */
static void
assert_interval (const char *text, const Shown *shown, const State *s, double eta)
{
  const guint n = s->d->normal->n;
  assert_shown (text, shown[0], 100 * lower_bound (s->flagged, n, eta));
  assert_shown (text, shown[1], 100 * upper_bound (s->flagged, n, eta));
}

static void
judge_promise (const State *s)
{
  Shown shown[MOST_SHOWN];
  const guint n = s->d->normal->n, v = s->d->validation->n;
  double k = s->d->rule.value, eta = limen_band_eta (n, 0.95);
  gboolean both = limen_detector_measure (s->d)->side == LIMEN_SIDE_BOTH;
  g_autofree char *sigmas = see (s, "detector.promise.sigmas");
  g_assert_true ((sigmas != NULL) == (s->d->rule.kind == LIMEN_RULE_SIGMAS));
  const char *most = sigmas ? strstr (sigmas, "Of the validation half itself") : NULL;
  g_assert_true (!sigmas || (most != NULL) == (k > 0));
  if (most) {
    double cantelli = both ? fmin (1, 1 / (k * k)) : 1 / (1 + k * k);
    g_assert_cmpuint (read_numbers (most, shown), ==, 4);
    assert_rate (sigmas, shown, s->there, v);
    g_assert_cmpfloat (s->there, <=, cantelli * v * (1 + 1e-12));
    g_assert_cmpfloat (shown[3].value, >=, 100 * cantelli * (1 - 1e-9));
    g_assert_cmpfloat (shown[3].value, <=, 100 * cantelli + 0.0101);
  }
  g_autofree char *conformal = see (s, "detector.promise.conformal");
  g_assert_true ((conformal != NULL) == (s->d->rule.kind == LIMEN_RULE_CONFORMAL));
  if (conformal) {
    guint rank = (guint)floor (k * (v + 1) * (1 + 1e-12));
    g_assert_cmpuint (read_numbers (strstr (conformal, "Here k"), shown), ==, 5);
    g_assert_cmpfloat (shown[0].value, ==, rank);
    g_assert_cmpfloat (shown[3].value, ==, v + 1);
    g_assert_cmpfloat (shown[4].value, >=, 100.0 * rank / (v + 1) * (1 - 1e-9));
  }
  g_autofree char *looked = see (s, "detector.promise.drag");
  guint n_shown = read_numbers (looked, shown);
  g_assert_cmpuint (n_shown, ==, 8);
  assert_rate (looked, shown, s->flagged, n);
  assert_interval (looked, shown + 4, s, 0.05);
  assert_interval (looked, shown + 6, s, eta);
  g_autofree char *pressed = see (s, "detector.promise.switch");
  g_assert_cmpuint (read_numbers (pressed, shown), ==, 6);
  assert_interval (pressed, shown, s, s->d->promise == LIMEN_PROMISE_FIXED ? 0.05 : eta);
  assert_interval (pressed, shown + 2, s, 0.05);
  assert_interval (pressed, shown + 4, s, eta);
}

/* -- states -- */

static void
look_at (State *s)
{
  s->d = limen_detector_session_detector (s->session);
  s->flagged = count (s->d, s->d->normal);
  s->kept = s->d->anomaly->n - count (s->d, s->d->anomaly);
  s->there = count (s->d, s->d->validation);
}

static void
begin_state (State *s)
{
  find_step (limen_detector_lesson (), "detector.errors.trade")->begin (s->session, &s->mark);
  gboolean set = !isnan (limen_detector_session_detector (s->session)->threshold);
  if (set)
    look_at (s);
  s->flagged_before = set ? s->flagged : 0;
  s->kept_before = set ? s->kept : 0;
  s->n_before = set ? s->d->normal->n : 0;
}

static void
go_anywhere (State *s, LimenRandom *random)
{
  LimenThresholdRange range = limen_detector_session_range (s->session);
  double u = limen_random_uniform (random), w = limen_random_uniform (random);
  guint n = limen_detector_session_detector (s->session)->validation->n;
  if (u < 0.5)
    drag (s->session, range.low + w * (range.high - range.low));
  else if (u < 0.55)
    drag (s->session, w < 0.5 ? range.low : range.high);
  else if (u < 0.85)
    set_rule (s->session, LIMEN_RULE_SIGMAS, round (50 * w - 10) / 10);
  else
    set_rule (s->session, LIMEN_RULE_CONFORMAL, (1 + 20 * w) / (n + 1));
  if (limen_random_uniform (random) < 0.2)
    limen_detector_session_set_promise (s->session,
                                        w < 0.5 ? LIMEN_PROMISE_FIXED : LIMEN_PROMISE_LOOKING);
  if (limen_random_uniform (random) < 0.1)
    split_again (s->session);
}

static void
walk (LimenDetectorSession *session, guint64 seed, guint n_states)
{
  LimenRandom random = limen_random_stream (seed, "walk", 0);
  State s = {.session = session};
  for (guint i = 0; i < n_states; i++) {
    begin_state (&s);
    go_anywhere (&s, &random);
    look_at (&s);
    judge_opened (&s);
    judge_errors (&s);
    judge_validation (&s);
    judge_promise (&s);
  }
}

static void
test_seen (void)
{
  World world;
  begin (&world);
  drop_all (&world);
  walk (world.session, 1, STATES);
  for (LimenSide side = 0; side <= LIMEN_SIDE_BOTH; side++) {
    g_autofree char *name = g_strdup_printf ("scores-%d.csv", side);
    g_autofree char *table = write_scores (world.folder, name, side, 2);
    open_scores (world.session, table, side);
    walk (world.session, 3 + side, STATES);
  }
  end (&world);
}

/* -- what is argued -- */

/* Small sets with ties: rounded normal numbers, some of them far out */
static guint
random_scores (LimenRandom *random, double *value, guint most)
{
  guint n = 2 + limen_random_below (random, most - 1);
  double grid = limen_random_uniform (random) < 0.5 ? 1 : 1e4;
  double wide = limen_random_uniform (random) < 0.5 ? 1 : 10;
  for (guint i = 0; i < n; i++)
    value[i] = round (grid * limen_random_normal (random) *
                      (limen_random_uniform (random) < 0.1 ? wide : 1)) /
               grid;
  return n;
}

static LimenScores *
scores_new (const double *value, guint n, LimenSide side)
{
  g_autoptr (LimenMeasure) measure = limen_measure_new ("made-up", "made up", "", side);
  return limen_scores_new_of (measure, "made up", value, n);
}

/* Whichever way the line goes, both errors are never rarer; on all sides. */
static void
test_one_error_pays_for_the_other (void)
{
  LimenRandom random = limen_random_stream (16, "trade", 0);
  for (guint i = 0; i < SETS; i++) {
    double normal[40], anomaly[40], t[2];
    guint n = random_scores (&random, normal, 40), m = random_scores (&random, anomaly, 40);
    g_autoptr (LimenScores) a = scores_new (normal, n, (LimenSide)(i % 3));
    g_autoptr (LimenScores) b = scores_new (anomaly, m, (LimenSide)(i % 3));
    int flagged[2], kept[2];
    for (int j = 0; j < 2; j++) {
      t[j] = limen_random_uniform (&random) < 0.5 ? normal[limen_random_below (&random, n)]
                                                  : 3 * limen_random_normal (&random);
      g_autoptr (LimenDetector) d = limen_detector_new (a, b, (LimenSplit){LIMEN_SPLIT_ORDERED, 0},
                                                        (LimenRule){LIMEN_RULE_VALUE, t[j]});
      flagged[j] = (int)limen_detector_type_1 (d).errors;
      kept[j] = (int)limen_detector_type_2 (d).errors;
    }
    g_assert_cmpint ((flagged[1] - flagged[0]) * (kept[1] - kept[0]), <=, 0);
  }
}

/* It is the chance it is said to be, and 1 exactly where a line makes no error. */
static void
test_auroc (void)
{
  LimenRandom random = limen_random_stream (16, "auroc", 0);
  guint apart = 0;
  for (guint i = 0; i < SETS; i++) {
    double normal[8], anomaly[8], chance = 0;
    guint n = random_scores (&random, normal, 8), m = random_scores (&random, anomaly, 8);
    gboolean no_error = FALSE;
    for (guint j = 0; j < m; j++)
      anomaly[j] -= i % 4;
    for (guint j = 0; j < m; j++)
      for (guint k = 0; k < n; k++)
        chance += ((anomaly[j] < normal[k]) + 0.5 * (anomaly[j] == normal[k])) / (n * m);
    for (guint k = 0; k < n; k++) { /* lines at normal images, which they keep */
      gboolean errs = FALSE;
      for (guint j = 0; j < m; j++)
        errs = errs || anomaly[j] >= normal[k];
      for (guint j = 0; j < n; j++)
        errs = errs || normal[j] < normal[k];
      no_error = no_error || !errs;
    }
    g_autoptr (LimenScores) a = scores_new (normal, n, LIMEN_SIDE_LOW);
    g_autoptr (LimenScores) b = scores_new (anomaly, m, LIMEN_SIDE_LOW);
    g_assert_cmpfloat_with_epsilon (limen_auroc (a, b), chance, 1e-12);
    g_assert_true (no_error == (chance > 1 - 1e-9));
    apart += no_error;
  }
  g_assert_true (apart > 10 && apart < SETS - 10);
}

/* Of n + 1 images, each in turn as the new one: how many are below all others */
static void
test_the_next_image_is_beyond (void)
{
  LimenRandom random = limen_random_stream (16, "beyond", 0);
  for (guint i = 0; i < SETS; i++) {
    double value[40];
    guint n = random_scores (&random, value, 40), lowest = 0, beyond = 0;
    for (guint j = 0; j < n; j++) {
      gboolean is_below = TRUE;
      for (guint k = 0; k < n; k++)
        is_below = is_below && (k == j || value[j] < value[k]);
      beyond += is_below;
      lowest = value[j] < value[lowest] ? j : lowest;
    }
    guint ties = 0;
    for (guint j = 0; j < n; j++)
      ties += value[j] == value[lowest];
    g_assert_cmpuint (beyond, ==, ties == 1); /* of n: 1/n, and never more */
  }
}

/* Over all splits in two halves the rate of the test half is that of all, on average. */
static void
test_a_half_is_right_on_average (void)
{
  for (guint flagged = 0; flagged < 1 << 8; flagged++) {
    guint splits = 0, sum = 0;
    for (guint half = 0; half < 1 << 8; half++)
      if (__builtin_popcount (half) == 4) {
        splits++;
        sum += (guint)__builtin_popcount (half & flagged);
      }
    g_assert_cmpuint (sum * 8, ==, splits * 4 * (guint)__builtin_popcount (flagged));
  }
}

static void
test_deviations (void)
{
  LimenRandom random = limen_random_stream (16, "cantelli", 0);
  for (guint i = 0; i < 10 * SETS; i++) {
    double value[40], k = 0.1 + 5 * limen_random_uniform (&random);
    guint n = random_scores (&random, value, 40), below = 0, beyond = 0;
    double mean = mean_of (value, n), std = std_of (value, n);
    if (!(std > 1e-9))
      continue;
    for (guint j = 0; j < n; j++) {
      below += value[j] <= mean - k * std;
      beyond += fabs (value[j] - mean) > k * std;
    }
    g_assert_cmpfloat (below, <=, n / (1 + k * k) * (1 + 1e-9));
    g_assert_cmpfloat (beyond, <=, n / (k * k));
  }
  for (double k = 0.25; k < 6; k += 0.25) { /* and cannot be bettered */
    double p = 1 / (1 + k * k), mean = p * -k + (1 - p) / k;
    double square = p * k * k + (1 - p) / (k * k);
    g_assert_cmpfloat_with_epsilon (mean, 0, 1e-12);
    g_assert_cmpfloat_with_epsilon (square, 1, 1e-12);
  }
  g_assert_cmpfloat_with_epsilon (erfc (3 / sqrt (2)) / 2, 0.00135, 5e-6);
  g_assert_cmpfloat_with_epsilon (erfc (2 / sqrt (2)) / 2, 0.0228, 5e-5);
}

/* Each of n + 1 images in turn as the new one, and the others as validation half */
static void
test_conformal (void)
{
  LimenRandom random = limen_random_stream (16, "conformal", 0);
  guint most = 0;
  for (guint i = 0; i < SETS; i++) {
    double value[30], others[30];
    LimenSide side = (LimenSide)(i % 3);
    guint n = random_scores (&random, value, 30), flagged = 0;
    LimenRule rule = {LIMEN_RULE_CONFORMAL, 0.02 + 0.5 * limen_random_uniform (&random)};
    guint rank = (guint)floor (rule.value * n * (1 + 1e-12));
    for (guint j = 0; j < n; j++) {
      for (guint k = 0; k < n; k++)
        if (k != j)
          others[k < j ? k : k - 1] = value[k];
      g_autoptr (LimenScores) validation = scores_new (others, n - 1, side);
      const LimenRuleSets sets = {validation, NULL, side, limen_scores_mean (validation),
                                  limen_scores_std (validation)};
      double threshold = limen_rule_threshold (rule, &sets);
      flagged += !isnan (threshold) &&
                 limen_lines_flag (limen_lines_new (side, sets.mean, threshold), value[j]);
    }
    g_assert_cmpuint (flagged, <=, rank);
    most += flagged == rank && rank > 0;
  }
  g_assert_cmpuint (most, >, SETS / 10); /* no smaller bound would do */
}

static void
test_the_band_is_never_narrower (void)
{
  LimenRandom random = limen_random_stream (16, "band", 0);
  for (guint i = 0; i < SETS; i++) {
    guint n = 1 + limen_random_below (&random, i % 2 ? 60 : 20000);
    guint k = limen_random_below (&random, n + 1);
    LimenErrorRate fixed = limen_error_rate (k, n), anywhere = limen_error_rate_anywhere (k, n);
    g_assert_cmpfloat (limen_band_eta (n, 0.95), <=, 0.05 + 1e-9);
    g_assert_cmpfloat (anywhere.low, <=, fixed.low + 1e-9);
    g_assert_cmpfloat (anywhere.high, >=, fixed.high - 1e-9);
  }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Many test halves of uniform scores, whose rate at t is t: how often each interval misses, at one
 * line and at the line where it looks worst */
static void
test_promises_of_many_test_halves (void)
{
  enum { N = 60, HALVES = 3000 };
  LimenRandom random = limen_random_stream (16, "halves", 0);
  LimenErrorRate fixed[N + 1], anywhere[N + 1];
  guint fixed_missed = 0, somewhere_missed = 0, band_left = 0;
  for (guint k = 0; k <= N; k++) {
    fixed[k] = limen_error_rate (k, N);
    anywhere[k] = limen_error_rate_anywhere (k, N);
  }
  for (guint half = 0; half < HALVES; half++) {
    double u[N];
    guint at = 0;
    gboolean somewhere = FALSE, left = FALSE;
    for (guint i = 0; i < N; i++)
      u[i] = limen_random_uniform (&random);
    qsort (u, N, sizeof *u, compare);
    for (guint k = 0; k <= N; k++) { /* lines from just above score k to score k + 1 */
      double low = k > 0 ? u[k - 1] : 0, high = k < N ? u[k] : 1;
      somewhere = somewhere || low < fixed[k].low || high > fixed[k].high;
      left = left || low < anywhere[k].low || high > anywhere[k].high;
      at += k < N && u[k] < 0.1;
    }
    fixed_missed += 0.1 < fixed[at].low || 0.1 > fixed[at].high;
    somewhere_missed += somewhere;
    band_left += left;
  }
  double error = 4 * sqrt (0.05 * 0.95 / HALVES);
  g_assert_cmpfloat ((double)fixed_missed / HALVES, <=, 0.05 + error);
  g_assert_cmpfloat_with_epsilon ((double)band_left / HALVES, 0.05, error);
  g_assert_cmpfloat ((double)somewhere_missed / HALVES, >, 0.25); /* far above 5 % */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#undef TEST
#define TEST(name, function) g_test_add_func ("/lesson-detector-seen/" name, function)
  TEST ("seen", test_seen);
  TEST ("one-error-pays", test_one_error_pays_for_the_other);
  TEST ("auroc", test_auroc);
  TEST ("the-next-image", test_the_next_image_is_beyond);
  TEST ("right-on-average", test_a_half_is_right_on_average);
  TEST ("deviations", test_deviations);
  TEST ("conformal", test_conformal);
  TEST ("band", test_the_band_is_never_narrower);
  TEST ("many-test-halves", test_promises_of_many_test_halves);
  return g_test_run ();
}

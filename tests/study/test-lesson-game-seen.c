/* What is said of what is seen in the questions of the Game page, and argued from it, is so: judged
 * by a computation of the test's own, without matrices. */
#include "model/base/random.h"
#include "tests/study/lesson-game-hands.h"

#define STATES 2000
#define RUNS   400

static const double middle[] = {1.0 / 3, 1.0 / 3, 1.0 / 3};

/* -- what is seen: an own computation -- */

typedef struct {
  double a[3], b[3];
} Points;

static void
random_point (LimenRandom *random, double *p)
{
  double sum = 0, near = limen_random_uniform (random);
  for (int i = 0; i < 3; i++)
    sum += p[i] = -log (1 - limen_random_uniform (random)) + 1e-300;
  for (int i = 0; i < 3; i++)
    p[i] = near < 0.2   ? 1.0 / 3 + 1e-3 * (p[i] / sum - 1.0 / 3)
           : near < 0.3 ? (i == 0) * 0.97 + 0.03 * p[i] / sum
                        : p[i] / sum;
}

/* B's points of rock, paper and scissors, and what A's strategies leave to B, without the matrix */
static double
best_of_b (const double *a)
{
  return fmax (fmax (a[2] - a[1], a[0] - a[2]), a[1] - a[0]);
}

static double
best_of_a (const double *b)
{
  return fmin (fmin (b[1] - b[2], b[2] - b[0]), b[0] - b[1]);
}

static double
value_of (const Points *p)
{
  return p->a[0] * (p->b[1] - p->b[2]) + p->a[1] * (p->b[2] - p->b[0]) +
         p->a[2] * (p->b[0] - p->b[1]);
}

static double
far_of (const double *p)
{
  double sum = 0;
  for (int i = 0; i < 3; i++)
    sum += (p[i] - 1.0 / 3) * (p[i] - 1.0 / 3);
  return sqrt (sum);
}

static Points
points_of (LimenGameSession *session)
{
  Points p;
  memcpy (p.a, state_of (session)->point[0], sizeof p.a);
  memcpy (p.b, state_of (session)->point[1], sizeof p.b);
  return p;
}

static Points
put_anywhere (LimenGameSession *session, LimenRandom *random)
{
  double a[3], b[3];
  random_point (random, a);
  random_point (random, b);
  g_auto (LimenGameState) one = limen_game_state_with_point (state_of (session), FALSE, a);
  set (session, limen_game_state_with_point (&one, TRUE, b));
  return points_of (session);
}

static char *
see (const char *id, LimenGameSession *session, const LimenLessonMark *mark)
{
  return find_step (limen_game_lesson (), id)->seen (session, mark);
}

static void
judge_only (LimenGameSession *session, const LimenLessonMark *mark, const Points *p)
{
  Shown shown[MOST_SHOWN];
  double value = value_of (p), gap = best_of_b (p->a) - best_of_a (p->b);
  g_autofree char *saddle = see ("game.only.saddle", session, mark);
  g_assert_cmpuint (read_numbers (saddle, shown), ==, 3);
  assert_shown (saddle, shown[0], value - best_of_a (p->b));
  assert_shown (saddle, shown[1], best_of_b (p->a) - value);
  assert_shown (saddle, shown[2], gap);
  g_autofree char *left = see ("game.only.one-leaves", session, mark);
  g_assert_cmpuint (read_numbers (left, shown), ==, 5);
  assert_shown (left, shown[0], far_of (p->a));
  assert_shown (left, shown[1], best_of_b (p->a));
  assert_shown (left, shown[4], far_of (p->a) / sqrt (2));
  g_assert_cmpfloat (shown[1].value, >=, shown[4].value);
  g_autofree char *both = see ("game.only.anywhere", session, mark);
  g_assert_cmpuint (read_numbers (both, shown), ==, 4);
  assert_shown (both, shown[0], gap);
  assert_shown (both, shown[1], far_of (p->a));
  assert_shown (both, shown[2], far_of (p->b));
  assert_shown (both, shown[3], (far_of (p->a) + far_of (p->b)) / sqrt (2));
  g_assert_cmpfloat (shown[0].value, >=, shown[3].value);
}

static void
judge_any (LimenGameSession *session, const LimenLessonMark *mark, const Points *before)
{
  Shown shown[MOST_SHOWN];
  const Points now = points_of (session);
  g_autofree char *moved = see ("game.any.frozen", session, mark);
  g_autofree char *corner = see ("game.any.corner", session, mark);
  g_assert_nonnull (moved);
  g_assert_cmpuint (read_numbers (moved, shown), ==, 2);
  assert_shown (moved, shown[0], -value_of (&now));
  assert_shown (moved, shown[1], value_of (&now) - best_of_a (now.b));
  g_assert_true ((corner != NULL) == (fmax (now.a[0], fmax (now.a[1], now.a[2])) >= 0.95));
  answer (session, TRUE);
  g_autofree char *reply = see ("game.any.answer", session, mark);
  g_autofree char *found = see ("game.any.centre", session, mark);
  g_assert_null (see ("game.any.frozen", session, mark));
  g_assert_cmpuint (read_numbers (reply, shown), ==, 2);
  assert_shown (reply, shown[0], best_of_b (now.a));
  g_assert_cmpuint (read_numbers (found, shown), ==, 3);
  assert_shown (found, shown[0], best_of_b (before->a));
  assert_shown (found, shown[1], best_of_b (now.a));
  assert_shown (found, shown[2], far_of (now.a));
  answer (session, FALSE);
}

static void
test_seen_by_hand (void)
{
  LimenRandom random = limen_random_stream (16, "lesson", 0);
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  const LimenLessonStep *step = find_step (limen_game_lesson (), "game.any.centre");
  for (guint i = 0; i < STATES; i++) {
    LimenLessonMark mark = {{0}};
    const Points before = put_anywhere (session, &random);
    step->begin (session, &mark);
    const Points now = put_anywhere (session, &random);
    judge_only (session, &mark, &now);
    freeze (session, TRUE);
    judge_any (session, &mark, &before);
    freeze (session, FALSE);
  }
  g_clear_object (&session);
  limen_ending_wait ();
}

/* Where it is not so, nothing is said. */
static void
test_nothing_is_said_elsewhere (void)
{
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  const LimenLesson *lesson = limen_game_lesson ();
  LimenLessonMark mark = {{0}};
  lesson->question[0].step[0].begin (session, &mark);
  choose (session, "biased-rock-paper-scissors");
  play (session, 10);
  for (guint q = 0; q < lesson->n_questions; q++)
    for (guint i = 0; i < lesson->question[q].n_steps; i++)
      if (!g_str_has_suffix (lesson->question[q].step[i].id, "certificate"))
        g_assert_null (lesson->question[q].step[i].seen (session, &mark));
  choose (session, "rock-paper-scissors");
  put (session, FALSE, 1.0 / 3, 1.0 / 3);
  put (session, TRUE, 1.0 / 3, 1.0 / 3);
  play (session, 10); /* who begins in the solution goes no way */
  for (guint i = 0; i < lesson->question[2].n_steps; i++)
    g_assert_null (lesson->question[2].step[i].seen (session, &mark));
  g_clear_object (&session);
  limen_ending_wait ();
}

/* Matching pennies with weights: the solution by hand, and games with several */
static void
test_seen_certificates (void)
{
  LimenRandom random = limen_random_stream (16, "certificate", 0);
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  LimenLessonMark mark = {{0}};
  for (guint i = 0; i < 300; i++) {
    double w = 1 + limen_random_below (&random, 40), v = 1 + limen_random_below (&random, 40);
    const LimenPayoff game = {.rows = 2, .columns = 2, .m = {w, 0, 0, v}};
    g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "your own payoffs");
    set (session, limen_game_state_with_payoff (state_of (session), &game, origin));
    mpq_t part, value;
    mpq_inits (part, value, NULL);
    mpq_set_ui (part, (unsigned)v, (unsigned)(v + w));
    mpq_set_ui (value, (unsigned)(v * w), (unsigned)(v + w));
    mpq_canonicalize (part);
    mpq_canonicalize (value);
    g_autofree char *of_part = limen_rational_text (part), *of_value = limen_rational_text (value);
    g_autofree char *told = g_strdup_printf ("value of this game is %s. Its only", of_value);
    g_autofree char *a = g_strdup_printf ("p_A = (%s, ", of_part);
    g_autofree char *seen = see ("game.only.certificate", session, &mark);
    g_assert_true (strstr (seen, told) && strstr (seen, a));
    mpq_clears (part, value, NULL);
  }
  choose (session, "many-solutions");
  g_autofree char *several = see ("game.only.certificate", session, &mark);
  g_assert_cmpstr (several, ==, "The value of this game is 0, and it has more than one solution.");
  const LimenPayoff rough = {.rows = 2, .columns = 2, .m = {sqrt (2), 0, 0, 1}};
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "your own payoffs");
  set (session, limen_game_state_with_payoff (state_of (session), &rough, origin));
  g_assert_null (see ("game.only.certificate", session, &mark));
  g_clear_object (&session);
  limen_ending_wait ();
}

/* -- methods, an own computation: with cross differences in the place of the matrix -- */

static void
slopes_of (const Points *p, Points *slope)
{
  for (int i = 0; i < 3; i++) {
    slope->a[i] = p->b[(i + 1) % 3] - p->b[(i + 2) % 3];
    slope->b[i] = p->a[(i + 2) % 3] - p->a[(i + 1) % 3];
  }
}

/* To the nearest point of the triangle, by bisection. Returns: whether it was outside */
static gboolean
put_back (double *p)
{
  double low = -2e3, high = 2e3;
  gboolean outside = p[0] < 0 || p[1] < 0 || p[2] < 0;
  for (int k = 0; k < 200; k++) {
    double middle_of = (low + high) / 2, sum = 0;
    for (int i = 0; i < 3; i++)
      sum += fmax (p[i] - middle_of, 0);
    *(sum > 1 ? &low : &high) = middle_of;
  }
  for (int i = 0; i < 3; i++)
    p[i] = fmax (p[i] - high, 0);
  return outside;
}

static gboolean
move (double *p, const double *from, double step, const double *slope)
{
  for (int i = 0; i < 3; i++)
    p[i] = from[i] + step * slope[i];
  return put_back (p);
}

static gboolean
iterate (Points *p, LimenMethod method, double step)
{
  Points slope, from = *p;
  gboolean touched;
  slopes_of (p, &slope);
  touched = move (p->a, from.a, -step, slope.a);
  if (method == LIMEN_ALTERNATING_GDA)
    slopes_of (p, &slope);
  touched = move (p->b, from.b, step, slope.b) || touched;
  if (method != LIMEN_EXTRAGRADIENT)
    return touched;
  slopes_of (p, &slope);
  touched = move (p->a, from.a, -step, slope.a) || touched;
  return move (p->b, from.b, step, slope.b) || touched;
}

static double
energy_of (const Points *p, double step)
{
  double a = far_of (p->a), b = far_of (p->b);
  return a * a + b * b - step * value_of (p);
}

typedef struct {
  LimenMethod method;
  double step;
  guint k;
  gboolean touched;
  Points start, last, mean;
} Run;

static Run
run_anywhere (LimenGameSession *session, LimenRandom *random)
{
  static const LimenMethod methods[] = {LIMEN_SIMULTANEOUS_GDA, LIMEN_ALTERNATING_GDA,
                                        LIMEN_EXTRAGRADIENT};
  Run run = {.method = methods[limen_random_below (random, 3)],
             .step = pow (10, -2.5 + 2.5 * limen_random_uniform (random)),
             .k = 1 + limen_random_below (random, 300)};
  pick (session, run.method, run.step);
  run.start = run.last = put_anywhere (session, random);
  for (guint k = 0; k < run.k; k++) {
    run.touched = iterate (&run.last, run.method, run.step) || run.touched;
    for (int i = 0; i < 3; i++) {
      run.mean.a[i] += run.last.a[i] / run.k;
      run.mean.b[i] += run.last.b[i] / run.k;
    }
  }
  play (session, run.k);
  return run;
}

static double
both_far (const Points *p)
{
  return sqrt (far_of (p->a) * far_of (p->a) + far_of (p->b) * far_of (p->b));
}

static double
gap_of (const Points *p)
{
  return best_of_b (p->a) - best_of_a (p->b);
}

static void
judge_way (const char *text, const Run *run, Shown shown[MOST_SHOWN])
{
  g_assert_cmpuint (read_numbers (text, shown), >=, 3);
  g_assert_cmpfloat (shown[0].value, ==, run->k);
  if (both_far (&run->last) > 1e-6)
    assert_shown (text, shown[1], both_far (&run->last));
  assert_shown (text, shown[2], both_far (&run->start));
}

static void
judge_outwards (LimenGameSession *session, const LimenLessonMark *mark, const Run *run)
{
  Shown shown[MOST_SHOWN];
  g_autofree char *text = see ("game.dynamics.outwards", session, mark);
  g_autofree char *mean = see ("game.dynamics.average", session, mark);
  judge_way (text, run, shown);
  if (strstr (text, "with each one"))
    g_assert_false (run->touched);
  if (strstr (text, "until they came"))
    g_assert_true (run->touched);
  if (run->touched == FALSE)
    g_assert_nonnull (strstr (text, "with each one"));
  g_assert_cmpuint (read_numbers (mean, shown), ==, 6);
  g_assert_cmpfloat (shown[0].value, ==, run->k);
  assert_shown (mean, shown[1], gap_of (&run->last));
  assert_shown (mean, shown[2], gap_of (&run->mean));
  double bound = 2 / (run->step * run->k) + 2 * run->step;
  g_assert_cmpfloat (gap_of (&run->mean), <=, bound);
  g_assert_cmpfloat (shown[5].value, >=, bound * (1 - 1e-12));
  g_assert_cmpfloat (shown[5].value, <=, bound + 0.0011);
}

static void
judge_around (LimenGameSession *session, const LimenLessonMark *mark, const Run *run)
{
  Shown shown[MOST_SHOWN];
  g_autofree char *text = see ("game.dynamics.around", session, mark);
  judge_way (text, run, shown);
  if (strstr (text, "as it was"))
    assert_shown (text, shown[3], energy_of (&run->last, run->step));
  if (strstr (text, "an edge was in the way")) {
    g_assert_true (run->touched);
    assert_shown (text, shown[3], energy_of (&run->start, run->step));
    assert_shown (text, shown[4], energy_of (&run->last, run->step));
  }
  if (!run->touched)
    g_assert_nonnull (strstr (text, "as it was"));
}

static void
judge_inwards (LimenGameSession *session, const LimenLessonMark *mark, const Run *run)
{
  Shown shown[MOST_SHOWN];
  g_autofree char *text = see ("game.dynamics.inwards", session, mark);
  double factor = sqrt (1 - 3 * run->step * run->step + 9 * pow (run->step, 4));
  judge_way (text, run, shown);
  g_assert_true ((strstr (text, "above 1/√3") != NULL) == (factor >= 1));
  if (!run->touched)
    g_assert_cmpfloat_with_epsilon (both_far (&run->last),
                                    both_far (&run->start) * pow (factor, run->k),
                                    1e-9 * both_far (&run->start) * fmax (1, pow (factor, run->k)));
  if (factor < 1)
    g_assert_cmpfloat (both_far (&run->last), <=, both_far (&run->start) * (1 + 1e-12));
}

static void
test_seen_of_methods (void)
{
  LimenRandom random = limen_random_stream (16, "methods", 0);
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  LimenLessonMark mark = {{0}};
  guint free_ones = 0;
  for (guint i = 0; i < RUNS; i++) {
    Run run = run_anywhere (session, &random);
    free_ones += !run.touched;
    if (run.method == LIMEN_SIMULTANEOUS_GDA)
      judge_outwards (session, &mark, &run);
    else if (run.method == LIMEN_ALTERNATING_GDA)
      judge_around (session, &mark, &run);
    else
      judge_inwards (session, &mark, &run);
  }
  g_assert_cmpuint (free_ones, >, RUNS / 20);
  g_assert_cmpuint (free_ones, <, RUNS);
  g_clear_object (&session);
  limen_ending_wait ();
}

/* -- what is argued -- */

static double
norm_of (const double *v)
{
  return sqrt (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

static void
test_arguments_of_the_centre (void)
{
  LimenRandom random = limen_random_stream (16, "centre", 0);
  double least = INFINITY;
  for (guint i = 0; i < 20 * STATES; i++) {
    Points p, slope;
    random_point (&random, p.a);
    random_point (&random, p.b);
    slopes_of (&p, &slope);
    g_assert_cmpfloat_with_epsilon (slope.b[0] + slope.b[1] + slope.b[2], 0, 1e-15);
    g_assert_cmpfloat_with_epsilon (norm_of (slope.b), sqrt (3) * far_of (p.a), 1e-14);
    g_assert_cmpfloat_with_epsilon (norm_of (slope.a), sqrt (3) * far_of (p.b), 1e-14);
    g_assert_cmpfloat (best_of_b (p.a) + 1e-15, >=, far_of (p.a) / sqrt (2));
    g_assert_cmpfloat (gap_of (&p) + 1e-15, >=, (far_of (p.a) + far_of (p.b)) / sqrt (2));
    least = fmin (least, best_of_b (p.a) / far_of (p.a));
    memcpy (p.b, middle, sizeof p.b);
    g_assert_cmpfloat_with_epsilon (value_of (&p), 0, 1e-16);
  }
  g_assert_cmpfloat (least, <, 1.001 / sqrt (2)); /* nothing larger would do */
}

/* The determinant that the certificate's argument names, by the rule of Leibniz */
static void
test_the_determinant (void)
{
  /* clang-format off */
  static const int m[4][4] = {{0, -1, 1, -1}, {1, 0, -1, -1}, {-1, 1, 0, -1}, {1, 1, 1, 0}};
  /* clang-format on */
  int sum = 0;
  for (int code = 0; code < 256; code++) {
    int p[] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6}, sign = 1, seen = 0;
    for (int i = 0; i < 4; i++) {
      seen |= 1 << p[i];
      for (int j = 0; j < i; j++)
        sign = p[j] > p[i] ? -sign : sign;
    }
    if (seen == 15)
      sum += sign * m[0][p[0]] * m[1][p[1]] * m[2][p[2]] * m[3][p[3]];
  }
  g_assert_cmpint (sum, ==, 9);
  g_autoptr (LimenGameSession) session = limen_game_session_new ();
  const char *certificate = limen_game_session_solution (session)->certificate;
  g_assert_nonnull (strstr (certificate, "determinant is 9, not 0"));
  limen_ending_wait ();
}

static void
random_way (LimenRandom *random, double *d)
{
  double mean = 0;
  for (int i = 0; i < 3; i++)
    mean += (d[i] = limen_random_normal (random)) / 3;
  for (int i = 0; i < 3; i++)
    d[i] -= mean;
}

static double
square_of (const Points *z)
{
  return norm_of (z->a) * norm_of (z->a) + norm_of (z->b) * norm_of (z->b);
}

static Points
step_from (const Points *from, const Points *at, double step)
{
  Points slope, next;
  slopes_of (at, &slope);
  for (int i = 0; i < 3; i++) {
    next.a[i] = from->a[i] - step * slope.a[i];
    next.b[i] = from->b[i] + step * slope.b[i];
  }
  return next;
}

/* Steps without edges, seen from the solution */
static void
test_arguments_of_free_steps (void)
{
  LimenRandom random = limen_random_stream (16, "steps", 0);
  for (guint i = 0; i < STATES; i++) {
    Points z;
    double step = 1.5 * limen_random_uniform (&random), e = step * step;
    random_way (&random, z.a);
    random_way (&random, z.b);
    double square = square_of (&z), near = 1e-12 * square;
    Points once = step_from (&z, &z, step), twice = step_from (&z, &once, step);
    g_assert_cmpfloat_with_epsilon (square_of (&once), (1 + 3 * e) * square, near * 10);
    g_assert_cmpfloat_with_epsilon (square_of (&twice), (1 - 3 * e + 9 * e * e) * square,
                                    near * 100);
    Points half = z;
    memcpy (half.a, once.a, sizeof half.a);
    Points around = step_from (&z, &half, step);
    memcpy (around.a, once.a, sizeof around.a);
    double energy = square - step * value_of (&z);
    g_assert_cmpfloat_with_epsilon (square_of (&around) - step * value_of (&around), energy,
                                    near * 100);
    g_assert_cmpfloat (energy, >=, (1 - sqrt (3) / 2 * step) * square - near);
    g_assert_cmpfloat (energy, <=, (1 + sqrt (3) / 2 * step) * square + near);
  }
}

/* Of the proof that it converges at the edges, too: what each step comes nearer by at least */
static void
test_argument_of_projected_steps (void)
{
  LimenRandom random = limen_random_stream (16, "edges", 0);
  for (guint i = 0; i < STATES; i++) {
    double step = limen_random_uniform (&random) / sqrt (3);
    Points z, trial, next;
    random_point (&random, z.a);
    random_point (&random, z.b);
    trial = step_from (&z, &z, step);
    put_back (trial.a);
    put_back (trial.b);
    next = step_from (&z, &trial, step);
    put_back (next.a);
    put_back (next.b);
    double before = both_far (&z), after = both_far (&next), moved = 0;
    for (int j = 0; j < 3; j++)
      moved += pow (trial.a[j] - z.a[j], 2) + pow (trial.b[j] - z.b[j], 2);
    g_assert_cmpfloat (after * after, <=, before * before - (1 - 3 * step * step) * moved + 1e-12);
  }
}

/* Away from edges or not, from any start: and that a step of 1/√N leaves at most 4/√N */
static void
test_argument_of_averages (void)
{
  LimenRandom random = limen_random_stream (16, "averages", 0);
  for (guint i = 0; i < 1000; i++) {
    guint n = 1 + limen_random_below (&random, 200);
    Points z, mean = {{0}};
    double step = 1 / sqrt (n);
    random_point (&random, z.a);
    random_point (&random, z.b);
    for (guint k = 0; k < n; k++) {
      iterate (&z, LIMEN_SIMULTANEOUS_GDA, step);
      for (int j = 0; j < 3; j++) {
        mean.a[j] += z.a[j] / n;
        mean.b[j] += z.b[j] / n;
      }
    }
    g_assert_cmpfloat (gap_of (&mean), <=, 4 / sqrt (n) + 1e-12);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, function) g_test_add_func ("/lesson-game-seen/" name, function)
  TEST ("seen-by-hand", test_seen_by_hand);
  TEST ("seen-certificates", test_seen_certificates);
  TEST ("seen-of-methods", test_seen_of_methods);
  TEST ("nothing-is-said-elsewhere", test_nothing_is_said_elsewhere);
  TEST ("centre", test_arguments_of_the_centre);
  TEST ("determinant", test_the_determinant);
  TEST ("free-steps", test_arguments_of_free_steps);
  TEST ("projected-steps", test_argument_of_projected_steps);
  TEST ("averages", test_argument_of_averages);
  return g_test_run ();
}

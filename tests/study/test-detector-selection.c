/* Selections are values: made, turned round, put together, and told in words. */
#include "tests/viz/scatter-draw.h"
#include "ui/study/detector/selection.h"

#define NORMAL  LIMEN_SCATTER_NORMAL
#define ANOMALY LIMEN_SCATTER_ANOMALY

/* About a third of the images, other ones for each seed. */
static LimenSelection *
some_of (guint n_normal, guint n_anomaly, guint64 seed)
{
  LimenSelection *selection = limen_selection_new (n_normal, n_anomaly);
  LimenRandom random = limen_random_stream (seed, "selection", 0);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < selection->n[set]; i++)
      if (limen_random_below (&random, 3) == 0) {
        LimenSelection *more = limen_selection_with (selection, set, i, TRUE);
        limen_selection_free (selection);
        selection = more;
      }
  return selection;
}

static guint
counted (const LimenSelection *selection, LimenScatterSet set)
{
  guint n = 0;
  for (guint i = 0; i < selection->n[set]; i++)
    n += limen_selection_has (selection, set, i);
  return n;
}

static void
check_words (guint n_normal, guint n_anomaly, const char *expected)
{
  g_autoptr (LimenSelection) none = limen_selection_new (n_normal, n_anomaly);
  g_autoptr (LimenSelection) all = limen_selection_inverted (none);
  g_autofree char *words = limen_selection_words (all);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_words_count_both_sets (void)
{
  check_words (30, 7, "37 images: 30 normal, 7 anomalies");
  check_words (1, 0, "1 image: 1 normal, 0 anomalies");
  check_words (0, 1, "1 image: 0 normal, 1 anomaly");
  check_words (0, 0, "no image");
  check_words (12000, 1, "12\u2009001 images: 12\u2009000 normal, 1 anomaly");
}

static void
test_turned_round_twice_is_the_same (void)
{
  for (guint n = 0; n < 200; n += 13) { /* also where a word of 64 bits is full, and where not */
    g_autoptr (LimenSelection) some = some_of (n, 128 - MIN (n, 128), n);
    g_autoptr (LimenSelection) others = limen_selection_inverted (some);
    g_autoptr (LimenSelection) again = limen_selection_inverted (others);
    g_autoptr (LimenSelection) all = limen_selection_united (some, others);
    g_autoptr (LimenSelection) none = limen_selection_common (some, others);
    for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
      g_assert_cmpuint (counted (some, set), ==, some->count[set]);
      g_assert_cmpuint (some->count[set] + others->count[set], ==, some->n[set]);
      g_assert_cmpuint (all->count[set], ==, some->n[set]);
    }
    g_assert_true (limen_selection_same (some, again));
    g_assert_cmpuint (limen_selection_count (none), ==, 0);
    g_assert_true (some->n[0] + some->n[1] == 0 || !limen_selection_same (some, others));
  }
}

static void
test_two_selections_become_one (void)
{
  g_autoptr (LimenSelection) a = some_of (150, 90, 1);
  g_autoptr (LimenSelection) b = some_of (150, 90, 2);
  g_autoptr (LimenSelection) either = limen_selection_united (a, b);
  g_autoptr (LimenSelection) both = limen_selection_common (a, b);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++)
    for (guint i = 0; i < a->n[set]; i++) {
      gboolean in_a = limen_selection_has (a, set, i), in_b = limen_selection_has (b, set, i);
      g_assert_cmpint (limen_selection_has (either, set, i), ==, in_a || in_b);
      g_assert_cmpint (limen_selection_has (both, set, i), ==, in_a && in_b);
    }
  g_assert_cmpuint (limen_selection_count (either) + limen_selection_count (both), ==,
                    limen_selection_count (a) + limen_selection_count (b));
}

/* A change makes a new value; the old one stays as it was. */
static void
test_images_come_and_go_one_by_one (void)
{
  g_autoptr (LimenSelection) none = limen_selection_new (70, 3);
  g_autoptr (LimenSelection) one = limen_selection_with (none, NORMAL, 65, TRUE);
  g_autoptr (LimenSelection) same = limen_selection_with (one, NORMAL, 65, TRUE);
  g_autoptr (LimenSelection) gone = limen_selection_with (one, NORMAL, 65, FALSE);
  g_assert_cmpuint (limen_selection_count (none), ==, 0);
  g_assert_true (limen_selection_has (one, NORMAL, 65));
  g_assert_false (limen_selection_has (one, NORMAL, 64));
  g_assert_true (limen_selection_same (one, same));
  g_assert_true (limen_selection_same (none, gone));
  g_assert_null (limen_selection_bits (none));
  g_assert_nonnull (limen_selection_bits (one));
  g_assert_null (limen_selection_bits (NULL));
}

static void
test_a_range_holds_its_ends (void)
{
  const double normal[] = {1, 2, 3, -INFINITY}, anomaly[] = {0, 2, 2.5, INFINITY, 4};
  g_autoptr (LimenScores) a = limen_scores_new ("a", normal, 4);
  g_autoptr (LimenScores) b = limen_scores_new ("b", anomaly, 5);
  g_autoptr (LimenSelection) middle = limen_selection_new_range (a, b, 2, 3);
  g_assert_cmpuint (middle->count[NORMAL], ==, 2);
  g_assert_cmpuint (middle->count[ANOMALY], ==, 2);
  g_assert_true (limen_selection_has (middle, ANOMALY, 1) &&
                 limen_selection_has (middle, NORMAL, 2));
  g_autoptr (LimenSelection) low = limen_selection_new_range (a, NULL, -INFINITY, 1);
  g_assert_cmpuint (low->count[NORMAL], ==, 2);
  g_assert_cmpuint (low->n[ANOMALY], ==, 0);
  g_autoptr (LimenSelection) none = limen_selection_new_range (a, b, 3, 2);
  g_assert_cmpuint (limen_selection_count (none), ==, 0);
}

/* The images that are selected, in their order, and their scores. */
static void
test_indices_and_scores_are_those_selected (void)
{
  g_autofree double *value = g_new (double, 300);
  for (guint i = 0; i < 300; i++)
    value[i] = (i * 37) % 300;
  g_autoptr (LimenScores) scores = limen_scores_new ("a", value, 300);
  g_autoptr (LimenSelection) some = limen_selection_new_range (scores, NULL, 100, 149);
  g_autofree guint32 *index = limen_selection_indices (some, NORMAL);
  g_autoptr (LimenScores) chosen = limen_selection_scores (some, NORMAL, scores);
  g_assert_cmpuint (chosen->n, ==, 50);
  for (guint i = 0; i < 50; i++) {
    g_assert_true (i == 0 || index[i] > index[i - 1]);
    g_assert_cmpfloat (chosen->value[i], ==, value[index[i]]);
    g_assert_cmpfloat (chosen->sorted[i], ==, 100 + i);
  }
}

/* The same images by a box in the scatter, and by ranges of both scores. */
static void
test_a_box_is_two_ranges (void)
{
  g_autoptr (LimenScatterPoints) points = points_of (500, 400, 3);
  g_autoptr (LimenScatterPlot) plot = scatter_of (points, LIMEN_SCHEME_LIGHT, 800, 600);
  LimenRect area = limen_scatter_plot_area (plot);
  double part[2][2] = {{0.5, 0.8}, {0.3, 0.7}}, low[2], high[2];
  for (int axis = 0; axis < 2; axis++) {
    low[axis] = limen_axis_from_pixel (&points->axis[axis], part[axis][0]);
    high[axis] = limen_axis_from_pixel (&points->axis[axis], part[axis][1]);
  }
  double left = area.x + part[0][0] * area.width, right = area.x + part[0][1] * area.width;
  double top = area.y + (1 - part[1][1]) * area.height;
  double bottom = area.y + (1 - part[1][0]) * area.height;
  const double box[4][2] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
  g_autoptr (LimenSelection) inside = limen_selection_new_inside (plot, box, 4);
  g_autoptr (LimenSelection) across = limen_selection_new_range (
      points->scores[NORMAL][0], points->scores[ANOMALY][0], low[0], high[0]);
  g_autoptr (LimenSelection) up = limen_selection_new_range (
      points->scores[NORMAL][1], points->scores[ANOMALY][1], low[1], high[1]);
  g_autoptr (LimenSelection) both = limen_selection_common (across, up);
  g_assert_cmpuint (limen_selection_count (inside), >, 20);
  g_assert_true (limen_selection_same (inside, both));
}

/* Some of the images under other numbers: what is selected of them is that of the whole, and comes
 * back as it was. */
static void
test_a_part_is_selected_by_the_numbers_of_the_whole (void)
{
  enum { WHOLE = 150, PART = 70 };
  guint32 index[PART];
  for (guint i = 0; i < PART; i++)
    index[i] = (7 * i + 11) % WHOLE; /* no number twice, and in no order */
  g_autoptr (LimenSelection) part = some_of (PART, 90, 5);
  g_autoptr (LimenSelection) whole = limen_selection_of_whole (part, index, WHOLE);
  g_autoptr (LimenSelection) back = limen_selection_of_part (whole, index, PART);
  g_assert_true (limen_selection_same (part, back));
  g_assert_cmpuint (whole->n[NORMAL], ==, WHOLE);
  g_assert_cmpuint (counted (whole, NORMAL), ==, part->count[NORMAL]);
  g_assert_cmpuint (limen_selection_count (whole), ==, limen_selection_count (part));
  for (guint i = 0; i < PART; i++)
    g_assert_cmpint (limen_selection_has (whole, NORMAL, index[i]), ==,
                     limen_selection_has (part, NORMAL, i));
  for (guint i = 0; i < 90; i++)
    g_assert_cmpint (limen_selection_has (whole, ANOMALY, i), ==,
                     limen_selection_has (part, ANOMALY, i));
  g_autoptr (LimenSelection) first = limen_selection_of_whole (part, NULL, WHOLE);
  for (guint i = 0; i < WHOLE; i++)
    g_assert_cmpint (limen_selection_has (first, NORMAL, i), ==,
                     i < PART && limen_selection_has (part, NORMAL, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/selection/" #name, test_##name)
  ADD (words_count_both_sets);
  ADD (turned_round_twice_is_the_same);
  ADD (two_selections_become_one);
  ADD (images_come_and_go_one_by_one);
  ADD (a_range_holds_its_ends);
  ADD (indices_and_scores_are_those_selected);
  ADD (a_box_is_two_ranges);
  ADD (a_part_is_selected_by_the_numbers_of_the_whole);
#undef ADD
  return g_test_run ();
}

/* What is chosen of a table of scores on the Detector page, without its window: what it does not
 * tell is asked, another column is chosen, all columns stand side by side. */
#include "tests/study/detector-world.h"
#include "ui/study/detector/scatter-work.h"

static const char several[] = "file,a_score,b_score,label\n"
                              "0.png,1,9,0\n1.png,2,7,0\n2.png,3,,0\n3.png,2.5,8,0\n"
                              "4.png,1.5,6,0\n5.png,2.2,7.5,0\n6.png,4,3,1\n7.png,2.4,2,1\n"
                              "8.png,6,7.2,1\n";

typedef struct {
  World world;
  LimenTableQuestion *question; /* nullable: the last */
  guint n_questions;
} Table;

static void
scores_asked_cb (LimenDetectorSession *session, LimenTableQuestion *question, Table *table)
{
  g_clear_pointer (&table->question, limen_table_question_unref);
  table->question = limen_table_question_ref (question);
  table->n_questions++;
}

static void
table_begin (Table *table)
{
  *table = (Table){.question = NULL};
  begin (&table->world);
  g_signal_connect (table->world.session, "scores-asked", G_CALLBACK (scores_asked_cb), table);
}

static void
table_end (Table *table)
{
  g_signal_handlers_disconnect_by_data (table->world.session, table);
  g_clear_pointer (&table->question, limen_table_question_unref);
  end (&table->world);
}

/* (transfer full): its path */
static char *
drop_text (Table *table, const char *name, const char *text)
{
  char *path = write_file (table->world.folder, name, text, strlen (text));
  drop (&table->world, LIMEN_N_SETS, path, NULL, NULL);
  wait_until (is_idle, table->world.session);
  return path;
}

static const LimenTableScores *
shown (const Table *table)
{
  return experiment_of (&table->world)->table;
}

/* Takes @wish */
static void
answer (Table *table, LimenTableWish wish)
{
  limen_detector_session_open_scores (table->world.session,
                                      (const char *const *)table->question->paths, &wish);
  limen_table_wish_clear (&wish);
  wait_until (is_idle, table->world.session);
}

/* -- what there is to choose -- */

static void
test_choices (void)
{
  static const char text[] = "id,score,kind,grade\n1,0.5,cat,3\n2,0.25,dog,3\n3,1.5,cat,1\n";
  static const char more[] = "id,score,kind,grade\n4,0.75,bird,2\n";
  g_autofree char *folder = make_folder ();
  g_autofree char *first = write_file (folder, "1.csv", text, strlen (text));
  g_autofree char *second = write_file (folder, "2.csv", more, strlen (more));
  const char *const paths[] = {first, second};
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenScoreChoices) choices = limen_score_choices_new (paths, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (choices->n, ==, 4);
  g_assert_cmpuint (choices->labels, ==, 2);
  g_assert_true (choices->column[1].is_score);
  g_assert_false (choices->column[2].is_score);
  g_assert_null (choices->column[1].words); /* not whole: no labels */
  g_assert_true (g_strv_equal ((const char *const *)choices->column[2].words,
                               (const char *const[]){"cat", "dog", "bird", NULL}));
  g_assert_true (g_strv_equal ((const char *const *)choices->column[3].words,
                               (const char *const[]){"3", "1", "2", NULL}));
  remove_folder (folder);
}

/* More than labels have, be it far behind the first rows */
static void
test_many_words_are_no_labels (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GString) text = g_string_new ("score,kind\n");
  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "%u.5,k%u\n", i, i < 3000 ? i % 3 : i);
  g_autofree char *path = write_file (folder, "s.csv", text->str, text->len);
  const char *const paths[] = {path};
  g_autoptr (LimenScoreChoices) choices = limen_score_choices_new (paths, 1, NULL, NULL);
  g_assert_cmpuint (choices->n, ==, 2);
  g_assert_null (choices->column[1].words);
  remove_folder (folder);
}

/* -- questions -- */

static void
test_the_side_is_asked (void)
{
  Table table;
  table_begin (&table);
  drop_all (&table.world);
  g_autofree char *path = drop_text (&table, "s.csv", "name,score\na,1\nb,2\nc,3\nd,4\n");
  g_assert_cmpuint (table.n_questions, ==, 1);
  g_assert_cmpint (table.question->asks, ==, LIMEN_TABLE_ASKS_SIDE);
  g_assert_cmpstr (table.question->column, ==, "score");
  g_assert_cmpstr (table.question->name, ==, "s.csv");
  g_assert_nonnull (experiment_of (&table.world)->flow); /* until it is answered, all stays */
  g_assert_cmpuint (table.world.n_notices, ==, 0);
  answer (&table, limen_table_question_with_side (table.question, LIMEN_SIDE_LOW));
  g_assert_cmpuint (table.n_questions, ==, 1);
  g_assert_cmpint (shown (&table)->measure->side, ==, LIMEN_SIDE_LOW);
  g_assert_nonnull (
      strstr (table.world.taken, "Taken from s.csv: “score”: low values are flagged"));
  g_assert_nonnull (strstr (table.world.taken, "; scores from “score”; no labels"));
  limen_detector_session_undo (table.world.session);
  g_assert_null (shown (&table));
  g_assert_nonnull (experiment_of (&table.world)->flow);
  table_end (&table);
}

/* What was opened with the table is told of once it is answered. */
static void
test_labels_are_asked_and_then_the_side (void)
{
  Table table;
  table_begin (&table);
  static const char text[] = "score,kind\n1,cat\n2,dog\n3,cat\n4,bird\n";
  g_autofree char *path = write_file (table.world.folder, "s.csv", text, strlen (text));
  drop (&table.world, LIMEN_N_SETS, path, table.world.flow, NULL);
  wait_until (is_idle, table.world.session);
  g_assert_cmpint (table.question->asks, ==, LIMEN_TABLE_ASKS_LABELS);
  g_assert_nonnull (strstr (table.question->why, "(cat, dog, bird) in “kind”"));
  g_assert_cmpuint (table.question->choices->labels, ==, 1);
  answer (&table, (LimenTableWish){.no_labels = TRUE});
  g_assert_cmpuint (table.n_questions, ==, 2);
  g_assert_cmpint (table.question->asks, ==, LIMEN_TABLE_ASKS_SIDE);
  g_assert_true (table.question->wish.no_labels);
  answer (&table, limen_table_question_with_side (table.question, LIMEN_SIDE_BOTH));
  g_assert_cmpuint (shown (&table)->normal.scores->n, ==, 4);
  g_assert_cmpuint (table.world.n_problems, ==, 1); /* the flow */
  answer (&table, (LimenTableWish){.normal_label = g_strdup ("cat")});
  g_assert_cmpuint (shown (&table)->anomaly.scores->n, ==, 2);
  g_assert_true (shown (&table)->side_of_labels);
  table_end (&table);
}

/* Other columns in a second file, or a row of another length: there is nothing to ask. */
static void
test_what_is_refused_is_not_asked (void)
{
  Table table;
  table_begin (&table);
  static const char other[] = "score,label,more\n1,0,5\n2,1,6\n";
  g_autofree char *two = write_file (table.world.folder, "o.csv", other, strlen (other));
  g_autofree char *path = drop_text (&table, "s.csv", "score,label\n1,0\n2,1\n3,0\n4,0\n");
  g_assert_nonnull (shown (&table));
  drop (&table.world, LIMEN_N_SETS, path, two, NULL);
  wait_until (is_idle, table.world.session);
  g_assert_nonnull (strstr (table.world.told, "other columns than"));
  g_autofree char *ragged = drop_text (&table, "r.csv", "score,label\n1,0\n2,1,7,8\n");
  g_assert_nonnull (strstr (table.world.told, "r.csv"));
  g_assert_cmpuint (table.n_questions, ==, 0);
  g_assert_cmpuint (shown (&table)->table->n, ==, 4);
  table_end (&table);
}

static void
test_labels_beside_images_are_left_out (void)
{
  Table table;
  table_begin (&table);
  static const char header[] = "\x93NUMPY\x01\x00\x76\x00"
                               "{'descr': '|u1', 'fortran_order': False, 'shape': (60,), }";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *)header, sizeof header - 1);
  while (bytes->len < 127)
    g_byte_array_append (bytes, (const guint8 *)" ", 1);
  g_byte_array_append (bytes, (const guint8 *)"\n", 1);
  for (guint i = 0; i < 60; i++)
    g_byte_array_append (bytes, &(guint8){(guint8)(i % 10)}, 1);
  g_autofree char *labels = write_file (table.world.folder, "labels.npy", bytes->data, bytes->len);
  drop (&table.world, LIMEN_N_SETS, table.world.flow, table.world.normal, labels);
  wait_until (is_idle, table.world.session);
  g_assert_null (shown (&table));
  g_assert_nonnull (experiment_of (&table.world)->set[LIMEN_SET_NORMAL]);
  g_assert_cmpuint (table.world.n_problems, ==, 1);
  drop (&table.world, LIMEN_N_SETS, labels, NULL, NULL); /* alone they may be scores */
  wait_until (is_idle, table.world.session);
  g_assert_cmpint (table.question->asks, ==, LIMEN_TABLE_ASKS_SIDE);
  table_end (&table);
}

/* What the menu of the row asks for says what there is now. */
static gboolean
has_question (gpointer data)
{
  return ((Table *)data)->question != NULL;
}

static void
test_the_user_may_ask (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path = drop_text (&table, "s.csv", several);
  limen_detector_session_ask_scores (table.world.session);
  wait_until (has_question, &table);
  g_assert_cmpint (table.question->asks, ==, LIMEN_TABLE_ASKS_NOTHING);
  g_assert_cmpstr (table.question->column, ==, "a_score");
  g_assert_cmpuint (table.question->choices->n, ==, 4);
  table_end (&table);
}

/* -- another column -- */

static void
test_another_column_is_chosen (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path = drop_text (&table, "s.csv", several);
  g_assert_cmpuint (shown (&table)->column, ==, 0);
  g_clear_pointer (&table.world.taken, g_free);
  limen_detector_session_set_threshold (table.world.session, 2.3);
  limen_detector_session_zoom (table.world.session, 2, 1.5);
  g_unlink (path); /* it is not read again */
  limen_detector_session_choose_column (table.world.session, "b_score");
  wait_until (is_idle, table.world.session);
  g_assert_cmpuint (table.world.n_notices, ==, 0);
  g_assert_cmpuint (shown (&table)->column, ==, 1);
  g_assert_cmpint (shown (&table)->measure->side, ==, LIMEN_SIDE_LOW);
  g_assert_cmpuint (experiment_of (&table.world)->scores[LIMEN_SET_NORMAL]->n, ==, 5);
  g_assert_cmpstr (state_of (&table.world)->wish.column, ==, "b_score");
  g_assert_null (table.world.taken);
  /* a threshold by hand, and what is seen, were of the other */
  g_assert_cmpint (state_of (&table.world)->rule.kind, ==, LIMEN_RULE_SIGMAS);
  g_assert_cmpfloat (state_of (&table.world)->high, ==, state_of (&table.world)->low);
  g_assert_true (limen_detector_session_can_undo (table.world.session));
  limen_detector_session_undo (table.world.session);
  g_assert_cmpuint (shown (&table)->column, ==, 0);
  g_assert_cmpfloat (detector_of (&table.world)->threshold, ==, 2.3);
  table_end (&table);
}

/* A threshold in nats is none of scores that take the place of the flow's. */
static void
test_a_threshold_goes_with_its_measure (void)
{
  Table table;
  table_begin (&table);
  drop_all (&table.world);
  double nats = detector_of (&table.world)->mean - 7;
  limen_detector_session_set_threshold (table.world.session, nats);
  g_autofree char *path = drop_text (&table, "s.csv", several);
  g_assert_cmpint (state_of (&table.world)->rule.kind, ==, LIMEN_RULE_SIGMAS);
  g_assert_cmpfloat (limen_detector_sigmas (detector_of (&table.world)), ==, LIMEN_USUAL_SIGMAS);
  table_end (&table);
}

/* Of one name there are two: each can be chosen. */
static void
test_two_columns_of_a_name (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path =
      drop_text (&table, "s.csv", "score,score,label\n1,5,0\n2,4,0\n3,6,0\n2,5,0\n9,1,1\n");
  limen_detector_session_choose_column (table.world.session, "score, column 2");
  wait_until (is_idle, table.world.session);
  g_assert_cmpuint (shown (&table)->column, ==, 1);
  g_assert_cmpfloat (shown (&table)->anomaly.scores->value[0], ==, 1);
  table_end (&table);
}

/* Parts of one table, a header each */
static void
test_parts_are_one_table (void)
{
  Table table;
  table_begin (&table);
  static const char rest[] = "file,a_score,b_score,label\n9.png,2.1,7,0\n10.png,5,1,1\n";
  g_autofree char *one = write_file (table.world.folder, "1.csv", several, strlen (several));
  g_autofree char *two = write_file (table.world.folder, "2.csv", rest, strlen (rest));
  drop (&table.world, LIMEN_N_SETS, one, two, NULL);
  wait_until (is_idle, table.world.session);
  g_assert_cmpuint (table.world.n_notices, ==, 0);
  g_assert_cmpuint (shown (&table)->table->n, ==, 11);
  g_assert_cmpuint (shown (&table)->anomaly.scores->n, ==, 4);
  g_assert_nonnull (strstr (table.world.taken, "1.csv and 1 more"));
  table_end (&table);
}

/* -- all columns -- */

static gboolean
has_result (gpointer bench)
{
  return limen_table_bench_result (bench) != NULL;
}

static void
test_columns_side_by_side (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path = drop_text (&table, "s.csv", several);
  g_autoptr (LimenTableBench) bench = limen_table_bench_new (table.world.session);
  limen_table_bench_set_shown (bench, TRUE);
  wait_until (has_result, bench);
  const LimenTableBenchResult *result = limen_table_bench_result (bench);
  g_assert_cmpuint (result->n, ==, 2);
  const LimenTableColumn *a = &result->column[0], *b = &result->column[1];
  g_assert_cmpfloat (a->row.separation.auroc, ==, detector_of (&table.world)->auroc);
  g_assert_true (a->side_known && b->side_known);
  g_assert_cmpint (b->scores->measure->side, ==, LIMEN_SIDE_LOW);
  /* the first half of 9, 7, 8, 6, 7.5 is tested, against 3, 2 and 7.2: 5 of 6 pairs */
  g_assert_cmpuint (b->detector->normal->n, ==, 2);
  g_assert_cmpfloat_with_epsilon (b->row.separation.auroc, 5 / 6.0, 1e-12);
  g_autofree char *said = limen_table_bench_sentence (result, 0);
  g_assert_nonnull (strstr (said, "3 set the threshold, and 3 are tested beside 3 anomalies"));
  g_assert_nonnull (strstr (said, "optimistic"));
  limen_table_bench_choose (bench, 1);
  wait_until (is_idle, table.world.session);
  g_assert_cmpuint (shown (&table)->column, ==, 1);
  g_assert_cmpuint (limen_table_bench_table (bench)->column, ==, 1);
  g_clear_object (&bench);
  table_end (&table);
}

/* Without labels the column in hand has the side that was said, the others have none. */
static void
test_columns_without_a_side (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path = drop_text (&table, "s.csv", "a_score,b_score\n1,2\n2,3\n3,1\n4,5\n");
  answer (&table, limen_table_question_with_side (table.question, LIMEN_SIDE_HIGH));
  const LimenTableBenchInput input = {experiment_of (&table.world)->table,
                                      {LIMEN_SPLIT_ORDERED, 0}};
  g_autoptr (LimenTableBenchResult) result = limen_table_bench_run (&input, NULL, NULL);
  g_assert_true (result->column[0].side_known);
  g_assert_false (result->column[1].side_known);
  g_assert_nonnull (result->column[1].detector);
  g_assert_true (isnan (result->column[0].row.separation.auroc));
  limen_detector_session_choose_column (table.world.session, "b_score"); /* what it is, is asked */
  wait_until (is_idle, table.world.session);
  g_assert_cmpuint (table.n_questions, ==, 2);
  g_assert_cmpstr (table.question->column, ==, "b_score");
  g_assert_cmpuint (shown (&table)->column, ==, 0);
  table_end (&table);
}

/* The scatter has those that have both. */
static void
test_two_columns_of_the_same_images (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path = drop_text (&table, "s.csv", several);
  const LimenTableBenchInput input = {experiment_of (&table.world)->table,
                                      {LIMEN_SPLIT_ORDERED, 0}};
  g_autoptr (LimenTableBenchResult) result = limen_table_bench_run (&input, NULL, NULL);
  g_autoptr (LimenTablePair) pair = limen_table_pair_new (result, 0, 1);
  const LimenScores *x = pair->scores[LIMEN_SET_NORMAL][0], *y = pair->scores[LIMEN_SET_NORMAL][1];
  g_assert_cmpuint (x->n, ==, 2); /* of rows 0 to 2, the last has no second score */
  g_assert_cmpuint (y->n, ==, 2);
  g_assert_cmpfloat (x->value[1], ==, 2);
  g_assert_cmpfloat (y->value[1], ==, 7);
  g_assert_cmpuint (pair->row[LIMEN_SET_NORMAL][1], ==, 1);
  g_assert_cmpuint (pair->row[LIMEN_SET_ANOMALY][2], ==, 8);
  g_assert_cmpfloat (pair->scores[LIMEN_SET_ANOMALY][1]->value[2], ==, 7.2);
  g_autofree guint32 *of_a = limen_table_pair_index (pair, result->column[0].scores);
  g_assert_cmpuint (of_a[1], ==, 1);
  g_autoptr (LimenTablePair) turned = limen_table_pair_new (result, 1, 0);
  g_autofree guint32 *of_b = limen_table_pair_index (turned, result->column[1].scores);
  g_assert_nonnull (of_b);
  g_autoptr (LimenTablePair) alone = limen_table_pair_new (result, 0, 0);
  g_assert_null (limen_table_pair_index (alone, result->column[1].scores)); /* row 2 is not in it */
  table_end (&table);
}

/* Beside the window comes to the same as at once, and stays after the table has gone. */
static void
test_points_made_beside_the_window (void)
{
  Table table;
  table_begin (&table);
  g_autofree char *path = drop_text (&table, "s.csv", several);
  const LimenTableBenchInput input = {experiment_of (&table.world)->table,
                                      {LIMEN_SPLIT_ORDERED, 0}};
  LimenTableBenchResult *result = limen_table_bench_run (&input, NULL, NULL);
  const LimenLines cut[2] = {{2, INFINITY}, {-INFINITY, 6.5}};
  g_autoptr (LimenTablePair) pair = limen_table_pair_new (result, 0, 1);
  g_autoptr (LimenScatterPoints) at_once = limen_scatter_points_new (
      pair->scores[LIMEN_SET_NORMAL], pair->scores[LIMEN_SET_ANOMALY], cut);
  LimenScatterWish *wish = limen_scatter_wish_new_of_columns (
      result, experiment_of (&table.world)->table, (const guint[]){0, 1}, cut);
  limen_table_bench_result_unref (result);
  g_assert_false (limen_scatter_wish_is_long (wish));
  LimenScatterMade *made = limen_scatter_run_points (wish, NULL, NULL);
  limen_scatter_wish_free (wish);
  table_end (&table);
  for (LimenScatterSet set = 0; set < LIMEN_N_SCATTER_SETS; set++) {
    g_assert_cmpuint (made->points->n[set], ==, at_once->n[set]);
    g_assert_cmpmem (made->points->at[set], 2 * at_once->n[set] * sizeof (float), at_once->at[set],
                     2 * at_once->n[set] * sizeof (float));
  }
  g_assert_cmpuint (made->index[1], ==, 1);
  LimenCountsWish counts = {made->points, {cut[0], cut[1]}};
  g_autofree char *said = limen_scatter_run_counts (&counts, NULL, NULL);
  g_autofree char *expected = limen_scatter_points_sentence (at_once, cut);
  g_assert_cmpstr (said, ==, expected);
  limen_scatter_made_free (made);
}

/* What a lasso holds, and what was selected before it */
static void
test_a_lasso_beside_the_window (void)
{
  const double x[] = {1, 2, 3}, y[] = {1, 2, 3};
  g_autoptr (LimenScores) across = limen_scores_new ("a", x, 3), up = limen_scores_new ("a", y, 3);
  LimenScores *const normal[2] = {across, up}, *const none[2] = {NULL, NULL};
  const LimenLines cut[2] = {{NAN, NAN}, {NAN, NAN}};
  LimenScatterWish *wish = limen_scatter_wish_new (normal, none, cut);
  LimenScatterMade *made = limen_scatter_run_points (wish, NULL, NULL);
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  LimenScatterPlot *plot = limen_scatter_plot_new (made->points, &style, 400, 300);
  double at[2];
  limen_scatter_plot_place (plot, &(LimenScatterHit){LIMEN_SCATTER_NORMAL, 1}, &at[0], &at[1]);
  const double corner[][2] = {{at[0] - 5, at[1] - 5}, {at[0] + 5, at[1] - 5}, {at[0], at[1] + 9}};
  g_autoptr (LimenSelection) empty = limen_selection_new (3, 0);
  LimenLassoWish *lasso = g_new (LimenLassoWish, 1);
  *lasso = (LimenLassoWish){plot, g_array_new (FALSE, FALSE, sizeof corner[0]),
                            limen_selection_with (empty, LIMEN_SCATTER_NORMAL, 2, TRUE)};
  g_array_append_vals (lasso->corners, corner, 3);
  g_autoptr (LimenSelection) held = limen_scatter_run_lasso (lasso, NULL, NULL);
  limen_lasso_wish_free (lasso);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (limen_selection_has (held, LIMEN_SCATTER_NORMAL, i), ==, i > 0);
  limen_scatter_wish_free (wish);
  limen_scatter_made_free (made);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (choices);
  ADD (many_words_are_no_labels);
  ADD (the_side_is_asked);
  ADD (labels_are_asked_and_then_the_side);
  ADD (what_is_refused_is_not_asked);
  ADD (labels_beside_images_are_left_out);
  ADD (the_user_may_ask);
  ADD (another_column_is_chosen);
  ADD (a_threshold_goes_with_its_measure);
  ADD (two_columns_of_a_name);
  ADD (parts_are_one_table);
  ADD (columns_side_by_side);
  ADD (columns_without_a_side);
  ADD (two_columns_of_the_same_images);
  ADD (points_made_beside_the_window);
  ADD (a_lasso_beside_the_window);
  return g_test_run ();
}

#include "ui/detector/views.h"

#include "ui/choices.h"
#include "ui/detector/bench-rows.h"
#include "ui/detector/curve-view.h"
#include "ui/detector/scatter-view.h"
#include "ui/detector/table-views.h"
#include "ui/study/detector/scatter-work.h"
#include "ui/study/latest.h"
#include "ui/widgets.h"
#include "ui/wrap-layout.h"

#include <math.h>

struct _LimenDetectorViews {
  GtkBox parent_instance;

  LimenBenchSession *bench;
  LimenDetectorSession *detector;
  LimenSelectionSession *selection;
  GtkStack *stack;
  LimenBenchView *table;
  LimenScatterView *scatter;
  GtkLabel *division, *hint, *waiting;
  GtkDropDown *axis[2];
  LimenScoreKind kind[2];               /* of the axes */
  const LimenBenchResult *shown;        /* borrowed: only compared */
  LimenScoreKind kinds[LIMEN_N_SCORES]; /* those that axes can have, in the order of the lists */
  guint n_kinds;
  gboolean showing;

  LimenTableBench *columns; /* instead of the bench where the page shows a table of scores; */
  guint column[2];          /* of the axes then */
  LimenTablePair *pair;     /* nullable: its images in the scatter, */
  guint32 *pair_index;      /* nullable: which of the normal set these are, */
  const LimenTableBenchResult *paired; /* borrowed, only compared: of which columns */
  LimenLatest *making;                 /* the points of many images */
  LimenScatterPoints *points;          /* nullable, owned: those of the scatter */
};

G_DEFINE_FINAL_TYPE (LimenDetectorViews, limen_detector_views, GTK_TYPE_BOX)

/* -- columns of a table of scores -- */

static gboolean
is_table (LimenDetectorViews *self)
{
  return limen_table_bench_table (self->columns) != NULL;
}

/* Those that have scores, in the order of the lists; the score of the page across */
static void
show_column_axes (LimenDetectorViews *self, const LimenTableBenchResult *result)
{
  guint now = limen_table_bench_table (self->columns)->column, other = now;
  g_autoptr (GtkStringList) names = limen_table_views_columns (result);
  for (guint i = 0; i < result->n && other == now; i++)
    if (i != now && result->column[i].scores)
      other = i;
  if (self->paired == NULL || self->column[0] >= result->n || self->column[1] >= result->n) {
    self->column[0] = now;
    self->column[1] = other;
  }
  self->showing = TRUE;
  for (guint axis = 0; axis < 2; axis++) {
    gtk_drop_down_set_model (self->axis[axis], G_LIST_MODEL (names));
    gtk_drop_down_set_selected (self->axis[axis], self->column[axis]);
  }
  self->showing = FALSE;
}

static LimenLines cut_of (LimenDetectorViews *self, LimenScoreKind kind);

/* @cut: (out): of the scores of both axes */
static void
find_cuts (LimenDetectorViews *self, LimenLines cut[2])
{
  for (guint axis = 0; axis < 2; axis++)
    cut[axis] = is_table (self)
                    ? limen_table_views_cut (self->columns, self->detector, self->column[axis])
                    : cut_of (self, self->kind[axis]);
}

/* Where images lack one of the scores, what is selected stays in the scatter. */
static void
show_selected_rows (LimenDetectorViews *self)
{
  if (!self->pair_index)
    return;
  g_autoptr (LimenSelection) part = limen_selection_session_part (
      self->selection, self->pair_index, self->pair->scores[LIMEN_SET_NORMAL][0]->n);
  limen_scatter_view_set_selection (self->scatter, part);
}

static void
forget_pair (LimenDetectorViews *self)
{
  g_clear_pointer (&self->pair, limen_table_pair_free);
  g_clear_pointer (&self->pair_index, g_free);
}

/* @points: (nullable) */
static void
take_points (LimenDetectorViews *self, LimenScatterPoints *points)
{
  limen_scatter_view_set_points (self->scatter, points);
  g_clear_pointer (&self->points, limen_scatter_points_unref);
  self->points = points ? limen_scatter_points_ref (points) : NULL;
}

/* Where there is nothing for the scatter to show, or not yet */
static void
show_nothing (LimenDetectorViews *self)
{
  limen_latest_cancel (self->making);
  forget_pair (self);
  take_points (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->scatter), FALSE);
}

static void show_cuts (LimenDetectorViews *self);
static void show_selection (LimenDetectorViews *self);

static void
made_cb (gpointer data, const GError *error, gpointer owner)
{
  LimenDetectorViews *self = owner;
  LimenScatterMade *made = data;
  if (!made)
    return;
  forget_pair (self);
  self->pair = g_steal_pointer (&made->pair);
  self->pair_index = g_steal_pointer (&made->index);
  take_points (self, made->points);
  limen_scatter_made_free (made);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->scatter), TRUE);
  show_cuts (self);
  show_selection (self);
}

/* Points of other scores of the same images are seen until these are made. Takes over @wish. */
static void
make_points (LimenDetectorViews *self, LimenScatterWish *wish)
{
  if (limen_scatter_wish_is_long (wish)) {
    limen_latest_wish (self->making, wish);
    return;
  }
  limen_latest_cancel (self->making);
  made_cb (limen_scatter_run_points (wish, NULL, NULL), NULL, self);
  limen_scatter_wish_free (wish);
}

static void
show_column_points (LimenDetectorViews *self)
{
  LimenTableBenchResult *result = limen_table_bench_result (self->columns);
  if (result)
    show_column_axes (self, result);
  gboolean has =
      result && result->column[self->column[0]].scores && result->column[self->column[1]].scores;
  if (!has || result != self->paired)
    show_nothing (self);
  self->paired = result;
  if (!has)
    return;
  LimenLines cut[2];
  find_cuts (self, cut);
  make_points (self, limen_scatter_wish_new_of_columns (
                         result, (LimenTableScores *)limen_table_bench_table (self->columns),
                         self->column, cut));
}

static void
column_chosen_for (LimenDetectorViews *self, guint axis)
{
  const LimenTableBenchResult *result = limen_table_bench_result (self->columns);
  guint selected = gtk_drop_down_get_selected (self->axis[axis]);
  if (result && selected < result->n)
    self->column[axis] = selected;
}

/* -- all scores -- */

/* Where the page judges by @kind, the line in hand; else three standard deviations */
static LimenLines
cut_of (LimenDetectorViews *self, LimenScoreKind kind)
{
  const LimenBenchResult *result = limen_bench_session_so_far (self->bench);
  const LimenDetector *now = limen_detector_session_detector (self->detector);
  LimenLines lines = {NAN, NAN};
  if (now && limen_detector_measure (now) == limen_score_measure (kind))
    lines = limen_detector_lines (now);
  else if (limen_bench_result_has (result, kind)) {
    const LimenBenchRow *row = &result->row[kind];
    lines = limen_lines_new (row->measure->side, row->mean, row->threshold);
  }
  return lines;
}

static void
show_table (LimenDetectorViews *self)
{
  LimenBenchEntry entry[LIMEN_N_SCORES];
  const LimenBenchResult *result = limen_bench_session_so_far (self->bench);
  if (is_table (self)) {
    limen_table_views_show_rows (self->columns, self->detector, self->table, self->division);
    return;
  }
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++)
    limen_bench_rows_fill (&entry[kind], self->bench, self->detector, kind, cut_of (self, kind));
  limen_bench_view_set_entries (self->table, entry, LIMEN_N_SCORES);
  limen_bench_view_set_chosen (self->table,
                               limen_score_name (limen_bench_session_chosen (self->bench)));
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++)
    limen_bench_rows_clear (&entry[kind]);
  g_autofree char *said = result ? limen_bench_division_sentence (&result->division->counts) : NULL;
  gtk_label_set_text (self->division, said ? said : "");
}

/* -- what is selected: of the points, which are some of the normal images, and of all -- */

static void
selected_cb (LimenDetectorViews *self)
{
  const LimenBenchResult *result = limen_bench_session_result (self->bench);
  const LimenSelection *selection = limen_scatter_view_get_selection (self->scatter);
  if (self->pair && self->pair_index)
    limen_selection_session_take (
        self->selection, selection ? limen_selection_copy (selection) : NULL, self->pair_index);
  if (self->pair)
    return;
  if (result)
    limen_selection_session_take (self->selection,
                                  selection ? limen_selection_copy (selection) : NULL,
                                  result->division->index[LIMEN_BENCH_TEST]);
}

static void
show_selection (LimenDetectorViews *self)
{
  const LimenBenchResult *result = limen_bench_session_result (self->bench);
  if (self->pair) {
    show_selected_rows (self);
    return;
  }
  if (!result || result != self->shown)
    return;
  const LimenBenchDivision *division = result->division;
  g_autoptr (LimenSelection) part = limen_selection_session_part (
      self->selection, division->index[LIMEN_BENCH_TEST], division->counts.n[LIMEN_BENCH_TEST]);
  limen_scatter_view_set_selection (self->scatter, part);
}

/* -- two scores -- */

/* The recommended one against the likelihood, until the user has others */
static void
show_axes (LimenDetectorViews *self)
{
  const LimenBenchResult *result = limen_bench_session_result (self->bench);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  self->n_kinds = 0;
  for (guint kind = 0; kind < LIMEN_N_SCORES; kind++)
    if (limen_bench_result_has (result, kind)) {
      gtk_string_list_append (names, limen_score_measure (kind)->title);
      self->kinds[self->n_kinds++] = kind;
    }
  if (!limen_bench_result_has (result, self->kind[0]))
    self->kind[0] = LIMEN_SCORE_LOG_LIKELIHOOD;
  if (!limen_bench_result_has (result, self->kind[1]) || self->kind[1] == self->kind[0])
    self->kind[1] = limen_scorer_recommended (result->scorer);
  if (self->kind[1] == self->kind[0] && self->n_kinds > 1)
    self->kind[1] = self->kinds[self->n_kinds - 1];
  self->showing = TRUE;
  for (guint axis = 0; axis < 2; axis++) {
    gtk_drop_down_set_model (self->axis[axis], G_LIST_MODEL (names));
    for (guint i = 0; i < self->n_kinds; i++)
      if (self->kinds[i] == self->kind[axis])
        gtk_drop_down_set_selected (self->axis[axis], i);
  }
  self->showing = FALSE;
}

static void
show_cuts (LimenDetectorViews *self)
{
  LimenLines cut[2];
  find_cuts (self, cut);
  limen_scatter_view_set_cuts (self->scatter, cut);
}

static void
show_points (LimenDetectorViews *self)
{
  const LimenBenchResult *result = limen_bench_session_result (self->bench);
  if (is_table (self)) {
    show_column_points (self);
    return;
  }
  if (!result || result != self->shown || self->paired)
    show_nothing (self);
  self->paired = NULL;
  self->shown = result;
  if (!result)
    return;
  show_axes (self);
  const LimenScoreKind *kind = self->kind;
  LimenScores *const normal[2] = {result->test[kind[0]], result->test[kind[1]]};
  LimenScores *const anomaly[2] = {result->anomaly[kind[0]], result->anomaly[kind[1]]};
  LimenLines cut[2];
  find_cuts (self, cut);
  make_points (self, limen_scatter_wish_new (normal, anomaly, cut));
}

static void
axis_chosen_cb (LimenDetectorViews *self)
{
  if (self->showing)
    return;
  for (guint axis = 0; axis < 2; axis++) {
    guint selected = gtk_drop_down_get_selected (self->axis[axis]);
    if (is_table (self))
      column_chosen_for (self, axis);
    else if (selected < self->n_kinds)
      self->kind[axis] = self->kinds[selected];
  }
  show_points (self);
}

/* The image's own name, in its set */
static char *
name_image (LimenScatterSet set, guint index, gpointer data)
{
  LimenDetectorViews *self = data;
  const LimenBenchResult *result = limen_bench_session_result (self->bench);
  if (self->pair)
    return limen_table_views_name (self->columns, self->pair, set, index);
  if (!result)
    return g_strdup ("");
  const LimenImageSet *images =
      set == LIMEN_SCATTER_NORMAL ? result->division->set[LIMEN_BENCH_TEST] : result->anomalies;
  return limen_image_set_image_name (images, index);
}

/* -- what changes -- */

static const char *
seen (LimenDetectorViews *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);
  return name ? name : "histogram";
}

static void
bench_changed_cb (LimenDetectorViews *self)
{
  if (g_str_equal (seen (self), "scores"))
    show_table (self);
  if (limen_bench_session_result (self->bench) == self->shown)
    return;
  if (g_str_equal (seen (self), "scatter"))
    show_points (self);
  else
    self->shown = NULL; /* points of another one, until they are looked at */
}

static void
columns_changed_cb (LimenDetectorViews *self)
{
  if (g_str_equal (seen (self), "scores"))
    show_table (self);
  else if (g_str_equal (seen (self), "scatter"))
    show_points (self);
}

static void
threshold_changed_cb (LimenDetectorViews *self)
{
  if (g_str_equal (seen (self), "scores"))
    show_table (self);
  else if (g_str_equal (seen (self), "scatter"))
    show_cuts (self);
}

static void
seen_cb (LimenDetectorViews *self)
{
  gboolean scores = g_str_equal (seen (self), "scores") || g_str_equal (seen (self), "scatter");
  limen_bench_session_set_shown (self->bench, scores);
  limen_table_bench_set_shown (self->columns, scores);
  if (g_str_equal (seen (self), "scores"))
    show_table (self);
  else if (g_str_equal (seen (self), "scatter"))
    show_points (self);
}

static void
chosen_cb (LimenDetectorViews *self, const char *name)
{
  LimenScoreKind kind;
  guint column;
  if (limen_table_views_find (name, &column))
    limen_table_bench_choose (self->columns, column);
  else if (limen_score_find (name, &kind))
    limen_bench_session_choose (self->bench, kind);
}

static void
wanted_cb (LimenDetectorViews *self, const char *name)
{
  LimenScoreKind kind;
  if (limen_score_find (name, &kind))
    gtk_widget_activate_action (GTK_WIDGET (self),
                                kind == LIMEN_SCORE_LIKELIHOOD_RATIO ? "detector.open-reference"
                                                                     : "detector.open-vae",
                                NULL);
}

static void
k_chosen_cb (LimenDetectorViews *self, guint k)
{
  limen_bench_session_set_k (self->bench, k);
}

/* -- the object -- */

static GtkLabel *
caption (const char *text)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_xalign (label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  return label;
}

static GtkWidget *
table_of (LimenDetectorViews *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->table = LIMEN_BENCH_VIEW (limen_bench_view_new ());
  self->division = caption ("");
  gtk_widget_set_margin_bottom (box, 10);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->division));
  limen_follow (self, self->table, "chosen", G_CALLBACK (chosen_cb));
  limen_follow (self, self->table, "wanted", G_CALLBACK (wanted_cb));
  limen_follow (self, self->table, "k-chosen", G_CALLBACK (k_chosen_cb));
  return box;
}

static GtkWidget *
axis_of (LimenDetectorViews *self, guint axis, const char *title, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (title);
  GtkWidget *list = gtk_drop_down_new (NULL, NULL);
  self->axis[axis] = GTK_DROP_DOWN (list);
  gtk_widget_add_css_class (label, "dim-label");
  limen_name (list, name);
  limen_choices_give_way (self->axis[axis]);
  gtk_widget_set_hexpand (list, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), list);
  limen_follow (self, list, "notify::selected", G_CALLBACK (axis_chosen_cb));
  return box;
}

static GtkWidget *
scatter_of (LimenDetectorViews *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkFlowBox *axes = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (axes, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (axes, 2);
  gtk_flow_box_append (axes, axis_of (self, 0, "Across", "Score across"));
  gtk_flow_box_append (axes, axis_of (self, 1, "Up", "Score up"));
  gtk_widget_set_can_focus (GTK_WIDGET (axes), TRUE);
  self->scatter = LIMEN_SCATTER_VIEW (limen_scatter_view_new ());
  limen_scatter_view_set_namer (self->scatter, name_image, self);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scatter), TRUE);
  limen_plot_area_set_least (limen_scatter_view_area (self->scatter), 320);
  gtk_widget_set_margin_bottom (box, 10);
  self->waiting = caption ("The scores are being worked out.");
  self->hint = caption ("Drag around images to select them; with Shift in a box, with Ctrl more of "
                        "them. Escape lets go.");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (axes));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->waiting));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scatter));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  limen_follow (self, self->scatter, "selection-changed", G_CALLBACK (selected_cb));
  return box;
}

static void
limen_detector_views_dispose (GObject *object)
{
  LimenDetectorViews *self = LIMEN_DETECTOR_VIEWS (object);
  g_clear_object (&self->bench);
  g_clear_object (&self->columns);
  g_clear_pointer (&self->making, limen_latest_free);
  forget_pair (self);
  g_clear_pointer (&self->points, limen_scatter_points_unref);
  g_clear_object (&self->detector);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (limen_detector_views_parent_class)->dispose (object);
}

static void
limen_detector_views_class_init (LimenDetectorViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_detector_views_dispose;
}

static void
limen_detector_views_init (LimenDetectorViews *self)
{
  self->kind[1] = LIMEN_N_SCORES;
  self->making =
      limen_latest_new (limen_scatter_run_points, limen_scatter_wish_free, limen_scatter_made_free,
                        LIMEN_OVERTAKEN_IS_CANCELLED, made_cb, self);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 8);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

/* In a narrow window with large text, names of views take another line. */
static GtkWidget *
switcher_of (LimenDetectorViews *self)
{
  GtkWidget *switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_layout_manager (switcher, limen_wrap_layout_new (0));
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (switcher, "views");
  return switcher;
}

LimenDetectorViews *
limen_detector_views_new (LimenBenchSession *bench, LimenDetectorSession *detector,
                          LimenSelectionSession *selection, GtkWidget *histogram,
                          LimenPlotArea *beside)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_SESSION (bench) && GTK_IS_WIDGET (histogram), NULL);
  LimenDetectorViews *self = g_object_new (LIMEN_TYPE_DETECTOR_VIEWS, NULL);
  self->bench = g_object_ref (bench);
  self->detector = g_object_ref (detector);
  self->columns = limen_table_bench_new (detector);
  self->selection = g_object_ref (selection);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_add_titled (self->stack, histogram, "histogram", "Histogram");
  gtk_stack_add_titled (self->stack, limen_curve_view_new (detector, beside), "curve", "Curve");
  gtk_stack_add_titled (self->stack, table_of (self), "scores", "Scores");
  gtk_stack_add_titled (self->stack, scatter_of (self), "scatter", "Scatter");
  gtk_box_append (GTK_BOX (self), switcher_of (self));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
  limen_tell_seen (self->stack);
  limen_follow (self, self->stack, "notify::visible-child-name", G_CALLBACK (seen_cb));
  limen_follow (self, bench, "changed", G_CALLBACK (bench_changed_cb));
  limen_follow (self, self->columns, "changed", G_CALLBACK (columns_changed_cb));
  limen_follow (self, selection, "selection-changed", G_CALLBACK (show_selection));
  limen_follow (self, detector, "threshold-changed", G_CALLBACK (threshold_changed_cb));
  limen_follow (self, detector, "data-changed", G_CALLBACK (threshold_changed_cb));
  return self;
}

static LimenDetectorSeen *
seen_scores (LimenDetectorViews *self)
{
  guint n;
  g_autofree LimenBenchPictureRow *row = limen_bench_view_seen (self->table, &n);
  return limen_seen_scores (row, n, gtk_label_get_text (self->division));
}

/* While the points are made there is nothing to see. */
static LimenDetectorSeen *
seen_scatter (LimenDetectorViews *self)
{
  LimenLines cut[2];
  find_cuts (self, cut);
  return self->points ? limen_seen_scatter (self->points, cut,
                                            limen_scatter_view_get_selection (self->scatter))
                      : NULL;
}

LimenDetectorSeen *
limen_detector_views_seen (LimenDetectorViews *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_VIEWS (self), NULL);
  return g_str_equal (seen (self), "curve")     ? limen_seen_curve (self->detector)
         : g_str_equal (seen (self), "scores")  ? seen_scores (self)
         : g_str_equal (seen (self), "scatter") ? seen_scatter (self)
                                                : NULL;
}

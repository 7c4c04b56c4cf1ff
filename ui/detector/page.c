#include "ui/detector/page-private.h"

#include "model/data/builtin.h"
#include "ui/appearance.h"
#include "ui/detector/arrival-toast.h"
#include "ui/detector/bars.h"
#include "ui/detector/corrections-bar.h"
#include "ui/detector/gallery-opener.h"
#include "ui/detector/empty.h"
#include "ui/detector/panel.h"
#include "ui/detector/plot.h"
#include "ui/detector/questions.h"
#include "ui/problems.h"
#include "ui/detector/strips.h"
#include "ui/detector/table-row.h"
#include "ui/detector/views.h"
#include "ui/page-frame.h"
#include "ui/settings.h"
#include "ui/toasts.h"
#include "ui/widgets.h"
#include "ui/study/detector/lesson.h"
#include "ui/study/detector/measure-words.h"
#include "ui/study/detector/told.h"

static void limen_detector_page_page_init (LimenPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenDetectorPage, limen_detector_page, LIMEN_TYPE_PAGE_FRAME,
                               G_IMPLEMENT_INTERFACE (LIMEN_TYPE_PAGE,
                                                      limen_detector_page_page_init))

static LimenPageHead *
head (LimenDetectorPage *self)
{
  return limen_page_frame_head (LIMEN_PAGE_FRAME (self));
}

/* -- what is shown -- */

static void
show_sentence (LimenDetectorPage *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  if (!detector)
    return;
  /* each rate in the colour of its set; to where no normal image is flagged, it only leads where
   * some are */
  static const LimenPageMark rates[] = {
      {"([0-9.]+\u00a0%|none|all)(?= (of the )?normal images)", LIMEN_COLOUR_FIRST},
      {"([0-9.]+\u00a0%|none|all)(?= (of the )?anomalies)", LIMEN_COLOUR_SECOND},
  };
  g_autofree char *sentence = limen_detector_session_sentence (self->session);
  g_autofree char *whole = limen_keep_percent (sentence);
  gboolean leads = !self->is_taken && limen_detector_type_1 (detector).errors > 0;
  limen_page_head_set_marked (head (self), whole, rates, G_N_ELEMENTS (rates));
  g_auto (LimenMeasureWords) words = limen_measure_words (limen_detector_measure (detector));
  limen_page_head_invite (head (self), leads ? words.invitation : NULL);
  g_autofree char *read_aloud = limen_pictures_read_aloud (
      limen_pictures_session_pictures (self->pictures), detector, sentence);
  g_autofree char *selected = limen_selection_session_words (self->selection);
  g_autofree char *all =
      selected ? g_strdup_printf ("%s. %s", selected, read_aloud) : g_strdup (read_aloud);
  limen_plot_area_describe (limen_detector_plot_area (self->plot), all);
}

static void
enable (LimenDetectorPage *self, const char *action, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (limen_page_frame_action (LIMEN_PAGE_FRAME (self), action)), enabled);
}

static void
show_actions (LimenDetectorPage *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  gboolean complete = limen_detector_session_analysis (self->session) != NULL;
  const char *const names[] = {"export", "export-scores", "copy", "resample", "try"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    enable (self, names[i], complete);
  enable (self, "swap", /* of a table its labels say which images are normal */
          !experiment->table && experiment->set[LIMEN_SET_NORMAL] &&
              experiment->set[LIMEN_SET_ANOMALY]);
  enable (self, "draw", !experiment->table); /* there is no flow to score a drawing */
  enable (self, "column", experiment->table != NULL);
  enable (self, "ask-scores", experiment->table != NULL);
  limen_table_row_mark (limen_page_frame_action (LIMEN_PAGE_FRAME (self), "column"), experiment);
  enable (self, "undo", limen_detector_session_can_undo (self->session));
}

/* Of scores without pictures there is nothing to see, but how many are selected. */
static void
show_strips (LimenDetectorPage *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->session);
  gtk_widget_set_visible (self->strips, !now->table || now->set[LIMEN_SET_NORMAL] ||
                                            now->set[LIMEN_SET_ANOMALY] ||
                                            now->set[LIMEN_SET_UNSORTED] ||
                                            limen_selection_session_get (self->selection));
}

static void
data_changed_cb (LimenDetectorPage *self)
{
  gboolean ready = limen_detector_session_detector (self->session) != NULL;
  show_sentence (self);
  limen_detector_empty_show (self->empty);
  show_actions (self);
  show_strips (self);
  gtk_stack_set_visible_child_name (self->stack, ready ? "plot" : "empty");
}

static void
threshold_changed_cb (LimenDetectorPage *self)
{
  if (limen_detector_session_state (self->session)->rule.kind == LIMEN_RULE_VALUE)
    self->is_taken = TRUE;
  show_sentence (self);
}

/* What was told of the last files gives way to the next. */
void
limen_detector_page_dismiss_notice (LimenDetectorPage *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_PAGE (self));
  if (self->notice)
    limen_toasts_dismiss_one (self->notice);
  g_clear_object (&self->notice);
  g_clear_pointer (&self->taken, g_free);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
}

static void
busy_changed_cb (LimenDetectorPage *self)
{
  double fraction;
  gboolean busy = limen_detector_session_busy (self->session, &fraction);
  if (busy)
    limen_detector_page_dismiss_notice (self);
  if (busy)
    limen_detector_empty_set_failure (self->empty, NULL);
  else if (self->cancels)
    limen_detector_empty_set_cancelled (self->empty);
  self->cancels = self->cancels && busy;
  limen_page_head_set_busy (head (self), busy, fraction, fraction < 0.3 ? "Reading" : "Scoring");
  enable (self, "undo", limen_detector_session_can_undo (self->session));
  limen_detector_empty_show (self->empty);
}

static void
tell_taken (LimenDetectorPage *self, const char *sentence, GPtrArray *problems)
{
  g_autoptr (GPtrArray) left_out = problems ? g_ptr_array_ref (problems) : NULL;
  g_autofree char *taken = g_strdup (sentence);
  limen_detector_page_dismiss_notice (self);
  gboolean second = limen_detector_session_second_flow (self->session) != NULL;
  self->notice =
      limen_arrival_toast_tell (GTK_WIDGET (self), taken, left_out,
                                limen_detector_session_may_have_mixed_up (self->session), second);
  self->taken = g_steal_pointer (&taken);
  self->left_out = g_steal_pointer (&left_out);
}

/* What the door left out of the same files is said with it. */
static void
arrived_cb (LimenDetectorSession *session, const char *sentence, LimenDetectorPage *self)
{
  AdwToast *shown = limen_toasts_shown (GTK_WIDGET (self));
  tell_taken (self, sentence, shown && shown != self->notice ? limen_problems_of (shown) : NULL);
}

static void
notice_cb (LimenDetectorSession *session, const char *message, GPtrArray *problems,
           LimenDetectorPage *self)
{
  if (!message && self->taken) {
    g_autoptr (GPtrArray) all = self->left_out ? limen_problems_joined (self->left_out, problems)
                                               : g_ptr_array_ref (problems);
    tell_taken (self, self->taken, all);
    return;
  }
  limen_detector_page_dismiss_notice (self);
  limen_detector_empty_set_failure (self->empty, message);
  self->notice = limen_problems_tell (GTK_WIDGET (self), message, problems);
}

static void
told_cb (LimenDetectorPage *self, const char *message)
{
  notice_cb (self->session, message, NULL, self);
}

/* -- the object -- */

static void
open_paths (LimenPage *page, const char *const *paths)
{
  limen_detector_page_open_as (page, paths, LIMEN_N_SETS);
}

/* Its threshold is that of a first start, too. */
static void
start_paths (LimenPage *page, const char *const *paths)
{
  LimenRule rule = {LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS};
  if (limen_settings ())
    rule.value = g_settings_get_double (limen_settings (), "sigmas");
  limen_pictures_session_start (LIMEN_DETECTOR_PAGE (page)->pictures, paths, rule);
}

static void
open_in (LimenPage *page, const LimenZone *zone, const char *const *paths)
{
  LimenSetRole role = g_str_equal (zone->name, "normal")      ? LIMEN_SET_NORMAL
                      : g_str_equal (zone->name, "anomalies") ? LIMEN_SET_ANOMALY
                      : g_str_equal (zone->name, "unsorted")  ? LIMEN_SET_UNSORTED
                      : g_str_equal (zone->name, "scores")    ? LIMEN_AS_SCORES
                                                              : LIMEN_N_SETS;
  limen_detector_page_open_as (page, paths, role);
}

static const LimenZone zones[] = {
    {"flow", "Flow", "the weights of a NICE flow", NULL, LIMEN_KIND_FLOW},
    {"normal", "Normal images", "of the kind that the flow learned", "first", LIMEN_KIND_IMAGES},
    {"anomalies", "Anomalies", "which it should flag", "second", LIMEN_KIND_IMAGES},
    {"unsorted", "Unsorted images", "which nobody has looked through", NULL, LIMEN_KIND_IMAGES},
    {"scores", "Scores", NULL, NULL, LIMEN_KIND_SCORES},
    {NULL},
};

static LimenTold
export_shown (LimenPage *page)
{
  LimenDetectorPage *self = LIMEN_DETECTOR_PAGE (page);
  return limen_pictures_session_told (self->pictures, limen_detector_views_seen (self->views));
}

static void
limen_detector_page_page_init (LimenPageInterface *iface)
{
  iface->open_title = "Open Weights, Images or Scores";
  iface->folder_title = "Open Folders of Images";
  iface->table_title = "Export Scores";
  iface->export = export_shown;
  iface->takes = LIMEN_KIND_FLOW | LIMEN_KIND_IMAGES | LIMEN_KIND_SCORES;
  iface->zones = zones;
  iface->open = open_paths;
  iface->start = start_paths;
  iface->open_in = open_in;
}

void
limen_detector_page_show_example (LimenDetectorPage *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_PAGE (self));
  const char *const paths[] = {LIMEN_BUILTIN_GLYPHS, LIMEN_BUILTIN_DIGITS, LIMEN_BUILTIN_HIRAGANA,
                               NULL};
  limen_page_open (LIMEN_PAGE (self), paths);
}

LimenDetectorSession *
limen_detector_page_session (LimenDetectorPage *self)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_PAGE (self), NULL);
  return self->session;
}

static void
limen_detector_page_dispose (GObject *object)
{
  LimenDetectorPage *self = LIMEN_DETECTOR_PAGE (object);
  g_clear_object (&self->notice);
  g_clear_pointer (&self->taken, g_free);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_clear_pointer (&self->read, g_strfreev);
  g_clear_object (&self->pictures);
  g_clear_object (&self->bench);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (limen_detector_page_parent_class)->dispose (object);
}

static void
limen_detector_page_class_init (LimenDetectorPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_detector_page_dispose;
}

/* What is missing, or the column */
static GtkWidget *
stack_of (LimenDetectorPage *self)
{
  self->empty = limen_detector_empty_new (self->session);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE); /* large text makes one of them wide */
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");
  gtk_stack_add_named (self->stack, limen_page_frame_column (LIMEN_PAGE_FRAME (self)), "plot");
  limen_tell_seen (self->stack);
  return GTK_WIDGET (self->stack);
}

static GtkWidget *
views_of (LimenDetectorPage *self)
{
  LimenDetectorPlot *plot = limen_detector_plot_new (self->pictures, self->selection);
  LimenPlotArea *beside = limen_detector_plot_area (plot);
  g_object_set_data_full (G_OBJECT (beside), "limen-detector-plot", plot,
                          (GDestroyNotify)limen_detector_plot_free);
  self->views =
      limen_detector_views_new (self->bench, self->session, self->selection,
                                GTK_WIDGET (limen_detector_plot_area (self->plot)), beside);
  return GTK_WIDGET (self->views);
}

static void
limen_detector_page_init (LimenDetectorPage *self)
{
  LimenPageFrame *frame = LIMEN_PAGE_FRAME (self);
  self->session = limen_detector_session_new ();
  self->pictures = limen_pictures_session_new (self->session);
  self->bench = limen_bench_session_new (self->session);
  self->selection = limen_selection_session_new (self->session);
  self->plot = limen_detector_plot_new (self->pictures, self->selection);
  limen_page_frame_begin (frame, "detector", limen_detector_page_actions,
                          limen_detector_page_n_actions, self->session, self->plot,
                          (GDestroyNotify)limen_detector_plot_free);
  limen_page_head_reserve (head (self), "At \u221212\u2009345 nats, 0.52\u00a0% of the normal "
                                        "images are flagged and 0.52\u00a0% of the anomalies are "
                                        "kept.");
  limen_detector_bars_add (frame, self->session);
  limen_page_frame_append (frame, limen_corrections_bar_new (self->session));
  limen_gallery_opener_add (GTK_WIDGET (self), self->session, self->selection);
  limen_page_frame_append (frame, views_of (self));
  self->strips = limen_detector_strips_new (self->session, self->selection);
  limen_page_frame_append (frame, self->strips);
  limen_page_frame_finish (frame, stack_of (self), "detector.cancel",
                           GTK_WIDGET (limen_detector_panel_new (self->pictures)));
  limen_page_frame_set_lesson (frame, limen_detector_lesson ());
  g_signal_connect_swapped (self->session, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (self->session, "threshold-changed", G_CALLBACK (threshold_changed_cb),
                            self);
  g_signal_connect_swapped (self->session, "busy-changed", G_CALLBACK (busy_changed_cb), self);
  limen_questions_follow (GTK_WIDGET (self), self->session);
  g_signal_connect (self->session, "arrived", G_CALLBACK (arrived_cb), self);
  g_signal_connect (self->session, "notice", G_CALLBACK (notice_cb), self);
  limen_follow (self, self->pictures, "changed", G_CALLBACK (show_sentence));
  limen_follow (self, self->pictures, "notice", G_CALLBACK (told_cb));
  limen_follow (self, self->bench, "notice", G_CALLBACK (told_cb));
  limen_follow (self, self->selection, "selection-changed", G_CALLBACK (show_strips));
  limen_follow (self, self->selection, "selection-changed", G_CALLBACK (show_sentence));
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_sentence);
  data_changed_cb (self);
}

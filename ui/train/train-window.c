#include "ui/train/train-window.h"

#include "ui/appearance.h"
#include "ui/child-window.h"
#include "ui/samples/sample-grid.h"
#include "ui/toasts.h"
#include "ui/train/train-form.h"
#include "ui/train/training-plot.h"
#include "model/base/number.h"
#include "ui/train/flow-actions.h"
#include "ui/widgets.h"

#include <math.h>

#define POLL_MS      100
#define NARROW_BELOW 640

struct _LimenTrainWindow {
  AdwWindow parent_instance;

  AdwHeaderBar *header;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  LimenTrainForm *form;
  GtkBox *body, *sample_box;
  GtkLabel *sentence, *detail;
  GtkProgressBar *bar;
  LimenTrainingPlot *plot;
  LimenSampleGrid *samples;
  GtkWidget *start_button, *back_button, *pause_button, *stop_button, *save_button, *use_button;

  LimenDetectorSession *session;
  LimenTrainedFlow *trained;
  LimenTraining *training;
  LimenTrainingReport report; /* what is shown */
  LimenNice *used;            /* that was handed to the session */
  guint poll, fit;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (LimenTrainWindow, limen_train_window, ADW_TYPE_WINDOW)

static gboolean
is_going_on (LimenTrainWindow *self)
{
  return self->training && self->report.state < LIMEN_TRAINING_ENDED;
}

static void
tell (LimenTrainWindow *self, const char *message)
{
  if (self->toasts)
    limen_toasts_tell (GTK_WIDGET (self->toasts), message);
}

/* -- words: markup -- */

/* Markup: a number that no line breaks. */
static char *
whole (double nats)
{
  g_autofree char *number = limen_format_number (nats, 1);
  return g_strdup_printf ("<span allow_breaks=\"false\">%s</span>", number);
}

static char *
coloured (double nats, LimenColour colour)
{
  g_autofree char *css = limen_palette_css (limen_appearance_scheme (), colour);
  g_autofree char *number = whole (nats);
  return g_strdup_printf ("<span color=\"%s\" weight=\"bold\">%s</span>", css, number);
}

static char *
describe_state (const LimenTrainingReport *report)
{
  const LimenNiceTrainerReport *progress = &report->progress;
  if (report->state == LIMEN_TRAINING_READS)
    return g_strdup ("Reading…");
  if (report->state == LIMEN_TRAINING_FAILED && progress->step == 0)
    return g_strdup ("Nothing was trained.");
  if (progress->step == 0)
    return g_strdup ("The flow begins to learn…");
  g_autofree char *train = coloured (progress->train_nll, LIMEN_COLOUR_FIRST);
  g_autofree char *held_out = coloured (progress->held_out_nll, LIMEN_COLOUR_SECOND);
  g_autofree char *judged = isnan (progress->held_out_nll)
                                ? g_strdup ("")
                                : g_strdup_printf (", and of held-out ones %s", held_out);
  g_autofree char *epoch = limen_format_number (progress->epoch, 1);
  g_autofree char *n_epochs = limen_format_number (progress->n_epochs, 0);
  return g_strdup_printf ("After %s of %s epochs, the negative log-likelihood of training images "
                          "is %s nats%s.",
                          epoch, n_epochs, train, judged);
}

/* "40 s", "12 min", "3 h 5 min" */
static char *
describe_seconds (double seconds)
{
  guint s = (guint)fmax (ceil (seconds), 1), m = (s + 30) / 60;
  if (s < 60)
    return g_strdup_printf ("%u s", s);
  if (m < 60)
    return g_strdup_printf ("%u min", m);
  return g_strdup_printf ("%u h %u min", m / 60, m % 60);
}

static char *
describe_best (const LimenNiceTrainerReport *progress)
{
  if (!isfinite (progress->best_nll))
    return g_strdup ("");
  g_autofree char *nats = whole (progress->best_nll);
  return g_strdup_printf (" · best on held-out images: %s\u00a0nats", nats);
}

/* The detector takes a flow a moment later, or finds that it does not fit, or is given another. */
static gboolean
is_in_detector (LimenTrainWindow *self)
{
  return self->session && self->report.best &&
         limen_detector_session_experiment (self->session)->flow == self->report.best;
}

/* Markup: what has become of the flow that is trained */
static char *
describe_place (LimenTrainWindow *self)
{
  gboolean kept = limen_trained_flow_flow (self->trained) == self->report.best;
  const char *place = kept ? limen_trained_flow_place (self->trained) : NULL;
  g_autofree char *base = place ? g_path_get_basename (place) : NULL;
  g_autofree char *shown = base ? limen_display_name (base) : NULL;
  const char *use = is_in_detector (self) ? " is in use in the detector" : NULL;
  if (shown)
    return g_markup_printf_escaped ("The best flow%s%s is saved as %s.", use ? use : "",
                                    use ? ", and" : "", shown);
  return g_strdup_printf ("The best flow%s%s is not saved yet; it stays in the Flow menu of the "
                          "detector until another one is trained.",
                          use ? use : "", use ? ", and" : "");
}

static char *
describe_detail (LimenTrainWindow *self)
{
  const LimenTrainingReport *report = &self->report;
  const LimenNiceTrainerReport *progress = &report->progress;
  g_autofree char *best = describe_best (progress);
  g_autofree char *spent = describe_seconds (progress->seconds);
  if (report->state == LIMEN_TRAINING_FAILED)
    return g_markup_escape_text (report->error->message, -1);
  if (report->state == LIMEN_TRAINING_ENDED && !report->best)
    return g_strdup ("Stopped before there was anything to keep.");
  if (report->state == LIMEN_TRAINING_ENDED) {
    g_autofree char *where = describe_place (self);
    return g_strdup_printf ("Ended after %s%s. %s", spent, best, where);
  }
  if (report->state == LIMEN_TRAINING_PAUSES)
    return g_strdup_printf ("Paused after %s%s", spent, best);
  if (!isfinite (progress->seconds_left))
    return g_strdup ("");
  g_autofree char *left = describe_seconds (progress->seconds_left);
  return g_strdup_printf ("%s left%s", left, best);
}

/* -- what is shown -- */

static void
show_words (LimenTrainWindow *self)
{
  const LimenTrainingReport *report = &self->report;
  g_autofree char *sentence = describe_state (report), *detail = describe_detail (self);
  double n_epochs = report->progress.n_epochs;
  gtk_label_set_markup (self->sentence, sentence);
  gtk_label_set_markup (self->detail, detail);
  gtk_progress_bar_set_fraction (
      self->bar, n_epochs > 0 ? CLAMP (report->progress.epoch / n_epochs, 0, 1) : 0);
  limen_describe (self->plot, gtk_label_get_text (self->sentence));
}

static void
show_buttons (LimenTrainWindow *self)
{
  gboolean forms = self->training == NULL, goes_on = is_going_on (self);
  gboolean paused = self->report.state == LIMEN_TRAINING_PAUSES;
  gtk_stack_set_visible_child_name (self->stack, forms ? "form" : "progress");
  gtk_widget_set_visible (self->start_button, forms);
  gtk_widget_set_sensitive (self->start_button, limen_train_form_is_ready (self->form));
  gtk_widget_set_visible (self->back_button, !forms && !goes_on);
  gtk_widget_set_visible (self->pause_button, goes_on);
  gtk_button_set_label (GTK_BUTTON (self->pause_button), paused ? "Continue" : "Pause");
  gtk_widget_set_visible (self->stop_button, goes_on);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), goes_on);
  gtk_widget_set_sensitive (self->save_button, self->report.best != NULL);
  gtk_widget_set_sensitive (self->use_button, self->report.best &&
                                                  self->report.best != self->used &&
                                                  !is_in_detector (self));
}

static void
use_best (LimenTrainWindow *self)
{
  LimenNice *best = self->report.best;
  if (!best || best == self->used)
    return;
  g_clear_pointer (&self->used, limen_nice_unref);
  self->used = limen_nice_ref (best);
  limen_detector_session_use_flow (self->session, best, self->report.learned_from);
}

static void
show_report (LimenTrainWindow *self)
{
  limen_training_plot_show (self->plot, &self->report);
  limen_sample_grid_set_images (self->samples, self->report.samples, 0);
  show_words (self);
  show_buttons (self);
}

static gboolean
poll_cb (gpointer data)
{
  LimenTrainWindow *self = data;
  limen_training_report_clear (&self->report);
  self->report = limen_training_poll (self->training);
  if (is_going_on (self)) {
    show_report (self);
    return G_SOURCE_CONTINUE;
  }
  self->poll = 0;
  if (self->report.best)
    limen_trained_flow_take (self->trained, self->report.best, self->report.learned_from);
  show_report (self);
  return G_SOURCE_REMOVE;
}

/* -- what the user wants -- */

static void
forget_training (LimenTrainWindow *self)
{
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_pointer (&self->training, limen_training_free);
  limen_training_report_clear (&self->report);
  g_clear_pointer (&self->used, limen_nice_unref);
  self->report = (LimenTrainingReport){0};
}

static void
start_clicked_cb (LimenTrainWindow *self)
{
  LimenTrainingPlan plan = limen_train_form_plan (self->form);
  if (!limen_train_form_is_ready (self->form))
    return;
  forget_training (self);
  self->training = limen_training_start (&plan);
  self->report = limen_training_poll (self->training);
  self->poll = g_timeout_add (POLL_MS, poll_cb, self);
  show_report (self);
  gtk_widget_grab_focus (self->pause_button);
}

static void
back_clicked_cb (LimenTrainWindow *self)
{
  forget_training (self);
  show_buttons (self);
}

static void
pause_clicked_cb (LimenTrainWindow *self)
{
  if (self->training)
    limen_training_pause (self->training, self->report.state != LIMEN_TRAINING_PAUSES);
}

static void
stop_clicked_cb (LimenTrainWindow *self)
{
  if (self->report.state == LIMEN_TRAINING_READS) /* there is nothing to keep */
    back_clicked_cb (self);
  else if (self->training)
    limen_training_stop (self->training);
}

static void
use_clicked_cb (LimenTrainWindow *self)
{
  use_best (self);
  tell (self, "In use in the detector");
  show_buttons (self);
}

/* -- saving -- */

static void
save_clicked_cb (LimenTrainWindow *self)
{
  if (self->report.best)
    limen_flow_save (GTK_WIDGET (self->toasts), self->trained, self->report.best, NULL);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, LimenTrainWindow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (GSList *file = gdk_file_list_get_files (g_value_get_boxed (value)); file; file = file->next)
    if (g_file_peek_path (file->data))
      g_strv_builder_add (builder, g_file_peek_path (file->data));
  g_auto (GStrv) paths = g_strv_builder_end (builder);
  if (self->training || !paths[0]) {
    tell (self, self->training ? "First end this training; then drop what is to be trained next."
                               : "Only files on this computer can be read; save them first.");
    return FALSE;
  }
  limen_train_form_take (self->form, (const char *const *)paths);
  return TRUE;
}

/* -- closing -- */

static gboolean
destroy_cb (gpointer self)
{
  gtk_window_destroy (self);
  return G_SOURCE_REMOVE;
}

/* What it has learned so far is not lost with the window. */
static void
keep_best (LimenTrainWindow *self)
{
  limen_training_report_clear (&self->report);
  self->report = limen_training_poll (self->training);
  if (self->report.best)
    limen_trained_flow_take (self->trained, self->report.best, self->report.learned_from);
}

/* The dialog holds on to its parent until it has closed. */
static void
stop_answered_cb (AdwMessageDialog *dialog, const char *response, LimenTrainWindow *self)
{
  if (!g_str_equal (response, "stop") || !self->training)
    return;
  keep_best (self);
  forget_training (self);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, destroy_cb, g_object_ref (self), g_object_unref);
}

static gboolean
close_request_cb (LimenTrainWindow *self)
{
  if (!is_going_on (self))
    return FALSE;
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), "Stop Training?",
      self->report.best ? "The flow is still learning. What it has learned so far stays in the "
                          "Flow menu, and is not saved."
                        : "The flow is still learning, and there is nothing to keep yet.");
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", "_Keep Training", "stop",
                                    "_Stop", NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (stop_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static gboolean
close_parent_cb (gpointer window)
{
  GtkWindow *parent = gtk_window_get_transient_for (window);
  if (parent)
    gtk_window_close (parent);
  return G_SOURCE_REMOVE;
}

/* The training is over, one way or the other. */
static void
let_parent_close (GtkWidget *window)
{
  forget_training (LIMEN_TRAIN_WINDOW (window));
  show_buttons (LIMEN_TRAIN_WINDOW (window));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_parent_cb, g_object_ref (window), g_object_unref);
}

/* The window that this one belongs to is to close. Before there is anything to save, nothing is
 * lost. */
static gboolean
parent_close_request_cb (LimenTrainWindow *self)
{
  if (!is_going_on (self) || !self->report.best)
    return FALSE;
  limen_flow_ask (GTK_WIDGET (self), "Save the Flow That Is Still Learning?",
                  "Training ends with the window. What the flow has learned so far is lost unless "
                  "it is saved.",
                  self->trained, self->report.best, NULL, let_parent_close);
  return TRUE;
}

/* -- the object -- */

static gboolean
fit_cb (gpointer data)
{
  LimenTrainWindow *self = data;
  self->fit = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body), self->narrow
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  gtk_button_set_label (GTK_BUTTON (self->use_button),
                        self->narrow ? "_Use" : "_Use in Detector"); /* four fit into 360 pixels */
  gtk_widget_set_margin_top (GTK_WIDGET (self->sample_box), self->narrow ? 0 : 14);
  if (self->narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  return G_SOURCE_REMOVE;
}

static void
limen_train_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenTrainWindow *self = LIMEN_TRAIN_WINDOW (widget);
  gboolean narrow = width < NARROW_BELOW * limen_appearance_text_scale (widget);
  GTK_WIDGET_CLASS (limen_train_window_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow; /* not inside of a layout */
  if (!self->fit)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH, fit_cb, self, NULL);
}

static void
limen_train_window_dispose (GObject *object)
{
  LimenTrainWindow *self = LIMEN_TRAIN_WINDOW (object);
  forget_training (self);
  g_clear_handle_id (&self->fit, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->trained);
  self->toasts = NULL; /* a job may still have something to say */
  G_OBJECT_CLASS (limen_train_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, LimenTrainWindow, name)
  BIND (header);
  BIND (toasts);
  BIND (stack);
  BIND (form);
  BIND (body);
  BIND (sample_box);
  BIND (sentence);
  BIND (detail);
  BIND (bar);
  BIND (plot);
  BIND (samples);
  BIND (start_button);
  BIND (back_button);
  BIND (pause_button);
  BIND (stop_button);
  BIND (save_button);
  BIND (use_button);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_buttons);
}

static void
limen_train_window_class_init (LimenTrainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_train_window_dispose;
  widget_class->size_allocate = limen_train_window_size_allocate;
  g_type_ensure (LIMEN_TYPE_TRAIN_FORM);
  g_type_ensure (LIMEN_TYPE_TRAINING_PLOT);
  g_type_ensure (LIMEN_TYPE_SAMPLE_GRID);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/limen_explorer/Limen/ui/train-window.ui");
  bind_children (widget_class);
}

static void
limen_train_window_init (LimenTrainWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_widget_init_template (GTK_WIDGET (self));
  limen_child_window_titles (self->header, "Train a Flow", "Train");
  limen_child_window_part (GTK_WINDOW (self));
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  limen_name (self->samples, "Samples of the flow");
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_words);
}

static void
flow_changed_cb (LimenTrainWindow *self)
{
  if (!self->training)
    return;
  show_words (self);
  show_buttons (self);
}

void
limen_train_window_present (GtkWindow *parent, LimenDetectorSession *session,
                            LimenTrainedFlow *trained)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && LIMEN_IS_TRAINED_FLOW (trained));
  LimenTrainWindow *self =
      LIMEN_TRAIN_WINDOW (limen_child_window_of (parent, LIMEN_TYPE_TRAIN_WINDOW));
  if (!self->session) {
    self->session = g_object_ref (session);
    self->trained = g_object_ref (trained);
    limen_train_form_set_session (self->form, session);
    limen_follow (self, session, "data-changed", G_CALLBACK (flow_changed_cb));
    limen_follow (self, trained, "changed", G_CALLBACK (flow_changed_cb));
    limen_follow (self, parent, "close-request", G_CALLBACK (parent_close_request_cb));
    show_buttons (self);
  }
  gtk_window_present (GTK_WINDOW (self));
}

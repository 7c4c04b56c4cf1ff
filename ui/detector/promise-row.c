#include "ui/detector/promise-row.h"

#include "model/detect/rule.h"
#include "model/detect/sentences-rule.h"
#include "ui/news.h"
#include "ui/quiet-row.h"
#include "ui/steady-label.h"
#include "ui/widgets.h"

#define N_PROMISES 2

typedef struct {
  LimenDetectorSession *session;
  GtkToggleButton *button[N_PROMISES];
  LimenSteadyLabel *said;
  gboolean showing; /* the buttons are being set to what the session says */
} PromiseRow;

/* by LimenPromise: what is on the button, and which lines that is true of */
static const struct {
  const char *label, *meaning;
} promises[N_PROMISES] = {
    {"Fixed beforehand", "The line was put before these images were looked at: the intervals hold "
                         "for this one line."},
    {"By looking", "The line was moved after a look at these images: the intervals hold for "
                   "all lines at once."},
};

static void
show (PromiseRow *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  LimenPromise promise = limen_detector_session_state (self->session)->promise;
  g_autofree char *anywhere = detector ? limen_rule_anywhere (detector) : NULL;
  g_autofree char *said = limen_keep_percent (anywhere ? anywhere : promises[promise].meaning);
  gtk_label_set_text (limen_steady_label_label (self->said), said);
  self->showing = TRUE;
  gtk_toggle_button_set_active (self->button[promise], TRUE);
  self->showing = FALSE;
}

static void
toggled_cb (PromiseRow *self)
{
  if (self->showing)
    return;
  gboolean looks = gtk_toggle_button_get_active (self->button[LIMEN_PROMISE_LOOKING]);
  limen_detector_session_set_promise (self->session,
                                      looks ? LIMEN_PROMISE_LOOKING : LIMEN_PROMISE_FIXED);
}

static GtkWidget *
buttons_of (PromiseRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < N_PROMISES; i++) {
    GtkWidget *button = gtk_toggle_button_new (), *label = gtk_label_new (promises[i].label);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_button_set_child (GTK_BUTTON (button), label);
    gtk_widget_add_css_class (button, "tight");
    gtk_widget_set_hexpand (button, TRUE);
    gtk_widget_set_tooltip_text (button, promises[i].meaning);
    limen_name (button, promises[i].label);
    limen_describe (button, promises[i].meaning);
    self->button[i] = GTK_TOGGLE_BUTTON (button);
    gtk_toggle_button_set_group (self->button[i], i > 0 ? self->button[0] : NULL);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static void
promise_row_free (gpointer data)
{
  PromiseRow *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}

void
limen_promise_row_add (AdwPreferencesGroup *group, LimenDetectorSession *session)
{
  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group) && LIMEN_IS_DETECTOR_SESSION (session));
  static const char *const signals[] = {"data-changed", "threshold-changed", "settings-changed"};
  PromiseRow *self = g_new0 (PromiseRow, 1);
  GtkWidget *row = g_object_new (LIMEN_TYPE_QUIET_BIN, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->session = g_object_ref (session);
  self->said = limen_steady_label_new ("caption");
  g_autofree char *longest = limen_keep_percent (limen_rule_longest_anywhere ());
  limen_steady_label_reserve (self->said, longest);
  gtk_widget_add_css_class (box, "row-of-words");
  gtk_box_append (GTK_BOX (box), buttons_of (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (self->button[LIMEN_PROMISE_LOOKING], "toggled", G_CALLBACK (toggled_cb),
                            self);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    limen_news_connect (session, signals[i], G_CALLBACK (show), self);
  g_object_set_data_full (G_OBJECT (group), "limen-promise-row", self, promise_row_free);
  show (self);
}

#include "ui/detector/bars.h"

#include "model/detect/learned.h"
#include "ui/detector/bar.h"
#include "ui/widgets.h"

typedef struct {
  LimenDetectorSession *session;
  GtkRevealer *polarity, *learned, *shared;
  GtkLabel *polarity_label, *learned_label, *shared_label;
  GtkButton *polarity_button, *others_button, *instead_button;
} Bars;

/* Black digits on white for a flow that learned white ones on black: one set at a time. */
static void
show_polarity (Bars *self)
{
  static const struct {
    const char *told, *action;
  } sets[LIMEN_N_SETS] = {
      {"The normal images look inverted to this flow, black for white.", "detector.invert-normal"},
      {"The anomalies look inverted to this flow, black for white.", "detector.invert-anomaly"},
      {"The unsorted images look inverted to this flow, black for white.",
       "detector.invert-unsorted"}};
  const gboolean *seems = limen_detector_session_experiment (self->session)->seems_inverted;
  LimenSetRole role = 0;
  while (role < LIMEN_N_SETS && !seems[role])
    role++;
  if (role < LIMEN_N_SETS) { /* while it folds away, it keeps its words */
    gtk_label_set_text (self->polarity_label, sets[role].told);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->polarity_button), sets[role].action);
  }
  gtk_revealer_set_reveal_child (self->polarity, role < LIMEN_N_SETS);
}

/* Images that the flow learned from say little of others. */
static void
show_learned (Bars *self)
{
  const LimenLearned *learned = &limen_detector_session_experiment (self->session)->learned;
  gboolean normal = learned->normal.n_learned > 0 || learned->normal.same_files;
  g_autofree char *sentence = limen_learned_sentence (learned);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->others_button),
                                  normal ? "detector.open-normal" : "detector.open-anomaly");
  if (sentence)
    gtk_label_set_text (self->learned_label, sentence);
  gtk_revealer_set_reveal_child (self->learned, sentence != NULL);
}

/* The same images as two things: by mistake, mostly. */
static void
show_shared (Bars *self)
{
  const LimenShared *shared = &limen_detector_session_experiment (self->session)->shared;
  gboolean unsorted = limen_shared_first (shared) != LIMEN_SHARED_ANOMALY;
  g_autofree char *sentence = limen_shared_sentence (shared);
  if (sentence) {
    gtk_label_set_text (self->shared_label, sentence);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->instead_button),
                                    unsorted ? "detector.open-unsorted" : "detector.open-anomaly");
  }
  gtk_revealer_set_reveal_child (self->shared, sentence != NULL);
}

static void
show (Bars *self)
{
  show_polarity (self);
  show_learned (self);
  show_shared (self);
}

static void
bars_free (gpointer data)
{
  Bars *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}

void
limen_detector_bars_add (LimenPageFrame *frame, LimenDetectorSession *session)
{
  g_return_if_fail (LIMEN_IS_PAGE_FRAME (frame) && LIMEN_IS_DETECTOR_SESSION (session));
  Bars *self = g_new0 (Bars, 1);
  self->session = g_object_ref (session);
  self->others_button = GTK_BUTTON (gtk_button_new_with_label ("Choose Others…"));
  self->polarity_button = GTK_BUTTON (gtk_button_new_with_label ("Invert"));
  self->polarity = limen_detector_bar_new (&self->polarity_label, self->polarity_button);
  self->learned = limen_detector_bar_new (&self->learned_label, self->others_button);
  self->instead_button = GTK_BUTTON (gtk_button_new_with_label ("Choose Others…"));
  self->shared = limen_detector_bar_new (&self->shared_label, self->instead_button);
  limen_page_frame_append (frame, GTK_WIDGET (self->polarity));
  limen_page_frame_append (frame, GTK_WIDGET (self->learned));
  limen_page_frame_append (frame, GTK_WIDGET (self->shared));
  g_signal_connect_swapped (session, "data-changed", G_CALLBACK (show), self);
  g_object_set_data_full (G_OBJECT (self->polarity), "limen-detector-bars", self, bars_free);
  show (self);
}

#include "ui/detector/questions.h"

#include "ui/detector/table-choice.h"

static AdwMessageDialog *
dialog_new (GtkWidget *page, const char *heading)
{
  GtkRoot *root = gtk_widget_get_root (page);
  return ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL));
}

/* -- of images -- */

static void
role_answered_cb (AdwMessageDialog *dialog, const char *response, LimenDetectorSession *session)
{
  if (g_str_equal (response, "normal"))
    limen_detector_session_answer (session, LIMEN_SET_NORMAL);
  else if (g_str_equal (response, "anomalies"))
    limen_detector_session_answer (session, LIMEN_SET_ANOMALY);
  else if (g_str_equal (response, "unsorted"))
    limen_detector_session_answer (session, LIMEN_SET_UNSORTED);
  else
    limen_detector_session_cancel (session);
}

static void
role_asked_cb (LimenDetectorSession *session, const char *name, GtkWidget *page)
{
  AdwMessageDialog *dialog = dialog_new (page, "Normal Images or Anomalies?");
  adw_message_dialog_format_body (
      dialog,
      "The name of %s does not say. Of normal images the flow has learned; the threshold is set by "
      "them. Anomalies are what it should flag. Unsorted images are of both kinds, nobody knows "
      "which.",
      name);
  adw_message_dialog_add_responses (dialog, "cancel", "_Cancel", "unsorted", "_Unsorted",
                                    "anomalies", "_Anomalies", "normal", "_Normal Images", NULL);
  adw_message_dialog_set_default_response (dialog, "normal");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (role_answered_cb), session, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* -- of scores -- */

static LimenTableQuestion *
question_of (gpointer dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "question");
}

static void
keep_question (gpointer dialog, LimenTableQuestion *question)
{
  g_object_set_data_full (G_OBJECT (dialog), "question", limen_table_question_ref (question),
                          (GDestroyNotify)limen_table_question_unref);
}

/* Takes @wish */
static void
answer (LimenDetectorSession *session, const LimenTableQuestion *question, LimenTableWish wish)
{
  limen_detector_session_open_scores (session, (const char *const *)question->paths, &wish);
  limen_table_wish_clear (&wish);
}

static void
side_answered_cb (AdwMessageDialog *dialog, const char *response, LimenDetectorSession *session)
{
  static const struct {
    const char *response;
    LimenSide side;
  } sides[] = {{"low", LIMEN_SIDE_LOW}, {"high", LIMEN_SIDE_HIGH}, {"both", LIMEN_SIDE_BOTH}};
  const LimenTableQuestion *question = question_of (dialog);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (g_str_equal (response, sides[i].response))
      answer (session, question, limen_table_question_with_side (question, sides[i].side));
}

static void
ask_side (GtkWidget *page, LimenDetectorSession *session, LimenTableQuestion *question)
{
  AdwMessageDialog *dialog = dialog_new (page, "Higher or Lower Is Anomalous?");
  adw_message_dialog_format_body (
      dialog,
      "Nothing in %s tells which values of “%s” are unusual. Distances and anomaly scores are "
      "higher for anomalies, likelihoods and confidences lower.",
      question->name, question->column);
  adw_message_dialog_add_responses (dialog, "cancel", "_Cancel", "both", "_Both Ends", "low",
                                    "_Lower", "high", "_Higher", NULL);
  adw_message_dialog_set_default_response (dialog, "high");
  adw_message_dialog_set_close_response (dialog, "cancel");
  keep_question (dialog, question);
  g_signal_connect_object (dialog, "response", G_CALLBACK (side_answered_cb), session, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
choice_answered_cb (AdwMessageDialog *dialog, const char *response, LimenDetectorSession *session)
{
  GtkWidget *choice = adw_message_dialog_get_extra_child (dialog);
  if (g_str_equal (response, "read"))
    answer (session, question_of (dialog), limen_table_choice_wish (LIMEN_TABLE_CHOICE (choice)));
}

static void
choice_changed_cb (AdwMessageDialog *dialog)
{
  GtkWidget *choice = adw_message_dialog_get_extra_child (dialog);
  adw_message_dialog_set_response_enabled (
      dialog, "read", limen_table_choice_is_answer (LIMEN_TABLE_CHOICE (choice)));
}

static void
ask_choice (GtkWidget *page, LimenDetectorSession *session, LimenTableQuestion *question)
{
  gboolean labels = question->asks == LIMEN_TABLE_ASKS_LABELS;
  AdwMessageDialog *dialog =
      dialog_new (page, labels ? "Which Images Are Normal?" : "How the Scores Are Read");
  LimenTableChoice *choice = limen_table_choice_new (question);
  adw_message_dialog_set_body (dialog, question->why);
  adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (choice));
  adw_message_dialog_add_responses (dialog, "cancel", "_Cancel", "read", "_Read", NULL);
  adw_message_dialog_set_response_appearance (dialog, "read", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "read");
  adw_message_dialog_set_close_response (dialog, "cancel");
  keep_question (dialog, question);
  g_signal_connect_object (dialog, "response", G_CALLBACK (choice_answered_cb), session, 0);
  g_signal_connect_object (choice, "changed", G_CALLBACK (choice_changed_cb), dialog,
                           G_CONNECT_SWAPPED);
  choice_changed_cb (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (choice));
}

static void
scores_asked_cb (LimenDetectorSession *session, LimenTableQuestion *question, GtkWidget *page)
{
  if (question->asks == LIMEN_TABLE_ASKS_SIDE)
    ask_side (page, session, question);
  else
    ask_choice (page, session, question);
}

void
limen_questions_follow (GtkWidget *page, LimenDetectorSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (page) && LIMEN_IS_DETECTOR_SESSION (session));
  g_signal_connect_object (session, "role-asked", G_CALLBACK (role_asked_cb), page, 0);
  g_signal_connect_object (session, "scores-asked", G_CALLBACK (scores_asked_cb), page, 0);
}

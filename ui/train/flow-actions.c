#include "ui/train/flow-actions.h"

#include "model/base/error.h"
#include "ui/appearance.h"
#include "ui/chooser.h"
#include "ui/toasts.h"
#include "ui/widgets.h"

/* -- saving -- */

/* One flow on its way into a file; a window has one at a time. */
typedef struct {
  LimenTrainedFlow *trained;
  LimenNice *flow;
  LimenThenFunc then;
} Saving;

#define WIDE_FROM 700 /* pixels at the usual size of text, as */
#define BUTTON    90
#define SAVING    "limen-saving"
#define ASKING    "limen-asking" /* of an owner: its question, while that is open */

static void
saving_free (gpointer data)
{
  Saving *saving = data;
  g_object_unref (saving->trained);
  limen_nice_unref (saving->flow);
  g_free (saving);
}

static void
elsewhere_answered_cb (AdwMessageDialog *dialog, const char *response, GtkWidget *owner)
{
  const Saving *saving = g_object_get_data (G_OBJECT (owner), SAVING);
  if (g_str_equal (response, "choose") && saving)
    limen_flow_save (owner, saving->trained, saving->flow, saving->then);
}

static AdwMessageDialog *
dialog_new (GtkWidget *owner, const char *heading, const char *body)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (root ? GTK_WINDOW (root) : NULL, heading, NULL));
  adw_message_dialog_set_body (dialog, body);
  return dialog;
}

/* A toast goes by; that what took hours is not where it was to be must not. */
static void
tell_trouble (GtkWidget *owner, const char *place, const char *trouble)
{
  g_autofree char *shown = place ? limen_display_name (place) : NULL;
  g_autofree char *where =
      shown ? g_strdup_printf ("The flow was saved as %s instead.", shown)
            : g_strdup ("No other place took it, either: the flow is in this program only.");
  g_autofree char *body = g_strdup_printf ("%s %s", trouble, where);
  AdwMessageDialog *dialog =
      dialog_new (owner, shown ? "Saved in Another Place" : "The Flow Is Not Saved", body);
  adw_message_dialog_add_responses (dialog, "close", "_Close", "choose", "_Save Again…", NULL);
  adw_message_dialog_set_default_response (dialog, "choose");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (elsewhere_answered_cb), owner, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (const char *place, const char *trouble, gpointer owner)
{
  const Saving *saving = g_object_get_data (owner, SAVING);
  if (!saving || !gtk_widget_get_root (owner)) /* the window is gone */
    return;
  LimenThenFunc then = saving->then;
  if (trouble) {
    tell_trouble (owner, place, trouble);
    return;
  }
  g_object_set_data (owner, SAVING, NULL);
  limen_toasts_tell_saved (owner, place);
  if (then)
    then (owner);
}

static void
place_chosen_cb (GtkWidget *owner, const char *const *paths)
{
  const Saving *saving = g_object_get_data (G_OBJECT (owner), SAVING);
  if (saving)
    limen_trained_flow_save (saving->trained, saving->flow, paths[0], saved_cb, owner);
}

/* "a flow of normal" becomes "flow-of-normal.safetensors"; of what else it is called only letters
 * and digits go into a name. */
static char *
name_for (const LimenNice *flow)
{
  const char *name = limen_nice_path (flow);
  GString *proposed = g_string_new (NULL);
  name += g_str_has_prefix (name, "a ") ? 2 : 0;
  for (; *name; name = g_utf8_next_char (name)) {
    gunichar letter = g_utf8_get_char (name);
    if (g_unichar_isalnum (letter))
      g_string_append_unichar (proposed, letter);
    else if (proposed->len > 0 && proposed->str[proposed->len - 1] != '-')
      g_string_append_c (proposed, '-');
  }
  while (proposed->len > 0 && proposed->str[proposed->len - 1] == '-')
    g_string_truncate (proposed, proposed->len - 1);
  g_string_append (proposed, proposed->len > 0 ? ".safetensors" : "flow.safetensors");
  return g_string_free (proposed, FALSE);
}

void
limen_flow_save (GtkWidget *owner, LimenTrainedFlow *trained, LimenNice *flow, LimenThenFunc then)
{
  g_return_if_fail (GTK_IS_WIDGET (owner) && LIMEN_IS_TRAINED_FLOW (trained) && flow != NULL);
  g_autofree char *name = name_for (flow);
  Saving *saving = g_new (Saving, 1);
  *saving = (Saving){g_object_ref (trained), limen_nice_ref (flow), then};
  g_object_set_data_full (G_OBJECT (owner), SAVING, saving, saving_free);
  limen_choose (owner, "Save Flow", GTK_FILE_CHOOSER_ACTION_SAVE, name,
                (LimenChosenFunc)place_chosen_cb);
}

/* -- before it is lost -- */

typedef struct {
  Saving saving;
  LimenThenFunc discard;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;
  g_object_unref (question->saving.trained);
  limen_nice_unref (question->saving.flow);
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, GtkWidget *owner)
{
  const Question *question = g_object_get_data (G_OBJECT (dialog), "question");
  const Saving *saving = &question->saving;
  g_object_set_data (G_OBJECT (owner), ASKING, NULL);
  if (g_str_equal (response, "save"))
    limen_flow_save (owner, saving->trained, saving->flow, saving->then);
  if (!g_str_equal (response, "discard"))
    return;
  if (question->discard)
    question->discard (owner);
  saving->then (owner);
}

void
limen_flow_ask (GtkWidget *owner, const char *heading, const char *body, LimenTrainedFlow *trained,
                LimenNice *flow, LimenThenFunc discard, LimenThenFunc then)
{
  g_return_if_fail (GTK_IS_WIDGET (owner) && LIMEN_IS_TRAINED_FLOW (trained) && flow != NULL);
  g_return_if_fail (then != NULL);
  if (g_object_get_data (G_OBJECT (owner), ASKING)) { /* asked once, however often it is closed */
    gtk_window_present (g_object_get_data (G_OBJECT (owner), ASKING));
    return;
  }
  Question *question = g_new (Question, 1);
  *question = (Question){{g_object_ref (trained), limen_nice_ref (flow), then}, discard};
  AdwMessageDialog *dialog = dialog_new (owner, heading, body);
  adw_message_dialog_add_responses (dialog, "cancel", "_Cancel", "discard", "_Discard", "save",
                                    "_Save…", NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  g_object_set_data (G_OBJECT (owner), ASKING, dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), owner, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* -- in the window -- */

/* What the actions work on; the window owns it. */
typedef struct {
  GtkWidget *window;
  AdwToastOverlay *toasts;
  LimenTrainedFlow *trained;
  LimenDetectorSession *session;
} Flows;

#define FLOWS "limen-flows"

static void
flows_free (gpointer data)
{
  Flows *flows = data;
  g_object_unref (flows->trained);
  g_object_unref (flows->session);
  g_free (flows);
}

static Flows *
flows_of (gpointer window)
{
  return g_object_get_data (window, FLOWS);
}

static gboolean
is_in_use (const Flows *flows)
{
  LimenNice *flow = limen_trained_flow_flow (flows->trained);
  return flow && limen_detector_session_experiment (flows->session)->flow == flow;
}

static void
enable (const Flows *flows, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (flows->window), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
show_actions (GtkWidget *window)
{
  const Flows *flows = flows_of (window);
  gboolean there = limen_trained_flow_flow (flows->trained) != NULL;
  enable (flows, "use-flow", there && !is_in_use (flows));
  enable (flows, "save-flow", limen_trained_flow_is_unsaved (flows->trained));
  enable (flows, "save-flow-as", there);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  const Flows *flows = flows_of (window);
  limen_flow_save (GTK_WIDGET (flows->toasts), flows->trained,
                   limen_trained_flow_flow (flows->trained), NULL);
}

static void
tell (const Flows *flows, AdwToast *toast, const char *button, const char *action)
{
  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  limen_toasts_add (GTK_WIDGET (flows->toasts), toast);
}

/* A toast has one button; the other one stands in its title, below the words where the window has
 * no room. */
static AdwToast *
toast_with_saving (GtkWidget *window, const char *words)
{
  gboolean wide = gtk_widget_get_width (window) >= WIDE_FROM * limen_appearance_text_scale (window);
  AdwToast *toast = adw_toast_new (words);
  GtkWidget *box = gtk_box_new (wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = limen_toasts_line (window, words, 3, wide ? 2 * BUTTON : BUTTON),
            *save = gtk_button_new_with_label ("Save…");
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (save, "flat");
  gtk_widget_set_valign (save, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (save, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "win.save-flow");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), save);
  adw_toast_set_custom_title (toast, box);
  return toast;
}

static void
use (const Flows *flows)
{
  limen_detector_session_use_flow (flows->session, limen_trained_flow_flow (flows->trained),
                                   limen_trained_flow_learned_from (flows->trained));
  if (limen_trained_flow_is_unsaved (flows->trained))
    tell (flows, adw_toast_new ("The trained flow is in use, not saved yet"), "Save…",
          "win.save-flow");
  else
    limen_toasts_tell (GTK_WIDGET (flows->toasts), "The trained flow is in use");
}

static void
use_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  use (flows_of (window));
}

/* A flow that was opened stays in use; where there is none, nothing is in the way. */
static void
trained_cb (GtkWidget *window)
{
  const Flows *flows = flows_of (window);
  gboolean opened = limen_detector_session_experiment (flows->session)->flow ||
                    limen_detector_session_busy (flows->session, NULL);
  if (opened)
    tell (flows, toast_with_saving (window, "The flow is trained, not saved yet"), "Use It",
          "win.use-flow");
  else
    use (flows);
}

static void
give_up (GtkWidget *window)
{
  limen_trained_flow_give_up (flows_of (window)->trained);
}

static gboolean
close_cb (gpointer window)
{
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

/* A dialog holds on to its parent until it has closed. */
static void
close_later (GtkWidget *window)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_cb, g_object_ref (window), g_object_unref);
}

static gboolean
close_request_cb (GtkWidget *window)
{
  const Flows *flows = flows_of (window);
  LimenNice *flow = limen_trained_flow_flow (flows->trained);
  if (!limen_trained_flow_is_unsaved (flows->trained))
    return FALSE;
  const char *name = limen_nice_path (flow);
  g_autofree char *body =
      g_strdup_printf ("%s was trained here, and is in no file. What is not saved is lost.",
                       g_str_has_prefix (name, "a flow of ") ? name : "The flow");
  body[0] = g_ascii_toupper (body[0]);
  limen_flow_ask (window, "Save the Trained Flow?", body, flows->trained, flow, give_up,
                  close_later);
  return TRUE;
}

void
limen_flow_actions_add (AdwApplicationWindow *window, AdwToastOverlay *toasts,
                        LimenTrainedFlow *trained, LimenDetectorSession *session)
{
  g_return_if_fail (ADW_IS_APPLICATION_WINDOW (window) && LIMEN_IS_TRAINED_FLOW (trained));
  static const GActionEntry entries[] = {
      {.name = "use-flow", .activate = use_cb},
      {.name = "save-flow", .activate = save_cb},
      {.name = "save-flow-as", .activate = save_cb},
  };
  Flows *flows = g_new (Flows, 1);
  *flows = (Flows){GTK_WIDGET (window), toasts, g_object_ref (trained), g_object_ref (session)};
  g_object_set_data_full (G_OBJECT (window), FLOWS, flows, flows_free);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  limen_follow (window, trained, "trained", G_CALLBACK (trained_cb));
  limen_follow (window, trained, "changed", G_CALLBACK (show_actions));
  limen_follow (window, session, "data-changed", G_CALLBACK (show_actions));
  g_signal_connect (window, "close-request", G_CALLBACK (close_request_cb), NULL);
  show_actions (GTK_WIDGET (window));
}

#include "ui/party-question.h"

/* What a dialog keeps until it is answered */
typedef struct {
  LimenPartyChoice choice[LIMEN_MOST_CHOICES];
  guint n_choices;
  GPtrArray *paths;
  LimenKindChosenFunc chosen;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_ptr_array_unref (asked->paths);
  g_free (asked);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, GtkWindow *window)
{
  const Asked *asked = g_object_get_data (G_OBJECT (dialog), "asked");
  guint64 i;
  if (g_ascii_string_to_unsigned (response, 10, 0, asked->n_choices - 1, &i, NULL))
    asked->chosen (window, &asked->choice[i], asked->paths); /* which "cancel" is not */
}

void
limen_party_ask_kind (GtkWindow *window, const LimenParty *party, LimenKindChosenFunc chosen)
{
  g_return_if_fail (GTK_IS_WINDOW (window) && party != NULL && party->n_choices > 0);
  g_auto (LimenDoorQuestion) question = limen_party_question (party);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, question.heading, question.body));
  Asked *asked = g_new (Asked, 1);
  *asked = (Asked){
      .n_choices = party->n_choices, .paths = g_ptr_array_ref (party->paths), .chosen = chosen};
  memcpy (asked->choice, party->choice, sizeof asked->choice);
  adw_message_dialog_add_response (dialog, "cancel", "_Cancel");
  for (guint i = 0; i < party->n_choices; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);
    adw_message_dialog_add_response (dialog, id, question.answer[i]);
  }
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "asked", asked, asked_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

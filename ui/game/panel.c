#include "ui/game/panel.h"

#include "model/base/number.h"
#include "ui/drop-zones.h"
#include "ui/fields.h"
#include "ui/fold.h"
#include "ui/game/dynamics-panel.h"
#include "ui/game/gap-row.h"
#include "ui/game/matrix.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

#include <math.h>

struct _LimenGamePanel {
  AdwBin parent_instance;

  AdwPreferencesGroup *point_group;
  GtkLabel *value_label, *saves_label, *gains_label, *gap_label, *answer_label;
  GtkLabel *solution_value_label, *unique_label;
  AdwActionRow *saves_row, *gains_row, *solution_row[2];
  GtkWidget *point_entry[2];
  AdwComboRow *payoff_row;
  GtkSwitch *freeze_switch, *answer_switch;

  LimenGameSession *session;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (LimenGamePanel, limen_game_panel, ADW_TYPE_BIN)

/* -- what the session says -- */

/* The decimals that hold, at most @decimals */
static void
set_number (GtkLabel *label, double value, double error, guint decimals)
{
  g_autofree char *text = limen_format_known ((LimenNumber){value, error}, decimals);
  gtk_label_set_text (label, text);
}

static char *
point_text (const double *p, guint n)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            g_ascii_formatd (number, sizeof number, n > 3 ? "%.2f" : "%.4f", p[i]));
  return g_strdup (text->str);
}

/* The rows from the value to the words: of the points in hand, or of where a method has taken them
 */
static void
moment_changed_cb (LimenGamePanel *self)
{
  LimenGameHand hand = limen_game_session_hand (self->session);
  const LimenPayoff *payoff = hand.payoff;
  LimenExploit exploit = hand.exploit;
  g_autofree char *words = limen_game_say (LIMEN_SAY_ANSWER, &hand);
  g_autofree char *k = limen_format_number ((double)hand.k, 0);
  g_autofree char *title = hand.k > 0 ? g_strdup_printf ("At iteration %s", k) : NULL;
  adw_preferences_group_set_title (self->point_group, title ? title : "At this point");
  set_number (self->value_label, exploit.value, exploit.error, 4);
  set_number (self->saves_label, exploit.a_saves, exploit.error, 4);
  set_number (self->gains_label, exploit.b_gains, exploit.error, 4);
  limen_gap_row_set (self->gap_label, &exploit);
  const LimenGameReply a = limen_game_reply (payoff, &exploit, FALSE);
  const LimenGameReply b = limen_game_reply (payoff, &exploit, TRUE);
  g_autofree char *of_a = limen_game_replies (&a), *of_b = limen_game_replies (&b);
  adw_action_row_set_subtitle (self->saves_row, of_a);
  adw_action_row_set_subtitle (self->gains_row, of_b);
  gtk_label_set_text (self->answer_label, words);
}

static void
points_changed_cb (LimenGamePanel *self)
{
  const LimenGameState *state = limen_game_session_state (self->session);
  const LimenPayoff *payoff = &state->payoff;
  self->showing = TRUE;
  moment_changed_cb (self);
  for (int of = 0; of < 2; of++) {
    g_autofree char *text = point_text (state->point[of], of ? payoff->columns : payoff->rows);
    limen_field_show (self->point_entry[of], text);
  }
  gtk_switch_set_active (self->freeze_switch, state->frozen);
  gtk_switch_set_active (self->answer_switch, state->answered);
  gtk_widget_set_sensitive (self->point_entry[1], !state->frozen);
  self->showing = FALSE;
}

/* "(1/3, 1/3, 1/3)"; of several, all mixtures of the extreme ones */
static char *
list_points (const LimenSolution *solution, gboolean b, guint size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = b ? solution->n_b : solution->n_a;
  const LimenRationals *exact = b ? solution->b_exact : solution->a_exact;
  const double *p = b ? solution->b : solution->a;
  for (guint i = 0; i < n; i++) {
    g_string_append (text, i == 0 ? "(" : "\nto (");
    for (guint j = 0; j < size; j++) {
      g_autofree char *number = solution->exact
                                    ? limen_rational_told (exact->at[size * i + j], TRUE)
                                    : limen_format_number (p[size * i + j], 3);
      g_string_append_printf (text, "%s%s", j > 0 ? ", " : "", number);
    }
    g_string_append_c (text, ')');
  }
  return g_strdup (text->str);
}

static void
game_changed_cb (LimenGamePanel *self)
{
  const LimenSolution *solution = limen_game_session_solution (self->session);
  const LimenGameState *state = limen_game_session_state (self->session);
  const LimenPayoff *payoff = &state->payoff;
  g_autofree char *value =
      solution->exact
          ? limen_rational_told (solution->value_exact, TRUE)
          : limen_format_digits ((LimenNumber){solution->value, solution->value_error}, 6);
  guint place = 0;
  self->showing = TRUE;
  while (limen_payoff_names ()[place] &&
         (state->origin->paths[0] ||
          !g_str_equal (limen_payoff_title (limen_payoff_names ()[place]), state->origin->name)))
    place++; /* the last: the user's own */
  adw_combo_row_set_selected (self->payoff_row, place);
  gtk_label_set_text (self->solution_value_label, value);
  g_autofree char *unique = limen_game_say (LIMEN_SAY_UNIQUE, solution);
  gtk_label_set_text (self->unique_label, unique);
  for (int b = 0; b < 2; b++) {
    g_autofree char *text = list_points (solution, b, b ? payoff->columns : payoff->rows);
    adw_action_row_set_subtitle (self->solution_row[b], text);
  }
  self->showing = FALSE;
}

/* -- what the user says -- */

/* The last entry is for payoffs that are the user's own: they are there already. */
static void
payoff_changed_cb (LimenGamePanel *self)
{
  LimenPayoff payoff;
  const char *name = limen_payoff_names ()[adw_combo_row_get_selected (self->payoff_row)];
  if (self->showing)
    return;
  if (!name || !limen_payoff_builtin (name, &payoff, NULL))
    return;
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, limen_payoff_title (name));
  g_auto (LimenGameState) next =
      limen_game_state_with_payoff (limen_game_session_state (self->session), &payoff, origin);
  limen_game_session_set (self->session, &next);
}

static void
switched_cb (LimenGamePanel *self)
{
  if (self->showing)
    return;
  g_auto (LimenGameState) frozen = limen_game_state_with_frozen (
      limen_game_session_state (self->session), gtk_switch_get_active (self->freeze_switch));
  g_auto (LimenGameState) next =
      limen_game_state_with_answered (&frozen, gtk_switch_get_active (self->answer_switch));
  limen_game_session_set (self->session, &next);
}

static char *
take_point (GtkWidget *entry, const char *text, gpointer data)
{
  LimenGamePanel *self = data;
  const LimenGameState *state = limen_game_session_state (self->session);
  const LimenPayoff *payoff = &state->payoff;
  gboolean b = entry == self->point_entry[1], projected;
  guint n = b ? payoff->columns : payoff->rows;
  g_autoptr (GError) error = NULL;
  double p[LIMEN_GAME_MOST];
  if (!limen_simplex_parse (text, n, p, &projected, &error))
    return g_strdup (error->message);
  if (projected)
    limen_field_tell (entry,
                      "Weights are at least 0 and sum to 1: this is the nearest such point.");
  g_auto (LimenGameState) next = limen_game_state_with_point (state, b, p);
  limen_game_session_set (self->session, &next);
  points_changed_cb (self); /* it may be where it was */
  return NULL;
}

/* -- the object -- */

static void
limen_game_panel_dispose (GObject *object)
{
  LimenGamePanel *self = LIMEN_GAME_PANEL (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->session = NULL;
  for (int b = 0; b < 2; b++)
    if (self->point_entry[b])
      limen_field_forget (self->point_entry[b]); /* a focus that goes says nothing any more */
  G_OBJECT_CLASS (limen_game_panel_parent_class)->dispose (object);
}

static void
limen_game_panel_class_init (LimenGamePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_game_panel_dispose;
}

static void
limen_game_panel_init (LimenGamePanel *self)
{
}

static void
add_entry (LimenGamePanel *self, AdwPreferencesGroup *group, gboolean b)
{
  GtkWidget *entry = gtk_entry_new ();
  AdwActionRow *row = limen_rows_row (group, b ? "p_B" : "p_A", entry);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_widget_add_css_class (entry, b ? "second" : "first");
  adw_action_row_set_activatable_widget (row, entry);
  limen_field_entry (entry, take_point, self);
  self->point_entry[b] = entry;
}

static void
add_point (LimenGamePanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "At this point");
  self->point_group = group;
  self->value_label = limen_rows_value (group, "Payoff to B", NULL);
  self->saves_label = limen_rows_value (group, "A could save", "first");
  self->gains_label = limen_rows_value (group, "B could gain", "second");
  self->gap_label = limen_rows_value (group, "Gap", "hand");
  self->saves_row = limen_rows_row_of (self->saves_label);
  self->gains_row = limen_rows_row_of (self->gains_label);
}

static void
add_experiment (LimenGamePanel *self, GtkWidget *panel)
{
  AdwPreferencesGroup *group = limen_rows_group (panel, "Your points: is any p_A optimal?");
  add_entry (self, group, FALSE);
  add_entry (self, group, TRUE);
  self->freeze_switch =
      limen_rows_switch (group, "Freeze B at uniform", "Until a method plays: then both move");
  self->answer_switch = limen_rows_switch (group, "Let B answer", NULL);
  self->answer_label =
      limen_rows_words (group, "The method moves both players now. Go back to your "
                               "own points to ask this.");
  limen_follow (self, self->freeze_switch, "notify::active", G_CALLBACK (switched_cb));
  limen_follow (self, self->answer_switch, "notify::active", G_CALLBACK (switched_cb));
}

static void
add_game (LimenGamePanel *self, GtkWidget *panel)
{
  const char *titles[16] = {NULL};
  guint n = 0;
  for (const char *const *name = limen_payoff_names (); *name; name++)
    titles[n++] = limen_payoff_title (*name);
  titles[n] = "your own";
  AdwPreferencesGroup *group = limen_rows_group (panel, "Points for B");
  GtkWidget *matrix_row = adw_preferences_row_new ();
  self->payoff_row = limen_rows_combo (group, "Payoffs", titles);
  limen_drop_zones_add_row (self->payoff_row, "payoffs");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (matrix_row), FALSE);
  gtk_widget_set_focusable (matrix_row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (matrix_row),
                              GTK_WIDGET (limen_game_matrix_new (self->session)));
  adw_preferences_group_add (group, matrix_row);
  self->solution_value_label = limen_rows_value (group, "Value of the game", NULL);
  AdwExpanderRow *fold = limen_fold_new (group, "Optimal strategies");
  for (int b = 0; b < 2; b++) {
    self->solution_row[b] = limen_rows_row (group, b ? "Optimal p_B" : "Optimal p_A", NULL);
    adw_action_row_set_subtitle_lines (self->solution_row[b], 0);
    limen_fold_take (fold, group, self->solution_row[b]);
  }
  self->unique_label = limen_rows_value (group, "Unique", NULL);
  limen_fold_take (fold, group, self->unique_label);
  limen_follow (self, self->payoff_row, "notify::selected", G_CALLBACK (payoff_changed_cb));
}

LimenGamePanel *
limen_game_panel_new (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), NULL);
  LimenGamePanel *self = g_object_new (LIMEN_TYPE_GAME_PANEL, NULL);
  GtkWidget *panel = limen_rows_panel ();
  self->session = session;
  self->showing = TRUE;
  add_point (self, panel);
  add_experiment (self, panel);
  gtk_box_append (GTK_BOX (panel), GTK_WIDGET (limen_dynamics_panel_new (session)));
  add_game (self, panel);
  adw_bin_set_child (ADW_BIN (self), panel);
  limen_news_connect (session, "points-changed", G_CALLBACK (points_changed_cb), self);
  limen_news_connect (session, "moment-changed", G_CALLBACK (moment_changed_cb), self);
  limen_news_connect (session, "game-changed", G_CALLBACK (game_changed_cb), self);
  game_changed_cb (self);
  points_changed_cb (self);
  return self;
}

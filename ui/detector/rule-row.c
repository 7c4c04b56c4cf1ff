#include "ui/detector/rule-row.h"

#include "model/detect/rule.h"
#include "model/detect/sentences-rule.h"
#include "ui/detector/rule-popover.h"
#include "ui/news.h"
#include "ui/quiet-row.h"
#include "ui/rows.h"
#include "ui/steady-label.h"
#include "ui/widgets.h"

typedef struct {
  LimenDetectorSession *session;
  AdwActionRow *row;
  GtkMenuButton *others;
  LimenSteadyLabel *said;
} RuleRow;

static void
show (RuleRow *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  LimenRule rule = limen_detector_session_state (self->session)->rule;
  LimenMeasure *measure =
      detector ? limen_detector_measure (detector) : limen_measure_log_likelihood ();
  g_autofree char *name = limen_rule_name (rule, measure->side);
  g_autofree char *promise = detector ? limen_rule_promise (detector) : g_strdup ("");
  g_autofree char *markup = g_markup_escape_text (name, -1);
  g_autofree char *longest = limen_keep_percent (limen_rule_longest_promise (rule.kind));
  adw_action_row_set_subtitle (self->row, markup);
  limen_describe (self->others, name);
  g_autofree char *said = limen_keep_percent (promise);
  gtk_label_set_text (limen_steady_label_label (self->said), said);
  limen_steady_label_reserve (self->said, longest);
  gtk_widget_set_sensitive (GTK_WIDGET (self->others), detector != NULL);
}

static void
rule_row_free (gpointer data)
{
  RuleRow *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}

void
limen_rule_row_add (AdwPreferencesGroup *group, LimenDetectorSession *session)
{
  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group) && LIMEN_IS_DETECTOR_SESSION (session));
  static const char *const signals[] = {"data-changed", "threshold-changed", "settings-changed"};
  RuleRow *self = g_new0 (RuleRow, 1);
  GtkWidget *below = g_object_new (LIMEN_TYPE_QUIET_BIN, NULL);
  self->session = g_object_ref (session);
  self->row = g_object_new (LIMEN_TYPE_QUIET_ROW, "title", "Rule", NULL);
  self->others = limen_rows_menu (self->row, "document-properties-symbolic", "Choose the rule");
  self->said = limen_steady_label_new ("caption");
  adw_action_row_set_subtitle_lines (self->row, 3);
  adw_action_row_set_activatable_widget (self->row, GTK_WIDGET (self->others));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->others), /* it has a name of its own */
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_menu_button_set_direction (self->others, GTK_ARROW_LEFT); /* it is as high as a window */
  gtk_menu_button_set_popover (self->others, limen_rule_popover_new (session));
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "row-of-words");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (below), GTK_WIDGET (self->said));
  adw_preferences_group_add (group, GTK_WIDGET (self->row));
  adw_preferences_group_add (group, below);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    limen_news_connect (session, signals[i], G_CALLBACK (show), self);
  g_object_set_data_full (G_OBJECT (group), "limen-rule-row", self, rule_row_free);
  show (self);
}

#include "ui/detector/table-row.h"

#include "ui/drop-zones.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

/* A row, and the columns of its menu: (nullable): of which table they are, borrowed, only compared
 */
typedef struct {
  LimenDetectorSession *session;
  AdwActionRow *row;
  GMenu *columns;
  const LimenScoreTable *of;
} TableRow;

static void
table_row_free (gpointer data)
{
  TableRow *row = data;
  g_signal_handlers_disconnect_by_data (row->session, row);
  g_object_unref (row->session);
  g_object_unref (row->columns);
  g_free (row);
}

static char *
subtitle_of (const LimenTableScores *scores)
{
  static const char *const sides[] = {[LIMEN_SIDE_LOW] = "low is anomalous",
                                      [LIMEN_SIDE_HIGH] = "high is anomalous",
                                      [LIMEN_SIDE_BOTH] = "both ends are anomalous"};
  const LimenScoreTable *table = scores->table;
  const char *name = table->column[scores->column].name;
  gboolean counted = g_str_has_prefix (name, "column "); /* it has no other name */
  return g_markup_printf_escaped ("%s · %s%s · %s%s", table->name, counted ? "" : "column ", name,
                                  sides[scores->measure->side],
                                  scores->side_of_labels ? ", as the labels say" : "");
}

static void
show_columns (TableRow *self, const LimenScoreTable *table)
{
  if (table == self->of)
    return;
  self->of = table;
  g_menu_remove_all (self->columns);
  for (guint i = 0; table && i < table->n_columns; i++) {
    g_auto (GStrv) parts = g_strsplit (table->column[i].name, "_", -1);
    g_autofree char *label = g_strjoinv ("__", parts); /* one alone would be a key */
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
    g_menu_item_set_action_and_target (item, "detector.column", "s", table->column[i].name);
    g_menu_append_item (self->columns, item);
  }
}

static void
show (TableRow *self)
{
  const LimenTableScores *scores = limen_detector_session_experiment (self->session)->table;
  gtk_widget_set_visible (GTK_WIDGET (self->row), scores != NULL);
  show_columns (self, scores ? scores->table : NULL);
  if (!scores)
    return;
  g_autofree char *subtitle = subtitle_of (scores), *told = limen_table_scores_told (scores);
  g_autofree char *all = g_strdup_printf ("%s; %s", told, scores->table->told);
  adw_action_row_set_subtitle (self->row, subtitle);
  limen_describe (self->row, all);
}

static GMenuModel *
menu_of (GMenu *columns)
{
  GMenu *menu = g_menu_new (), *ways = g_menu_new ();
  g_menu_append (ways, "How the Scores Are Read…", "detector.ask-scores");
  g_menu_append (ways, "Whole Example", "detector.example");
  g_menu_append_section (menu, "Columns", G_MENU_MODEL (columns));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ways));
  g_object_unref (ways);
  return G_MENU_MODEL (menu);
}

AdwActionRow *
limen_table_row_add (AdwPreferencesGroup *group, LimenDetectorSession *session)
{
  g_return_val_if_fail (ADW_IS_PREFERENCES_GROUP (group), NULL);
  TableRow *self = g_new (TableRow, 1);
  *self = (TableRow){g_object_ref (session), limen_rows_row (group, "Scores", NULL), g_menu_new (),
                     NULL};
  g_autoptr (GMenuModel) menu = menu_of (self->columns);
  adw_action_row_set_subtitle_lines (self->row, 4);
  limen_drop_zones_add_row (self->row, "scores");
  gtk_menu_button_set_menu_model (
      limen_rows_menu (self->row, "view-more-symbolic", "Other columns"), menu);
  limen_rows_button (self->row, "document-open-symbolic", "Choose a table of scores",
                     "detector.open");
  show (self);
  limen_news_connect (session, "data-changed", G_CALLBACK (show), self);
  g_object_set_data_full (G_OBJECT (group), "limen-table-row", self, table_row_free);
  return self->row;
}

char *
limen_table_row_count (const LimenExperiment *experiment, LimenSetRole role)
{
  g_return_val_if_fail (experiment != NULL && experiment->table != NULL, NULL);
  const LimenScores *scores = experiment->scores[role];
  if (!scores)
    return g_strdup ("none in the table");
  g_autofree char *n = limen_format_number (scores->n, 0);
  return g_strdup_printf ("%s image%s%s", n, scores->n == 1 ? "" : "s",
                          experiment->set[role] ? ", found by their paths" : "");
}

void
limen_table_row_mark (GAction *action, const LimenExperiment *experiment)
{
  g_return_if_fail (G_IS_SIMPLE_ACTION (action) && experiment != NULL);
  const LimenTableScores *scores = experiment->table;
  const char *name = scores ? scores->table->column[scores->column].name : "";
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

#include "ui/detector/table-choice.h"

#include "ui/rows.h"

#define DECIDED "Decided"

struct _LimenTableChoice {
  AdwBin parent_instance;

  LimenTableQuestion *question;
  AdwComboRow *column_row, *side_row, *labels_row, *normal_row;
};

G_DEFINE_FINAL_TYPE (LimenTableChoice, limen_table_choice, ADW_TYPE_BIN)

/* Lists begin with what is decided without the user, that of labels goes on with that there are
 * none. */
enum { SIDE_DECIDED, SIDE_HIGH, SIDE_LOW, SIDE_BOTH };
enum { LABELS_DECIDED, LABELS_NONE, LABELS_COLUMN };

static const char *
chosen_text (AdwComboRow *row)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);
  return item ? gtk_string_object_get_string (item) : "";
}

static void
choose_text (AdwComboRow *row, const char *text)
{
  GListModel *model = adw_combo_row_get_model (row);
  for (guint i = 0; text && i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);
    if (g_ascii_strcasecmp (gtk_string_object_get_string (item), text) == 0)
      adw_combo_row_set_selected (row, i);
  }
}

/* -- labels -- */

/* (nullable): the column that labels are read from */
static const LimenScoreChoice *
labels_column (LimenTableChoice *self)
{
  const LimenScoreChoices *choices = self->question->choices;
  guint chosen = adw_combo_row_get_selected (self->labels_row);
  if (chosen == LABELS_DECIDED)
    return choices->labels < choices->n ? &choices->column[choices->labels] : NULL;
  for (guint i = 0, at = LABELS_COLUMN; i < choices->n; i++)
    if (choices->column[i].words && at++ == chosen)
      return &choices->column[i];
  return NULL;
}

static void
show_words (LimenTableChoice *self)
{
  gboolean asks = self->question->asks == LIMEN_TABLE_ASKS_LABELS;
  const char *const first[] = {asks ? "Choose…" : DECIDED, NULL};
  const LimenScoreChoice *column = labels_column (self);
  g_autoptr (GtkStringList) words = gtk_string_list_new (first);
  for (guint i = 0; column && column->words && column->words[i]; i++)
    gtk_string_list_append (words, column->words[i]);
  adw_combo_row_set_model (self->normal_row, G_LIST_MODEL (words));
  gtk_widget_set_visible (GTK_WIDGET (self->normal_row), column && column->words);
}

static void
changed_cb (LimenTableChoice *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
labels_chosen_cb (LimenTableChoice *self)
{
  show_words (self);
  changed_cb (self);
}

gboolean
limen_table_choice_is_answer (LimenTableChoice *self)
{
  g_return_val_if_fail (LIMEN_IS_TABLE_CHOICE (self), FALSE);
  if (self->question->asks != LIMEN_TABLE_ASKS_LABELS)
    return TRUE;
  return adw_combo_row_get_selected (self->labels_row) == LABELS_NONE ||
         adw_combo_row_get_selected (self->normal_row) > 0;
}

LimenTableWish
limen_table_choice_wish (LimenTableChoice *self)
{
  static const LimenSide sides[] = {LIMEN_SIDE_LOW, LIMEN_SIDE_HIGH, LIMEN_SIDE_LOW,
                                    LIMEN_SIDE_BOTH};
  g_return_val_if_fail (LIMEN_IS_TABLE_CHOICE (self), (LimenTableWish){0});
  guint column = adw_combo_row_get_selected (self->column_row);
  guint side = adw_combo_row_get_selected (self->side_row);
  guint labels = adw_combo_row_get_selected (self->labels_row);
  const LimenScoreChoice *from = labels_column (self);
  gboolean word = from && adw_combo_row_get_selected (self->normal_row) > 0;
  return (LimenTableWish){.column = column > 0 ? g_strdup (chosen_text (self->column_row)) : NULL,
                          .labels = labels >= LABELS_COLUMN && from ? g_strdup (from->name) : NULL,
                          .normal_label = word ? g_strdup (chosen_text (self->normal_row)) : NULL,
                          .no_labels = labels == LABELS_NONE,
                          .side_said = side != SIDE_DECIDED,
                          .side = side < G_N_ELEMENTS (sides) ? sides[side] : LIMEN_SIDE_LOW};
}

/* -- the object -- */

static void
add_columns (LimenTableChoice *self, AdwPreferencesGroup *group)
{
  const LimenScoreChoices *choices = self->question->choices;
  const char *now = self->question->column ? self->question->column : self->question->wish.column;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_strv_builder_add (names, DECIDED);
  gboolean found = !now;
  for (guint i = 0; i < choices->n; i++)
    if (choices->column[i].is_score) {
      g_strv_builder_add (names, choices->column[i].name);
      found = found || g_ascii_strcasecmp (choices->column[i].name, now) == 0;
    }
  if (!found)
    g_strv_builder_add (names, now);
  g_auto (GStrv) all = g_strv_builder_end (names);
  self->column_row = limen_rows_combo (group, "Scores", (const char *const *)all);
  choose_text (self->column_row, now);
}

static void
add_side (LimenTableChoice *self, AdwPreferencesGroup *group)
{
  static const char *const sides[] = {DECIDED, "High values", "Low values", "Both ends", NULL};
  const LimenTableWish *wish = &self->question->wish;
  self->side_row = limen_rows_combo (group, "Anomalous", sides);
  if (wish->side_said)
    adw_combo_row_set_selected (self->side_row, wish->side == LIMEN_SIDE_HIGH  ? SIDE_HIGH
                                                : wish->side == LIMEN_SIDE_LOW ? SIDE_LOW
                                                                               : SIDE_BOTH);
}

static void
add_labels (LimenTableChoice *self, AdwPreferencesGroup *group)
{
  static const char *const none[] = {NULL};
  const LimenScoreChoices *choices = self->question->choices;
  const LimenTableWish *wish = &self->question->wish;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_strv_builder_add (names, DECIDED);
  g_strv_builder_add (names, "None: all images are normal");
  for (guint i = 0; i < choices->n; i++)
    if (choices->column[i].words)
      g_strv_builder_add (names, choices->column[i].name);
  g_auto (GStrv) all = g_strv_builder_end (names);
  self->labels_row = limen_rows_combo (group, "Labels", (const char *const *)all);
  self->normal_row = limen_rows_combo (group, "Normal images", none);
  if (wish->no_labels)
    adw_combo_row_set_selected (self->labels_row, LABELS_NONE);
  else if (wish->labels || self->question->asks == LIMEN_TABLE_ASKS_LABELS)
    choose_text (self->labels_row, wish->labels ? wish->labels
                                   : choices->labels < choices->n
                                       ? choices->column[choices->labels].name
                                       : NULL);
  show_words (self);
  choose_text (self->normal_row, wish->normal_label);
}

static void
limen_table_choice_dispose (GObject *object)
{
  LimenTableChoice *self = LIMEN_TABLE_CHOICE (object);
  g_clear_pointer (&self->question, limen_table_question_unref);
  G_OBJECT_CLASS (limen_table_choice_parent_class)->dispose (object);
}

/* On what is asked */
static gboolean
limen_table_choice_grab_focus (GtkWidget *widget)
{
  LimenTableChoice *self = LIMEN_TABLE_CHOICE (widget);
  gboolean labels = self->question->asks == LIMEN_TABLE_ASKS_LABELS;
  gboolean word = labels && gtk_widget_get_visible (GTK_WIDGET (self->normal_row));
  AdwComboRow *row = word ? self->normal_row : labels ? self->labels_row : self->column_row;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
limen_table_choice_class_init (LimenTableChoiceClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = limen_table_choice_grab_focus;
  G_OBJECT_CLASS (klass)->dispose = limen_table_choice_dispose;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
limen_table_choice_init (LimenTableChoice *self)
{
}

LimenTableChoice *
limen_table_choice_new (LimenTableQuestion *question)
{
  g_return_val_if_fail (question != NULL, NULL);
  LimenTableChoice *self = g_object_new (LIMEN_TYPE_TABLE_CHOICE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AdwPreferencesGroup *group = limen_rows_group (box, "");
  self->question = limen_table_question_ref (question);
  add_columns (self, group);
  add_side (self, group);
  add_labels (self, group);
  adw_bin_set_child (ADW_BIN (self), box);
  AdwComboRow *rows[] = {self->column_row, self->side_row, self->normal_row};
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_swapped (rows[i], "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->labels_row, "notify::selected", G_CALLBACK (labels_chosen_cb),
                            self);
  return self;
}

#include "ui/game/animation-dialog.h"

#include "ui/child-window.h"
#include "ui/rows.h"
#include "ui/study/job.h"
#include "ui/widgets.h"

#define LIMEN_TYPE_ANIMATION_DIALOG (limen_animation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LimenAnimationDialog, limen_animation_dialog, LIMEN, ANIMATION_DIALOG,
                      AdwWindow)

struct _LimenAnimationDialog {
  AdwWindow parent_instance;

  AdwComboRow *format_row, *width_row, *length_row, *most_row;
  GtkWidget *save, *owner;
  LimenAnimationChosenFunc chosen;
  gboolean wants_webm; /* as the last time, until another is chosen */
};

G_DEFINE_FINAL_TYPE (LimenAnimationDialog, limen_animation_dialog, ADW_TYPE_WINDOW)

static const LimenAnimationFormat formats[] = {LIMEN_ANIMATION_GIF, LIMEN_ANIMATION_PNG,
                                               LIMEN_ANIMATION_WEBM};
static const char *const format_names[] = {"GIF", "Animated PNG", NULL};
#define WEBM_NAME "WebM"
static const guint widths[] = {640, 880, 1100};
static const char *const width_names[] = {"640 × 360", "880 × 495", "1100 × 619", NULL};
static const guint lengths[] = {3, 6, 12};
static const char *const length_names[] = {"3 seconds", "6 seconds", "12 seconds", NULL};
static const gsize sizes[] = {1000000, 3000000, 10000000, 0};
static const char *const size_names[] = {"1 MB", "3 MB", "10 MB", "any size", NULL};

/* -- WebM, where the desktop has it -- */

static gpointer
look_for_webm (gpointer unused, const LimenRun *run, GError **error)
{
  return GINT_TO_POINTER (limen_animation_can (LIMEN_ANIMATION_WEBM) ? 2 : 1);
}

static void
ignore (gpointer unused)
{
}

static void
looked_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenAnimationDialog *self = owner;
  if (GPOINTER_TO_INT (result) != 2 || !self->format_row)
    return;
  gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (self->format_row)), WEBM_NAME);
  if (self->wants_webm && adw_combo_row_get_selected (self->format_row) == 0)
    adw_combo_row_set_selected (self->format_row, G_N_ELEMENTS (formats) - 1);
}

/* -- what is chosen -- */

static void
save_clicked_cb (LimenAnimationDialog *self)
{
  const LimenGameAnimation how = {
      .format = formats[adw_combo_row_get_selected (self->format_row)],
      .width = widths[adw_combo_row_get_selected (self->width_row)],
      .seconds = lengths[adw_combo_row_get_selected (self->length_row)],
      .most_bytes = sizes[adw_combo_row_get_selected (self->most_row)],
  };
  GtkWidget *owner = self->owner;
  LimenAnimationChosenFunc chosen = self->chosen;
  gtk_window_destroy (GTK_WINDOW (self));
  chosen (owner, &how);
}

static void
show (LimenAnimationDialog *self, const LimenGameAnimation *how)
{
  guint at[4] = {0};
  while (at[0] < 1 && formats[at[0]] != how->format) /* WebM is not there yet */
    at[0]++;
  self->wants_webm = how->format == LIMEN_ANIMATION_WEBM;
  while (at[1] + 1 < G_N_ELEMENTS (widths) && widths[at[1]] != how->width)
    at[1]++;
  while (at[2] + 1 < G_N_ELEMENTS (lengths) && lengths[at[2]] != how->seconds)
    at[2]++;
  while (at[3] + 1 < G_N_ELEMENTS (sizes) && sizes[at[3]] != how->most_bytes)
    at[3]++;
  adw_combo_row_set_selected (self->format_row, formats[at[0]] == how->format ? at[0] : 0);
  adw_combo_row_set_selected (self->width_row, at[1]);
  adw_combo_row_set_selected (self->length_row, at[2]);
  adw_combo_row_set_selected (self->most_row, at[3]);
}

/* -- the object -- */

static void
limen_animation_dialog_dispose (GObject *object)
{
  LIMEN_ANIMATION_DIALOG (object)->format_row = NULL;
  G_OBJECT_CLASS (limen_animation_dialog_parent_class)->dispose (object);
}

static void
limen_animation_dialog_class_init (LimenAnimationDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_animation_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
header (LimenAnimationDialog *self)
{
  GtkWidget *bar = adw_header_bar_new (), *title = gtk_label_new ("Export Animation");
  GtkWidget *cancel = gtk_button_new_with_label ("Cancel");
  GtkWidget *save = gtk_button_new_with_label ("Save…");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (save, "suggested-action");
  limen_follow (self, save, "clicked", G_CALLBACK (save_clicked_cb));
  gtk_widget_add_css_class (title, "title");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), title); /* one that is never cut */
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), save);
  gtk_window_set_default_widget (GTK_WINDOW (self), save);
  self->save = save;
  return bar;
}

static void
limen_animation_dialog_init (LimenAnimationDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *panel = limen_rows_panel ();
  AdwPreferencesGroup *group = limen_rows_group (panel, "");
  self->format_row = limen_rows_combo (group, "Format", format_names);
  self->width_row = limen_rows_combo (group, "Size", width_names);
  self->length_row = limen_rows_combo (group, "Length", length_names);
  self->most_row = limen_rows_combo (group, "File of at most", size_names);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->most_row), "By smaller pictures");
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_box_append (GTK_BOX (box), header (self));
  gtk_box_append (GTK_BOX (box), panel);
  gtk_window_set_title (GTK_WINDOW (self), "Export Animation");
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (self), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self), 380, -1);
  limen_child_window_part (GTK_WINDOW (self));
}

void
limen_animation_dialog_present (GtkWidget *owner, const LimenGameAnimation *how,
                                LimenAnimationChosenFunc chosen)
{
  g_return_if_fail (GTK_IS_WIDGET (owner) && how != NULL && chosen != NULL);
  LimenAnimationDialog *self = g_object_new (LIMEN_TYPE_ANIMATION_DIALOG, "transient-for",
                                             gtk_widget_get_root (owner), NULL);
  self->owner = owner;
  self->chosen = chosen;
  show (self, how);
  limen_job_unref (limen_job_start (look_for_webm, NULL, ignore, ignore, looked_cb, self));
  gtk_window_set_focus (GTK_WINDOW (self), self->save);
  gtk_window_present (GTK_WINDOW (self));
}

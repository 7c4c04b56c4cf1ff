#include "ui/export.h"

#include "ui/appearance.h"
#include "ui/child-window.h"
#include "ui/choices.h"
#include "ui/fields.h"
#include "ui/study/job.h"
#include "ui/settings.h"
#include "ui/toasts.h"

/* -- drawn and written on a thread of its own -- */

typedef struct {
  LimenTold told;
  LimenScheme scheme;
  LimenPicture picture;
  char *path; /* NULL: for the clipboard */
} Work;

static Work *
work_new (LimenTold told)
{
  Work *work = g_new0 (Work, 1);
  work->told = told;
  return work;
}

static void
work_free (Work *work)
{
  limen_told_clear (&work->told);
  g_free (work->path);
  g_free (work);
}

static gpointer
draw_picture (gpointer data, const LimenRun *run, GError **error)
{
  Work *work = data;
  if (!limen_told_fill_picture (&work->told, work->scheme, &work->picture, run->cancellable, error))
    return NULL;
  if (!work->path)
    return limen_picture_to_bytes (&work->picture, error);
  gboolean saved = limen_picture_save (&work->picture, work->path, error);
  return saved ? g_bytes_new (work->path, strlen (work->path)) : NULL;
}

static gpointer
write_table (gpointer data, const LimenRun *run, GError **error)
{
  Work *work = data;
  gboolean saved = limen_told_save_table (&work->told, work->path, error);
  return saved ? g_bytes_new (work->path, strlen (work->path)) : NULL;
}

void
limen_export_tell_saved (GtkWidget *widget, GBytes *path, const GError *error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    limen_toasts_tell (widget, error->message);
  if (!path)
    return;
  g_autofree char *terminated = g_strndup (g_bytes_get_data (path, NULL), g_bytes_get_size (path));
  limen_toasts_tell_saved (widget, terminated);
}

static void
saved_cb (gpointer result, const GError *error, gpointer owner)
{
  g_autoptr (GBytes) path = result;
  limen_export_tell_saved (owner, path, error);
}

static void
copied_cb (gpointer result, const GError *error, gpointer owner)
{
  g_autoptr (GBytes) png = result;
  g_autoptr (GError) bad = NULL;
  g_autoptr (GdkTexture) texture = png ? gdk_texture_new_from_bytes (png, &bad) : NULL;
  if (texture)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (owner), texture);
  limen_toasts_tell (owner, texture ? "Picture copied" : error ? error->message : bad->message);
}

static void
start (Work *work, LimenJobRunFunc run, LimenJobDoneFunc done, GtkWidget *widget)
{
  limen_job_unref (limen_job_start (run, work, (GDestroyNotify)work_free,
                                    (GDestroyNotify)g_bytes_unref, done, widget));
}

/* -- where to -- */

static void
remember_format (LimenPictureFormat format)
{
  if (limen_settings ())
    g_settings_set_enum (limen_settings (), "export-format", (int)format);
}

typedef struct {
  Work *work;
  LimenJobRunFunc run;
  GtkWidget *widget;
  const char *extension;
} Place;

/* (transfer full): what was typed tells what it becomes: "plot.svg" is an SVG, whatever was chosen
 * before */
static char *
with_extension (Place *place, const char *path)
{
  LimenPictureFormat typed;
  gboolean is_picture = place->run == draw_picture;
  if (is_picture && limen_picture_format_from_path (path, &typed, NULL)) {
    place->work->picture.format = typed;
    remember_format (typed);
    return g_strdup (path);
  }
  gboolean has = g_str_has_suffix (path, place->extension);
  return has ? g_strdup (path) : g_strconcat (path, place->extension, NULL);
}

static void
place_chosen_cb (GtkNativeDialog *dialog, int response, Place *place)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  const char *path = file ? g_file_peek_path (file) : NULL;
  if (response == GTK_RESPONSE_ACCEPT && path) {
    place->work->path = with_extension (place, path);
    start (place->work, place->run, saved_cb, place->widget);
  } else
    work_free (place->work);
  g_object_unref (dialog);
  g_free (place);
}

static void
ask_place (Work *work, LimenJobRunFunc run, GtkWidget *widget, const char *title,
           const char *extension)
{
  Place *place = g_new (Place, 1);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strconcat (work->told.name, extension, NULL);
  *place = (Place){work, run, widget, extension};
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (place_chosen_cb), place);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
limen_export_table (LimenTold told, GtkWidget *widget, const char *title, const char *extension)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  ask_place (work_new (told), write_table, widget, title, extension);
}

/* -- how large -- */

#define LIMEN_TYPE_EXPORT_DIALOG (limen_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LimenExportDialog, limen_export_dialog, LIMEN, EXPORT_DIALOG, AdwWindow)

struct _LimenExportDialog {
  AdwWindow parent_instance;

  AdwPreferencesGroup *group; /* which says what is exported */
  AdwComboRow *format_row, *appearance_row;
  GtkSpinButton *width_spin, *height_spin, *scale_spin;
  GtkWidget *scale_action_row;

  Work *work; /* NULL once it has begun */
  GtkWidget *widget;
};

G_DEFINE_FINAL_TYPE (LimenExportDialog, limen_export_dialog, ADW_TYPE_WINDOW)

static void
save_clicked_cb (LimenExportDialog *self)
{
  static const char *const extensions[] = {".png", ".svg", ".pdf"};
  guint format = adw_combo_row_get_selected (self->format_row);
  Work *work = g_steal_pointer (&self->work);
  work->scheme = limen_scheme (adw_combo_row_get_selected (self->appearance_row) == 1, FALSE);
  work->picture = (LimenPicture){
      .format = format,
      .width = (guint)gtk_spin_button_get_value_as_int (self->width_spin),
      .height = (guint)gtk_spin_button_get_value_as_int (self->height_spin),
      .scale = gtk_spin_button_get_value (self->scale_spin),
  };
  GtkWidget *widget = self->widget;
  remember_format (format);
  gtk_window_destroy (GTK_WINDOW (self));
  ask_place (work, draw_picture, widget, "Export Picture", extensions[format]);
}

static void
format_changed_cb (LimenExportDialog *self)
{
  gtk_widget_set_sensitive (self->scale_action_row,
                            adw_combo_row_get_selected (self->format_row) == LIMEN_PICTURE_PNG);
}

static void
limen_export_dialog_dispose (GObject *object)
{
  g_clear_pointer (&LIMEN_EXPORT_DIALOG (object)->work, work_free);
  G_OBJECT_CLASS (limen_export_dialog_parent_class)->dispose (object);
}

static void
limen_export_dialog_class_init (LimenExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/limen_explorer/Limen/ui/export-dialog.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, LimenExportDialog, name)
  BIND (group);
  BIND (format_row);
  BIND (appearance_row);
  BIND (width_spin);
  BIND (height_spin);
  BIND (scale_spin);
  BIND (scale_action_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
}

static void
bind_setting (const char *key, GtkSpinButton *spin)
{
  limen_field_spin (spin);
  if (limen_settings ())
    g_settings_bind (limen_settings (), key, gtk_spin_button_get_adjustment (spin), "value",
                     G_SETTINGS_BIND_DEFAULT);
}

static void
limen_export_dialog_init (LimenExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  limen_child_window_part (GTK_WINDOW (self));
  limen_choices_show_whole (self->format_row);
  limen_choices_show_whole (self->appearance_row);
  bind_setting ("export-width", self->width_spin);
  bind_setting ("export-height", self->height_spin);
  bind_setting ("export-scale", self->scale_spin);
  g_signal_connect_swapped (self->format_row, "notify::selected", G_CALLBACK (format_changed_cb),
                            self);
  if (limen_settings ())
    adw_combo_row_set_selected (self->format_row,
                                (guint)g_settings_get_enum (limen_settings (), "export-format"));
}

void
limen_export_present (LimenTold told, GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  LimenExportDialog *self =
      g_object_new (LIMEN_TYPE_EXPORT_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  self->work = work_new (told);
  self->widget = widget;
  if (told.what) {
    g_autofree char *said = g_strdup_printf ("It shows %s.", told.what);
    g_autofree char *markup = g_markup_escape_text (said, -1);
    adw_preferences_group_set_description (self->group, markup);
  }
  adw_combo_row_set_selected (self->appearance_row,
                              adw_style_manager_get_dark (adw_style_manager_get_default ()));
  gtk_window_present (GTK_WINDOW (self));
}

void
limen_export_copy (LimenTold told, GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  GSettings *settings = limen_settings ();
  Work *work = work_new (told);
  work->scheme = limen_appearance_scheme ();
  work->picture = (LimenPicture){
      .format = LIMEN_PICTURE_PNG,
      .width = settings ? (guint)g_settings_get_int (settings, "export-width") : 1200,
      .height = settings ? (guint)g_settings_get_int (settings, "export-height") : 700,
      .scale = settings ? g_settings_get_int (settings, "export-scale") : 2,
  };
  start (work, draw_picture, copied_cb, widget);
}

#include "ui/detector/export.h"

#include "model/detect/report.h"
#include "ui/appearance.h"
#include "ui/job.h"
#include "ui/settings.h"
#include "ui/window.h"
#include "viz/detector-picture.h"
#include "viz/picture.h"

/* -- the picture, drawn and written on a thread of its own -- */

typedef struct {
  LimenExperiment *experiment;
  LimenDetector *detector;
  LimenHistogramView view;
  LimenScheme scheme;
  LimenPicture picture;
  char *path; /* NULL: for the clipboard */
} Export;

static void
export_free (Export *export)
{
  limen_experiment_free (export->experiment);
  limen_detector_free (export->detector);
  g_free (export->path);
  g_free (export);
}

static Export *
export_new (LimenDetectorSession *session, LimenHistogramView view)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (session);
  Export *export = g_new0 (Export, 1);
  export->experiment = limen_experiment_copy (limen_detector_session_experiment (session));
  export->detector = limen_detector_with_rule (analysis->detector, analysis->detector->rule);
  export->view = view;
  return export;
}

static LimenReport
report_of (const Export *export)
{
  return (LimenReport){
      .detector = export->detector,
      .nice = export->experiment->flow,
      .normal = {export->experiment->set[LIMEN_SET_NORMAL], NULL},
      .anomaly = {export->experiment->set[LIMEN_SET_ANOMALY], NULL},
  };
}

static gpointer
run_export (LimenJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  LimenReport report = report_of (export);
  g_autoptr (GHashTable) hashes = limen_report_hash_files (&report, cancellable, error);
  if (!hashes)
    return NULL;
  report.sha256 = hashes;
  g_auto (GStrv) text = limen_report_picture_text (&report);
  LimenDetectorPicture drawing = {export->detector, export->view, export->scheme};
  export->picture.draw = limen_detector_picture_draw;
  export->picture.user_data = &drawing;
  export->picture.text = (const char *const *)text;
  if (!export->path)
    return limen_picture_to_bytes (&export->picture, error);
  gboolean saved = limen_picture_save (&export->picture, export->path, error);
  return saved ? g_bytes_new (export->path, strlen (export->path)) : NULL;
}

static gpointer
run_export_scores (LimenJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  LimenReport report = report_of (export);
  gboolean saved = limen_report_save_scores (&report, export->path, error);
  return saved ? g_bytes_new (export->path, strlen (export->path)) : NULL;
}

static void
tell (GtkWidget *widget, const char *message)
{
  g_autofree char *title = g_markup_escape_text (message, -1);
  limen_window_add_toast (widget, adw_toast_new (title));
}

static void
saved_cb (gpointer result, const GError *error, gpointer owner)
{
  g_autoptr (GBytes) path = result;
  if (error) {
    tell (owner, error->message);
    return;
  }
  gsize size;
  const char *data = g_bytes_get_data (path, &size);
  g_autofree char *terminated = g_strndup (data, size);
  g_autofree char *base = g_path_get_basename (terminated);
  g_autofree char *shown = limen_display_name (base);
  g_autofree char *message = g_strdup_printf ("Saved as %s", shown);
  tell (owner, message);
}

static void
copied_cb (gpointer result, const GError *error, gpointer owner)
{
  g_autoptr (GBytes) png = result;
  g_autoptr (GError) bad = NULL;
  g_autoptr (GdkTexture) texture = png ? gdk_texture_new_from_bytes (png, &bad) : NULL;
  if (texture)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (owner), texture);
  tell (owner, texture ? "Picture copied" : error ? error->message : bad->message);
}

static void
start_export (Export *export, LimenJobRunFunc run, LimenJobDoneFunc done, GtkWidget *widget)
{
  limen_job_unref (limen_job_start (run, export, (GDestroyNotify)export_free,
                                    (GDestroyNotify)g_bytes_unref, done, widget));
}

/* -- where to -- */

typedef struct {
  Export *export;
  LimenJobRunFunc run;
  GtkWidget *widget;
  const char *extension;
} Place;

static void
place_chosen_cb (GtkNativeDialog *dialog, int response, Place *place)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  const char *path = file ? g_file_peek_path (file) : NULL;
  if (response == GTK_RESPONSE_ACCEPT && path) {
    gboolean has = g_str_has_suffix (path, place->extension);
    place->export->path = has ? g_strdup (path) : g_strconcat (path, place->extension, NULL);
    start_export (place->export, place->run, saved_cb, place->widget);
  } else
    export_free (place->export);
  g_object_unref (dialog);
  g_free (place);
}

static void
ask_place (Export *export, LimenJobRunFunc run, GtkWidget *widget, const char *title,
           const char *extension)
{
  Place *place = g_new (Place, 1);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strconcat ("limen-detector", extension, NULL);
  *place = (Place){export, run, widget, extension};
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (place_chosen_cb), place);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
limen_export_scores (LimenDetectorSession *session, GtkWidget *widget)
{
  ask_place (export_new (session, (LimenHistogramView){0}), run_export_scores, widget,
             "Export Scores", ".csv");
}

/* -- how large -- */

#define LIMEN_TYPE_EXPORT_DIALOG (limen_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LimenExportDialog, limen_export_dialog, LIMEN, EXPORT_DIALOG, AdwWindow)

struct _LimenExportDialog {
  AdwWindow parent_instance;

  AdwComboRow *format_row, *appearance_row;
  GtkSpinButton *width_spin, *height_spin, *scale_spin;
  GtkWidget *scale_action_row;

  LimenDetectorSession *session;
  LimenHistogramView view;
  GtkWidget *widget;
};

G_DEFINE_FINAL_TYPE (LimenExportDialog, limen_export_dialog, ADW_TYPE_WINDOW)

static void
save_clicked_cb (LimenExportDialog *self)
{
  static const char *const extensions[] = {".png", ".svg", ".pdf"};
  Export *export = export_new (self->session, self->view);
  guint format = adw_combo_row_get_selected (self->format_row);
  export->scheme = limen_scheme (adw_combo_row_get_selected (self->appearance_row) == 1, FALSE);
  export->picture = (LimenPicture){
      .format = format,
      .width = (guint)gtk_spin_button_get_value_as_int (self->width_spin),
      .height = (guint)gtk_spin_button_get_value_as_int (self->height_spin),
      .scale = gtk_spin_button_get_value (self->scale_spin),
  };
  GtkWidget *widget = self->widget;
  gtk_window_destroy (GTK_WINDOW (self));
  ask_place (export, run_export, widget, "Export Picture", extensions[format]);
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
  g_clear_object (&LIMEN_EXPORT_DIALOG (object)->session);
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
  BIND (format_row);
  BIND (appearance_row);
  BIND (width_spin);
  BIND (height_spin);
  BIND (scale_spin);
  BIND (scale_action_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bind_setting (const char *key, gpointer spin)
{
  if (limen_settings ())
    g_settings_bind (limen_settings (), key, gtk_spin_button_get_adjustment (spin), "value",
                     G_SETTINGS_BIND_DEFAULT);
}

static void
limen_export_dialog_init (LimenExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_setting ("export-width", self->width_spin);
  bind_setting ("export-height", self->height_spin);
  bind_setting ("export-scale", self->scale_spin);
  g_signal_connect_swapped (self->format_row, "notify::selected", G_CALLBACK (format_changed_cb),
                            self);
}

void
limen_export_dialog_present (LimenDetectorSession *session, LimenHistogramView view,
                             GtkWidget *widget)
{
  LimenExportDialog *self =
      g_object_new (LIMEN_TYPE_EXPORT_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  self->session = g_object_ref (session);
  self->view = view;
  self->widget = widget;
  adw_combo_row_set_selected (self->appearance_row,
                              adw_style_manager_get_dark (adw_style_manager_get_default ()));
  gtk_window_present (GTK_WINDOW (self));
}

void
limen_export_copy (LimenDetectorSession *session, LimenHistogramView view, GtkWidget *widget)
{
  GSettings *settings = limen_settings ();
  Export *export = export_new (session, view);
  export->scheme = limen_appearance_scheme ();
  export->picture = (LimenPicture){
      .format = LIMEN_PICTURE_PNG,
      .width = settings ? (guint)g_settings_get_int (settings, "export-width") : 1200,
      .height = settings ? (guint)g_settings_get_int (settings, "export-height") : 700,
      .scale = settings ? g_settings_get_int (settings, "export-scale") : 2,
  };
  start_export (export, run_export, copied_cb, widget);
}

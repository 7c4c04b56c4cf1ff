/* What leaves the gallery: its list as text or as a table, its images as files; beside the window.
 */
#include "ui/detector/gallery-window-private.h"

#include "model/base/replace-file.h"
#include "ui/export.h"
#include "ui/problems.h"
#include "ui/show-file.h"
#include "ui/study/detector/gallery-export.h"
#include "ui/toasts.h"
#include "ui/widgets.h"

#define TICK_MS 150

typedef struct {
  LimenGallery *gallery;
  guint *at; /* nullable: all */
  guint n;
  LimenLines lines;
  char *folder; /* nullable */
} Work;

/* (nullable): there is nothing to take along */
static Work *
work_new (LimenGalleryWindow *self)
{
  LimenGallery *gallery = limen_gallery_model_gallery (self->model);
  guint n;
  g_autofree guint *at = limen_gallery_window_chosen (self, &n);
  if (!gallery || gallery->n == 0 || (n > 0 && at[n - 1] >= gallery->n))
    return NULL;
  Work *work = g_new0 (Work, 1);
  work->gallery = limen_gallery_ref (gallery);
  work->at = n > 1 ? g_steal_pointer (&at) : NULL;
  work->n = n > 1 ? n : gallery->n;
  work->lines = limen_gallery_session_lines (self->session);
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;
  limen_gallery_unref (work->gallery);
  g_free (work->at);
  g_free (work->folder);
  g_free (work);
}

/* -- the list -- */

static gpointer
run_copy (gpointer data, const LimenRun *run, GError **error)
{
  const Work *work = data;
  return limen_gallery_csv (work->gallery, work->at, work->n, work->lines);
}

static void
copied_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenGalleryWindow *self = owner;
  g_autofree char *csv = result;
  if (!csv || !self->session)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), csv);
  limen_toasts_tell (GTK_WIDGET (self->grid), "List copied");
}

void
limen_gallery_work_copy (LimenGalleryWindow *self)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  Work *work = work_new (self);
  if (work)
    limen_job_unref (limen_job_start (run_copy, work, work_free, g_free, copied_cb, self));
}

static gboolean
write_text (FILE *stream, gpointer text, GError **error)
{
  fputs (text, stream);
  return TRUE; /* whether all was written, who opened it asks */
}

static gboolean
write_list (const char *path, gpointer data, GError **error)
{
  const Work *work = data;
  g_autofree char *csv = limen_gallery_csv (work->gallery, work->at, work->n, work->lines);
  return limen_replace_file (path, write_text, csv, error);
}

void
limen_gallery_work_list (LimenGalleryWindow *self)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  Work *work = work_new (self);
  if (!work)
    return;
  LimenTold told = {
      .name = "limen-images", .write = write_list, .data = work, .free_data = work_free};
  limen_export_table (told, GTK_WIDGET (self->grid), "Export List", ".csv");
}

/* -- images -- */

static gpointer
run_images (gpointer data, const LimenRun *run, GError **error)
{
  const Work *work = data;
  return limen_gallery_export (work->gallery, work->at, work->n, work->folder, run, error);
}

static void
show_working (LimenGalleryWindow *self)
{
  gboolean works = self->job != NULL;
  gtk_progress_bar_set_fraction (self->progress, works ? limen_job_fraction (self->job) : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->working), works);
  gtk_revealer_set_reveal_child (self->working, works);
}

static gboolean
tick_cb (gpointer self)
{
  show_working (self);
  return G_SOURCE_CONTINUE;
}

static void
show_folder_cb (AdwToast *toast, const char *folder)
{
  limen_show_in_folder (folder);
}

static void
tell_exported (LimenGalleryWindow *self, const LimenGalleryExport *exported)
{
  g_autofree char *words = limen_gallery_export_words (exported);
  g_autofree char *title = g_markup_escape_text (words, -1);
  if (exported->problems->len > 0) {
    g_object_unref (limen_problems_tell (GTK_WIDGET (self->grid), words, exported->problems));
    return;
  }
  AdwToast *toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, "Show in Folder");
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_folder_cb),
                         g_strdup (exported->folder), (GClosureNotify)(void (*) (void))g_free, 0);
  limen_toasts_add (GTK_WIDGET (self->grid), toast);
}

static void
exported_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenGalleryWindow *self = owner;
  g_autoptr (LimenGalleryExport) exported = result;
  g_clear_pointer (&self->job, limen_job_unref);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (!self->session) /* the window is gone */
    return;
  show_working (self);
  if (exported)
    tell_exported (self, exported);
  else
    limen_toasts_tell (GTK_WIDGET (self->grid),
                       g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                           ? "Cancelled; images that were written before stay."
                           : error->message);
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, LimenGalleryWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  const char *folder = file ? g_file_peek_path (file) : NULL;
  Work *work = response == GTK_RESPONSE_ACCEPT && folder && !self->job ? work_new (self) : NULL;
  g_object_set_data (G_OBJECT (self), "limen-folder-chooser", NULL);
  if (!work)
    return;
  work->folder = g_strdup (folder);
  self->job = limen_job_start (run_images, work, work_free,
                               (GDestroyNotify)limen_gallery_export_free, exported_cb, self);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
}

void
limen_gallery_work_images (LimenGalleryWindow *self)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  if (self->job)
    return;
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new ("Export Images into a Folder", GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, "_Export", NULL);
  g_object_set_data_full (G_OBJECT (self), "limen-folder-chooser", chooser, g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (folder_chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
limen_gallery_work_cancel (LimenGalleryWindow *self)
{
  g_return_if_fail (LIMEN_IS_GALLERY_WINDOW (self));
  if (self->job)
    limen_job_cancel (self->job);
}

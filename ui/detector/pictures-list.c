#include "ui/detector/pictures-list.h"

#include "ui/detector/explain-window.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

#define THUMBNAIL 36

typedef struct {
  guint id;
  AdwActionRow *row;
  GtkImage *image;
  GtkWidget *remove, *explain;
} Entry;

typedef struct {
  LimenPicturesSession *session;
  AdwPreferencesGroup *group;
  GArray *entries; /* Entry */
} List;

static const LimenDetector *
detector_of (List *self)
{
  return limen_detector_session_detector (limen_pictures_session_detector (self->session));
}

/* -- one row -- */

/* As the flow sees it */
static GdkTexture *
texture_of (LimenImageSet *image)
{
  gsize width = limen_image_set_width (image), height = limen_image_set_height (image);
  g_autofree float *grey = g_new (float, width *height);
  guint8 *pixels = g_new (guint8, 3 * width * height);
  limen_image_set_copy_rows (image, 0, 1, grey);
  for (gsize i = 0; i < 3 * width * height; i++)
    pixels[i] = (guint8)(255 * grey[i / 3] + 0.5f);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 3 * width * height);
  return gdk_memory_texture_new ((int)width, (int)height, GDK_MEMORY_R8G8B8, bytes, 3 * width);
}

static void
remove_cb (GtkButton *button, List *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = &g_array_index (self->entries, Entry, i);
    if (entry->remove == GTK_WIDGET (button)) {
      limen_pictures_session_remove (self->session, entry->id);
      return;
    }
  }
}

static void
explain_cb (GtkButton *button, List *self)
{
  const LimenPictures *pictures = limen_pictures_session_pictures (self->session);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  for (guint i = 0; i < self->entries->len && i < limen_pictures_n (pictures); i++) {
    const LimenSinglePicture *picture = limen_pictures_at (pictures, i);
    if (g_array_index (self->entries, Entry, i).explain == GTK_WIDGET (button) && picture->image)
      limen_explain_window_open_picture (GTK_WINDOW (root),
                                         limen_pictures_session_detector (self->session), picture);
  }
}

static void
add_entry (List *self, const LimenSinglePicture *picture)
{
  Entry entry = {.id = picture->id, .image = GTK_IMAGE (gtk_image_new ())};
  g_autofree char *remove = g_strdup_printf ("Remove %s", picture->name);
  g_autofree char *explain = g_strdup_printf ("Explain %s", picture->name);
  entry.row = limen_rows_row (self->group, picture->name, NULL);
  gtk_image_set_pixel_size (entry.image, THUMBNAIL);
  adw_action_row_add_prefix (entry.row, GTK_WIDGET (entry.image));
  adw_action_row_set_subtitle_lines (entry.row, 3);
  entry.explain = limen_rows_button (entry.row, "system-search-symbolic", explain, NULL);
  entry.remove = limen_rows_button (entry.row, "window-close-symbolic", remove, NULL);
  g_signal_connect (entry.remove, "clicked", G_CALLBACK (remove_cb), self);
  g_signal_connect (entry.explain, "clicked", G_CALLBACK (explain_cb), self);
  g_array_append_val (self->entries, entry);
}

static void
show_entry (List *self, Entry *entry, const LimenSinglePicture *picture, guint number)
{
  const LimenDetector *detector = detector_of (self);
  g_autofree char *line = limen_picture_line (picture, detector);
  g_autofree char *notes = limen_picture_notes (picture, detector);
  g_auto (GStrv) parts = g_strsplit (line, " = ", -1); /* no line ends within "p = 0.1" */
  g_autofree char *whole = g_strjoinv ("\u00a0=\u00a0", parts);
  g_autofree char *markup = g_markup_escape_text (whole, -1);
  g_autofree char *title =
      picture->path ? g_strdup_printf ("%u · %s", number, picture->name) : g_strdup (picture->name);
  g_autoptr (GdkTexture) texture = picture->image ? texture_of (picture->image) : NULL;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry->row), title);
  adw_action_row_set_subtitle (entry->row, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry->row), notes);
  limen_describe (entry->row, notes);
  gtk_widget_set_sensitive (entry->explain, picture->image != NULL);
  gtk_image_set_from_paintable (entry->image, texture ? GDK_PAINTABLE (texture) : NULL);
}

/* -- all of them -- */

static gboolean
has_same_rows (List *self, const LimenPictures *pictures)
{
  gboolean same = self->entries->len == limen_pictures_n (pictures);
  for (guint i = 0; same && i < self->entries->len; i++)
    same = g_array_index (self->entries, Entry, i).id == limen_pictures_at (pictures, i)->id;
  return same;
}

/* Rows stay while the pen draws: only others are made anew. */
static void
show (List *self)
{
  const LimenPictures *pictures = limen_pictures_session_pictures (self->session);
  if (!has_same_rows (self, pictures)) {
    for (guint i = 0; i < self->entries->len; i++)
      adw_preferences_group_remove (self->group,
                                    GTK_WIDGET (g_array_index (self->entries, Entry, i).row));
    g_array_set_size (self->entries, 0);
    for (guint i = 0; i < limen_pictures_n (pictures); i++)
      add_entry (self, limen_pictures_at (pictures, i));
  }
  adw_preferences_group_set_description (
      self->group, self->entries->len > 0 ? NULL : "Drop one to nine, or draw one.");
  for (guint i = 0; i < self->entries->len; i++)
    show_entry (self, &g_array_index (self->entries, Entry, i), limen_pictures_at (pictures, i),
                i + 1);
}

static void
list_free (gpointer data)
{
  List *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_array_unref (self->entries);
  g_free (self);
}

void
limen_pictures_list_add (GtkWidget *panel, LimenPicturesSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (panel) && LIMEN_IS_PICTURES_SESSION (session));
  GtkWidget *draw = gtk_button_new_with_label ("Draw…");
  List *self = g_new0 (List, 1);
  self->session = g_object_ref (session);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->group = limen_rows_group (panel, "Single pictures");
  gtk_widget_set_tooltip_text (draw, "Draw a picture, whose score follows the pen");
  gtk_widget_set_valign (draw, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (draw, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (draw), "detector.draw");
  adw_preferences_group_set_header_suffix (self->group, draw);
  limen_news_connect (session, "changed", G_CALLBACK (show), self);
  g_object_set_data_full (G_OBJECT (self->group), "limen-pictures-list", self, list_free);
  show (self);
}

#include "ui/game/page.h"

#include "ui/appearance.h"
#include "ui/game/animation.h"
#include "ui/game/export.h"
#include "ui/game/panel.h"
#include "ui/page-head.h"
#include "ui/page-layout.h"
#include "ui/playback.h"
#include "ui/tiles.h"
#include "ui/window.h"

#include <math.h>

#define A_FRAMES_WORK 4 /* milliseconds of a frame that iterations may take */

struct _LimenGamePage {
  AdwBin parent_instance;

  LimenPageHead *head;
  LimenGameSession *session;
  LimenGamePlots *plots;
  GActionMap *actions;
  GtkFileChooserNative *chooser;
  GtkButton *play;
  LimenJob *animation;
  guint tick;
  gboolean playing;
  gint64 last; /* frame time, microseconds */
  double due;  /* part of an iteration that is left over */
};

static void limen_game_page_page_init (LimenPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenGamePage, limen_game_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (LIMEN_TYPE_PAGE, limen_game_page_page_init))

static const LimenPlayback playback = {.play = "Play the method",
                                       .pause = "Pause the method",
                                       .step = "Step once",
                                       .reset = "Back to the points in hand",
                                       .group = "game"};

/* -- what is shown -- */

static void
show_words (LimenGamePage *self)
{
  LimenColour colour;
  g_autofree char *bold = NULL;
  g_autofree char *sentence = limen_game_session_sentence (self->session, &bold, &colour);
  limen_page_head_set_sentence (self->head, sentence, bold, colour);
}

static void
notice_cb (LimenGameSession *session, const char *message, LimenGamePage *self)
{
  g_autofree char *title = g_markup_escape_text (message, -1);
  limen_window_add_toast (GTK_WIDGET (self), adw_toast_new (title));
}

static void
set_playing (LimenGamePage *self, gboolean playing)
{
  if (playing == self->playing)
    return;
  self->playing = playing;
  self->last = 0;
  self->due = 0;
  limen_playback_show (self->play, &playback, playing);
  if (playing)
    limen_page_head_invite (self->head, NULL); /* taken */
}

/* Once a frame, while the page is seen. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (widget);
  double speed = limen_game_session_settings (self->session).speed;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 passed = self->last > 0 ? MIN (now - self->last, G_USEC_PER_SEC / 4) : 0;
  self->last = now;
  if (self->animation)
    limen_page_head_set_busy (self->head, TRUE, limen_job_fraction (self->animation), "Animation");
  if (!self->playing)
    return G_SOURCE_CONTINUE;
  self->due += speed * (double)passed / G_USEC_PER_SEC;
  guint64 n = speed == 0 ? G_MAXUINT64 : (guint64)self->due;
  self->due -= floor (self->due);
  if (n > 0)
    limen_game_session_advance (self->session, n, A_FRAMES_WORK);
  return G_SOURCE_CONTINUE;
}

static void
limen_game_page_map (GtkWidget *widget)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (widget);
  GTK_WIDGET_CLASS (limen_game_page_parent_class)->map (widget);
  self->tick = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
}

/* Nobody looks: the method waits. */
static void
limen_game_page_unmap (GtkWidget *widget)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (widget);
  gtk_widget_remove_tick_callback (widget, self->tick);
  set_playing (self, FALSE);
  GTK_WIDGET_CLASS (limen_game_page_parent_class)->unmap (widget);
}

/* -- what the user wants -- */

static void
chosen_cb (GtkNativeDialog *dialog, int response, LimenGamePage *self)
{
  if (response == GTK_RESPONSE_ACCEPT) {
    g_auto (GStrv) paths = limen_page_chosen_paths (GTK_FILE_CHOOSER (dialog));
    if (paths[0])
      limen_game_session_open (self->session, paths[0]);
  }
  g_clear_object (&self->chooser);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new ("Open Payoffs", window, GTK_FILE_CHOOSER_ACTION_OPEN,
                                               NULL, NULL);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static LimenExport
export_of (LimenGamePage *self)
{
  return limen_game_export (self->session, limen_game_plots_field (self->plots));
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_export_present (export_of (data), GTK_WIDGET (data));
}

static void
export_scores_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_export_table (export_of (data), GTK_WIDGET (data), "Export Numbers", ".csv");
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_export_copy (export_of (data), GTK_WIDGET (data));
}

/* -- an animation -- */

static void
animated_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenGamePage *self = owner;
  g_autoptr (GBytes) path = result;
  g_clear_pointer (&self->animation, limen_job_unref);
  limen_page_head_set_busy (self->head, FALSE, 0, NULL);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    notice_cb (self->session, error->message, self);
  if (!path)
    return;
  g_autofree char *whole = g_strndup (g_bytes_get_data (path, NULL), g_bytes_get_size (path));
  g_autofree char *base = g_path_get_basename (whole), *name = limen_display_name (base);
  g_autofree char *message = g_strdup_printf ("Saved as %s", name);
  notice_cb (self->session, message, self);
}

static void
animation_place_cb (GtkNativeDialog *dialog, int response, LimenGamePage *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  const char *path = file ? g_file_peek_path (file) : NULL;
  if (response == GTK_RESPONSE_ACCEPT && path)
    self->animation = limen_game_animate (self->session, limen_game_plots_field (self->plots),
                                          limen_appearance_scheme (), path, animated_cb, self);
  g_clear_object (&self->chooser);
}

static void
animation_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  if (!limen_game_session_has_triangles (self->session)) {
    notice_cb (self->session, "Only games of three strategies a player have triangles that move.",
               self);
    return;
  }
  if (self->animation)
    return; /* one at a time */
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new ("Export Animation", window,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), "limen-game.png");
  g_signal_connect (self->chooser, "response", G_CALLBACK (animation_place_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (((LimenGamePage *)data)->animation)
    limen_job_cancel (((LimenGamePage *)data)->animation);
}

static void
play_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  set_playing (self, !self->playing);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  set_playing (self, FALSE);
  limen_game_session_advance (self->session, 1, A_FRAMES_WORK);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  set_playing (self, FALSE);
  limen_game_session_reset (self->session);
}

static const GActionEntry action_entries[] = {
    {.name = "open", .activate = open_cb},
    {.name = "export", .activate = export_cb},
    {.name = "export-scores", .activate = export_scores_cb},
    {.name = "copy", .activate = copy_cb},
    {.name = "export-animation", .activate = animation_cb},
    {.name = "cancel", .activate = cancel_cb},
    {.name = "play", .activate = play_cb},
    {.name = "step", .activate = step_cb},
    {.name = "reset", .activate = reset_cb},
};

/* A table of payoffs; what else may be in a CSV file, other pages know. */
static gboolean
accepts (LimenPage *page, const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return gtk_widget_get_mapped (GTK_WIDGET (page)) &&
         (g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".txt") ||
          g_str_has_suffix (lower, ".tsv"));
}

static void
open_paths (LimenPage *page, const char *const *paths)
{
  limen_game_session_open (LIMEN_GAME_PAGE (page)->session, paths[0]);
}

static void
limen_game_page_page_init (LimenPageInterface *iface)
{
  iface->accepts = accepts;
  iface->open = open_paths;
}

/* -- the object -- */

static void
limen_game_page_dispose (GObject *object)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->animation)
    limen_job_cancel (self->animation);
  adw_bin_set_child (ADW_BIN (self), NULL); /* before what it borrows */
  g_clear_pointer (&self->plots, limen_game_plots_free);
  g_clear_object (&self->session);
  g_clear_object (&self->chooser);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limen_game_page_parent_class)->dispose (object);
}

static void
limen_game_page_class_init (LimenGamePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_game_page_dispose;
  widget_class->map = limen_game_page_map;
  widget_class->unmap = limen_game_page_unmap;
}

static GtkWidget *
area (LimenGamePage *self, LimenGameArea which)
{
  return GTK_WIDGET (limen_game_plots_area (self->plots, which));
}

static GtkWidget *
player_with_buttons (LimenGamePage *self)
{
  GtkWidget *overlay = gtk_overlay_new (), *box = limen_playback_new (&playback, &self->play);
  gtk_widget_set_halign (box, GTK_ALIGN_START); /* where the triangle leaves room at any width */
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_set_margin_top (box, 34);
  gtk_widget_set_margin_start (box, 10);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), area (self, LIMEN_GAME_B));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), box);
  return overlay;
}

static GtkWidget *
main_column (LimenGamePage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  LimenTiles *tiles = g_object_new (LIMEN_TYPE_TILES, "vexpand", TRUE, NULL);
  self->head = limen_page_head_new ();
  limen_page_head_invite (self->head, "Drag the two rings until the gap is zero, or press play and "
                                      "see which method gets there.");
  gtk_widget_add_css_class (column, "page");
  limen_tiles_add (tiles, area (self, LIMEN_GAME_A), 0, 0.5, 0.57, 360);
  limen_tiles_add (tiles, player_with_buttons (self), 0, 0.5, 0.57, 360);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_BAR), 1, 1, 0.08, 74);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_RACE), 2, 0.44, 0.35, 300);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_KEPT), 2, 0.33, 0.35, 260);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_SPECTRUM), 2, 0.23, 0.35, 300);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (column),
                  limen_page_head_overlay (self->head, GTK_WIDGET (tiles), "game.cancel"));
  return column;
}

static void
limen_game_page_init (LimenGamePage *self)
{
  LimenPageLayout *layout = g_object_new (LIMEN_TYPE_PAGE_LAYOUT, NULL);
  self->session = limen_game_session_new ();
  self->plots = limen_game_plots_new (self->session);
  self->actions = limen_page_add_actions (LIMEN_PAGE (self), "game", action_entries,
                                          G_N_ELEMENTS (action_entries));
  limen_page_layout_set_main (layout, main_column (self));
  limen_page_layout_set_panel (layout,
                               GTK_WIDGET (limen_game_panel_new (self->session, self->plots)));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (layout));
  g_signal_connect_swapped (self->session, "points-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "game-changed", G_CALLBACK (show_words), self);
  g_signal_connect (self->session, "notice", G_CALLBACK (notice_cb), self);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_words);
  show_words (self);
}

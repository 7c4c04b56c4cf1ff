#include "ui/prior/page.h"

#include "ui/appearance.h"
#include "ui/page-head.h"
#include "ui/page-layout.h"
#include "ui/playback.h"
#include "ui/prior/export.h"
#include "ui/prior/panel.h"
#include "ui/prior/plots.h"
#include "ui/tiles.h"
#include "ui/toasts.h"

struct _LimenPriorPage {
  AdwBin parent_instance;

  LimenPageHead *head;
  LimenPriorSession *session;
  LimenPriorPlots *plots;
  GActionMap *actions;
  GtkButton *play;
  gboolean shows_pause;
  guint tick; /* 0: nothing moves */
};

static void limen_prior_page_page_init (LimenPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenPriorPage, limen_prior_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (LIMEN_TYPE_PAGE, limen_prior_page_page_init))

static const LimenPlayback playback = {
    .play = "Play", .pause = "Pause", .step = "One step", .reset = "Reset", .group = "prior"};

/* -- what is shown -- */

static void
show_words (LimenPriorPage *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  g_autofree char *sentence =
      limen_duel_sentence (limen_prior_session_duel (self->session), state->view.parameter);
  limen_page_head_set_sentence (self->head, sentence, "[0-9.\u2009]+ times", LIMEN_COLOUR_SECOND);
  if (state->duel.shift != 0)
    limen_page_head_invite (self->head, NULL); /* taken */
}

static void
race_moved_cb (LimenPriorPage *self)
{
  const LimenRaceView *view = limen_prior_session_view (self->session);
  gboolean pause = view && view->is_playing;
  if (pause == self->shows_pause)
    return;
  self->shows_pause = pause;
  limen_playback_show (self->play, &playback, pause);
}

/* Once a frame, while the page is seen and the race, which goes on by itself, does not rest. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  LimenPriorPage *self = LIMEN_PRIOR_PAGE (widget);
  limen_prior_session_look (self->session);
  if (!limen_prior_session_rests (self->session))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
race_asked_cb (LimenPriorPage *self)
{
  if (!self->tick && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
limen_prior_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limen_prior_page_parent_class)->map (widget);
  race_asked_cb (LIMEN_PRIOR_PAGE (widget));
}

/* Nobody looks: the race waits. */
static void
limen_prior_page_unmap (GtkWidget *widget)
{
  LimenPriorPage *self = LIMEN_PRIOR_PAGE (widget);
  GTK_WIDGET_CLASS (limen_prior_page_parent_class)->unmap (widget);
  limen_prior_session_play (self->session, FALSE);
  if (self->tick)
    gtk_widget_remove_tick_callback (widget, self->tick);
  self->tick = 0;
}

/* -- what the user wants -- */

static void
play_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenPriorPage *self = data;
  const LimenRaceView *view = limen_prior_session_view (self->session);
  limen_prior_session_play (self->session, !view || !view->is_playing);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_prior_session_step (((LimenPriorPage *)data)->session);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_prior_session_reset (((LimenPriorPage *)data)->session);
}

static void
optimal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_prior_session_optimal_lambda (((LimenPriorPage *)data)->session);
}

/* Ctrl+R: other draws */
static void
resample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenPriorPage *self = data;
  const LimenPriorState *state = limen_prior_session_state (self->session);
  LimenDuelSettings settings = state->duel;
  settings.seed++;
  g_auto (LimenPriorState) next = limen_prior_state_with_duel (state, &settings);
  limen_prior_session_set (self->session, &next);
}

static const GActionEntry action_entries[] = {
    {"play", play_cb},       {"step", step_cb},         {"reset", reset_cb},
    {"optimal", optimal_cb}, {"resample", resample_cb},
};

static gboolean
accepts (LimenPage *page, const char *path)
{
  return TRUE;
}

static void
open_paths (LimenPage *page, const char *const *paths)
{
  limen_prior_session_open (LIMEN_PRIOR_PAGE (page)->session, paths);
}

static LimenExport
export_shown (LimenPage *page)
{
  return limen_prior_export (LIMEN_PRIOR_PAGE (page)->session);
}

static void
limen_prior_page_page_init (LimenPageInterface *iface)
{
  iface->open_title = "Open Points, Images or a Case";
  iface->folder_title = "Open a Folder of Images";
  iface->table_title = "Export Numbers";
  iface->export = export_shown;
  iface->accepts = accepts;
  iface->open = open_paths;
}

/* -- the object -- */

static void
limen_prior_page_dispose (GObject *object)
{
  LimenPriorPage *self = LIMEN_PRIOR_PAGE (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  adw_bin_set_child (ADW_BIN (self), NULL); /* before what it borrows */
  g_clear_pointer (&self->plots, limen_prior_plots_free);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (limen_prior_page_parent_class)->dispose (object);
}

static void
limen_prior_page_class_init (LimenPriorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_prior_page_dispose;
  widget_class->map = limen_prior_page_map;
  widget_class->unmap = limen_prior_page_unmap;
}

static GtkWidget *
area (LimenPriorPage *self, LimenPriorArea which)
{
  return GTK_WIDGET (limen_prior_plots_area (self->plots, which));
}

static GtkWidget *
race_with_buttons (LimenPriorPage *self)
{
  GtkWidget *overlay = gtk_overlay_new (), *box = limen_playback_new (&playback, &self->play);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), area (self, LIMEN_PRIOR_RACE));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), box);
  limen_plot_area_set_corner (limen_prior_plots_area (self->plots, LIMEN_PRIOR_RACE), box);
  return overlay;
}

static GtkWidget *
main_column (LimenPriorPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  LimenTiles *tiles = g_object_new (LIMEN_TYPE_TILES, "vexpand", TRUE, NULL);
  self->head = limen_page_head_new ();
  limen_page_head_invite (self->head, "Add 100 to log p. Which of the clouds moves?");
  gtk_widget_add_css_class (column, "page");
  limen_tiles_add (tiles, area (self, LIMEN_PRIOR_DUEL), 0, 0.5, 0.53, 380);
  limen_tiles_add (tiles, race_with_buttons (self), 0, 0.5, 0.53, 300);
  limen_tiles_add (tiles, area (self, LIMEN_PRIOR_VARIANCE), 1, 0.5, 0.47, 280);
  limen_tiles_add (tiles, area (self, LIMEN_PRIOR_PLANES), 1, 0.5, 0.47, 420);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (tiles));
  return column;
}

static void
limen_prior_page_init (LimenPriorPage *self)
{
  LimenPageLayout *layout = g_object_new (LIMEN_TYPE_PAGE_LAYOUT, NULL);
  self->session = limen_prior_session_new ();
  self->plots = limen_prior_plots_new (self->session);
  self->actions = limen_page_add_actions (LIMEN_PAGE (self), "prior", action_entries,
                                          G_N_ELEMENTS (action_entries));
  limen_page_layout_set_main (layout, main_column (self));
  limen_page_layout_set_panel (layout, GTK_WIDGET (limen_prior_panel_new (self->session)));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (layout));
  g_signal_connect_swapped (self->session, "view-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "duel-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "race-moved", G_CALLBACK (race_moved_cb), self);
  g_signal_connect_swapped (self->session, "race-asked", G_CALLBACK (race_asked_cb), self);
  g_signal_connect_swapped (self->session, "notice", G_CALLBACK (limen_toasts_tell), self);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_words);
  show_words (self);
}

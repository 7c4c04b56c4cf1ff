#include "ui/game/page.h"

#include "ui/appearance.h"
#include "ui/game/animation-dialog.h"
#include "ui/game/certificate-view.h"
#include "ui/game/panel.h"
#include "ui/game/plots.h"
#include "ui/playback.h"
#include "ui/study/game/animation.h"
#include "ui/study/game/lesson.h"
#include "ui/study/game/told.h"
#include "ui/tiles.h"
#include "ui/toasts.h"
#include "ui/widgets.h"

#include <math.h>

#define A_FRAMES_WORK 4 /* milliseconds of a frame that iterations may take */

struct _LimenGamePage {
  LimenPageFrame parent_instance;

  GtkButton *play;
  GtkToggleButton *certify;
  GtkWidget *certificate;
  LimenGameAnimation how; /* as it was chosen last */
  LimenJob *animation;
  gboolean playing;
  double due; /* part of an iteration that is left over */

  LimenGameSession *session; /* the frame's, as */
  LimenGamePlots *plots;
};

static void limen_game_page_page_init (LimenPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenGamePage, limen_game_page, LIMEN_TYPE_PAGE_FRAME,
                               G_IMPLEMENT_INTERFACE (LIMEN_TYPE_PAGE, limen_game_page_page_init))

static const LimenPlayback playback = {.play = "Play the method",
                                       .pause = "Pause the method",
                                       .step = "Step once",
                                       .reset = "Back to the points in hand",
                                       .group = "game"};

static LimenPageHead *
head (LimenGamePage *self)
{
  return limen_page_frame_head (LIMEN_PAGE_FRAME (self));
}

/* -- what is shown -- */

static void
show_words (LimenGamePage *self)
{
  LimenColour colour;
  g_autofree char *bold = NULL;
  g_autofree char *sentence = limen_game_session_sentence (self->session, &bold, &colour);
  limen_page_head_set_sentence (head (self), sentence, bold, colour);
}

static void place_buttons (LimenGamePage *self);

static gboolean
rests (LimenGamePage *self)
{
  return !self->playing && !self->animation && limen_game_session_rests (self->session);
}

static void
wake (LimenGamePage *self)
{
  if (!rests (self))
    limen_page_frame_wake (LIMEN_PAGE_FRAME (self));
}

static void
set_playing (LimenGamePage *self, gboolean playing)
{
  if (playing == self->playing)
    return;
  self->playing = playing;
  self->due = 0;
  limen_playback_show (self->play, &playback, playing);
  wake (self);
  if (playing)
    limen_page_head_invite (head (self), NULL); /* taken */
}

/* Iterations of @seconds, to where the race ends. */
static void
play_on (LimenGamePage *self, double seconds)
{
  const LimenGameSettings *settings = &limen_game_session_state (self->session)->settings;
  guint64 k = limen_game_session_run (self->session)->k;
  guint64 left = settings->iterations > k ? settings->iterations - k : 0;
  self->due += settings->speed * seconds;
  guint64 n = settings->speed == 0 ? left : MIN ((guint64)self->due, left);
  self->due -= floor (self->due);
  if (left == 0)
    set_playing (self, FALSE);
  else if (n > 0)
    limen_game_session_advance (self->session, n, A_FRAMES_WORK);
}

static gboolean
limen_game_page_tick (LimenPageFrame *frame, double seconds)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (frame);
  if (self->animation)
    limen_page_head_set_busy (head (self), TRUE, limen_job_fraction (self->animation), "Animation");
  if (self->playing)
    play_on (self, seconds);
  else
    limen_game_session_go_on (self->session);
  return !rests (self);
}

static void
limen_game_page_map (GtkWidget *widget)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  place_buttons (self);
  GTK_WIDGET_CLASS (limen_game_page_parent_class)->map (widget);
  if (!focus || !gtk_widget_is_ancestor (focus, widget)) /* keys are for what is seen */
    gtk_widget_grab_focus (GTK_WIDGET (limen_game_plots_area (self->plots, LIMEN_GAME_A)));
}

/* Nobody looks: the method waits. */
static void
limen_game_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limen_game_page_parent_class)->unmap (widget);
  set_playing (LIMEN_GAME_PAGE (widget), FALSE);
}

/* -- an animation -- */

static void
set_animation (LimenGamePage *self, LimenJob *job)
{
  g_clear_pointer (&self->animation, limen_job_unref);
  self->animation = job;
  if (!head (self)) /* the window may be gone when the last frame is done */
    return;
  limen_page_head_set_busy (head (self), job != NULL, 0, "Animation");
  wake (self);
}

static void
animated_cb (gpointer result, const GError *error, gpointer owner)
{
  g_autoptr (GBytes) path = result;
  set_animation (owner, NULL);
  limen_export_tell_saved (owner, path, error);
}

/* An ending that is one of a format decides; any other name gets that of the format chosen. */
static void
animate (LimenPage *page, const char *const *paths)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (page);
  LimenGameAnimation how = self->how;
  LimenAnimationFormat named = limen_animation_format_of (paths[0]);
  gboolean is_one = named < LIMEN_N_ANIMATION_FORMATS;
  g_autofree char *path =
      g_strconcat (paths[0], is_one ? "" : limen_animation_extension (how.format), NULL);
  how.format = is_one ? named : how.format;
  set_animation (self, limen_game_animate (self->session, &how, limen_appearance_scheme (), path,
                                           animated_cb, self));
}

static void
how_chosen_cb (GtkWidget *owner, const LimenGameAnimation *how)
{
  g_autofree char *name = g_strconcat ("limen-game", limen_animation_extension (how->format), NULL);
  LIMEN_GAME_PAGE (owner)->how = *how;
  limen_page_choose_place (LIMEN_PAGE (owner), "Export Animation", name, animate);
}

static void
animation_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  if (self->animation)
    limen_toasts_tell (data, "An animation is being drawn; cancel it, or wait for its end.");
  else if (!limen_game_state_has_triangles (limen_game_session_state (self->session)))
    limen_toasts_tell (data, "Only games of three strategies a player have triangles that move.");
  else
    limen_animation_dialog_present (data, &self->how, how_chosen_cb);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (((LimenGamePage *)data)->animation)
    limen_job_cancel (((LimenGamePage *)data)->animation);
}

/* -- the run -- */

static void
play_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenGamePage *self = data;
  guint64 k = limen_game_session_run (self->session)->k;
  if (!self->playing && k >= limen_game_session_state (self->session)->settings.iterations)
    limen_game_session_reset (self->session); /* from its end, once more */
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
    {.name = "export-animation", .activate = animation_cb},
    {.name = "cancel", .activate = cancel_cb},
    {.name = "play", .activate = play_cb},
    {.name = "step", .activate = step_cb},
    {.name = "reset", .activate = reset_cb},
};

static void
open_paths (LimenPage *page, const char *const *paths)
{
  limen_game_session_open (LIMEN_GAME_PAGE (page)->session, paths[0]);
}

static const LimenZone zones[] = {
    {"payoffs", "Payoffs", "the points for B, a row for each strategy of A (CSV)", NULL,
     LIMEN_KIND_PAYOFFS},
    {NULL},
};

static LimenTold
export_shown (LimenPage *page)
{
  return limen_game_session_told (LIMEN_GAME_PAGE (page)->session);
}

static void
limen_game_page_page_init (LimenPageInterface *iface)
{
  iface->open_title = "Open Payoffs";
  iface->table_title = "Export Numbers";
  iface->takes = LIMEN_KIND_PAYOFFS;
  iface->zones = zones;
  iface->open = open_paths;
  iface->export = export_shown;
}

/* -- the object -- */

static void
limen_game_page_dispose (GObject *object)
{
  LimenGamePage *self = LIMEN_GAME_PAGE (object);
  if (self->animation)
    limen_job_cancel (self->animation);
  G_OBJECT_CLASS (limen_game_page_parent_class)->dispose (object);
}

static void
limen_game_page_class_init (LimenGamePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_game_page_dispose;
  widget_class->map = limen_game_page_map;
  widget_class->unmap = limen_game_page_unmap;
  LIMEN_PAGE_FRAME_CLASS (klass)->tick = limen_game_page_tick;
}

static GtkWidget *
area (LimenGamePage *self, LimenGameArea which)
{
  return GTK_WIDGET (limen_game_plots_area (self->plots, which));
}

/* Below the titles of the triangles, however large their letters are */
static void
place_buttons (LimenGamePage *self)
{
  LimenChartStyle style = limen_plot_area_style (limen_game_plots_area (self->plots, LIMEN_GAME_B));
  int below = (int)ceil (2.8 * style.font_size);
  gtk_widget_set_margin_top (gtk_widget_get_parent (GTK_WIDGET (self->play)), below);
  gtk_widget_set_margin_top (GTK_WIDGET (self->certify), below);
}

/* Where the triangle leaves room at any width */
static GtkWidget *
with_buttons (GtkWidget *player, GtkWidget *buttons)
{
  GtkWidget *overlay = gtk_overlay_new ();
  gtk_widget_set_halign (buttons, GTK_ALIGN_START);
  gtk_widget_set_valign (buttons, GTK_ALIGN_START);
  gtk_widget_set_margin_start (buttons, 10);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), player);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), buttons);
  return overlay;
}

/* -- the certificate, in place of the methods -- */

static void
show_certificate (LimenGamePage *self)
{
  gboolean on = limen_game_session_state (self->session)->view.certificate;
  gtk_toggle_button_set_active (self->certify, on);
  for (LimenGameArea which = LIMEN_GAME_CURVES; which <= LIMEN_GAME_SPECTRUM; which++)
    gtk_widget_set_visible (area (self, which), !on);
  gtk_widget_set_visible (self->certificate, on);
}

static void
certify_cb (LimenGamePage *self)
{
  const LimenGameState *state = limen_game_session_state (self->session);
  LimenGameView view = state->view;
  view.certificate = gtk_toggle_button_get_active (self->certify);
  g_auto (LimenGameState) next = limen_game_state_with_view (state, &view);
  limen_game_session_set (self->session, &next);
}

static GtkWidget *
certify_button (LimenGamePage *self)
{
  GtkWidget *button = gtk_toggle_button_new_with_label ("Certificate");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_tooltip_text (button, "Why the solution is one, to be checked by hand");
  self->certify = GTK_TOGGLE_BUTTON (button);
  limen_follow (self, button, "toggled", G_CALLBACK (certify_cb));
  return button;
}

static GtkWidget *
tiles_of (LimenGamePage *self)
{
  LimenTiles *tiles = g_object_new (LIMEN_TYPE_TILES, "vexpand", TRUE, NULL);
  GtkWidget *a = with_buttons (area (self, LIMEN_GAME_A), certify_button (self));
  GtkWidget *b =
      with_buttons (area (self, LIMEN_GAME_B), limen_playback_new (&playback, &self->play));
  self->certificate = limen_certificate_view_new (self->session);
  limen_tiles_add (tiles, a, 0, 0.5, 0.57, 360);
  limen_tiles_add (tiles, b, 0, 0.5, 0.57, 360);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_BAR), 1, 1, 0.08, 74);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_CURVES), 2, 0.44, 0.35, 300);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_KEPT), 2, 0.33, 0.35, 260);
  limen_tiles_add (tiles, area (self, LIMEN_GAME_SPECTRUM), 2, 0.23, 0.35, 300);
  limen_tiles_add (tiles, self->certificate, 2, 1, 0.35, 420);
  return GTK_WIDGET (tiles);
}

static void
limen_game_page_init (LimenGamePage *self)
{
  LimenPageFrame *frame = LIMEN_PAGE_FRAME (self);
  self->session = limen_game_session_new ();
  self->how = limen_game_animation_usual ();
  self->plots = limen_game_plots_new (self->session);
  limen_page_frame_begin (frame, "game", action_entries, G_N_ELEMENTS (action_entries),
                          self->session, self->plots, (GDestroyNotify)limen_game_plots_free);
  limen_page_head_reserve (head (self), "From here B can gain 0.86 points with rock or "
                                        "scissors; only the centre gives no one a reason to move.");
  limen_page_head_invite (head (self),
                          "Drag the two rings until the gap is zero, or press play and "
                          "see which method gets there.");
  limen_page_frame_append (frame, tiles_of (self));
  limen_page_frame_finish (frame, NULL, "game.cancel",
                           GTK_WIDGET (limen_game_panel_new (self->session)));
  limen_page_frame_set_lesson (frame, limen_game_lesson ());
  g_signal_connect_swapped (self->session, "points-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "moment-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "settings-changed", G_CALLBACK (show_certificate), self);
  g_signal_connect_swapped (self->session, "game-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "run-changed", G_CALLBACK (wake), self);
  g_signal_connect_swapped (self->session, "notice", G_CALLBACK (limen_toasts_tell), self);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_words);
  show_certificate (self);
  show_words (self);
}

#include "ui/prior/page.h"

#include "ui/appearance.h"
#include "ui/playback.h"
#include "ui/prior/findings.h"
#include "ui/prior/panel.h"
#include "ui/prior/plots.h"
#include "ui/study/prior/lesson.h"
#include "ui/study/prior/told.h"
#include "ui/tiles.h"
#include "ui/toasts.h"

struct _LimenPriorPage {
  LimenPageFrame parent_instance;

  GtkButton *play;
  gboolean shows_pause;

  LimenPriorSession *session; /* the frame's, as */
  LimenPriorPlots *plots;
};

static void limen_prior_page_page_init (LimenPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenPriorPage, limen_prior_page, LIMEN_TYPE_PAGE_FRAME,
                               G_IMPLEMENT_INTERFACE (LIMEN_TYPE_PAGE, limen_prior_page_page_init))

static const LimenPlayback playback = {
    .play = "Play", .pause = "Pause", .step = "One step", .reset = "Reset", .group = "prior"};

static LimenPageHead *
head (LimenPriorPage *self)
{
  return limen_page_frame_head (LIMEN_PAGE_FRAME (self));
}

/* -- what is shown -- */

static void
show_words (LimenPriorPage *self)
{
  const LimenPriorState *state = limen_prior_session_state (self->session);
  g_autofree char *sentence =
      limen_duel_sentence (limen_prior_session_duel (self->session), state->view.parameter);
  limen_page_head_set_sentence (head (self), sentence, "[0-9.\u2009]+ times", LIMEN_COLOUR_SECOND);
  if (state->duel.shift != 0)
    limen_page_head_invite (head (self), NULL); /* taken */
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

/* While the race, which goes on by itself, does not rest */
static gboolean
limen_prior_page_tick (LimenPageFrame *frame, double seconds)
{
  LimenPriorPage *self = LIMEN_PRIOR_PAGE (frame);
  limen_prior_session_look (self->session);
  return !limen_prior_session_rests (self->session);
}

/* Nobody looks: the race waits. */
static void
limen_prior_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limen_prior_page_parent_class)->unmap (widget);
  limen_prior_session_play (LIMEN_PRIOR_PAGE (widget)->session, FALSE);
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

static void
open_paths (LimenPage *page, const char *const *paths)
{
  limen_prior_session_open (LIMEN_PRIOR_PAGE (page)->session, paths);
}

static void
start_paths (LimenPage *page, const char *const *paths)
{
  limen_prior_session_start (LIMEN_PRIOR_PAGE (page)->session, paths);
}

/* What may be points and images is what the place says. */
static void
open_in (LimenPage *page, const LimenZone *zone, const char *const *paths)
{
  limen_prior_session_open_as (LIMEN_PRIOR_PAGE (page)->session, paths, zone->takes);
}

static const LimenZone zones[] = {
    {"points", "Points", "a table of numbers, a point in each row (CSV)", NULL, LIMEN_KIND_POINTS},
    {"images", "Images", "each is a point, of as many numbers as pixels", NULL, LIMEN_KIND_IMAGES},
    {"case", "Case", "a model, an observation and a proposal (JSON)", NULL, LIMEN_KIND_CASE},
    {"data", "Points", NULL, NULL, LIMEN_KIND_POINTS | LIMEN_KIND_IMAGES},
    {NULL},
};

static LimenTold
export_shown (LimenPage *page)
{
  return limen_prior_session_told (LIMEN_PRIOR_PAGE (page)->session);
}

static void
limen_prior_page_page_init (LimenPageInterface *iface)
{
  iface->open_title = "Open Points, Images or a Case";
  iface->folder_title = "Open a Folder of Images";
  iface->table_title = "Export Numbers";
  iface->export = export_shown;
  iface->takes = LIMEN_KIND_CASE | LIMEN_KIND_POINTS | LIMEN_KIND_IMAGES;
  iface->zones = zones;
  iface->open = open_paths;
  iface->start = start_paths;
  iface->open_in = open_in;
}

/* -- the object -- */

static void
limen_prior_page_class_init (LimenPriorPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->unmap = limen_prior_page_unmap;
  LIMEN_PAGE_FRAME_CLASS (klass)->tick = limen_prior_page_tick;
}

static GtkWidget *
area (LimenPriorPage *self, LimenPriorArea which)
{
  return GTK_WIDGET (limen_prior_plots_area (self->plots, which));
}

static GtkWidget *
race_with_buttons (LimenPriorPage *self)
{
  return limen_plot_area_with_corner (limen_prior_plots_area (self->plots, LIMEN_PRIOR_RACE),
                                      limen_playback_new (&playback, &self->play));
}

static GtkWidget *
tiles_of (LimenPriorPage *self)
{
  LimenTiles *tiles = g_object_new (LIMEN_TYPE_TILES, "vexpand", TRUE, NULL);
  limen_tiles_add (tiles, area (self, LIMEN_PRIOR_DUEL), 0, 0.5, 0.53, 380);
  limen_tiles_add (tiles, race_with_buttons (self), 0, 0.5, 0.53, 300);
  limen_tiles_add (tiles, area (self, LIMEN_PRIOR_VARIANCE), 1, 0.5, 0.47, 280);
  limen_tiles_add (tiles, area (self, LIMEN_PRIOR_PLANES), 1, 0.5, 0.47, 420);
  return GTK_WIDGET (tiles);
}

static void
limen_prior_page_init (LimenPriorPage *self)
{
  LimenPageFrame *frame = LIMEN_PAGE_FRAME (self);
  self->session = limen_prior_session_new ();
  self->plots = limen_prior_plots_new (self->session);
  limen_page_frame_begin (frame, "prior", action_entries, G_N_ELEMENTS (action_entries),
                          self->session, self->plots, (GDestroyNotify)limen_prior_plots_free);
  limen_page_head_reserve (
      head (self), "For one more correct decimal, the log-derivative trick without a baseline "
                   "needs 12\u2009345 times the samples of reparameterization here.");
  limen_page_head_invite (head (self), "Add 100 to log p. Which of the clouds moves?");
  limen_page_frame_append (frame, GTK_WIDGET (limen_prior_findings_new (self->session)));
  limen_page_frame_append (frame, tiles_of (self));
  limen_page_frame_finish (frame, NULL, NULL, GTK_WIDGET (limen_prior_panel_new (self->session)));
  limen_page_frame_set_lesson (frame, limen_prior_lesson ());
  g_signal_connect_swapped (self->session, "view-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "duel-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "race-moved", G_CALLBACK (race_moved_cb), self);
  g_signal_connect_swapped (self->session, "race-asked", G_CALLBACK (limen_page_frame_wake), self);
  g_signal_connect_swapped (self->session, "notice", G_CALLBACK (limen_toasts_tell), self);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_words);
  show_words (self);
}

#include "ui/bound/page.h"

#include "model/bound/sentences.h"
#include "ui/appearance.h"
#include "ui/bound/panel.h"
#include "ui/bound/set-window.h"
#include "ui/samples/sample-grid.h"
#include "ui/steady-label.h"
#include "ui/study/bound/lesson.h"
#include "ui/study/bound/told.h"
#include "ui/tiles.h"
#include "ui/toasts.h"
#include "ui/widgets.h"

#define STRIP 14u /* images to pick from */

struct _LimenBoundPage {
  LimenPageFrame parent_instance;

  LimenSteadyLabel *contest_line;
  GtkLabel *contest; /* in it */
  GtkRevealer *strip_revealer;
  LimenSampleGrid *strip; /* some images of the set, to pick from */
  LimenImageSet *strip_of;
  gboolean taken; /* the invitation */

  LimenBoundSession *session; /* the frame's, as */
  LimenBoundPlots *plots;
};

static void limen_bound_page_page_init (LimenPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenBoundPage, limen_bound_page, LIMEN_TYPE_PAGE_FRAME,
                               G_IMPLEMENT_INTERFACE (LIMEN_TYPE_PAGE, limen_bound_page_page_init))

static LimenPageHead *
head (LimenBoundPage *self)
{
  return limen_page_frame_head (LIMEN_PAGE_FRAME (self));
}

/* -- what is shown -- */

static void
show_words (LimenBoundPage *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  g_autofree char *sentence =
      limen_bound_study_sentence (study, limen_bound_session_state (self->session)->k);
  limen_page_head_set_sentence (head (self), sentence, "K = [0-9\u2009]+", LIMEN_COLOUR_HAND);
}

/* The same at every K */
static void
show_contest (LimenBoundPage *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  g_autofree char *contest = limen_bound_study_contest (study);
  g_auto (GStrv) parts = g_strsplit (contest ? contest : "", " = ", -1);
  g_autofree char *whole = g_strjoinv ("\u00a0=\u00a0", parts); /* no line ends there */
  gtk_label_set_text (self->contest, whole);
  gtk_widget_set_visible (GTK_WIDGET (self->contest_line), study->n_proposals > 1);
}

static void
study_changed_cb (LimenBoundPage *self)
{
  show_words (self);
  show_contest (self);
  const LimenBoundPageState *state = limen_bound_session_state (self->session);
  if (state->preset == LIMEN_N_PROPOSALS || state->morph > 0) {
    self->taken = TRUE;
    limen_page_head_invite (head (self), NULL);
  }
}

/* Which of @n_all images is the @place-th of the strip: they lie at even distances. */
static guint
index_of_place (guint place, guint n_all)
{
  return (guint)((guint64)place * n_all / MIN (STRIP, n_all));
}

static void
source_changed_cb (LimenBoundPage *self)
{
  guint index = limen_bound_session_state (self->session)->index;
  LimenImageSet *images = limen_bound_session_images (self->session);
  show_words (self);
  show_contest (self);
  gtk_revealer_set_reveal_child (self->strip_revealer, images != NULL);
  guint dimension = limen_bound_session_proposal (self->session)->dimension;
  limen_page_head_invite (head (self), dimension > 2 ? NULL
                                       : dimension == 2
                                           ? "Pull the ellipse onto the posterior. What "
                                             "happens to the gap, at every K at once?"
                                           : "Pull the curve onto the posterior. What "
                                             "happens to the gap, at every K at once?");
  if (!images)
    return;
  guint n = limen_image_set_n_images (images), mark = STRIP;
  if (images != self->strip_of) {
    g_autoptr (LimenImageSet) some = limen_image_set_sample (images, STRIP);
    limen_sample_grid_set_images (self->strip, some, limen_image_set_n_images (some));
    self->strip_of = images; /* only to be compared */
  }
  for (guint i = 0; i < MIN (STRIP, n); i++)
    mark = index_of_place (i, n) == index ? i : mark;
  limen_sample_grid_set_marks (self->strip, mark < STRIP ? (int)mark : -1, -1);
}

static void
picked_cb (LimenSampleGrid *strip, guint place, LimenBoundPage *self)
{
  LimenImageSet *images = limen_bound_session_images (self->session);
  if (images)
    limen_bound_session_set_image (self->session,
                                   index_of_place (place, limen_image_set_n_images (images)));
}

static void
busy_changed_cb (LimenBoundPage *self)
{
  double fraction;
  gboolean busy = limen_bound_session_busy (self->session, &fraction);
  limen_page_head_set_busy (head (self), busy, fraction, "Reading");
}

/* -- what the user wants -- */

static void
again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_bound_session_merge_again (((LimenBoundPage *)data)->session);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_bound_session_cancel (((LimenBoundPage *)data)->session);
}

static void
set_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenBoundPage *self = data;
  limen_bound_set_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  self->session);
}

/* Another VAE of the same file, or one that Limen brings along */
static void
use_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *paths[] = {g_variant_get_string (parameter, NULL), NULL};
  limen_page_open (data, paths);
}

static const GActionEntry action_entries[] = {
    {"use", use_cb, "s"},
    {"resample", again_cb},
    {"cancel", cancel_cb},
    {"set", set_cb},
};

static void
open_paths (LimenPage *page, const char *const *paths)
{
  limen_bound_session_open (LIMEN_BOUND_PAGE (page)->session, paths);
}

static void
start_paths (LimenPage *page, const char *const *paths)
{
  limen_bound_session_start (LIMEN_BOUND_PAGE (page)->session, paths);
}

static const LimenZone zones[] = {
    {"case", "Case", "a model, an observation and a proposal (JSON)", NULL, LIMEN_KIND_CASE},
    {"vae", "VAE", "the weights of one, as in PyTorch’s example", NULL, LIMEN_KIND_VAE},
    {"images", "Images", "for the VAE to encode", NULL, LIMEN_KIND_IMAGES},
    {NULL},
};

static LimenTold
export_shown (LimenPage *page)
{
  LimenBoundPage *self = LIMEN_BOUND_PAGE (page);
  return limen_bound_session_told (self->session);
}

static void
limen_bound_page_page_init (LimenPageInterface *iface)
{
  iface->open_title = "Open a Case, a VAE or Images";
  iface->folder_title = "Open a Folder of Images";
  iface->table_title = "Export Numbers";
  iface->export = export_shown;
  iface->takes = LIMEN_KIND_CASE | LIMEN_KIND_VAE | LIMEN_KIND_IMAGES;
  iface->zones = zones;
  iface->open = open_paths;
  iface->start = start_paths;
}

/* -- the object -- */

static void
limen_bound_page_class_init (LimenBoundPageClass *klass)
{
}

static GtkWidget *
merge_with_button (LimenBoundPage *self)
{
  GtkWidget *again = gtk_button_new_with_label ("Draw Again");
  gtk_widget_set_tooltip_text (again, "Draw new weights (Ctrl+R)");
  gtk_widget_add_css_class (again, "small");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (again), "bound.resample");
  return limen_plot_area_with_corner (limen_bound_plots_area (self->plots, LIMEN_BOUND_MERGE),
                                      again);
}

static GtkWidget *
image_strip (LimenBoundPage *self)
{
  self->strip = g_object_new (LIMEN_TYPE_SAMPLE_GRID, NULL);
  self->strip_revealer = GTK_REVEALER (gtk_revealer_new ());
  limen_sample_grid_set_pickable (self->strip);
  gtk_widget_set_margin_top (GTK_WIDGET (self->strip), 14);
  limen_name (self->strip, "Images to pick from");
  gtk_revealer_set_child (self->strip_revealer, GTK_WIDGET (self->strip));
  g_signal_connect (self->strip, "picked", G_CALLBACK (picked_cb), self);
  return GTK_WIDGET (self->strip_revealer);
}

static GtkWidget *
contest_label (LimenBoundPage *self)
{
  self->contest_line = limen_steady_label_new ("dim-label");
  self->contest = limen_steady_label_label (self->contest_line);
  gtk_widget_add_css_class (GTK_WIDGET (self->contest_line), "contest");
  limen_steady_label_reserve (self->contest_line,
                              "ELBO-optimal is best at K = 1, loses to moment-matched from K = 12 "
                              "on, and to all from K = 345 on, as far as K = 1\u2009000.");
  return GTK_WIDGET (self->contest_line);
}

static GtkWidget *
tiles_of (LimenBoundPage *self)
{
  LimenTiles *tiles = g_object_new (LIMEN_TYPE_TILES, "vexpand", TRUE, NULL);
  limen_tiles_add (tiles, GTK_WIDGET (limen_bound_plots_area (self->plots, LIMEN_BOUND_PLANE)), 0,
                   0.4, 0.56, 320);
  limen_tiles_add (tiles, GTK_WIDGET (limen_bound_plots_area (self->plots, LIMEN_BOUND_CURVES)), 0,
                   0.6, 0.56, 320);
  limen_tiles_add (tiles, GTK_WIDGET (limen_bound_plots_area (self->plots, LIMEN_BOUND_GAP)), 1,
                   0.5, 0.44, 260);
  limen_tiles_add (tiles, merge_with_button (self), 1, 0.5, 0.44, 260);
  return GTK_WIDGET (tiles);
}

static void
limen_bound_page_init (LimenBoundPage *self)
{
  LimenPageFrame *frame = LIMEN_PAGE_FRAME (self);
  self->session = limen_bound_session_new ();
  self->plots = limen_bound_plots_new (self->session);
  limen_page_frame_begin (frame, "bound", action_entries, G_N_ELEMENTS (action_entries),
                          self->session, self->plots, (GDestroyNotify)limen_bound_plots_free);
  limen_page_head_reserve (head (self), "With K = 1\u2009000 samples the bound stands 0.00012 nats "
                                        "below log p(x); it can only rise from here.");
  limen_page_frame_append (frame, contest_label (self));
  limen_page_frame_append (frame, tiles_of (self));
  limen_page_frame_append (frame, image_strip (self));
  limen_page_frame_finish (frame, NULL, "bound.cancel",
                           GTK_WIDGET (limen_bound_panel_new (self->session, self->plots)));
  limen_page_frame_set_lesson (frame, limen_bound_lesson ());
  g_signal_connect_swapped (self->session, "source-changed", G_CALLBACK (source_changed_cb), self);
  g_signal_connect_swapped (self->session, "study-changed", G_CALLBACK (study_changed_cb), self);
  g_signal_connect_swapped (self->session, "k-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "dots-changed", G_CALLBACK (show_words), self);
  g_signal_connect_swapped (self->session, "busy-changed", G_CALLBACK (busy_changed_cb), self);
  g_signal_connect_swapped (self->session, "notice", G_CALLBACK (limen_toasts_tell), self);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)show_words);
  source_changed_cb (self);
}

#include "ui/detector/page-private.h"

#include "ui/detector/examples-menu.h"
#include "ui/detector/pad.h"
#include "ui/detector/redraw-window.h"

#include <math.h>

/* -- what the user wants -- */

/* What is opened can be read again after it was cancelled. */
void
limen_detector_page_open_as (LimenPage *page, const char *const *paths, LimenSetRole role)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_PAGE (page) && paths != NULL && role <= LIMEN_AS_SCORES);
  LimenDetectorPage *self = LIMEN_DETECTOR_PAGE (page);
  char **read = g_strdupv ((char **)paths);
  g_strfreev (self->read);
  self->read = read;
  self->read_as = role;
  if (role == LIMEN_N_SETS) /* a few pictures are no set */
    limen_pictures_session_open (self->pictures, paths);
  else
    limen_detector_session_open (self->session, paths, role);
}

static void
open_normal (LimenPage *page, const char *const *paths)
{
  limen_detector_page_open_as (page, paths, LIMEN_SET_NORMAL);
}

static void
open_anomaly (LimenPage *page, const char *const *paths)
{
  limen_detector_page_open_as (page, paths, LIMEN_SET_ANOMALY);
}

static void
open_unsorted (LimenPage *page, const char *const *paths)
{
  limen_detector_page_open_as (page, paths, LIMEN_SET_UNSORTED);
}

static void
read_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenDetectorPage *self = data;
  if (self->read)
    limen_detector_session_open (self->session, (const char *const *)self->read, self->read_as);
}

static void
open_normal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, "Choose Normal Images", FALSE, open_normal);
}

static void
open_anomaly_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, "Choose Anomalies", FALSE, open_anomaly);
}

static void
open_unsorted_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, "Choose Unsorted Images", FALSE, open_unsorted);
}

static void
open_vae (LimenPage *page, const char *const *paths)
{
  limen_bench_session_open (LIMEN_DETECTOR_PAGE (page)->bench, LIMEN_BENCH_VAE, paths[0]);
}

static void
open_reference (LimenPage *page, const char *const *paths)
{
  limen_bench_session_open (LIMEN_DETECTOR_PAGE (page)->bench, LIMEN_BENCH_REFERENCE, paths[0]);
}

static void
open_vae_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, "Choose Weights of a VAE", FALSE, open_vae);
}

static void
open_reference_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_page_choose (data, "Choose Weights of a Second Flow", FALSE, open_reference);
}

/* A flow that Limen brings along */
static void
use_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *paths[] = {g_variant_get_string (parameter, NULL), NULL};
  limen_page_open (data, paths);
}

static void
example_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_page_show_example (data);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_examples_let_go (
      GTK_WIDGET (limen_detector_plot_area (((LimenDetectorPage *)data)->plot)));
  limen_detector_examples_show (((LimenDetectorPage *)data)->session,
                                g_variant_get_string (parameter, NULL));
}

static void
column_cb (GSimpleAction *action, GVariant *column, gpointer data)
{
  limen_detector_session_choose_column (((LimenDetectorPage *)data)->session,
                                        g_variant_get_string (column, NULL));
}

static void
ask_scores_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_ask_scores (((LimenDetectorPage *)data)->session);
}

static void
swap_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_swap (((LimenDetectorPage *)data)->session);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenDetectorPage *self = data;
  limen_detector_page_dismiss_notice (self);
  limen_detector_session_undo (self->session);
}

static void
invert_normal_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_invert (((LimenDetectorPage *)data)->session, LIMEN_SET_NORMAL);
}

static void
invert_anomaly_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_invert (((LimenDetectorPage *)data)->session, LIMEN_SET_ANOMALY);
}

static void
invert_unsorted_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_invert (((LimenDetectorPage *)data)->session, LIMEN_SET_UNSORTED);
}

static void
resample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_resample (((LimenDetectorPage *)data)->session);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenDetectorPage *self = data;
  if (limen_detector_session_busy (self->session, NULL))
    self->cancels = TRUE;
  limen_detector_session_cancel (self->session);
}

static void
zoom_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_zoom (((LimenDetectorPage *)data)->session, NAN, 1.5);
}

static void
zoom_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_zoom (((LimenDetectorPage *)data)->session, NAN, 1 / 1.5);
}

static void
zoom_reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  limen_detector_session_zoom (((LimenDetectorPage *)data)->session, NAN, 0);
}

static void
draw_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (data);
  if (GTK_IS_WINDOW (root))
    limen_pad_window_present (GTK_WINDOW (root), ((LimenDetectorPage *)data)->pictures);
}

static void
try_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (data);
  if (GTK_IS_WINDOW (root))
    limen_redraw_window_present (GTK_WINDOW (root), ((LimenDetectorPage *)data)->session);
}

const GActionEntry limen_detector_page_actions[] = {
    {"open-normal", open_normal_cb},
    {"open-anomaly", open_anomaly_cb},
    {"open-unsorted", open_unsorted_cb},
    {"open-vae", open_vae_cb},
    {"open-reference", open_reference_cb},
    {"use", use_cb, "s"},
    {"example", example_cb},
    {"show", show_cb, "s"},
    {"column", NULL, "s", "''", column_cb},
    {"ask-scores", ask_scores_cb},
    {"swap", swap_cb},
    {"undo", undo_cb},
    {"invert-normal", invert_normal_cb},
    {"invert-anomaly", invert_anomaly_cb},
    {"invert-unsorted", invert_unsorted_cb},
    {"resample", resample_cb},
    {"cancel", cancel_cb},
    {"read-again", read_again_cb},
    {"draw", draw_cb},
    {"try", try_cb},
    {"zoom-in", zoom_in_cb},
    {"zoom-out", zoom_out_cb},
    {"zoom-reset", zoom_reset_cb},
};

const guint limen_detector_page_n_actions = G_N_ELEMENTS (limen_detector_page_actions);

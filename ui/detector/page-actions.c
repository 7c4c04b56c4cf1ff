#include "ui/detector/page-private.h"

#include "ui/detector/examples-menu.h"
#include "ui/detector/pad.h"
#include "ui/detector/redraw-window.h"
#include "ui/toasts.h"

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
read_again_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenDetectorPage *self = data;
  if (self->read)
    limen_detector_session_open (self->session, (const char *const *)self->read, self->read_as);
}

/* What one dialog chooses: images of one role */
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

/* and models beside the flow */
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
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const struct {
    const char *action, *title;
    LimenPathsFunc chosen;
  } dialog[] = {
      {"open-normal", "Choose Normal Images", open_normal},
      {"open-anomaly", "Choose Anomalies", open_anomaly},
      {"open-unsorted", "Choose Unsorted Images", open_unsorted},
      {"open-vae", "Choose Weights of a VAE", open_vae},
      {"open-reference", "Choose Weights of a Second Flow", open_reference},
  };
  const char *name = g_action_get_name (G_ACTION (action));
  for (guint i = 0; i < G_N_ELEMENTS (dialog); i++)
    if (g_str_equal (dialog[i].action, name))
      limen_page_choose (data, dialog[i].title, FALSE, dialog[i].chosen);
}

/* The flow that was there comes back, and the one that was dropped beside it. */
static void
second_flow_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LimenDetectorPage *self = data;
  g_autofree char *path = g_strdup (limen_detector_session_second_flow (self->session));
  if (!path)
    return;
  g_autofree char *base = g_path_get_basename (path), *shown = limen_display_name (base);
  g_autofree char *told = g_strdup_printf (
      "%s is the second flow: the view Scores has the likelihood ratio of both.", shown);
  limen_detector_session_undo (self->session);
  limen_bench_session_open (self->bench, LIMEN_BENCH_REFERENCE, path);
  limen_toasts_tell (GTK_WIDGET (self), told);
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
invert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const name[LIMEN_N_SETS] = {
      [LIMEN_SET_NORMAL] = "invert-normal",
      [LIMEN_SET_ANOMALY] = "invert-anomaly",
      [LIMEN_SET_UNSORTED] = "invert-unsorted",
  };
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    if (g_str_equal (name[role], g_action_get_name (G_ACTION (action))))
      limen_detector_session_invert (((LimenDetectorPage *)data)->session, role);
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
zoom (gpointer page, double factor)
{
  limen_detector_session_zoom (((LimenDetectorPage *)page)->session, NAN, factor);
}

static void
zoom_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  zoom (data, 1.5);
}

static void
zoom_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  zoom (data, 1 / 1.5);
}

static void
zoom_reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  zoom (data, 0);
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
    {"open-normal", open_cb},
    {"open-anomaly", open_cb},
    {"open-unsorted", open_cb},
    {"open-vae", open_cb},
    {"open-reference", open_cb},
    {"second-flow", second_flow_cb},
    {"use", use_cb, "s"},
    {"example", example_cb},
    {"show", show_cb, "s"},
    {"column", NULL, "s", "''", column_cb},
    {"ask-scores", ask_scores_cb},
    {"swap", swap_cb},
    {"undo", undo_cb},
    {"invert-normal", invert_cb},
    {"invert-anomaly", invert_cb},
    {"invert-unsorted", invert_cb},
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

#include "ui/bound/plots-private.h"

#include "model/bound/sentences.h"

#include <math.h>

/* -- values of pictures -- */

static const LimenBoundPlot *
ensure_plot (LimenBoundPlots *self)
{
  if (!self->plot)
    self->plot = limen_bound_plot_new (limen_bound_session_study (self->session));
  return self->plot;
}

/* -- the bound and its gap: one line for K in both -- */

static const LimenLinePlot *
lines_of (LimenBoundPlots *self, LimenPlotArea *area)
{
  const LimenBoundPlot *plot = ensure_plot (self);
  return area == self->gap ? &plot->gap : &plot->bound;
}

static LimenFrame
lines_frame (LimenBoundPlots *self, LimenPlotArea *area, const LimenChartStyle *style)
{
  return limen_line_plot_frame (lines_of (self, area), style,
                                gtk_widget_get_width (GTK_WIDGET (area)),
                                gtk_widget_get_height (GTK_WIDGET (area)));
}

/* Where on the line for K the handle is: on the curve of the proposal in the hand. */
static double
height_at_k (LimenBoundPlots *self, LimenPlotArea *area)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  guint k = limen_bound_session_state (self->session)->k;
  return area == self->gap ? limen_bound_study_gap (study, 0, k).value
                           : limen_bound_study_value (study, 0, k);
}

/* Without a known evidence there is no gap to stand on. */
static int
n_line_handles_cb (LimenPlotArea *area, gpointer data)
{
  LimenBoundPlots *self = data;
  return area != self->gap || isfinite (limen_bound_session_study (self->session)->log_evidence);
}

static void
draw_lines_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
               double height, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenBoundMarked memory;
  gboolean marked = n_line_handles_cb (area, self) > 0;
  LimenLinePlot plot = limen_bound_marked (
      lines_of (self, area), marked ? limen_bound_session_state (self->session)->k : NAN, &memory);
  limen_line_plot_draw (&plot, cr, style, width, height);
}

static void
draw_k_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
           double height, gpointer data)
{
  LimenBoundPlots *self = data;
  guint k = limen_bound_session_state (self->session)->k;
  if (n_line_handles_cb (area, self) == 0)
    return;
  LimenFrame frame = lines_frame (self, area, style);
  g_autofree char *number = limen_format_number (k, 0);
  g_autofree char *text = g_strdup_printf ("K = %s", number);
  limen_line_plot_draw_handle (&frame, cr, style, k, height_at_k (self, area), text,
                               limen_plot_area_hold (area, 0));
  limen_frame_clear (&frame);
}

static gboolean
place_k_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = lines_frame (self, area, &style);
  *x = limen_axis_to_pixel (&frame.x, limen_bound_session_state (self->session)->k);
  *y = frame.plot.y + frame.plot.height / 2;
  limen_frame_clear (&frame);
  return TRUE;
}

static void
set_k (LimenBoundPlots *self, double k)
{
  limen_bound_session_set_k (self->session, (guint)CLAMP (round (k), 1, LIMEN_BOUND_MOST_K));
}

static void
move_k_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenChartStyle style = limen_plot_area_style (area);
  LimenFrame frame = lines_frame (self, area, &style);
  set_k (self, limen_axis_from_pixel (&frame.x, x));
  limen_frame_clear (&frame);
}

static gboolean
key_k_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenBoundPlots *self = data;
  double k = limen_bound_session_state (self->session)->k;
  switch (key) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    set_k (self, fmin (k - 1, k / 1.05));
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    set_k (self, fmax (k + 1, k * 1.05));
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    set_k (self, k / 2);
    return GDK_EVENT_STOP;
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    set_k (self, k * 2);
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home:
    set_k (self, 1);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
  case GDK_KEY_KP_End:
    set_k (self, LIMEN_BOUND_MOST_K);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

/* -- the merges -- */

static void
draw_merge_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
               double height, gpointer data)
{
  LimenBoundPlots *self = data;
  LimenMergePlot plot =
      limen_bound_merge_plot (limen_bound_session_scene (self->session),
                              limen_bound_session_study (self->session)->log_evidence);
  limen_merge_plot_draw (&plot, cr, style, width, height);
}

/* -- what follows what -- */

/* The pictures read aloud. */
static void
describe (LimenBoundPlots *self)
{
  const LimenBoundStudy *study = limen_bound_session_study (self->session);
  const LimenGaussian *q = limen_bound_session_proposal (self->session);
  g_autofree char *sentence =
      limen_bound_study_sentence (study, limen_bound_session_state (self->session)->k);
  limen_plot_area_describe (self->bound, sentence);
  limen_plot_area_describe (self->gap, sentence);
  if (q->dimension != 2)
    return;
  g_autofree char *where =
      g_strdup_printf ("The proposal has mean %.3f, %.3f and variances %.3f, %.3f.", q->mean[0],
                       q->mean[1], q->covariance[0], q->covariance[3]);
  limen_plot_area_describe (self->plane, where);
}

static void
study_changed_cb (LimenBoundPlots *self)
{
  g_clear_pointer (&self->plot, limen_bound_plot_free);
  limen_plot_area_changed (self->plane);
  limen_plot_area_changed (self->bound);
  limen_plot_area_changed (self->gap);
  limen_plot_area_changed (self->merge);
  describe (self);
}

static void
source_changed_cb (LimenBoundPlots *self)
{
  self->has_handles = FALSE;
  study_changed_cb (self);
}

static void
dots_changed_cb (LimenBoundPlots *self)
{
  g_clear_pointer (&self->plot, limen_bound_plot_free);
  limen_plot_area_changed (self->bound);
}

static void
k_changed_cb (LimenBoundPlots *self)
{
  limen_plot_area_changed (self->plane);
  limen_plot_area_changed (self->bound); /* its words keep off the line */
  limen_plot_area_changed (self->gap);
  describe (self);
}

static void
view_changed_cb (LimenBoundPlots *self)
{
  limen_plot_area_changed (self->plane);
}

static void
merge_changed_cb (LimenBoundPlots *self)
{
  limen_plot_area_changed (self->merge);
}

LimenBoundPlots *
limen_bound_plots_new (LimenBoundSession *session)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session), NULL);
  static const LimenPlotAreaFuncs lines = {.draw_base = draw_lines_cb,
                                           .draw_top = draw_k_cb,
                                           .n_handles = n_line_handles_cb,
                                           .place = place_k_cb,
                                           .move = move_k_cb,
                                           .key = key_k_cb};
  static const LimenPlotAreaFuncs merge = {.draw_base = draw_merge_cb};
  LimenBoundPlots *self = g_new0 (LimenBoundPlots, 1);
  self->session = session;
  self->hovered[0] = self->hovered[1] = NAN;
  self->plane = limen_plot_area_new ("Latent space", &limen_bound_latent_funcs, self);
  self->bound = limen_plot_area_new ("Bound against K", &lines, self);
  self->gap = limen_plot_area_new ("Gap against K", &lines, self);
  self->merge = limen_plot_area_new ("Tree of merged weights", &merge, self);
  limen_plot_area_set_line (self->bound, 0);
  limen_plot_area_set_line (self->gap, 0);
  g_signal_connect_swapped (session, "source-changed", G_CALLBACK (source_changed_cb), self);
  g_signal_connect_swapped (session, "study-changed", G_CALLBACK (study_changed_cb), self);
  g_signal_connect_swapped (session, "dots-changed", G_CALLBACK (dots_changed_cb), self);
  g_signal_connect_swapped (session, "k-changed", G_CALLBACK (k_changed_cb), self);
  g_signal_connect_swapped (session, "merge-changed", G_CALLBACK (merge_changed_cb), self);
  g_signal_connect_swapped (session, "view-changed", G_CALLBACK (view_changed_cb), self);
  describe (self);
  return self;
}

void
limen_bound_plots_free (LimenBoundPlots *self)
{
  g_return_if_fail (self != NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_pointer (&self->plot, limen_bound_plot_free);
  g_free (self);
}

LimenPlotArea *
limen_bound_plots_area (LimenBoundPlots *self, LimenBoundArea which)
{
  g_return_val_if_fail (self != NULL && which < LIMEN_BOUND_N_AREAS, NULL);
  LimenPlotArea *const areas[] = {self->plane, self->bound, self->gap, self->merge};
  return areas[which];
}

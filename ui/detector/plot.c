#include "ui/detector/plot.h"

#include "ui/study/detector/measure-words.h"
#include "ui/study/detector/picture-marks.h"
#include "ui/widgets.h"

#include <math.h>

#define STILL 4 /* pixels that are no range */

struct LimenDetectorPlot {
  LimenDetectorSession *session;
  LimenPicturesSession *pictures;
  LimenSelectionSession *selection;
  LimenScores *selected[LIMEN_N_LABELLED]; /* nullable: of the images that are */
  gboolean selects;                        /* a range is being drawn, between two pixels */
  double range[2];
  LimenPlotArea *area;
  LimenHistogramPlot *plot; /* what does not change while the line is dragged */
};

static double
threshold (LimenDetectorPlot *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  return detector ? detector->threshold : NAN;
}

/* -- drawing -- */

static const LimenHistogramPlot *
plot_of (LimenDetectorPlot *self)
{
  LimenHistogramView view = limen_detector_session_view (self->session);
  LimenChartStyle style = limen_plot_area_style (self->area);
  GtkWidget *widget = GTK_WIDGET (self->area);
  if (!self->plot)
    self->plot =
        limen_histogram_plot_new (limen_detector_session_detector (self->session), &view, &style,
                                  gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  return self->plot;
}

static void
draw_histogram_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                   double height, gpointer data)
{
  LimenDetectorPlot *self = data;
  g_clear_pointer (&self->plot, limen_histogram_plot_free); /* of another size or style */
  limen_histogram_plot_draw_base (plot_of (self), cr);
  limen_histogram_plot_draw_selected (plot_of (self), cr, self->selected[LIMEN_SET_NORMAL],
                                      self->selected[LIMEN_SET_ANOMALY]);
}

/* Pins of the single pictures that have a score of what the axis measures */
static void
draw_pictures (LimenDetectorPlot *self, cairo_t *cr)
{
  LimenPictureMarks marks;
  limen_picture_marks_fill (&marks, limen_pictures_session_pictures (self->pictures),
                            limen_detector_session_detector (self->session));
  limen_histogram_marks_draw (plot_of (self), cr, marks.mark, marks.n);
  limen_picture_marks_clear (&marks);
}

static void
draw_threshold_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                   double height, gpointer data)
{
  LimenDetectorPlot *self = data;
  const LimenHold hold[2] = {limen_plot_area_hold (area, 0), limen_plot_area_hold (area, 1)};
  if (self->selects)
    limen_histogram_plot_draw_range (plot_of (self), cr, self->range[0], self->range[1]);
  limen_histogram_plot_draw_lines (plot_of (data), cr, threshold (data), hold);
  draw_pictures (data, cr);
}

/* -- hands -- */

/* One line, or two where both ends are flagged; where there is no threshold one, which is nowhere
 */
static int
n_handles_cb (LimenPlotArea *area, gpointer data)
{
  LimenDetectorPlot *self = data;
  double line[2];
  if (!limen_detector_session_detector (self->session))
    return 0;
  return (int)MAX (limen_histogram_plot_lines (plot_of (self), threshold (self), line), 1);
}

static gboolean
place_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  double line[2];
  guint n = limen_histogram_plot_lines (plot_of (data), threshold (data), line);
  if ((guint)handle >= n)
    return FALSE;
  *x = limen_histogram_plot_x_of_value (plot_of (data), line[handle]);
  *y = 0;
  return TRUE;
}

static gboolean
hits_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  LimenDetectorPlot *self = data;
  return !self->selects &&
         limen_histogram_plot_hits_line (plot_of (self), threshold (self), (guint)handle, x, y);
}

static void
put_line (LimenDetectorPlot *self, int handle, double value)
{
  limen_detector_session_set_threshold (
      self->session, limen_histogram_plot_threshold (plot_of (self), (guint)handle, value));
}

static void
move_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  put_line (data, handle, limen_histogram_plot_value_at_x (plot_of (data), x));
}

static void
pan_cb (LimenPlotArea *area, double dx, gpointer data)
{
  LimenDetectorPlot *self = data;
  if (self->selects)
    return;
  limen_detector_session_pan (self->session,
                              -dx / MAX (limen_histogram_plot_area (plot_of (self)).width, 1));
}

static void
zoom (LimenDetectorPlot *self, double x, double factor)
{
  limen_detector_session_zoom (self->session, limen_histogram_plot_value_at_x (plot_of (self), x),
                               factor);
}

/* The wheel alone scrolls a page that is too long for the window; over the plot it zooms. */
static gboolean
scroll_cb (LimenPlotArea *area, double x, double y, double dx, double dy, gpointer data)
{
  LimenDetectorPlot *self = data;
  if (fabs (dx) > fabs (dy))
    limen_detector_session_pan (self->session, dx * 0.05);
  else
    zoom (self, x, pow (1.15, -dy));
  return GDK_EVENT_STOP;
}

static void
pinch_cb (LimenPlotArea *area, double x, double factor, gpointer data)
{
  zoom (data, x, factor);
}

/* -- a range of scores -- */

static void
end_range (LimenDetectorPlot *self)
{
  self->selects = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

static gboolean
is_on_line (LimenDetectorPlot *self, double x, double y)
{
  double line[2];
  guint n = limen_histogram_plot_lines (plot_of (self), threshold (self), line);
  for (guint i = 0; i < n; i++)
    if (limen_histogram_plot_hits_line (plot_of (self), threshold (self), i, x, y))
      return TRUE;
  return FALSE;
}

/* Where all is seen there is nowhere to pan to; but a finger scrolls the page. */
static gboolean
drag_selects (LimenDetectorPlot *self, GtkEventController *drag, double x, double y)
{
  const LimenDetectorPageState *state = limen_detector_session_state (self->session);
  GdkDevice *device = gtk_event_controller_get_current_event_device (drag);
  if (!limen_detector_session_analysis (self->session))
    return FALSE;
  if (gtk_event_controller_get_current_event_state (drag) & GDK_SHIFT_MASK)
    return TRUE;
  return state->low == state->high && !is_on_line (self, x, y) &&
         !(device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN);
}

/* Such a drag is no pan: what lies in it is selected. */
static void
range_began_cb (GtkGestureDrag *gesture, double x, double y, LimenDetectorPlot *self)
{
  self->selects = drag_selects (self, GTK_EVENT_CONTROLLER (gesture), x, y);
  self->range[0] = self->range[1] = x;
  if (self->selects)
    gtk_widget_grab_focus (GTK_WIDGET (self->area));
  gtk_gesture_set_state (GTK_GESTURE (gesture),
                         self->selects ? GTK_EVENT_SEQUENCE_CLAIMED : GTK_EVENT_SEQUENCE_DENIED);
}

static void
range_moved_cb (GtkGestureDrag *gesture, double dx, double dy, LimenDetectorPlot *self)
{
  self->range[1] = self->range[0] + dx;
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

static void
range_ended_cb (GtkGestureDrag *gesture, double dx, double dy, LimenDetectorPlot *self)
{
  double low, high;
  if (!self->selects)
    return;
  end_range (self);
  if (fabs (dx) < STILL) {
    limen_selection_session_clear (self->selection);
    return;
  }
  limen_histogram_plot_range (plot_of (self), self->range[0], self->range[0] + dx, &low, &high);
  limen_selection_session_take_range (self->selection, low, high);
}

static void
range_cancelled_cb (GtkGesture *gesture, GdkEventSequence *sequence, LimenDetectorPlot *self)
{
  end_range (self);
}

static gboolean
let_go (LimenDetectorPlot *self)
{
  if (self->selects)
    end_range (self);
  else if (limen_selection_session_get (self->selection))
    limen_selection_session_clear (self->selection);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
take_ranges (LimenDetectorPlot *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (range_began_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (range_moved_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (range_ended_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (range_cancelled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->area), GTK_EVENT_CONTROLLER (drag));
}

/* -- keys -- */

static gboolean
key_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  static const struct {
    guint key, keypad;
    double steps;
  } keys[] = {{GDK_KEY_Left, GDK_KEY_KP_Left, -1},
              {GDK_KEY_Right, GDK_KEY_KP_Right, 1},
              {GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, -10},
              {GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 10},
              {GDK_KEY_Home, GDK_KEY_KP_Home, -INFINITY},
              {GDK_KEY_End, GDK_KEY_KP_End, INFINITY}};
  LimenDetectorPlot *self = data;
  double now = limen_detector_session_threshold (self->session), line[2];
  if (key == GDK_KEY_Escape)
    return let_go (self);
  if (limen_histogram_plot_lines (plot_of (self), threshold (self), line) == 2)
    now = line[handle];
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (key == keys[i].key || key == keys[i].keypad) {
      put_line (self, handle,
                now + keys[i].steps * limen_detector_session_range (self->session).step);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* -- the session -- */

static void
name (LimenDetectorPlot *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  g_auto (LimenMeasureWords) words = limen_measure_words (
      detector ? limen_detector_measure (detector) : limen_measure_log_likelihood ());
  limen_name (self->area, words.histogram);
}

static void
forget_selected (LimenDetectorPlot *self)
{
  for (LimenSetRole role = 0; role < LIMEN_N_LABELLED; role++)
    g_clear_pointer (&self->selected[role], limen_scores_unref);
}

static void
selection_changed_cb (LimenDetectorPlot *self)
{
  forget_selected (self);
  limen_selection_session_scores (self->selection, self->selected);
  limen_plot_area_changed (self->area);
}

static void
data_changed_cb (LimenDetectorPlot *self)
{
  forget_selected (self);
  limen_selection_session_scores (self->selection, self->selected);
}

static void
changed_cb (LimenDetectorPlot *self)
{
  g_clear_pointer (&self->plot, limen_histogram_plot_free);
  name (self);
  limen_plot_area_changed (self->area);
}

static void
threshold_changed_cb (LimenDetectorPlot *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

LimenDetectorPlot *
limen_detector_plot_new (LimenPicturesSession *pictures, LimenSelectionSession *selection)
{
  g_return_val_if_fail (LIMEN_IS_PICTURES_SESSION (pictures), NULL);
  g_return_val_if_fail (LIMEN_IS_SELECTION_SESSION (selection), NULL);
  LimenDetectorSession *session = limen_pictures_session_detector (pictures);
  static const LimenPlotAreaFuncs funcs = {.draw_base = draw_histogram_cb,
                                           .draw_top = draw_threshold_cb,
                                           .n_handles = n_handles_cb,
                                           .place = place_cb,
                                           .hits = hits_cb,
                                           .move = move_cb,
                                           .key = key_cb,
                                           .scroll = scroll_cb,
                                           .pan = pan_cb,
                                           .pinch = pinch_cb};
  LimenDetectorPlot *self = g_new0 (LimenDetectorPlot, 1);
  self->session = session;
  self->pictures = g_object_ref (pictures);
  self->selection = g_object_ref (selection);
  self->area = limen_plot_area_new ("Histogram of log-likelihoods", &funcs, self);
  limen_plot_area_set_line (self->area, LIMEN_ALL_LINES);
  gtk_widget_set_size_request (GTK_WIDGET (self->area), 280, -1);
  limen_plot_area_set_least (self->area, 240);
  gtk_widget_set_vexpand (GTK_WIDGET (self->area), TRUE);
  take_ranges (self);
  g_signal_connect_swapped (session, "data-changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (session, "data-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (session, "settings-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (session, "threshold-changed", G_CALLBACK (threshold_changed_cb), self);
  g_signal_connect_swapped (pictures, "changed", G_CALLBACK (threshold_changed_cb), self);
  return self;
}

void
limen_detector_plot_free (LimenDetectorPlot *self)
{
  g_return_if_fail (self != NULL);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->pictures, self);
  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_object_unref (self->pictures);
  g_object_unref (self->selection);
  forget_selected (self);
  g_clear_pointer (&self->plot, limen_histogram_plot_free);
  g_free (self);
}

LimenPlotArea *
limen_detector_plot_area (LimenDetectorPlot *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->area;
}

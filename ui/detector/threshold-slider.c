#include "ui/detector/threshold-slider.h"

#include "ui/news.h"
#include "ui/rows.h"
#include "ui/study/detector/measure-words.h"
#include "ui/study/detector/slider.h"
#include "ui/widgets.h"

#include <math.h>

#define STEPS_A_PAGE 10

/* The adjustment of the scale goes from end to end of what is seen of the histogram. What it says
 * in between is no threshold but the place of one: a screen reader is told the threshold itself. */
typedef struct {
  LimenDetectorSession *session;
  GtkScale *scale;
  GtkWidget *back;
  gboolean showing; /* it is being put where the session says */
} Slider;

/* -- what the session says -- */

static void
tell (Slider *self, const LimenDetector *detector)
{
  LimenThresholdRange range = limen_detector_session_range (self->session);
  g_autofree char *text = limen_slider_text (detector);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  range.low, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, range.high,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  limen_detector_session_threshold (self->session),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
show (Slider *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), detector != NULL);
  gtk_widget_set_sensitive (self->back, limen_can_go_back (detector));
  if (!detector)
    return;
  g_auto (LimenMeasureWords) words = limen_measure_words (limen_detector_measure (detector));
  gtk_widget_set_tooltip_text (self->back, words.back);
  LimenHistogramView view = limen_detector_session_view (self->session);
  double value = limen_slider_value (&view, limen_detector_session_threshold (self->session));
  self->showing = TRUE;
  gtk_adjustment_configure (gtk_range_get_adjustment (GTK_RANGE (self->scale)), value, view.low,
                            view.high, (view.high - view.low) / 100, (view.high - view.low) / 10,
                            0);
  self->showing = FALSE;
  tell (self, detector);
}

/* -- what the user says -- */

/* How many steps of the keys; 0: the knob is put somewhere */
static double
steps_of (GtkScrollType scroll)
{
  switch (scroll) {
  case GTK_SCROLL_STEP_BACKWARD:
    return -1;
  case GTK_SCROLL_STEP_FORWARD:
    return 1;
  case GTK_SCROLL_PAGE_BACKWARD:
    return -STEPS_A_PAGE;
  case GTK_SCROLL_PAGE_FORWARD:
    return STEPS_A_PAGE;
  default:
    return 0;
  }
}

static gboolean
change_value_cb (GtkRange *range, GtkScrollType scroll, double value, Slider *self)
{
  LimenHistogramView view = limen_detector_session_view (self->session);
  LimenThresholdRange reach = limen_detector_session_range (self->session);
  double steps = steps_of (scroll), now = limen_detector_session_threshold (self->session);
  limen_detector_session_set_threshold (self->session,
                                        steps != 0 ? limen_slider_moved (&view, &reach, now, steps)
                                                   : limen_slider_threshold (&view, value));
  return GDK_EVENT_STOP;
}

/* Set by none of the above: by a screen reader, which was told of scores. */
static void
value_changed_cb (GtkAdjustment *adjustment, Slider *self)
{
  if (!self->showing)
    limen_detector_session_set_threshold (self->session, gtk_adjustment_get_value (adjustment));
}

static void
back_cb (GtkButton *button, Slider *self)
{
  limen_detector_session_set_rule (self->session,
                                   (LimenRule){LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS});
}

/* -- the object -- */

static void
slider_free (gpointer data)
{
  Slider *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}

static GtkWidget *
back_button (void)
{
  GtkWidget *back = gtk_button_new_with_label ("Back to 3 std");
  g_auto (LimenMeasureWords) words = limen_measure_words (limen_measure_log_likelihood ());
  gtk_widget_set_tooltip_text (back, words.back);
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (back, "flat");
  return back;
}

void
limen_threshold_slider_add (AdwPreferencesGroup *group, LimenDetectorSession *session)
{
  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group) && LIMEN_IS_DETECTOR_SESSION (session));
  GtkAdjustment *place = gtk_adjustment_new (0, 0, 1, 0.01, 0.1, 0);
  Slider *self = g_new0 (Slider, 1);
  self->session = g_object_ref (session);
  self->back = back_button ();
  self->scale = limen_rows_scale (group, "Threshold", place);
  gtk_scale_set_draw_value (self->scale, FALSE);
  adw_preferences_group_set_header_suffix (group, self->back);
  g_signal_connect (self->scale, "change-value", G_CALLBACK (change_value_cb), self);
  g_signal_connect (place, "value-changed", G_CALLBACK (value_changed_cb), self);
  g_signal_connect (self->back, "clicked", G_CALLBACK (back_cb), self);
  static const char *const signals[] = {"data-changed", "threshold-changed", "settings-changed"};
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    limen_news_connect (session, signals[i], G_CALLBACK (show), self);
  g_object_set_data_full (G_OBJECT (group), "limen-threshold-slider", self, slider_free);
  show (self);
}

#include "ui/detector/curve-view.h"

#include "model/detect/sentences.h"
#include "ui/appearance.h"
#include "ui/fields.h"
#include "ui/widgets.h"
#include "viz/detector/curve-plot.h"

#include <math.h>

struct _LimenCurveView {
  GtkBox parent_instance;

  LimenPlotArea *area;
  GtkToggleButton *kind_button[LIMEN_N_CURVE_KINDS];
  GtkSpinButton *share_spin;
  GtkWidget *share;
  GtkLabel *waiting;
  GtkWidget *pair;
  LimenPlotArea *histogram; /* beside it, where there is room */

  LimenDetectorSession *session;
  LimenCurve *curve;       /* nullable: of the detector that is shown, made when it is seen */
  LimenCurvePlot *plot;    /* nullable: of it, as it is laid out */
  LimenCurveKind kind;     /* of the plot, as */
  double expected;         /* the share of anomalies */
  gboolean showing, stale; /* stale: the curve is of another detector */
};

G_DEFINE_FINAL_TYPE (LimenCurveView, limen_curve_view, GTK_TYPE_BOX)

/* by LimenCurveKind */
static const struct {
  const char *label, *name;
} kinds[LIMEN_N_CURVE_KINDS] = {
    {"ROC", "ROC curve"}, {"DET", "DET curve"}, {"Precision–recall", "Precision–recall curve"}};

static double
threshold (LimenCurveView *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  return detector ? detector->threshold : NAN;
}

/* -- drawing -- */

/* NULL where there is no curve */
static const LimenCurvePlot *
plot_of (LimenCurveView *self)
{
  GtkWidget *widget = GTK_WIDGET (self->area);
  LimenChartStyle style = limen_plot_area_style (self->area);
  if (!self->plot && self->curve)
    self->plot =
        limen_curve_plot_new (self->curve, self->kind, self->expected, &style,
                              gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  return self->plot;
}

static void
draw_base_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenCurveView *self = data;
  g_clear_pointer (&self->plot, limen_curve_plot_free); /* of another size or style */
  if (plot_of (self))
    limen_curve_plot_draw_base (self->plot, cr);
}

static void
draw_top_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
             double height, gpointer data)
{
  LimenCurveView *self = data;
  if (plot_of (self))
    limen_curve_plot_draw_point (self->plot, cr, threshold (self), limen_plot_area_hold (area, 0));
}

/* -- hands -- */

static int
n_handles_cb (LimenPlotArea *area, gpointer data)
{
  return plot_of (data) != NULL;
}

static gboolean
place_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  return plot_of (data) && limen_curve_plot_place (plot_of (data), threshold (data), x, y);
}

static gboolean
hits_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  return limen_curve_plot_hits_point (plot_of (data), threshold (data), x, y);
}

static void
put_line (LimenCurveView *self, double value)
{
  if (!isnan (value)) /* kept within what the line can reach */
    limen_detector_session_set_threshold (self->session, value);
}

static void
move_cb (LimenPlotArea *area, int handle, double x, double y, gpointer data)
{
  put_line (data, limen_curve_plot_threshold_at (plot_of (data), x, y));
}

/* Up is to more hits, to fewer misses or to more precision: but for hits the line goes back. */
static gboolean
key_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  LimenCurveView *self = data;
  const int up = self->kind == LIMEN_CURVE_ROC ? 1 : -1, all = (int)self->curve->n;
  const struct {
    guint key, keypad;
    int by;
  } keys[] = {{GDK_KEY_Left, GDK_KEY_KP_Left, -1},
              {GDK_KEY_Right, GDK_KEY_KP_Right, 1},
              {GDK_KEY_Up, GDK_KEY_KP_Up, up},
              {GDK_KEY_Down, GDK_KEY_KP_Down, -up},
              {GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, -10},
              {GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 10},
              {GDK_KEY_Home, GDK_KEY_KP_Home, -all},
              {GDK_KEY_End, GDK_KEY_KP_End, all}};
  double now = limen_detector_session_threshold (self->session);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (key == keys[i].key || key == keys[i].keypad) {
      put_line (self, limen_curve_step (self->curve, now, keys[i].by));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* -- the session -- */

/* The operating point read aloud */
static void
tell (LimenCurveView *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  if (!detector)
    return;
  LimenErrorRate type_1 = limen_detector_type_1 (detector),
                 type_2 = limen_detector_type_2 (detector);
  g_autofree char *sentence = limen_detector_sentence (detector);
  g_autofree char *alarms = limen_error_rate_text (&type_1),
                  *misses = limen_error_rate_text (&type_2);
  g_autofree char *all =
      g_strdup_printf ("%s False alarms: %s; misses: %s.", sentence, alarms, misses);
  limen_plot_area_describe (self->area, all);
  limen_plot_area_describe (self->histogram, sentence);
}

static void
renew (LimenCurveView *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  LimenCurve *curve = limen_detector_session_curve (self->session);
  gboolean waits =
      detector && detector->anomaly && !limen_detector_session_analysis (self->session);
  g_clear_pointer (&self->plot, limen_curve_plot_free);
  g_clear_pointer (&self->curve, limen_curve_unref);
  self->curve = curve ? limen_curve_ref (curve) : NULL;
  self->stale = FALSE;
  gtk_widget_set_visible (self->pair, curve != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), curve == NULL);
  gtk_label_set_text (self->waiting, waits
                                         ? "The scores are being worked out."
                                         : "A curve is of normal images and anomalies: open both.");
  limen_plot_area_changed (self->area);
  tell (self);
}

static void
data_changed_cb (LimenCurveView *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    renew (self);
}

static void
mapped_cb (LimenCurveView *self)
{
  if (self->stale)
    renew (self);
}

static void
threshold_changed_cb (LimenCurveView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
  tell (self);
}

static void
settings_changed_cb (LimenCurveView *self)
{
  const LimenDetectorPageState *state = limen_detector_session_state (self->session);
  if (state->curve == self->kind && state->share == self->expected)
    return; /* other settings are of the histogram */
  self->kind = state->curve;
  self->expected = state->share;
  g_clear_pointer (&self->plot, limen_curve_plot_free);
  self->showing = TRUE;
  gtk_toggle_button_set_active (self->kind_button[state->curve], TRUE);
  gtk_spin_button_set_value (self->share_spin, 100 * state->share);
  self->showing = FALSE;
  gtk_widget_set_visible (self->share, state->curve == LIMEN_CURVE_PRECISION_RECALL);
  limen_name (self->area, kinds[state->curve].name);
  limen_plot_area_changed (self->area);
}

/* -- what the user says -- */

static void
kind_cb (LimenCurveView *self)
{
  for (guint kind = 0; kind < LIMEN_N_CURVE_KINDS && !self->showing; kind++)
    if (gtk_toggle_button_get_active (self->kind_button[kind])) {
      limen_detector_session_set_curve (self->session, kind);
      return;
    }
}

static void
share_cb (LimenCurveView *self)
{
  if (!self->showing)
    limen_detector_session_set_share (self->session,
                                      gtk_spin_button_get_value (self->share_spin) / 100);
}

/* -- the histogram, beside the curve where there is room -- */

#define GAP   12
#define LEAST 400 /* pixels of each at the usual size of text */

static gboolean
has_room (GtkWidget *pair, int width)
{
  return width >= 2 * LEAST * limen_appearance_text_scale (pair) + GAP;
}

static void
measure_cb (GtkWidget *pair, GtkOrientation orientation, int for_size, int *minimum, int *natural,
            int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_last_child (pair), orientation, -1, minimum, natural, NULL,
                      NULL);
}

static void
allocate_cb (GtkWidget *pair, int width, int height, int baseline)
{
  GtkWidget *histogram = gtk_widget_get_first_child (pair),
            *curve = gtk_widget_get_last_child (pair);
  gboolean both = has_room (pair, width), rtl = gtk_widget_get_direction (pair) == GTK_TEXT_DIR_RTL;
  int half = (width - GAP) / 2, least;
  int curve_width = both ? half : width, from = both && !rtl ? width - half : 0;
  gtk_widget_set_child_visible (histogram, both);
  gtk_widget_measure (histogram, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (both)
    gtk_widget_size_allocate (
        histogram, &(GtkAllocation){rtl ? width - half : 0, 0, MAX (half, least), height}, -1);
  gtk_widget_size_allocate (curve, &(GtkAllocation){from, 0, curve_width, height}, -1);
}

static GtkWidget *
pair_of (GtkWidget *histogram, GtkWidget *curve)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  gtk_box_append (GTK_BOX (pair), histogram);
  gtk_box_append (GTK_BOX (pair), curve);
  gtk_widget_set_layout_manager (pair, gtk_custom_layout_new (NULL, measure_cb, allocate_cb));
  return pair;
}

/* -- the object -- */

static void
limen_curve_view_dispose (GObject *object)
{
  LimenCurveView *self = LIMEN_CURVE_VIEW (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->plot, limen_curve_plot_free);
  g_clear_pointer (&self->curve, limen_curve_unref);
  G_OBJECT_CLASS (limen_curve_view_parent_class)->dispose (object);
}

static void
limen_curve_view_class_init (LimenCurveViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_curve_view_dispose;
}

static GtkWidget *
kinds_of (LimenCurveView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (guint kind = 0; kind < LIMEN_N_CURVE_KINDS; kind++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (kinds[kind].label);
    self->kind_button[kind] = GTK_TOGGLE_BUTTON (button);
    gtk_toggle_button_set_group (self->kind_button[kind], kind > 0 ? self->kind_button[0] : NULL);
    limen_follow (self, button, "toggled", G_CALLBACK (kind_cb));
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static GtkWidget *
share_of (LimenCurveView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *before = gtk_label_new ("Anomalies"), *after = gtk_label_new ("%");
  GtkWidget *spin = gtk_spin_button_new (gtk_adjustment_new (1, 0.01, 99.99, 0.5, 5, 0), 1, 2);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 1);
  gtk_widget_add_css_class (spin, "numeric");
  gtk_widget_add_css_class (before, "dim-label");
  gtk_widget_add_css_class (after, "dim-label");
  limen_field_spin (GTK_SPIN_BUTTON (spin));
  limen_name (spin, "Anomalies to expect, % of all images");
  gtk_widget_set_tooltip_text (box, "Of the images to come, not of those in the folder, which "
                                    "somebody collected");
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), spin);
  gtk_box_append (GTK_BOX (box), after);
  limen_follow (self, spin, "value-changed", G_CALLBACK (share_cb));
  self->share_spin = GTK_SPIN_BUTTON (spin);
  return self->share = box;
}

static void
limen_curve_view_init (LimenCurveView *self)
{
  static const LimenPlotAreaFuncs funcs = {.draw_base = draw_base_cb,
                                           .draw_top = draw_top_cb,
                                           .n_handles = n_handles_cb,
                                           .place = place_cb,
                                           .hits = hits_cb,
                                           .move = move_cb,
                                           .key = key_cb};
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->area = limen_plot_area_new (kinds[0].name, &funcs, self);
  self->stale = TRUE;
  self->expected = NAN;
  gtk_widget_set_vexpand (GTK_WIDGET (self->area), TRUE);
  limen_plot_area_set_least (self->area, 240);
}

/* Choices go below each other where they have no room beside each other. */
static GtkWidget *
head_of (LimenCurveView *self)
{
  GtkFlowBox *head = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (head, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (head, 2);
  gtk_flow_box_set_column_spacing (head, 12);
  gtk_flow_box_append (head, kinds_of (self));
  gtk_flow_box_append (head, share_of (self));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (head)); child;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
  return GTK_WIDGET (head);
}

GtkWidget *
limen_curve_view_new (LimenDetectorSession *session, LimenPlotArea *histogram)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  g_return_val_if_fail (LIMEN_IS_PLOT_AREA (histogram), NULL);
  LimenCurveView *self = g_object_new (LIMEN_TYPE_CURVE_VIEW, NULL);
  self->session = g_object_ref (session);
  self->histogram = histogram;
  self->pair = pair_of (GTK_WIDGET (histogram), GTK_WIDGET (self->area));
  self->waiting = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (self), head_of (self));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->waiting));
  gtk_box_append (GTK_BOX (self), self->pair);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  limen_follow (self, session, "data-changed", G_CALLBACK (data_changed_cb));
  limen_follow (self, session, "threshold-changed", G_CALLBACK (threshold_changed_cb));
  limen_follow (self, session, "settings-changed", G_CALLBACK (settings_changed_cb));
  settings_changed_cb (self);
  return GTK_WIDGET (self);
}

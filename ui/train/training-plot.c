#include "ui/train/training-plot.h"

#include "ui/appearance.h"
#include "viz/kit/trend-plot.h"
#include "ui/widgets.h"

#include <math.h>

struct _LimenTrainingPlot {
  GtkWidget parent_instance;

  LimenTrainingCurve train, held_out;
  LimenNiceTrainerReport progress;
};

G_DEFINE_FINAL_TYPE (LimenTrainingPlot, limen_training_plot, GTK_TYPE_WIDGET)

static LimenTrend
curve (const LimenTrainingCurve *points, const char *name, LimenColour colour, LimenTrendMark mark,
       double now)
{
  return (LimenTrend){name, colour, mark, points->x, points->y, points->n, now};
}

static void
limen_training_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimenTrainingPlot *self = LIMEN_TRAINING_PLOT (widget);
  LimenChartStyle style = limen_appearance_chart_style (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const LimenTrend curves[] = {
      curve (&self->train, "training images", LIMEN_COLOUR_FIRST, LIMEN_TREND_LINE,
             self->progress.train_nll),
      curve (&self->held_out, "held-out images", LIMEN_COLOUR_SECOND, LIMEN_TREND_DIAMONDS,
             self->progress.held_out_nll),
  };
  LimenTrendPlot plot = {curves,   G_N_ELEMENTS (curves),           self->progress.n_epochs,
                         "epochs", "negative log-likelihood, nats", "nats"};
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  limen_trend_plot_draw (&plot, cr, &style, width, height);
  cairo_destroy (cr);
}

void
limen_training_plot_show (LimenTrainingPlot *self, const LimenTrainingReport *report)
{
  g_return_if_fail (LIMEN_IS_TRAINING_PLOT (self));
  gboolean same = report->progress.step == self->progress.step &&
                  report->held_out.n == self->held_out.n && report->train.n == self->train.n;
  self->train = report->train;
  self->held_out = report->held_out;
  self->progress = report->progress;
  if (!same)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
limen_training_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  *minimum = across ? 200 : 240;
  *natural = across ? 520 : 320;
}

static void
limen_training_plot_class_init (LimenTrainingPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  widget_class->snapshot = limen_training_plot_snapshot;
  widget_class->measure = limen_training_plot_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
limen_training_plot_init (LimenTrainingPlot *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  limen_name (self, "Curves of the negative log-likelihood");
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)gtk_widget_queue_draw);
}

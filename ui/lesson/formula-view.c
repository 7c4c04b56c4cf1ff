#include "ui/lesson/formula-view.h"

#include "ui/appearance.h"
#include "ui/widgets.h"
#include "viz/kit/formula.h"

#include <math.h>

#define SCALE       1.25 /* of the text around it: scripts are to be read, too */
#define LEAST_WIDTH 120  /* pixels: less is not asked for */

struct _LimenFormulaView {
  GtkWidget parent_instance;

  LimenFormula *formula; /* nullable */
};

G_DEFINE_FINAL_TYPE (LimenFormulaView, limen_formula_view, GTK_TYPE_WIDGET)

static void
size_of (LimenFormulaView *self, const LimenFormula *formula, double scale, double *width,
         double *height)
{
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (self));
  double baseline;
  limen_formula_size (formula, &style, scale, width, height, &baseline);
}

/* (transfer full): in as many lines as it takes to be no wider than @width pixels; @scale: (out):
 * at which it is not, where it cannot be broken so far; @height: (out): then */
static LimenFormula *
fitted (LimenFormulaView *self, int width, double *scale, double *height)
{
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (self));
  LimenFormula *formula = limen_formula_fit (self->formula, &style, SCALE, width);
  double natural;
  size_of (self, formula, SCALE, &natural, height);
  *scale = natural > width ? SCALE * fmax (width, 1) / natural : SCALE;
  size_of (self, formula, *scale, &natural, height);
  return formula;
}

static void
limen_formula_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  LimenFormulaView *self = LIMEN_FORMULA_VIEW (widget);
  double width, height, scale;
  if (!self->formula)
    return;
  size_of (self, self->formula, SCALE, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *natural = (int)ceil (width);
    *minimum = MIN (*natural, LEAST_WIDTH);
    return;
  }
  if (for_size >= 0)
    limen_formula_free (fitted (self, for_size, &scale, &height));
  *minimum = *natural = (int)ceil (height);
}

static void
limen_formula_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimenFormulaView *self = LIMEN_FORMULA_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale, fitted_height;
  if (!self->formula)
    return;
  LimenChartStyle style = limen_appearance_chart_style (widget);
  g_autoptr (LimenFormula) formula = fitted (self, width, &scale, &fitted_height);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (-2, -2, width + 4, height + 4));
  limen_formula_draw (formula, cr, &style, scale, LIMEN_COLOUR_INK, 0, 0);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
limen_formula_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limen_formula_view_finalize (GObject *object)
{
  g_clear_pointer (&LIMEN_FORMULA_VIEW (object)->formula, limen_formula_free);
  G_OBJECT_CLASS (limen_formula_view_parent_class)->finalize (object);
}

static void
limen_formula_view_class_init (LimenFormulaViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = limen_formula_view_finalize;
  widget_class->measure = limen_formula_view_measure;
  widget_class->snapshot = limen_formula_view_snapshot;
  widget_class->get_request_mode = limen_formula_view_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
limen_formula_view_init (LimenFormulaView *self)
{
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)gtk_widget_queue_resize);
}

GtkWidget *
limen_formula_view_new (const char *source)
{
  g_return_val_if_fail (source != NULL, NULL);
  g_autoptr (GError) error = NULL;
  LimenFormulaView *self = g_object_new (LIMEN_TYPE_FORMULA_VIEW, "halign", GTK_ALIGN_START, NULL);
  self->formula = limen_formula_new (source, &error);
  g_autofree char *spoken = self->formula ? limen_formula_spoken (self->formula) : NULL;
  if (!self->formula)
    g_warning ("%s", error->message);
  limen_name (self, spoken ? spoken : source);
  return GTK_WIDGET (self);
}

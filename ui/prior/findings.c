#include "ui/prior/findings.h"

#include "ui/appearance.h"
#include "ui/study/prior/findings.h"
#include "ui/widgets.h"

#define LEAST_COLUMN 190 /* pixels at the usual size of text */
#define COLUMN_GAP   18
#define ROW_GAP      8

struct _LimenPriorFindings {
  GtkWidget parent_instance;

  GtkWidget *fold; /* above them where there is room for one column only: they are behind it */
  GtkWidget *column[LIMEN_N_FINDINGS];
  GtkLabel *said[LIMEN_N_FINDINGS];
  LimenPriorSession *session;
};

G_DEFINE_FINAL_TYPE (LimenPriorFindings, limen_prior_findings, GTK_TYPE_WIDGET)

/* -- rows of four, of two, or a fold -- */

static guint
n_columns (LimenPriorFindings *self, int width)
{
  double least = LEAST_COLUMN * limen_appearance_text_scale (GTK_WIDGET (self));
  double n = (width + COLUMN_GAP) / (least + COLUMN_GAP);
  return n >= LIMEN_N_FINDINGS ? LIMEN_N_FINDINGS : n >= 2 ? 2 : 1;
}

static int
height_of (GtkWidget *child, int width)
{
  int natural;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static int
column_width (guint n, int width)
{
  return (width - (int)(n - 1) * COLUMN_GAP) / (int)n;
}

/* From @first on, as high as the highest of them */
static int
row_height (LimenPriorFindings *self, guint first, guint n, int width)
{
  int height = 0;
  for (guint i = first; i < first + n; i++)
    height = MAX (height, height_of (self->column[i], column_width (n, width)));
  return height;
}

static gboolean
is_open (LimenPriorFindings *self, guint n)
{
  return n > 1 || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->fold));
}

static int
whole_height (LimenPriorFindings *self, int width)
{
  guint n = n_columns (self, width);
  int height = n == 1 ? height_of (self->fold, width) : 0;
  for (guint i = 0; is_open (self, n) && i < LIMEN_N_FINDINGS; i += n)
    height += row_height (self, i, n, width) + (height > 0 ? ROW_GAP : 0);
  return height;
}

static void
limen_prior_findings_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  LimenPriorFindings *self = LIMEN_PRIOR_FINDINGS (widget);
  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = *natural = whole_height (self, for_size >= 0 ? for_size : 900);
    return;
  }
  gtk_widget_measure (self->fold, orientation, -1, minimum, NULL, NULL, NULL);
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++) {
    int least;
    gtk_widget_measure (self->column[i], orientation, -1, &least, NULL, NULL, NULL);
    *minimum = MAX (*minimum, least);
  }
  *natural = MAX (*minimum, 900);
}

static void
limen_prior_findings_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenPriorFindings *self = LIMEN_PRIOR_FINDINGS (widget);
  guint n = n_columns (self, width);
  gboolean open = is_open (self, n);
  int own = column_width (n, width), y = n == 1 ? height_of (self->fold, width) + ROW_GAP : 0;
  gtk_widget_set_child_visible (self->fold, n == 1);
  if (n == 1)
    gtk_widget_size_allocate (self->fold, &(GtkAllocation){0, 0, width, y - ROW_GAP}, -1);
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++) {
    gtk_widget_set_child_visible (self->column[i], open);
    if (!open)
      continue;
    int x = (int)(i % n) * (own + COLUMN_GAP);
    gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
    int row = row_height (self, i - i % n, n, width);
    gtk_widget_size_allocate (self->column[i],
                              &(GtkAllocation){rtl ? width - x - own : x, y, own, row}, -1);
    if (i % n == n - 1)
      y += row + ROW_GAP;
  }
}

static GtkSizeRequestMode
limen_prior_findings_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* -- words -- */

static void
duel_changed_cb (LimenPriorFindings *self)
{
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++) {
    g_autofree char *text = limen_finding_text (self->session, i);
    gtk_label_set_text (self->said[i], text);
  }
}

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* -- the object -- */

static void
limen_prior_findings_dispose (GObject *object)
{
  limen_unparent_children (object);
  G_OBJECT_CLASS (limen_prior_findings_parent_class)->dispose (object);
}

static void
limen_prior_findings_class_init (LimenPriorFindingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_prior_findings_dispose;
  widget_class->measure = limen_prior_findings_measure;
  widget_class->size_allocate = limen_prior_findings_size_allocate;
  widget_class->get_request_mode = limen_prior_findings_get_request_mode;
}

static GtkWidget *
fold_new (LimenPriorFindings *self)
{
  GtkWidget *fold = gtk_toggle_button_new_with_label ("What comes of it for φ, λ and θ");
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (fold));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (fold, "small");
  gtk_widget_set_halign (fold, GTK_ALIGN_START);
  g_signal_connect_swapped (fold, "toggled", G_CALLBACK (gtk_widget_queue_resize), self);
  return fold;
}

static void
limen_prior_findings_init (LimenPriorFindings *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  self->fold = fold_new (self);
  gtk_widget_set_parent (self->fold, widget);
  for (guint i = 0; i < LIMEN_N_FINDINGS; i++) {
    self->column[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
    add_label (self->column[i], limen_finding_title (i), "heading");
    self->said[i] = add_label (self->column[i], NULL, "dim-label");
    gtk_widget_set_parent (self->column[i], widget);
  }
  limen_name (widget, "Findings");
  gtk_widget_set_margin_top (widget, 8);
  limen_appearance_connect (widget, (LimenAppearanceFunc)gtk_widget_queue_resize);
}

LimenPriorFindings *
limen_prior_findings_new (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), NULL);
  LimenPriorFindings *self = g_object_new (LIMEN_TYPE_PRIOR_FINDINGS, NULL);
  self->session = session;
  limen_follow (self, session, "duel-changed", G_CALLBACK (duel_changed_cb));
  duel_changed_cb (self);
  return self;
}

#include "ui/detector/bench-view.h"

#include "ui/detector/bench-labels.h"
#include "ui/appearance.h"
#include "ui/fields.h"
#include "ui/quiet-row.h"
#include "ui/widgets.h"

#include <math.h>

#define ROOMY   560 /* pixels: histogram and numbers beside the title; else below it */
#define FIGURES 240 /* pixels of the numbers there */
#define TIGHT   380 /* pixels below which the numbers are below the histogram */
#define MOST_K  1e5

/** Row: of one score */
typedef struct {
  char *name;
  LimenBenchView *view;
  GtkWidget *row, *radio, *line, *title, *about, *mark, *shown, *picture, *figures, *auroc, *rest,
      *bar, *lacking, *lacks, *button, *k;
  GtkSpinButton *k_spin;
  guint k_shown;
  LimenScoreRow histogram; /* with references to the scores */
  LimenBenchNumbers numbers;
  gboolean recommended;
} Row;

struct _LimenBenchView {
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkCheckButton *group; /* what radio buttons are grouped with; never seen */
  GPtrArray *rows;       /* Row */
  char *chosen;
  gboolean showing; /* radio buttons are being set to what is told */
  gboolean is_roomy, is_tight;
};

G_DEFINE_FINAL_TYPE (LimenBenchView, limen_bench_view, GTK_TYPE_WIDGET)

enum { CHOSEN, WANTED, K_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* -- the small histogram -- */

static void
take_scores (Row *row, const LimenScoreRow *histogram)
{
  LimenScoreRow before = row->histogram;
  row->histogram = *histogram;
  if (histogram->normal)
    limen_scores_ref ((LimenScores *)histogram->normal);
  if (histogram->anomaly)
    limen_scores_ref ((LimenScores *)histogram->anomaly);
  if (before.normal)
    limen_scores_unref ((LimenScores *)before.normal);
  if (before.anomaly)
    limen_scores_unref ((LimenScores *)before.anomaly);
}

static void
draw_histogram_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  Row *row = data;
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (area));
  LimenRect rect = {0, 0, width, height};
  limen_score_row_draw (cr, &style, &rect, &row->histogram);
}

static void
appearance_changed_cb (GtkWidget *area)
{
  double scale = limen_appearance_text_scale (area);
  gtk_widget_set_size_request (area, (int)(scale * LIMEN_SCORE_ROW_WIDTH),
                               (int)(scale * LIMEN_SCORE_ROW_HEIGHT));
  gtk_widget_queue_draw (area);
}

static GtkWidget *
new_histogram (Row *row)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_histogram_cb, row, NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (area, GTK_ALIGN_START);
  limen_appearance_connect (area, (LimenAppearanceFunc)appearance_changed_cb);
  appearance_changed_cb (area);
  return area;
}

/* -- a row -- */

static void
chosen_cb (GtkCheckButton *radio, GParamSpec *pspec, Row *row)
{
  LimenBenchView *self = row->view;
  if (self->showing || !gtk_check_button_get_active (radio) ||
      g_strcmp0 (self->chosen, row->name) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (row->name);
  g_signal_emit (self, signals[CHOSEN], 0, row->name);
}

static void
wanted_cb (GtkButton *button, Row *row)
{
  g_signal_emit (row->view, signals[WANTED], 0, row->name);
}

static void
k_closed_cb (GtkPopover *popover, Row *row)
{
  gtk_spin_button_update (row->k_spin);
  guint k = (guint)gtk_spin_button_get_value_as_int (row->k_spin);
  if (k != row->k_shown)
    g_signal_emit (row->view, signals[K_CHOSEN], 0, k);
}

static void
k_entered_cb (GtkText *text, Row *row)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (row->k));
}

static void
add_k (Row *row, GtkWidget *box)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *popover = gtk_popover_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (1, MOST_K, 1);
  row->k = gtk_menu_button_new ();
  row->k_spin = GTK_SPIN_BUTTON (spin);
  limen_field_spin (row->k_spin);
  limen_name (spin, "Samples of the bound, K");
  gtk_box_append (GTK_BOX (content), gtk_label_new ("Samples of the bound, K"));
  gtk_box_append (GTK_BOX (content), spin);
  gtk_popover_set_child (GTK_POPOVER (popover), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (row->k), popover);
  gtk_widget_set_halign (row->k, GTK_ALIGN_START);
  gtk_widget_add_css_class (row->k, "caption");
  gtk_box_append (GTK_BOX (box), row->k);
  g_signal_connect (popover, "closed", G_CALLBACK (k_closed_cb), row);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (spin)), "activate",
                    G_CALLBACK (k_entered_cb), row);
}

/* While the popover is open, its number is the user's. */
static void
show_k (Row *row, guint k)
{
  gtk_widget_set_visible (row->k, k > 0);
  if (k == 0 || k == row->k_shown)
    return;
  g_autofree char *label = g_strdup_printf ("K = %u", k);
  row->k_shown = k;
  gtk_menu_button_set_label (GTK_MENU_BUTTON (row->k), label);
  gtk_spin_button_set_value (row->k_spin, k);
}

static void
add_title (Row *row)
{
  GtkWidget *box = limen_bench_box (row->line, GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (box, TRUE);
  row->title = limen_bench_label (box, NULL);
  row->mark = limen_bench_label (box, "caption");
  gtk_label_set_text (GTK_LABEL (row->mark), "★ recommended");
  row->about = limen_bench_label (box, "caption");
  gtk_widget_add_css_class (row->about, "dim-label");
  add_k (row, box);
}

static void
add_numbers (Row *row)
{
  row->shown = limen_bench_box (row->line, GTK_ORIENTATION_HORIZONTAL, 12);
  row->picture = new_histogram (row);
  gtk_box_append (GTK_BOX (row->shown), row->picture);
  row->figures = limen_bench_box (row->shown, GTK_ORIENTATION_VERTICAL, 2);
  row->auroc = limen_bench_label (row->figures, "numeric");
  row->rest = limen_bench_label (row->figures, "numeric");
  gtk_label_set_wrap_mode (GTK_LABEL (row->auroc), PANGO_WRAP_WORD); /* no number breaks */
  gtk_label_set_wrap_mode (GTK_LABEL (row->rest), PANGO_WRAP_WORD);
  gtk_widget_add_css_class (row->auroc, "caption");
  gtk_widget_add_css_class (row->rest, "caption");
  gtk_widget_add_css_class (row->rest, "dim-label");
}

static void
add_lacking (Row *row)
{
  row->lacking = limen_bench_box (row->line, GTK_ORIENTATION_HORIZONTAL, 8);
  row->lacks = limen_bench_label (row->lacking, "dim-label");
  gtk_widget_set_hexpand (row->lacks, TRUE);
  row->button = gtk_button_new ();
  gtk_widget_set_valign (row->button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row->lacking), row->button);
  g_signal_connect (row->button, "clicked", G_CALLBACK (wanted_cb), row);
}

static Row *
row_new (LimenBenchView *self, const char *name)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  row->view = self;
  row->name = g_strdup (name);
  row->row = g_object_new (LIMEN_TYPE_QUIET_BIN, "activatable", TRUE, NULL);
  row->radio = gtk_check_button_new ();
  gtk_check_button_set_group (GTK_CHECK_BUTTON (row->radio), self->group);
  gtk_widget_set_valign (row->radio, GTK_ALIGN_CENTER);
  g_signal_connect (row->radio, "notify::active", G_CALLBACK (chosen_cb), row);
  gtk_widget_add_css_class (all, "bench-row");
  gtk_box_append (GTK_BOX (all), row->radio);
  GtkWidget *column = limen_bench_box (all, GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_hexpand (column, TRUE);
  row->line = limen_bench_box (column, GTK_ORIENTATION_VERTICAL, 6);
  add_title (row);
  add_numbers (row);
  add_lacking (row);
  row->bar = gtk_progress_bar_new ();
  gtk_box_append (GTK_BOX (column), row->bar);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->row), all);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;
  const LimenScoreRow none = {0};
  take_scores (row, &none);
  g_free (row->name);
  g_free (row);
}

/* -- what is told -- */

static void
show_numbers (Row *row, const LimenBenchNumbers *numbers)
{
  g_autofree char *auroc = limen_bench_share_text (numbers->auroc, 4);
  g_autofree char *low = limen_bench_share_text (numbers->low, 4);
  g_autofree char *high = limen_bench_share_text (numbers->high, 4);
  g_autofree char *aupr = limen_bench_share_text (numbers->aupr, 3);
  g_autofree char *fpr = limen_bench_percent_text (numbers->fpr);
  gboolean known = !isnan (numbers->low) && !isnan (numbers->high);
  g_autofree char *first = known ? g_strdup_printf ("AUROC\u00a0%s (%s to %s)", auroc, low, high)
                                 : g_strdup_printf ("AUROC\u00a0%s", auroc);
  g_autofree char *second = g_strdup_printf ("AUPR\u00a0%s · FPR\u00a0%s", aupr, fpr);
  gtk_label_set_text (GTK_LABEL (row->auroc), first);
  gtk_label_set_text (GTK_LABEL (row->rest), second);
  gtk_widget_set_tooltip_text (
      row->rest, "AUPR: average precision, anomalies being what is sought. FPR: share of the "
                 "anomalies that pass where 95\u00a0% of the normal images do.");
}

/* What a screen reader says of the row, at the button that chooses it. */
static void
describe_row (Row *row, const LimenBenchEntry *entry)
{
  g_autofree char *name =
      g_strdup_printf ("%s%s", entry->title, entry->recommended ? ", recommended" : "");
  g_autofree char *interval = limen_bench_interval_text (&entry->numbers);
  g_autofree char *aupr = limen_bench_share_text (entry->numbers.aupr, 3);
  g_autofree char *fpr = limen_bench_percent_text (entry->numbers.fpr);
  g_autofree char *numbers =
      g_strdup_printf ("AUROC %s, AUPR %s, FPR at 95\u00a0%% TPR %s", interval, aupr, fpr);
  limen_name (row->radio, name);
  limen_describe (row->radio, entry->lacks                    ? entry->lacks
                              : !isnan (entry->numbers.auroc) ? numbers
                                                              : "not worked out yet");
}

static void
set_or_hide (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static void
show_entry (Row *row, const LimenBenchEntry *entry)
{
  gboolean scored = entry->histogram.normal != NULL, works = !isnan (entry->progress);
  take_scores (row, &entry->histogram);
  row->numbers = entry->numbers;
  row->recommended = entry->recommended;
  set_or_hide (row->title, entry->title);
  set_or_hide (row->about, entry->about);
  gtk_widget_set_visible (row->mark, entry->recommended);
  show_k (row, entry->k);
  gtk_widget_set_visible (row->shown, scored && !entry->lacks);
  gtk_widget_set_visible (row->auroc, !isnan (entry->numbers.auroc));
  gtk_widget_set_visible (row->rest, !isnan (entry->numbers.auroc));
  show_numbers (row, &entry->numbers);
  gtk_widget_set_visible (row->lacking, entry->lacks != NULL);
  set_or_hide (row->lacks, entry->lacks);
  gtk_widget_set_visible (row->button, entry->button != NULL);
  if (entry->button)
    gtk_button_set_label (GTK_BUTTON (row->button), entry->button);
  gtk_widget_set_visible (row->bar, works);
  if (works)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (row->bar), CLAMP (entry->progress, 0, 1));
  gtk_widget_set_sensitive (row->radio, scored && !entry->lacks);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), scored && !entry->lacks);
  describe_row (row, entry);
  gtk_widget_queue_draw (row->picture);
}

static void
show_chosen (LimenBenchView *self)
{
  gboolean any = FALSE;
  self->showing = TRUE;
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = g_ptr_array_index (self->rows, i);
    gboolean is_it = g_strcmp0 (row->name, self->chosen) == 0;
    if (is_it)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->radio), TRUE);
    any |= is_it;
  }
  if (!any)
    gtk_check_button_set_active (self->group, TRUE);
  self->showing = FALSE;
}

/* -- room -- */

static void
lay_row (LimenBenchView *self, Row *row)
{
  GtkOrientation along = self->is_roomy ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->line), along);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->lacking), along);
  gtk_widget_set_halign (row->button, self->is_roomy ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_box_set_spacing (GTK_BOX (row->line), self->is_roomy ? 18 : 6);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (row->shown), self->is_tight
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (row->shown), self->is_tight ? 4 : 12);
  /* columns that lie below each other, where there is room */
  double scale = limen_appearance_text_scale (GTK_WIDGET (self));
  gtk_widget_set_hexpand (row->figures, !self->is_roomy);
  gtk_widget_set_size_request (row->figures, self->is_roomy ? (int)(scale * FIGURES) : -1, -1);
}

static gboolean
lay_rows_cb (gpointer data)
{
  LimenBenchView *self = data;
  for (guint i = 0; i < self->rows->len; i++)
    lay_row (self, g_ptr_array_index (self->rows, i));
  return G_SOURCE_REMOVE;
}

static int
least_of (GtkWidget *widget)
{
  int least;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Of a row where all lies below each other, however it lies now */
static int
narrowest (const Row *row)
{
  int figures = MAX (least_of (row->auroc), least_of (row->rest));
  int shown = MAX (least_of (row->picture), figures);
  int lacking = MAX (least_of (row->lacks), least_of (row->button));
  int all = MAX (least_of (gtk_widget_get_parent (row->title)), MAX (shown, lacking));
  return all + least_of (row->row) - least_of (row->line);
}

static void
limen_bench_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenBenchView *self = LIMEN_BENCH_VIEW (widget);
  double scale = limen_appearance_text_scale (widget);
  gboolean is_roomy = width >= ROOMY * scale, is_tight = width < TIGHT * scale;
  gtk_widget_allocate (self->list, MAX (width, least_of (self->list)), height, baseline, NULL);
  if (is_roomy == self->is_roomy && is_tight == self->is_tight)
    return;
  self->is_tight = is_tight;
  self->is_roomy = is_roomy; /* rows change their sizes, which no allocation may do */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, lay_rows_cb, g_object_ref (self), g_object_unref);
}

static void
limen_bench_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimenBenchView *self = LIMEN_BENCH_VIEW (widget);
  int least = least_of (self->list), narrow = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, least); /* until it has been laid out anew for less */
  gtk_widget_measure (self->list, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
  for (guint i = 0; orientation == GTK_ORIENTATION_HORIZONTAL && i < self->rows->len; i++)
    narrow = MAX (narrow, narrowest (g_ptr_array_index (self->rows, i)));
  if (narrow > 0)
    *minimum = MIN (*minimum, narrow);
}

static GtkSizeRequestMode
limen_bench_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* -- the object -- */

static void
activated_cb (GtkListBox *list, GtkListBoxRow *activated, LimenBenchView *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = g_ptr_array_index (self->rows, i);
    if (row->row == GTK_WIDGET (activated))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->radio), TRUE);
  }
}

/* Radio buttons go on with arrows, which a list would keep for its rows. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
                LimenBenchView *self)
{
  gboolean up = key == GDK_KEY_Up || key == GDK_KEY_KP_Up;
  gboolean down = key == GDK_KEY_Down || key == GDK_KEY_KP_Down;
  GtkWidget *before = NULL;
  gboolean after = FALSE;
  for (guint i = 0; (up || down) && i < self->rows->len; i++) {
    Row *row = g_ptr_array_index (self->rows, up ? i : self->rows->len - 1 - i);
    after |= gtk_widget_has_focus (row->radio);
    if (after)
      break;
    if (gtk_widget_get_sensitive (row->radio))
      before = row->radio;
  }
  if (!after) /* the focus is elsewhere */
    return GDK_EVENT_PROPAGATE;
  if (before && gtk_widget_grab_focus (before))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (before), TRUE);
  return GDK_EVENT_STOP;
}

static void
drop_rows (LimenBenchView *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = g_ptr_array_index (self->rows, i);
    g_signal_handlers_disconnect_by_data (row->radio, row);
    g_signal_handlers_disconnect_by_data (gtk_menu_button_get_popover (GTK_MENU_BUTTON (row->k)),
                                          row);
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row->row);
  }
  g_ptr_array_set_size (self->rows, 0);
}

static void
limen_bench_view_dispose (GObject *object)
{
  LimenBenchView *self = LIMEN_BENCH_VIEW (object);
  if (self->list)
    drop_rows (self);
  g_clear_object (&self->group);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (limen_bench_view_parent_class)->dispose (object);
}

static void
limen_bench_view_finalize (GObject *object)
{
  LimenBenchView *self = LIMEN_BENCH_VIEW (object);
  g_ptr_array_unref (self->rows);
  g_free (self->chosen);
  G_OBJECT_CLASS (limen_bench_view_parent_class)->finalize (object);
}

static void
limen_bench_view_class_init (LimenBenchViewClass *klass)
{
  static const char *const names[N_SIGNALS] = {"chosen", "wanted", "k-chosen"};
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_bench_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_bench_view_finalize;
  widget_class->size_allocate = limen_bench_view_size_allocate;
  widget_class->measure = limen_bench_view_measure;
  widget_class->get_request_mode = limen_bench_view_get_request_mode;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], LIMEN_TYPE_BENCH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, i == K_CHOSEN ? G_TYPE_UINT : G_TYPE_STRING);
}

static void
limen_bench_view_init (LimenBenchView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->group = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  limen_name (self->list, "Scores side by side");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->list, keys);
}

GtkWidget *
limen_bench_view_new (void)
{
  return g_object_new (LIMEN_TYPE_BENCH_VIEW, NULL);
}

static gboolean
has_same_rows (LimenBenchView *self, const LimenBenchEntry *entry, guint n)
{
  gboolean same = self->rows->len == n;
  for (guint i = 0; same && i < n; i++)
    same = g_str_equal (((Row *)g_ptr_array_index (self->rows, i))->name, entry[i].name);
  return same;
}

void
limen_bench_view_set_entries (LimenBenchView *self, const LimenBenchEntry *entry, guint n)
{
  g_return_if_fail (LIMEN_IS_BENCH_VIEW (self) && (entry != NULL || n == 0));
  if (!has_same_rows (self, entry, n)) {
    drop_rows (self);
    for (guint i = 0; i < n; i++) {
      g_ptr_array_add (self->rows, row_new (self, entry[i].name));
      lay_row (self, g_ptr_array_index (self->rows, i));
    }
  }
  for (guint i = 0; i < n; i++)
    show_entry (g_ptr_array_index (self->rows, i), &entry[i]);
  show_chosen (self);
}

void
limen_bench_view_set_chosen (LimenBenchView *self, const char *name)
{
  g_return_if_fail (LIMEN_IS_BENCH_VIEW (self));
  char *copy = g_strdup (name);
  g_free (self->chosen);
  self->chosen = copy;
  show_chosen (self);
}

const char *
limen_bench_view_get_chosen (LimenBenchView *self)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_VIEW (self), NULL);
  return self->chosen;
}

/* In the words of the row */
static LimenBenchPictureRow
seen_of (const Row *row)
{
  gboolean lacks = gtk_widget_get_visible (row->lacking);
  return (LimenBenchPictureRow){.title = gtk_label_get_text (GTK_LABEL (row->title)),
                                .lacks = lacks ? gtk_label_get_text (GTK_LABEL (row->lacks))
                                         : !row->histogram.normal ? "not worked out yet"
                                                                  : NULL,
                                .histogram = row->histogram,
                                .numbers = row->numbers,
                                .recommended = row->recommended};
}

LimenBenchPictureRow *
limen_bench_view_seen (LimenBenchView *self, guint *n)
{
  g_return_val_if_fail (LIMEN_IS_BENCH_VIEW (self) && n != NULL, NULL);
  LimenBenchPictureRow *row = g_new (LimenBenchPictureRow, self->rows->len + 1);
  for (*n = 0; *n < self->rows->len; ++*n)
    row[*n] = seen_of (g_ptr_array_index (self->rows, *n));
  return row;
}

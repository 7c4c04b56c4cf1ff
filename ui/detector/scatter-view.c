#include "ui/detector/scatter-view.h"

#include "model/base/number.h"
#include "ui/study/detector/scatter-work.h"
#include "ui/study/latest.h"
#include "ui/widgets.h"

#include <math.h>

#define REACH      14  /* pixels from an image at which a click takes it */
#define STILL      4   /* pixels that are a click */
#define STEP       3   /* pixels between two corners of a lasso */
#define SAID_LATER 300 /* ms: so that no count is made at each step of a drag */

struct _LimenScatterView {
  GtkWidget parent_instance;

  /* of the view */
  LimenPlotArea *area;

  /* owned */
  LimenScatterPoints *points; /* nullable */
  LimenScatterPlot *plot;     /* nullable: of one size and style */
  LimenSelection *selection;  /* nullable: nothing is selected */
  GArray *corners;            /* double[2]: of the lasso that is being drawn */
  guint said_later;

  /* of many images, beside the window */
  LimenShadeMade *shade; /* nullable: as they were drawn last, */
  guint version;         /* and how often the selection has changed */
  LimenLatest *shading, *lassoing, *counting;

  LimenLines cut[2];
  LimenScatterHit image;
  gboolean has_image, is_box;
  gboolean gave_up; /* the drag that still goes on */
  double from[2];   /* where it began */

  LimenImageNamer namer; /* nullable */
  gpointer namer_data;
};

G_DEFINE_FINAL_TYPE (LimenScatterView, limen_scatter_view, GTK_TYPE_WIDGET)

enum { SELECTION_CHANGED, IMAGE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_empty (LimenScatterView *self)
{
  return !self->points || self->points->n[0] + self->points->n[1] == 0;
}

/* -- words -- */

static char *
name_of (LimenScatterView *self, const LimenScatterHit *image)
{
  if (self->namer)
    return self->namer (image->set, image->index, self->namer_data);
  g_autofree char *number = limen_format_number (image->index + 1.0, 0);
  return g_strdup_printf ("Image %s of %s", number, self->points->scores[image->set][0]->name);
}

static char *
image_words (LimenScatterView *self)
{
  if (!self->has_image)
    return NULL;
  g_autofree char *name = name_of (self, &self->image);
  g_autofree char *across = limen_scatter_score_words (self->points, &self->image, 0);
  g_autofree char *up = limen_scatter_score_words (self->points, &self->image, 1);
  return g_strdup_printf ("%s: %s, %s", name, across, up);
}

/* What a screen reader gets: the image in hand, what is selected, and what both lines do. */
static char *
words_of (LimenScatterView *self, const char *counts)
{
  g_autofree char *image = image_words (self), *selected = NULL;
  if (self->selection)
    selected = limen_selection_words (self->selection);
  return g_strdup_printf ("%s%s%s%s%s%s", image ? image : "", image ? ". " : "",
                          selected ? "Selected are " : "", selected ? selected : "",
                          selected ? ". " : "", counts);
}

static void
counted_cb (gpointer counts, const GError *error, gpointer owner)
{
  LimenScatterView *self = owner;
  g_autofree char *owned = counts;
  if (!counts || is_empty (self))
    return;
  g_autofree char *words = words_of (self, counts);
  limen_plot_area_describe (self->area, words);
}

static gboolean
say_cb (gpointer data)
{
  LimenScatterView *self = data;
  self->said_later = 0;
  limen_latest_cancel (self->counting);
  if (is_empty (self)) {
    limen_plot_area_describe (self->area, "No image has both scores yet.");
    return G_SOURCE_REMOVE;
  }
  LimenCountsWish *wish = g_new (LimenCountsWish, 1);
  *wish = (LimenCountsWish){limen_scatter_points_ref (self->points), {self->cut[0], self->cut[1]}};
  limen_latest_wish (self->counting, wish);
  return G_SOURCE_REMOVE;
}

static void
say_later (LimenScatterView *self)
{
  if (self->said_later == 0)
    self->said_later = g_timeout_add (SAID_LATER, say_cb, self);
}

/* -- drawing -- */

static const LimenScatterPlot *
plot_of (LimenScatterView *self)
{
  LimenChartStyle style = limen_plot_area_style (self->area);
  GtkWidget *widget = GTK_WIDGET (self->area);
  if (!self->plot)
    self->plot = limen_scatter_plot_new (self->points, &style, gtk_widget_get_width (widget),
                                         gtk_widget_get_height (widget));
  return self->plot;
}

static gboolean
is_many (LimenScatterView *self)
{
  return self->points && (gsize)self->points->n[0] + self->points->n[1] > LIMEN_SCATTER_MANY;
}

static void
shaded_cb (gpointer made, const GError *error, gpointer owner)
{
  LimenScatterView *self = owner;
  if (!made)
    return;
  g_clear_pointer (&self->shade, limen_shade_made_free);
  self->shade = made;
  limen_plot_area_changed (self->area);
}

/* Of many images as they were drawn last, until they are drawn anew */
static void
draw_many (LimenScatterView *self, cairo_t *cr)
{
  const LimenScatterPlot *plot = plot_of (self);
  double scale = gtk_widget_get_scale_factor (GTK_WIDGET (self->area));
  gboolean fits = self->shade && limen_scatter_shade_fits (self->shade->shade, plot, scale);
  limen_scatter_plot_draw_base_with (plot, cr, limen_selection_bits (self->selection),
                                     fits ? self->shade->shade : NULL);
  if (fits && self->shade->version == self->version)
    return;
  LimenShadeWish *wish = g_new (LimenShadeWish, 1);
  *wish = (LimenShadeWish){limen_scatter_plot_ref (self->plot), scale,
                           self->selection ? limen_selection_copy (self->selection) : NULL,
                           self->version};
  limen_latest_wish (self->shading, wish);
}

static void
draw_base_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenScatterView *self = data;
  g_clear_pointer (&self->plot, limen_scatter_plot_unref); /* of another size or style */
  if (is_many (self))
    draw_many (self, cr);
  else
    limen_scatter_plot_draw_base (plot_of (self), cr, limen_selection_bits (self->selection));
}

static void
draw_top_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
             double height, gpointer data)
{
  LimenScatterView *self = data;
  g_autofree char *said = image_words (self);
  LimenScatterTop top = {.cut = {self->cut[0], self->cut[1]},
                         .corner = (const double (*)[2])self->corners->data,
                         .n_corners = self->corners->len,
                         .cursor = self->has_image ? &self->image : NULL,
                         .said = said};
  limen_scatter_plot_draw_top (plot_of (self), cr, &top);
}

static void
redraw_top (LimenScatterView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

/* -- what is held -- */

/* Takes over @selection, which may be NULL. */
static void
take_selection (LimenScatterView *self, LimenSelection *selection)
{
  if (selection && limen_selection_count (selection) == 0)
    g_clear_pointer (&selection, limen_selection_free);
  if (!selection && !self->selection)
    return;
  g_clear_pointer (&self->selection, limen_selection_free);
  self->selection = selection;
  self->version++;
  limen_plot_area_changed (self->area);
  say_later (self);
}

static void
select_by_hand (LimenScatterView *self, LimenSelection *selection)
{
  take_selection (self, selection);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
take_image (LimenScatterView *self, const LimenScatterHit *image)
{
  self->has_image = image != NULL;
  if (image)
    self->image = *image;
  redraw_top (self);
  say_later (self);
}

static void
hold_by_hand (LimenScatterView *self, const LimenScatterHit *image)
{
  take_image (self, image);
  g_signal_emit (self, signals[IMAGE_CHANGED], 0);
}

/* -- the pointer -- */

static GdkModifierType
modifiers (GtkGesture *gesture)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

static void
add_corner (LimenScatterView *self, double x, double y)
{
  const double corner[2] = {x, y};
  g_array_append_vals (self->corners, corner, 1);
}

static void
set_box (LimenScatterView *self, double x, double y)
{
  g_array_set_size (self->corners, 0);
  add_corner (self, self->from[0], self->from[1]);
  add_corner (self, x, self->from[1]);
  add_corner (self, x, y);
  add_corner (self, self->from[0], y);
}

static void
drag_began_cb (GtkGestureDrag *gesture, double x, double y, LimenScatterView *self)
{
  self->from[0] = x;
  self->from[1] = y;
  self->is_box = (modifiers (GTK_GESTURE (gesture)) & GDK_SHIFT_MASK) != 0;
  self->gave_up = FALSE;
  g_array_set_size (self->corners, 0);
}

static void
drag_moved_cb (GtkGestureDrag *gesture, double dx, double dy, LimenScatterView *self)
{
  double x = self->from[0] + dx, y = self->from[1] + dy;
  if (is_empty (self) || self->gave_up || (self->corners->len == 0 && hypot (dx, dy) < STILL))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->is_box)
    set_box (self, x, y);
  else if (self->corners->len == 0) {
    add_corner (self, self->from[0], self->from[1]);
    add_corner (self, x, y);
  } else {
    const double *last = ((double (*)[2])self->corners->data)[self->corners->len - 1];
    if (hypot (x - last[0], y - last[1]) >= STEP)
      add_corner (self, x, y);
  }
  redraw_top (self);
}

static void
click (LimenScatterView *self)
{
  LimenScatterHit image;
  if (limen_scatter_plot_nearest (plot_of (self), self->from[0], self->from[1], REACH, &image)) {
    hold_by_hand (self, &image);
    return;
  }
  if (self->has_image)
    hold_by_hand (self, NULL);
  if (self->selection)
    select_by_hand (self, NULL);
}

static void
lassoed_cb (gpointer selection, const GError *error, gpointer owner)
{
  if (selection)
    select_by_hand (owner, selection);
}

static void
drag_ended_cb (GtkGestureDrag *gesture, double dx, double dy, LimenScatterView *self)
{
  if (is_empty (self) || self->gave_up)
    return;
  if (self->corners->len == 0) {
    click (self);
    return;
  }
  gboolean more = self->selection && modifiers (GTK_GESTURE (gesture)) & GDK_CONTROL_MASK;
  LimenLassoWish *wish = g_new (LimenLassoWish, 1);
  plot_of (self);
  *wish = (LimenLassoWish){limen_scatter_plot_ref (self->plot), self->corners,
                           more ? limen_selection_copy (self->selection) : NULL};
  self->corners = g_array_new (FALSE, FALSE, sizeof (double[2]));
  redraw_top (self);
  if (is_many (self))
    limen_latest_wish (self->lassoing, wish);
  else {
    select_by_hand (self, limen_scatter_run_lasso (wish, NULL, NULL));
    limen_lasso_wish_free (wish);
  }
}

static void
drag_cancelled_cb (GtkGesture *gesture, GdkEventSequence *sequence, LimenScatterView *self)
{
  g_array_set_size (self->corners, 0);
  redraw_top (self);
}

/* -- keys -- */

/* LimenPlotArea asks for handles before it gives keys; this one is nowhere, so no pointer takes it.
 */
static int
n_handles_cb (LimenPlotArea *area, gpointer data)
{
  return is_empty (data) ? 0 : 1;
}

static gboolean
place_cb (LimenPlotArea *area, int handle, double *x, double *y, gpointer data)
{
  return FALSE;
}

static void
step (LimenScatterView *self, int dx, int dy)
{
  LimenScatterHit next;
  LimenRect room = limen_scatter_plot_area (plot_of (self));
  gboolean found;
  if (self->has_image)
    found = limen_scatter_plot_next (plot_of (self), &self->image, dx, dy, &next);
  else
    found = limen_scatter_plot_nearest (plot_of (self), room.x + room.width / 2,
                                        room.y + room.height / 2, INFINITY, &next);
  if (found)
    hold_by_hand (self, &next);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
toggle_image (LimenScatterView *self)
{
  const guint *n = self->points->n;
  const LimenScatterHit *at = &self->image;
  g_autoptr (LimenSelection) before =
      self->selection ? limen_selection_copy (self->selection) : limen_selection_new (n[0], n[1]);
  gboolean on = !limen_selection_has (before, at->set, at->index);
  select_by_hand (self, limen_selection_with (before, at->set, at->index, on));
}

static gboolean
let_go (LimenScatterView *self)
{
  if (self->corners->len > 0) {
    self->gave_up = TRUE;
    g_array_set_size (self->corners, 0);
    redraw_top (self);
  } else if (self->has_image)
    hold_by_hand (self, NULL);
  else if (self->selection)
    select_by_hand (self, NULL);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (LimenPlotArea *area, int handle, guint key, GdkModifierType state, gpointer data)
{
  static const struct {
    guint key, keypad;
    int dx, dy;
  } arrows[] = {{GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0},
                {GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0},
                {GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1},
                {GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1}};
  LimenScatterView *self = data;
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (key == arrows[i].key || key == arrows[i].keypad) {
      step (self, arrows[i].dx, arrows[i].dy);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_Escape)
    return let_go (self);
  if (key != GDK_KEY_space || !self->has_image)
    return GDK_EVENT_PROPAGATE;
  toggle_image (self);
  return GDK_EVENT_STOP;
}

/* -- the object -- */

static void
limen_scatter_view_dispose (GObject *object)
{
  LimenScatterView *self = LIMEN_SCATTER_VIEW (object);
  g_clear_handle_id (&self->said_later, g_source_remove);
  g_clear_pointer (&self->shading, limen_latest_free);
  g_clear_pointer (&self->lassoing, limen_latest_free);
  g_clear_pointer (&self->counting, limen_latest_free);
  limen_unparent_children (self);
  G_OBJECT_CLASS (limen_scatter_view_parent_class)->dispose (object);
}

static void
limen_scatter_view_finalize (GObject *object)
{
  LimenScatterView *self = LIMEN_SCATTER_VIEW (object);
  g_clear_pointer (&self->plot, limen_scatter_plot_unref);
  g_clear_pointer (&self->points, limen_scatter_points_unref);
  g_clear_pointer (&self->selection, limen_selection_free);
  g_clear_pointer (&self->shade, limen_shade_made_free);
  g_array_unref (self->corners);
  G_OBJECT_CLASS (limen_scatter_view_parent_class)->finalize (object);
}

static void
limen_scatter_view_class_init (LimenScatterViewClass *klass)
{
  static const char *const names[N_SIGNALS] = {"selection-changed", "image-changed"};
  G_OBJECT_CLASS (klass)->dispose = limen_scatter_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = limen_scatter_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], LIMEN_TYPE_SCATTER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
limen_scatter_view_init (LimenScatterView *self)
{
  static const LimenPlotAreaFuncs funcs = {.draw_base = draw_base_cb,
                                           .draw_top = draw_top_cb,
                                           .n_handles = n_handles_cb,
                                           .place = place_cb,
                                           .key = key_cb};
  for (int axis = 0; axis < 2; axis++)
    self->cut[axis] = (LimenLines){NAN, NAN};
  self->corners = g_array_new (FALSE, FALSE, sizeof (double[2]));
  self->shading =
      limen_latest_new (limen_scatter_run_shade, limen_shade_wish_free, limen_shade_made_free,
                        LIMEN_OVERTAKEN_IS_SHOWN, shaded_cb, self);
  self->lassoing = limen_latest_new (limen_scatter_run_lasso, limen_lasso_wish_free,
                                     (GDestroyNotify)limen_selection_free,
                                     LIMEN_OVERTAKEN_IS_CANCELLED, lassoed_cb, self);
  self->counting = limen_latest_new (limen_scatter_run_counts, limen_counts_wish_free, g_free,
                                     LIMEN_OVERTAKEN_IS_CANCELLED, counted_cb, self);
  self->area = limen_plot_area_new ("Scatter of two scores", &funcs, self);
  limen_plot_area_set_least (self->area, 240);
  gtk_widget_set_vexpand (GTK_WIDGET (self->area), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->area), "crosshair");
  gtk_widget_set_parent (GTK_WIDGET (self->area), GTK_WIDGET (self));
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_began_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_moved_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancelled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->area), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
limen_scatter_view_new (void)
{
  return g_object_new (LIMEN_TYPE_SCATTER_VIEW, NULL);
}

/* -- what it is told -- */

static gboolean
are_as_many (const LimenScatterPoints *a, const LimenScatterPoints *b)
{
  return a && b && a->n[0] == b->n[0] && a->n[1] == b->n[1];
}

void
limen_scatter_view_set_points (LimenScatterView *self, LimenScatterPoints *points)
{
  g_return_if_fail (LIMEN_IS_SCATTER_VIEW (self));
  if (points)
    limen_scatter_points_ref (points);
  if (!are_as_many (self->points, points)) {
    take_selection (self, NULL);
    take_image (self, NULL);
  }
  if (self->points != points)
    limen_latest_cancel (self->lassoing); /* of images that are not there any more */
  g_clear_pointer (&self->points, limen_scatter_points_unref);
  g_clear_pointer (&self->plot, limen_scatter_plot_unref);
  self->points = points;
  limen_plot_area_changed (self->area);
  say_later (self);
}

void
limen_scatter_view_set_cuts (LimenScatterView *self, const LimenLines cut[2])
{
  g_return_if_fail (LIMEN_IS_SCATTER_VIEW (self));
  for (int axis = 0; axis < 2; axis++)
    self->cut[axis] = cut[axis];
  redraw_top (self);
  say_later (self);
}

void
limen_scatter_view_set_selection (LimenScatterView *self, const LimenSelection *selection)
{
  g_return_if_fail (LIMEN_IS_SCATTER_VIEW (self));
  g_return_if_fail (!selection || (self->points && selection->n[0] == self->points->n[0] &&
                                   selection->n[1] == self->points->n[1]));
  if (selection && self->selection && limen_selection_same (selection, self->selection))
    return;
  take_selection (self, selection ? limen_selection_copy (selection) : NULL);
}

const LimenSelection *
limen_scatter_view_get_selection (LimenScatterView *self)
{
  g_return_val_if_fail (LIMEN_IS_SCATTER_VIEW (self), NULL);
  return self->selection;
}

void
limen_scatter_view_set_image (LimenScatterView *self, const LimenScatterHit *image)
{
  g_return_if_fail (LIMEN_IS_SCATTER_VIEW (self));
  g_return_if_fail (!image || (self->points && image->index < self->points->n[image->set]));
  take_image (self, image);
}

gboolean
limen_scatter_view_get_image (LimenScatterView *self, LimenScatterHit *image)
{
  g_return_val_if_fail (LIMEN_IS_SCATTER_VIEW (self), FALSE);
  *image = self->image;
  return self->has_image;
}

void
limen_scatter_view_set_namer (LimenScatterView *self, LimenImageNamer namer, gpointer user_data)
{
  g_return_if_fail (LIMEN_IS_SCATTER_VIEW (self));
  self->namer = namer;
  self->namer_data = user_data;
  redraw_top (self);
}

LimenPlotArea *
limen_scatter_view_area (LimenScatterView *self)
{
  g_return_val_if_fail (LIMEN_IS_SCATTER_VIEW (self), NULL);
  return self->area;
}

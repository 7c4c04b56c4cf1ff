#include "ui/detector/thumbnails.h"

#include "model/base/number.h"
#include "ui/appearance.h"
#include "ui/detector/gallery-opener.h"
#include "viz/kit/image-grid.h"

#include <math.h>
#include <string.h>

#define TILE      44
#define GAP       6
#define MAX_TILES 64

struct _LimenThumbnails {
  GtkWidget parent_instance;

  LimenDetectorSession *session;
  LimenSelectionSession *selection; /* nullable */
  LimenStrip strip;
  guint32 index[MAX_TILES];
  guint n;
  guint32 selected[MAX_TILES]; /* kept: there may be many to look through */
  guint n_selected;
};

G_DEFINE_FINAL_TYPE (LimenThumbnails, limen_thumbnails, GTK_TYPE_WIDGET)

static LimenSetRole
role_of (const LimenThumbnails *self)
{
  static const LimenSetRole roles[] = {[LIMEN_STRIP_FLAGGED] = LIMEN_SET_NORMAL,
                                       [LIMEN_STRIP_PASSED] = LIMEN_SET_ANOMALY,
                                       [LIMEN_STRIP_WORST] = LIMEN_SET_NORMAL,
                                       [LIMEN_STRIP_CONVINCING] = LIMEN_SET_ANOMALY,
                                       [LIMEN_STRIP_LISTED] = LIMEN_SET_UNSORTED,
                                       [LIMEN_STRIP_SELECTED_NORMAL] = LIMEN_SET_NORMAL,
                                       [LIMEN_STRIP_SELECTED_ANOMALIES] = LIMEN_SET_ANOMALY};
  return roles[self->strip];
}

static void
choose_listed (LimenThumbnails *self, const LimenAnalysis *analysis, guint room)
{
  self->n = analysis->unsorted ? MIN (room, analysis->unsorted->n_listed) : 0;
  if (self->n > 0)
    memcpy (self->index, analysis->order[LIMEN_SET_UNSORTED], self->n * sizeof *self->index);
}

/* Which images, nearest to the line (or worst) first. */
static void
choose_images (LimenThumbnails *self)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->session);
  LimenSetRole role = role_of (self);
  guint room =
      (guint)CLAMP ((gtk_widget_get_width (GTK_WIDGET (self)) + GAP) / (TILE + GAP), 0, MAX_TILES);
  self->n = 0;
  if (self->selection) {
    self->n = MIN (room, self->n_selected);
    memcpy (self->index, self->selected, self->n * sizeof *self->index);
    return;
  }
  if (!analysis || !analysis->order[role])
    return;
  if (role == LIMEN_SET_UNSORTED) {
    choose_listed (self, analysis, room);
    return;
  }
  const LimenDetector *detector = analysis->detector;
  const LimenScores *scores = role == LIMEN_SET_NORMAL ? detector->normal : detector->anomaly;
  guint n_flagged = limen_lines_n_flagged (limen_detector_lines (detector), scores);
  guint n_wrong = isnan (detector->threshold) ? 0
                  : role == LIMEN_SET_NORMAL  ? n_flagged
                                              : scores->n - n_flagged;
  if (self->strip == LIMEN_STRIP_CONVINCING) /* also when the line stops all of them */
    n_wrong = scores->n;
  self->n = MIN (room, n_wrong);
  for (guint i = 0; i < self->n; i++) {
    guint rank = self->strip == LIMEN_STRIP_FLAGGED  ? n_flagged - 1 - i
                 : self->strip == LIMEN_STRIP_PASSED ? n_flagged + i
                 : self->strip == LIMEN_STRIP_WORST  ? i
                                                     : scores->n - 1 - i;
    self->index[i] = analysis->order[role][rank];
  }
}

/* Scores of any program may come without them. */
static gboolean
has_pictures (LimenThumbnails *self)
{
  const LimenExperiment *now = limen_detector_session_experiment (self->session);
  return !now->table || now->set[role_of (self)];
}

static LimenImageGrid
grid (LimenThumbnails *self)
{
  static const LimenColour borders[LIMEN_N_SETS] = {LIMEN_COLOUR_FIRST, LIMEN_COLOUR_SECOND,
                                                    LIMEN_COLOUR_DIM};
  LimenSetRole role = role_of (self);
  choose_images (self);
  self->n = has_pictures (self) ? self->n : 0;
  return (LimenImageGrid){
      .set = limen_detector_session_experiment (self->session)->set[role],
      .index = self->index,
      .n = self->n,
      .columns = MAX (self->n, 1),
      .tile = TILE,
      .gap = GAP,
      .border = borders[role],
      .border_width =
          self->strip == LIMEN_STRIP_FLAGGED || self->strip == LIMEN_STRIP_PASSED ? 2 : 0,
  };
}

static void
limen_thumbnails_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimenThumbnails *self = LIMEN_THUMBNAILS (widget);
  LimenChartStyle style = limen_appearance_chart_style (widget);
  graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  LimenImageGrid shown = grid (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);
  if (shown.n > 0)
    limen_image_grid_draw (&shown, cr, &style);
  else {
    LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};
    const char *why = !limen_detector_session_analysis (self->session) ? ""
                      : has_pictures (self)                            ? "none"
                                                                       : "no pictures";
    limen_text_draw (cr, &style, &text, why, 0, TILE / 2.0);
  }
  cairo_destroy (cr);
}

/* What is said of an image beside its name */
static char *
say_image (LimenThumbnails *self, guint index)
{
  const LimenAnalysis *analysis = limen_detector_session_analysis (self->session);
  LimenSetRole role = role_of (self);
  double score;
  if (!analysis || !limen_analysis_score (analysis, role, index, &score))
    return NULL;
  const LimenMeasure *measure = limen_detector_measure (analysis->detector);
  guint decimals = limen_measure_decimals (measure, analysis->detector->std, 1);
  char *said = limen_measure_text (measure, score, decimals);
  const LimenUnsorted *unsorted = role == LIMEN_SET_UNSORTED ? analysis->unsorted : NULL;
  if (!unsorted)
    return said;
  g_autofree char *text = said;
  g_autofree char *p = limen_format_significant (unsorted->p[index], 2);
  g_autofree char *conditional = limen_format_significant (unsorted->p_conditional[index], 2);
  gboolean flagged = limen_lines_flag (limen_detector_lines (analysis->detector), score);
  return g_strdup_printf ("%s: %s\np = %s, conditional p = %s", text, flagged ? "flagged" : "kept",
                          p, conditional);
}

/* The image's name, score and verdict. */
static gboolean
limen_thumbnails_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard,
                                GtkTooltip *tooltip)
{
  LimenThumbnails *self = LIMEN_THUMBNAILS (widget);
  LimenChartStyle style = limen_appearance_chart_style (widget);
  LimenImageGrid shown = grid (self);
  int place = shown.n > 0 && !keyboard ? limen_image_grid_at (&shown, &style, x, y) : -1;
  if (place < 0)
    return FALSE;
  g_autofree char *name = limen_image_set_image_name (shown.set, self->index[place]);
  g_autofree char *said = say_image (self, self->index[place]);
  g_autofree char *text = said ? g_strdup_printf ("%s\n%s", name, said) : g_strdup (name);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
limen_thumbnails_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = TILE;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 5 * (TILE + GAP) - GAP : TILE;
}

static void
limen_thumbnails_dispose (GObject *object)
{
  LimenThumbnails *self = LIMEN_THUMBNAILS (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->session);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (limen_thumbnails_parent_class)->dispose (object);
}

static void
limen_thumbnails_class_init (LimenThumbnailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_thumbnails_dispose;
  widget_class->snapshot = limen_thumbnails_snapshot;
  widget_class->measure = limen_thumbnails_measure;
  widget_class->query_tooltip = limen_thumbnails_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

/* The gallery of the strip, at that image */
static void
clicked_cb (GtkGestureClick *gesture, int n, double x, double y, LimenThumbnails *self)
{
  static const LimenGalleryKind kinds[] = {[LIMEN_STRIP_FLAGGED] = LIMEN_GALLERY_FALSE_ALARMS,
                                           [LIMEN_STRIP_PASSED] = LIMEN_GALLERY_MISSED,
                                           [LIMEN_STRIP_WORST] = LIMEN_GALLERY_FALSE_ALARMS,
                                           [LIMEN_STRIP_CONVINCING] = LIMEN_GALLERY_ANOMALIES,
                                           [LIMEN_STRIP_LISTED] = LIMEN_GALLERY_UNSORTED,
                                           [LIMEN_STRIP_SELECTED_NORMAL] = LIMEN_GALLERY_SELECTED,
                                           [LIMEN_STRIP_SELECTED_ANOMALIES] =
                                               LIMEN_GALLERY_SELECTED};
  LimenChartStyle style = limen_appearance_chart_style (GTK_WIDGET (self));
  LimenImageGrid shown = grid (self);
  int place = shown.n > 0 ? limen_image_grid_at (&shown, &style, x, y) : -1;
  if (place >= 0)
    limen_gallery_opener_open (GTK_WIDGET (self), kinds[self->strip], role_of (self),
                               self->index[place]);
}

static void
limen_thumbnails_init (LimenThumbnails *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)gtk_widget_queue_draw);
}

void
limen_thumbnails_set_session (LimenThumbnails *self, LimenDetectorSession *session,
                              LimenStrip strip)
{
  g_return_if_fail (LIMEN_IS_THUMBNAILS (self));
  self->session = g_object_ref (session);
  self->strip = strip;
  g_signal_connect_swapped (session, "data-changed", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (session, "threshold-changed", G_CALLBACK (gtk_widget_queue_draw), self);
}

static void
find_selected (LimenThumbnails *self)
{
  self->n_selected =
      limen_selection_session_first (self->selection, role_of (self), self->selected, MAX_TILES);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
limen_thumbnails_set_selection (LimenThumbnails *self, LimenSelectionSession *selection)
{
  g_return_if_fail (LIMEN_IS_THUMBNAILS (self) && self->session != NULL);
  self->selection = g_object_ref (selection);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (find_selected), self);
  g_signal_connect_swapped (self->session, "data-changed", G_CALLBACK (find_selected), self);
  find_selected (self);
}

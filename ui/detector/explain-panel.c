#include "ui/detector/explain-panel.h"

#include "ui/appearance.h"
#include "ui/rows.h"
#include "ui/widgets.h"
#include "viz/detector/explain-picture.h"
#include "viz/kit/image-grid.h"

#define TILE  76 /* pixels, of a near image */
#define SHARP 2  /* pixels of its texture per pixel */

/* @rows: of the scores; @shown: (nullable): which explanation rows and pictures are of */
typedef struct {
  LimenExplainSession *session;
  AdwComboRow *maps;
  GtkAdjustment *opacity;
  GtkWidget *opacity_group;
  GtkLabel *meaning, *change;
  AdwPreferencesGroup *scores, *nearest;
  GtkFlowBox *near;
  GPtrArray *rows;
  LimenExplanation *shown;
  gboolean is_showing; /* what widgets tell is no wish of the user */
} Panel;

/* No line ends within a number, at one of its thin spaces. */
static char *
keep_numbers (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "\u2009", -1);
  return g_strjoinv ("\u2060\u2009\u2060", parts);
}

/* -- the map -- */

static void
map_chosen_cb (Panel *self)
{
  if (!self->is_showing)
    limen_explain_session_set_map (self->session,
                                   (LimenExplainMap)adw_combo_row_get_selected (self->maps));
}

static void
opacity_chosen_cb (Panel *self)
{
  if (!self->is_showing)
    limen_explain_session_set_opacity (self->session, gtk_adjustment_get_value (self->opacity));
}

static void
show_view (Panel *self)
{
  LimenExplainMap map = limen_explain_session_map (self->session);
  const char *line =
      map == LIMEN_EXPLAIN_WINDOWS ? limen_explain_session_windows_line (self->session) : NULL;
  g_autofree char *meaning = g_strconcat (limen_explain_map_meaning (map), line ? " Here: " : "",
                                          line ? line : "", line ? "." : "", NULL);
  g_autofree char *whole = keep_numbers (meaning);
  self->is_showing = TRUE;
  adw_combo_row_set_selected (self->maps, map);
  gtk_adjustment_set_value (self->opacity, limen_explain_session_opacity (self->session));
  gtk_label_set_text (self->meaning, whole);
  gtk_widget_set_sensitive (self->opacity_group, map != LIMEN_EXPLAIN_NONE);
  self->is_showing = FALSE;
}

/* -- scores -- */

static void
add_score (Panel *self, const LimenExplainedScore *score)
{
  g_autofree char *heading = limen_measure_heading (score->measure);
  g_autofree char *value = limen_explained_score_text (score);
  g_autofree char *rank = limen_explained_score_rank (score);
  const char *verdict = !score->has_threshold ? "" : score->flagged ? " · flagged" : " · kept";
  g_autofree char *said = g_strconcat (value, verdict, "\n", rank, NULL);
  g_autofree char *whole = keep_numbers (said);
  g_autofree char *markup = g_markup_escape_text (whole, -1);
  AdwActionRow *row = limen_rows_row (self->scores, heading, NULL);
  adw_action_row_set_subtitle (row, markup);
  adw_action_row_set_subtitle_lines (row, 0);
  limen_describe (row, said);
  g_ptr_array_add (self->rows, row);
}

static void
show_scores (Panel *self, const LimenExplanation *explanation)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->scores, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; explanation && i < explanation->n_scores; i++)
    add_score (self, &explanation->score[i]);
  adw_preferences_group_set_description (
      self->scores,
      self->rows->len > 0 ? NULL : "There are none yet: open a flow and normal images.");
}

/* -- nearest images -- */

/* Without blur, which GtkPicture would add */
static GdkTexture *
texture_of (const LimenImageSet *set, guint index)
{
  int side = TILE * SHARP;
  LimenChartStyle style = limen_chart_style (LIMEN_SCHEME_LIGHT);
  cairo_surface_t *image = limen_image_surface (set, index);
  cairo_surface_t *large = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  LimenHeatMap heat = {.picture = image};
  cairo_t *cr = cairo_create (large);
  limen_heat_map_draw (&heat, cr, &style, side, side);
  cairo_destroy (cr);
  cairo_surface_flush (large);
  gsize stride = (gsize)cairo_image_surface_get_stride (large);
  g_autoptr (GBytes) bytes =
      g_bytes_new (cairo_image_surface_get_data (large), stride * (gsize)side);
  cairo_surface_destroy (large);
  cairo_surface_destroy (image);
  return gdk_memory_texture_new (side, side, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
add_near (Panel *self, const LimenExplanation *explanation, guint place)
{
  const LimenNearImage *near = &explanation->near[place];
  g_autofree char *name = limen_image_set_image_name (explanation->normal, near->index);
  g_autofree char *distance = limen_near_image_text (near);
  g_autofree char *said = g_strdup_printf ("%s, %s", name, distance);
  g_autoptr (GdkTexture) texture = texture_of (explanation->normal, near->index);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *image = gtk_image_new_from_paintable (GDK_PAINTABLE (texture));
  GtkWidget *label = gtk_label_new (distance), *child = gtk_flow_box_child_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (image), TILE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_tooltip_text (child, said);
  limen_name (child, said);
  gtk_flow_box_append (self->near, child);
}

static void
show_nearest (Panel *self, const LimenExplanation *explanation)
{
  GtkFlowBoxChild *child;
  while ((child = gtk_flow_box_get_child_at_index (self->near, 0)))
    gtk_flow_box_remove (self->near, GTK_WIDGET (child));
  for (guint i = 0; explanation && i < explanation->n_near; i++)
    add_near (self, explanation, i);
  gtk_widget_set_visible (GTK_WIDGET (self->nearest), explanation && explanation->n_near > 0);
}

static void
show (Panel *self)
{
  const LimenExplanation *explanation = limen_explain_session_explanation (self->session);
  if (explanation == self->shown)
    return;
  show_view (self);
  g_clear_pointer (&self->shown, limen_explanation_unref);
  self->shown = explanation ? limen_explanation_ref ((LimenExplanation *)explanation) : NULL;
  g_autofree char *change = explanation ? limen_explanation_change (explanation) : g_strdup ("");
  g_autofree char *whole = keep_numbers (change);
  gtk_label_set_text (self->change, whole);
  show_scores (self, explanation);
  show_nearest (self, explanation);
}

/* -- making -- */

static void
panel_free (gpointer data)
{
  Panel *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_pointer (&self->shown, limen_explanation_unref);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->session);
  g_free (self);
}

static void
add_view (Panel *self, GtkWidget *panel)
{
  const char *names[LIMEN_N_EXPLAIN_MAPS + 1] = {NULL};
  const char *longest = "";
  for (guint map = 0; map < LIMEN_N_EXPLAIN_MAPS; map++) {
    const char *meaning = limen_explain_map_meaning ((LimenExplainMap)map);
    names[map] = limen_explain_map_title ((LimenExplainMap)map);
    if (g_utf8_strlen (meaning, -1) > g_utf8_strlen (longest, -1))
      longest = meaning;
  }
  AdwPreferencesGroup *group = limen_rows_group (panel, "Map");
  self->maps = limen_rows_combo (group, "Over the picture", names);
  self->opacity = gtk_adjustment_new (1, 0, 1, 0.05, 0.2, 0);
  self->opacity_group = GTK_WIDGET (limen_rows_scale (group, "Opacity of the map", self->opacity));
  gtk_widget_set_tooltip_text (self->opacity_group, "Opacity of the map");
  self->meaning = limen_rows_words (group, longest);
  g_signal_connect_swapped (self->maps, "notify::selected", G_CALLBACK (map_chosen_cb), self);
  g_signal_connect_swapped (self->opacity, "value-changed", G_CALLBACK (opacity_chosen_cb), self);
}

static void
add_near_group (Panel *self, GtkWidget *panel)
{
  self->nearest = limen_rows_group (panel, "Nearest normal images");
  self->near = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->near, GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (self->near, 2);
  gtk_flow_box_set_max_children_per_line (self->near, 6);
  gtk_flow_box_set_homogeneous (self->near, TRUE);
  limen_name (self->near, "Nearest normal images");
  adw_preferences_group_add (self->nearest, GTK_WIDGET (self->near));
}

GtkWidget *
limen_explain_panel_new (LimenExplainSession *session)
{
  g_return_val_if_fail (LIMEN_IS_EXPLAIN_SESSION (session), NULL);
  Panel *self = g_new0 (Panel, 1);
  GtkWidget *panel = limen_rows_panel ();
  self->session = g_object_ref (session);
  self->rows = g_ptr_array_new ();
  add_view (self, panel);
  self->scores = limen_rows_group (panel, "Scores");
  self->change = limen_rows_words (limen_rows_group (panel, "What would have to change"),
                                   "Moved by 30 steps, it is still 1 000.0 nats less likely than "
                                   "the median normal image: 784 of 784 pixels change by more "
                                   "than 0.1.");
  add_near_group (self, panel);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (show), self);
  g_signal_connect_swapped (session, "view-changed", G_CALLBACK (show_view), self);
  g_object_set_data_full (G_OBJECT (panel), "limen-explain-panel", self, panel_free);
  show_view (self);
  show_scores (self, NULL);
  show_nearest (self, NULL);
  show (self);
  return panel;
}

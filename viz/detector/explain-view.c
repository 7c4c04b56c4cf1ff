#include "viz/detector/explain-view.h"

#include <math.h>

#define MARGIN 1.0 /* em */
#define TITLE  1.9 /* em */
#define WIDE   40  /* em: small pictures stand beside the large one, else below */
#define ASIDE  0.3 /* of the width, of the small ones */
#define BELOW  0.3 /* of the height */
#define MOST   2   /* small ones */

/* @title: and a brief one where there is no room for it; @place: with the title; @inside: of
 * picture, map and scale */
typedef struct {
  const char *title[3];
  LimenHeatMap heat;
  LimenRect place, inside;
} Panel;

/* @panel: (n): the first is the large one */
typedef struct {
  Panel panel[1 + MOST];
  guint n;
} Layout;

static void
add_panel (Layout *layout, const char *title, const char *brief, LimenHeatMap heat)
{
  layout->panel[layout->n++] = (Panel){.title = {title, brief, NULL}, .heat = heat};
}

static void
place (Panel *panel, const LimenChartStyle *style, LimenRect rect)
{
  double em = style->font_size, title = TITLE * em;
  panel->place = rect;
  panel->inside = (LimenRect){rect.x, rect.y + title, rect.width, fmax (rect.height - title, 1)};
}

static void
place_panels (Layout *layout, const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size, margin = MARGIN * em;
  LimenRect all = {margin, margin, fmax (width - 2 * margin, 1), fmax (height - 2 * margin, 1)};
  gboolean wide = width >= WIDE * em;
  double aside = wide ? ASIDE * all.width : 0, below = wide ? 0 : BELOW * all.height;
  place (&layout->panel[0], style,
         (LimenRect){all.x, all.y, fmax (all.width - aside - (wide ? margin : 0), 1),
                     fmax (all.height - below - (wide ? 0 : margin), 1)});
  for (guint i = 1; i < layout->n; i++) {
    double share = 1.0 / (layout->n - 1), k = i - 1;
    LimenRect rect = wide ? (LimenRect){all.x + all.width - aside, all.y + k * share * all.height,
                                        aside, share * all.height - margin}
                          : (LimenRect){all.x + k * share * all.width, all.y + all.height - below,
                                        share * all.width - margin, below};
    place (&layout->panel[i], style, rect);
  }
}

static Layout
layout_of (const LimenExplainView *view, const LimenChartStyle *style, double width, double height)
{
  Layout layout = {.n = 0};
  cairo_surface_t *large = view->original ? view->original : view->seen;
  LimenHeatMap plain = {.picture = large};
  add_panel (&layout,
             view->values     ? limen_explain_map_title (view->map)
             : view->original ? "The picture"
                              : "What the flow sees",
             NULL,
             view->values ? limen_explained_heat_map (view->values, view->map, large, view->opacity)
                          : plain);
  if (view->original || view->values)
    add_panel (&layout, "What the flow sees", "Seen", (LimenHeatMap){.picture = view->seen});
  if (view->moved)
    add_panel (&layout, "Moved towards the likely", "Moved",
               (LimenHeatMap){.picture = view->moved});
  place_panels (&layout, style, width, height);
  return layout;
}

void
limen_explain_view_draw (const LimenExplainView *view, cairo_t *cr, const LimenChartStyle *style,
                         double width, double height)
{
  g_return_if_fail (view != NULL && cr != NULL && style != NULL);
  LimenText title = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1.05};
  limen_chart_begin (cr, style, width, height);
  Layout layout = layout_of (view, style, width, height);
  for (guint i = 0; i < layout.n; i++) {
    const Panel *panel = &layout.panel[i];
    title.max_width = 0;
    const char *fits = limen_chart_fitting (style, &title, panel->title, panel->place.width);
    title.max_width = fmax (panel->place.width, 1);
    limen_text_draw (cr, style, &title, fits ? fits : panel->title[0], panel->place.x,
                     panel->place.y);
    cairo_save (cr);
    cairo_translate (cr, panel->inside.x, panel->inside.y);
    limen_heat_map_draw (&panel->heat, cr, style, panel->inside.width, panel->inside.height);
    cairo_restore (cr);
  }
  cairo_restore (cr);
}

static char *
value_text (const LimenExplainView *view, guint column, guint row)
{
  double value = view->values->value[(gsize)row * view->values->columns + column];
  g_autofree char *number = limen_format_significant (value, 3);
  return g_strdup_printf ("Column %u, row %u: %s %s", column + 1, row + 1, number,
                          limen_explain_map_unit (view->map));
}

char *
limen_explain_view_at (const LimenExplainView *view, const LimenChartStyle *style, double width,
                       double height, double x, double y)
{
  g_return_val_if_fail (view != NULL && style != NULL, NULL);
  guint column, row;
  Layout layout = layout_of (view, style, width, height);
  const Panel *panel = &layout.panel[0];
  if (!view->values ||
      !limen_heat_map_at (&panel->heat, style, panel->inside.width, panel->inside.height,
                          x - panel->inside.x, y - panel->inside.y, &column, &row))
    return NULL;
  return value_text (view, column, row);
}

char *
limen_explain_view_text (const LimenExplainView *view)
{
  g_return_val_if_fail (view != NULL, NULL);
  const LimenExplainedMap *values = view->values;
  g_autoptr (GString) text = g_string_new (view->explanation->name);
  g_autofree char *change = limen_explanation_change (view->explanation);
  g_string_append_printf (text, ". %s", limen_explain_map_meaning (view->map));
  if (values) {
    guint most = 0;
    for (guint i = 1; i < values->columns * values->rows; i++)
      if (fabsf (values->value[i]) > fabsf (values->value[most]))
        most = i;
    g_autofree char *where = value_text (view, most % values->columns, most / values->columns);
    g_string_append_printf (text, " The largest: %s.", where);
  }
  g_string_append_printf (text, " %s", change);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#include "viz/detector/explain-picture.h"

#include "viz/kit/image-grid.h"
#include "viz/kit/sheet.h"

#include <math.h>

#define MARGIN      16
#define SPACE       10
#define NARROWEST   15  /* em, of a panel */
#define TILE        5.5 /* em, of a near image */
#define TWO_COLUMNS 56  /* em: scores stand in two */
#define MOST_PANELS 8

/* -- what is drawn -- */

cairo_surface_t *
limen_explained_surface (const LimenExplanation *explanation, gboolean moved)
{
  g_return_val_if_fail (explanation != NULL && (!moved || explanation->ascent), NULL);
  gsize n = (gsize)explanation->width * explanation->height;
  const double *from = moved ? explanation->ascent->x : explanation->pixel;
  g_autofree float *pixels = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    pixels[i] = (float)from[i];
  return limen_grey_surface (pixels, explanation->width, explanation->height);
}

LimenHeatMap
limen_explained_heat_map (const LimenExplainedMap *map, LimenExplainMap kind,
                          cairo_surface_t *picture, double opacity)
{
  return (LimenHeatMap){
      .picture = picture,
      .columns = map->columns,
      .rows = map->rows,
      .value = map->value,
      .scale = map->spread ? &limen_scale_log : NULL,
      .low = map->low,
      .high = map->high,
      .both_ways = map->both_ways,
      .smooth = map->smooth,
      .opacity = opacity,
      .unit = limen_explain_map_unit (kind),
  };
}

char *
limen_near_image_text (const LimenNearImage *near)
{
  g_return_val_if_fail (near != NULL, NULL);
  g_autofree char *distance = limen_format_significant (near->distance, 3);
  return g_strdup_printf ("%s apart", distance);
}

typedef struct {
  const char *title;
  LimenHeatMap heat;
} Panel;

/* @owned: (n_owned): surfaces of @panel: (n), and @map: their numbers */
typedef struct {
  const LimenExplainPicture *picture;
  LimenChartStyle style;
  Panel panel[MOST_PANELS];
  guint n;
  cairo_surface_t *seen, *moved;
  LimenExplainedMap *map[LIMEN_N_EXPLAIN_MAPS];
} Sheet;

static void
add_panel (Sheet *sheet, const char *title, LimenHeatMap heat)
{
  if (sheet->n < MOST_PANELS)
    sheet->panel[sheet->n++] = (Panel){title, heat};
}

static LimenHeatMap
plain_of (cairo_surface_t *picture)
{
  return (LimenHeatMap){.picture = picture, .keeps_room = TRUE};
}

static void
sheet_init (Sheet *sheet, const LimenExplainPicture *picture)
{
  const LimenExplanation *explanation = picture->explanation;
  *sheet = (Sheet){.picture = picture, .style = limen_chart_style (picture->scheme)};
  sheet->seen = limen_explained_surface (explanation, FALSE);
  if (picture->original)
    add_panel (sheet, "The picture", plain_of (picture->original));
  add_panel (sheet, explanation->detail ? "What the flow sees" : "The picture",
             plain_of (sheet->seen));
  if (explanation->ascent) {
    sheet->moved = limen_explained_surface (explanation, TRUE);
    add_panel (sheet, "Moved towards the likely", plain_of (sheet->moved));
  }
  for (guint kind = LIMEN_EXPLAIN_NONE + 1; kind < LIMEN_N_EXPLAIN_MAPS; kind++) {
    if (!limen_explanation_has_map (explanation, (LimenExplainMap)kind))
      continue;
    sheet->map[kind] = limen_explanation_map (explanation, (LimenExplainMap)kind);
    add_panel (sheet, limen_explain_map_title ((LimenExplainMap)kind),
               limen_explained_heat_map (sheet->map[kind], (LimenExplainMap)kind,
                                         kind == LIMEN_EXPLAIN_WINDOWS && picture->original
                                             ? picture->original
                                             : sheet->seen,
                                         picture->opacity));
  }
}

static void
sheet_clear (Sheet *sheet)
{
  g_clear_pointer (&sheet->seen, cairo_surface_destroy);
  g_clear_pointer (&sheet->moved, cairo_surface_destroy);
  for (guint kind = 0; kind < LIMEN_N_EXPLAIN_MAPS; kind++)
    g_clear_pointer (&sheet->map[kind], limen_explained_map_free);
}

static char *
sentence_of (const LimenExplanation *explanation)
{
  g_autofree char *change = limen_explanation_change (explanation);
  g_autofree char *where = limen_explanation_where (explanation);
  return g_strjoin (" ", explanation->name, "·", where && !explanation->detail ? where : change,
                    where && explanation->detail ? where : NULL, NULL);
}

/* -- where it is drawn -- */

static guint
n_columns (const Sheet *sheet, double width)
{
  guint fit = (guint)fmax (floor (width / (NARROWEST * sheet->style.font_size)), 1);
  guint columns = MIN (fit, sheet->n), rows = (sheet->n + columns - 1) / columns;
  return (sheet->n + rows - 1) / rows; /* rows as full as each other */
}

/* Titles, pictures in a square, scales */
static double
panels_height (const Sheet *sheet, double width)
{
  guint columns = n_columns (sheet, width), rows = (sheet->n + columns - 1) / columns;
  const LimenExplanation *explanation = sheet->picture->explanation;
  double aspect = fmin ((double)explanation->height / explanation->width, 2);
  double each = (width / columns - SPACE) * aspect;
  return rows * (each + 6.9 * sheet->style.font_size);
}

/* Side by side where there is room for two */
static guint
score_columns (const Sheet *sheet, double width)
{
  return width >= TWO_COLUMNS * sheet->style.font_size ? 2 : 1;
}

static double
scores_height (const Sheet *sheet, double width)
{
  guint columns = score_columns (sheet, width);
  guint rows = (sheet->picture->explanation->n_scores + columns - 1) / columns;
  return (2.2 + 3.4 * rows) * sheet->style.font_size;
}

static double
near_height (const Sheet *sheet)
{
  return sheet->picture->explanation->n_near > 0 ? (TILE + 5) * sheet->style.font_size : 0;
}

static double
foot_height (const Sheet *sheet, double width)
{
  return scores_height (sheet, width) + near_height (sheet);
}

double
limen_explain_picture_height (const LimenExplainPicture *picture, double width)
{
  g_return_val_if_fail (picture != NULL && picture->explanation != NULL, 0);
  Sheet sheet;
  sheet_init (&sheet, picture);
  g_autofree char *sentence = sentence_of (picture->explanation);
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (nowhere);
  double top = limen_sheet_begin (cr, &sheet.style, sentence, width, 1e4, MARGIN, SPACE + MARGIN).y;
  double inner = width - 2 * MARGIN;
  double height = top + panels_height (&sheet, inner) + foot_height (&sheet, inner) + MARGIN;
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  sheet_clear (&sheet);
  return ceil (height);
}

/* -- drawing -- */

static void
draw_panel (const Sheet *sheet, cairo_t *cr, const Panel *panel, const LimenRect *rect)
{
  double em = sheet->style.font_size, top = 1.9 * em;
  LimenText text = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1.05};
  if (rect->width < 2 * em || rect->height < 4 * em)
    return;
  text.max_width = rect->width;
  limen_text_draw (cr, &sheet->style, &text, panel->title, rect->x, rect->y);
  cairo_save (cr);
  cairo_translate (cr, rect->x, rect->y + top);
  limen_heat_map_draw (&panel->heat, cr, &sheet->style, rect->width, rect->height - top - 0.5 * em);
  cairo_restore (cr);
}

static void
draw_panels (const Sheet *sheet, cairo_t *cr, const LimenRect *room)
{
  guint columns = n_columns (sheet, room->width), rows = (sheet->n + columns - 1) / columns;
  double width = room->width / columns, height = room->height / rows;
  for (guint i = 0; i < sheet->n; i++) {
    LimenRect rect = {room->x + i % columns * width, room->y + i / columns * height, width - SPACE,
                      height};
    draw_panel (sheet, cr, &sheet->panel[i], &rect);
  }
}

static void
draw_near (const Sheet *sheet, cairo_t *cr, const LimenRect *room)
{
  const LimenExplanation *explanation = sheet->picture->explanation;
  double em = sheet->style.font_size, tile = TILE * em, pitch = tile + 1.2 * em;
  LimenText title = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1.05};
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .max_width = pitch - 0.3 * em};
  if (explanation->n_near == 0)
    return;
  title.max_width = room->width;
  limen_text_draw (cr, &sheet->style, &title, "Nearest normal images", room->x, room->y);
  for (guint i = 0; i < explanation->n_near && (i + 1) * pitch <= room->width; i++) {
    LimenRect place = {room->x + i * pitch, room->y + 1.9 * em, tile, tile};
    cairo_surface_t *surface =
        limen_image_surface (explanation->normal, explanation->near[i].index);
    LimenHeatMap heat = {.picture = surface};
    g_autofree char *distance = limen_near_image_text (&explanation->near[i]);
    cairo_save (cr);
    cairo_translate (cr, place.x, place.y);
    limen_heat_map_draw (&heat, cr, &sheet->style, tile, tile);
    cairo_restore (cr);
    cairo_surface_destroy (surface);
    limen_text_draw (cr, &sheet->style, &text, distance, place.x, place.y + tile + 0.3 * em);
  }
}

static void
draw_scores (const Sheet *sheet, cairo_t *cr, const LimenRect *room)
{
  const LimenExplanation *explanation = sheet->picture->explanation;
  guint columns = score_columns (sheet, room->width);
  double em = sheet->style.font_size, top = room->y + 1.9 * em, width = room->width / columns;
  LimenText title = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1.05};
  LimenText text = {.colour = LIMEN_COLOUR_INK, .size = 1.05, .max_width = width - em};
  LimenText note = {.colour = LIMEN_COLOUR_DIM, .size = 1, .max_width = width - em};
  if (explanation->n_scores > 0)
    limen_text_draw (cr, &sheet->style, &title, "Scores", room->x, room->y);
  for (guint i = 0; i < explanation->n_scores; i++) {
    double x = room->x + i % columns * width, y = top + i / columns * 3.4 * em;
    const LimenExplainedScore *score = &explanation->score[i];
    g_autofree char *heading = limen_measure_heading (score->measure);
    g_autofree char *value = limen_explained_score_text (score);
    g_autofree char *rank = limen_explained_score_rank (score);
    g_autofree char *line =
        g_strdup_printf ("%s: %s%s", heading, value, score->flagged ? " · flagged" : "");
    limen_text_draw (cr, &sheet->style, &text, line, x, y);
    if (score->n > 0)
      limen_text_draw (cr, &sheet->style, &note, rank, x, y + 1.45 * em);
  }
}

void
limen_explain_picture_draw (cairo_t *cr, double width, double height, gpointer data)
{
  const LimenExplainPicture *picture = data;
  Sheet sheet;
  sheet_init (&sheet, picture);
  g_autofree char *sentence = sentence_of (picture->explanation);
  LimenRect room =
      limen_sheet_begin (cr, &sheet.style, sentence, width, height, MARGIN, SPACE + MARGIN);
  double left = room.height - panels_height (&sheet, room.width);
  double foot = fmin (foot_height (&sheet, room.width), fmax (left, room.height / 2));
  LimenRect panels = {room.x, room.y, room.width, fmax (room.height - foot, 1)};
  LimenRect near = {room.x, panels.y + panels.height, room.width, near_height (&sheet)};
  LimenRect scores = {room.x, near.y + near.height, room.width, scores_height (&sheet, room.width)};
  cairo_save (cr);
  cairo_new_path (cr);
  draw_panels (&sheet, cr, &panels);
  draw_near (&sheet, cr, &near);
  draw_scores (&sheet, cr, &scores);
  cairo_restore (cr);
  sheet_clear (&sheet);
}

#include "viz/kit/formula-private.h"
#include "viz/kit/text-context.h"

#include <math.h>
#include <pango/pangocairo.h>

/* All in proportion to the size of the font that is set in: */
#define AXIS         0.26 /* of fractions and sums, above the base line */
#define THIN         0.17 /* room: behind a comma, about the name of a function, */
#define MEDIUM       0.22 /* about an operator, */
#define THICK        0.28 /* about a relation */
#define LINE_GAP     0.55
#define FRACTION_GAP 0.16
#define SCRIPT       0.72 /* size of scripts */
#define FRACTION     0.92 /* of what is above and below a line */
#define BIG          1.55 /* of a sum */
#define LEAST        0.55 /* however deep: of the size of the formula */
#define FAMILY       "STIX Two Text, STIX, Nimbus Roman, DejaVu Serif, serif"

/* What is set, and how: without @cr only the room is found */
typedef struct {
  cairo_t *cr;
  double least; /* size of a font, pixels */
} Setter;

/* The room that something takes about a point on the base line, pixels */
typedef struct {
  double width, ascent, descent;
} Extent;

static Extent
set_node (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y);
static Extent set_row (const Setter *setter, const LimenFormulaNode *row, double em, double x,
                       double y, LimenFormulaClass before);

static double
smaller (const Setter *setter, double em, double part)
{
  return fmax (em * part, setter->least);
}

typedef enum { UPRIGHT, SLANTED, TIGHT /* upright, and nothing beside its ink */ } Shape;

static Extent
set_text (const Setter *setter, const char *text, Shape shape, double em, double x, double y)
{
  gboolean slanted = shape == SLANTED;
  g_autoptr (PangoLayout) layout = pango_layout_new (limen_text_context ());
  PangoFontDescription *font = pango_font_description_from_string (FAMILY);
  PangoRectangle ink, logical;
  pango_font_description_set_absolute_size (font, em * PANGO_SCALE);
  pango_font_description_set_style (font, slanted ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_extents (layout, &ink, &logical);
  double base = pango_layout_get_baseline (layout) / (double)PANGO_SCALE;
  double beside = shape == TIGHT ? ink.x / (double)PANGO_SCALE : 0;
  if (setter->cr) {
    cairo_move_to (setter->cr, x - beside, y - base);
    pango_cairo_show_layout (setter->cr, layout);
  }
  double top = ink.y / (double)PANGO_SCALE, bottom = (ink.y + ink.height) / (double)PANGO_SCALE;
  double over = (ink.x + ink.width - logical.width) / (double)PANGO_SCALE; /* a slanted f leans */
  double width = (shape == TIGHT ? ink.width : logical.width) / (double)PANGO_SCALE;
  return (Extent){width + (slanted ? fmax (over, 0) : 0), fmax (base - top, 0.45 * em),
                  fmax (bottom - base, 0)};
}

static gboolean
is_slanted (const LimenFormulaNode *node)
{
  return node->kind == LIMEN_FORMULA_LETTER && g_ascii_isalpha (node->text[0]);
}

static void
draw_line (const Setter *setter, double x0, double y0, double x1, double y1, double width)
{
  if (!setter->cr)
    return;
  cairo_set_line_width (setter->cr, width);
  limen_chart_line (setter->cr, x0, y0, x1, y1);
  cairo_stroke (setter->cr);
}

static double
rule_width (double em)
{
  return fmax (1, em * 0.055);
}

static Extent
set_fraction (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  const Setter blind = {NULL, setter->least};
  const LimenFormulaNode *upper = limen_formula_child (node, 0),
                         *lower = limen_formula_child (node, 1);
  double size = smaller (setter, em, FRACTION), gap = em * FRACTION_GAP;
  Extent over = set_node (&blind, upper, size, 0, 0), under = set_node (&blind, lower, size, 0, 0);
  double width = fmax (over.width, under.width) + 0.2 * em, axis = y - AXIS * em;
  draw_line (setter, x + 0.05 * em, axis, x + width - 0.05 * em, axis, rule_width (em));
  if (setter->cr) {
    set_node (setter, upper, size, x + (width - over.width) / 2, axis - gap - over.descent);
    set_node (setter, lower, size, x + (width - under.width) / 2, axis + gap + under.ascent);
  }
  return (Extent){width, AXIS * em + gap + over.descent + over.ascent,
                  gap + under.ascent + under.descent - AXIS * em};
}

static Extent
set_root (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  Extent inner = set_node (setter, limen_formula_child (node, 0), em, x + 0.62 * em, y);
  double top = inner.ascent + 0.14 * em, bottom = inner.descent + 0.05 * em;
  if (setter->cr) {
    cairo_set_line_width (setter->cr, rule_width (em));
    cairo_move_to (setter->cr, x + 0.08 * em, y - 0.28 * em);
    cairo_line_to (setter->cr, x + 0.22 * em, y - 0.36 * em);
    cairo_line_to (setter->cr, x + 0.4 * em, y + bottom);
    cairo_line_to (setter->cr, x + 0.58 * em, y - top);
    cairo_line_to (setter->cr, x + 0.66 * em + inner.width, y - top);
    cairo_stroke (setter->cr);
  }
  return (Extent){inner.width + 0.72 * em, top + rule_width (em), bottom};
}

static Extent
set_accent (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  Extent inner = set_node (setter, limen_formula_child (node, 0), em, x, y);
  double at = y - inner.ascent - 0.1 * em, middle = x + inner.width / 2 + 0.04 * em;
  if (setter->cr && node->kind == LIMEN_FORMULA_HAT) {
    cairo_set_line_width (setter->cr, rule_width (em));
    cairo_move_to (setter->cr, middle - 0.16 * em, at);
    cairo_line_to (setter->cr, middle, at - 0.13 * em);
    cairo_line_to (setter->cr, middle + 0.16 * em, at);
    cairo_stroke (setter->cr);
  } else {
    draw_line (setter, x + 0.08 * em, at, x + inner.width, at, rule_width (em));
  }
  inner.ascent += (node->kind == LIMEN_FORMULA_HAT ? 0.26 : 0.16) * em;
  return inner;
}

/* A bracket from @top to @bottom; @turned: the closing one. Returns: its width */
static double
set_bracket (const Setter *setter, const char *text, gboolean turned, double em, double x,
             double top, double bottom)
{
  double width = *text == '|' ? 0.28 * em : 0.36 * em, middle = (top + bottom) / 2;
  double from = turned ? x + 0.26 * em : x + 0.1 * em, to = turned ? x + 0.08 * em : x + 0.28 * em;
  cairo_t *cr = setter->cr;
  if (*text == 0)
    return 0;
  if (!cr)
    return width;
  cairo_set_line_width (cr, rule_width (em));
  if (*text == '|') {
    limen_chart_line (cr, x + width / 2, top, x + width / 2, bottom);
  } else if (*text == '[' || *text == ']') {
    cairo_move_to (cr, to, top);
    cairo_line_to (cr, from, top);
    cairo_line_to (cr, from, bottom);
    cairo_line_to (cr, to, bottom);
  } else if (*text == '(' || *text == ')') {
    double bulge = from - (to - from) * 0.35;
    cairo_move_to (cr, to, top);
    cairo_curve_to (cr, bulge, top + (bottom - top) * 0.28, bulge, bottom - (bottom - top) * 0.28,
                    to, bottom);
  } else {
    double spine = (from + to) / 2, tip = from - (to - from) * 0.2;
    cairo_move_to (cr, to, top);
    cairo_curve_to (cr, spine, top, spine, top, spine, top + 0.25 * em);
    cairo_line_to (cr, spine, middle - 0.2 * em);
    cairo_curve_to (cr, spine, middle, spine, middle, tip, middle);
    cairo_curve_to (cr, spine, middle, spine, middle, spine, middle + 0.2 * em);
    cairo_line_to (cr, spine, bottom - 0.25 * em);
    cairo_curve_to (cr, spine, bottom, spine, bottom, to, bottom);
  }
  cairo_stroke (cr);
  return width;
}

static Extent
set_fence (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  const Setter blind = {NULL, setter->least};
  const LimenFormulaNode *inside = limen_formula_child (node, 0);
  Extent inner = set_node (&blind, inside, em, 0, 0);
  /* As far from the axis at both sides, or what is set looks as if it fell */
  double half = fmax (fmax (inner.ascent - AXIS * em, inner.descent + AXIS * em), 0.5 * em);
  half += 0.06 * em;
  double top = y - AXIS * em - half, bottom = y - AXIS * em + half;
  double left = set_bracket (setter, node->text, FALSE, em, x, top, bottom);
  if (setter->cr)
    set_node (setter, inside, em, x + left, y);
  double right = set_bracket (setter, node->closing, TRUE, em, x + left + inner.width, top, bottom);
  return (Extent){left + inner.width + right, half + AXIS * em, half - AXIS * em};
}

static Extent
set_big (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  const Setter blind = {NULL, setter->least};
  Extent found = set_text (&blind, node->text, TIGHT, em * BIG, 0, 0);
  /* Its middle on the axis */
  double lowered = (found.ascent - found.descent) / 2 - AXIS * em;
  if (setter->cr)
    set_text (setter, node->text, TIGHT, em * BIG, x, y + lowered);
  return (Extent){found.width, found.ascent - lowered, found.descent + lowered};
}

/* A bar has a little room at both sides, or it touches what is slanted */
static Extent
set_sign (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  gboolean bar = g_str_equal (node->text, "|") || g_str_equal (node->text, "‖") ||
                 g_str_equal (node->text, "∣");
  double room = bar ? 0.07 * em : 0;
  const char *text = g_str_equal (node->text, "∣") ? "|" : node->text; /* fonts have it wide */
  Extent sign = set_text (setter, text, UPRIGHT, em, x + room, y);
  sign.width += 2 * room;
  return sign;
}

/* What a node is without its scripts */
static Extent
set_base (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  switch (node->kind) {
  case LIMEN_FORMULA_ROW:
    return set_row (setter, node, em, x, y, LIMEN_FORMULA_OPENING);
  case LIMEN_FORMULA_BIG:
    return set_big (setter, node, em, x, y);
  case LIMEN_FORMULA_FRACTION:
    return set_fraction (setter, node, em, x, y);
  case LIMEN_FORMULA_ROOT:
    return set_root (setter, node, em, x, y);
  case LIMEN_FORMULA_HAT:
  case LIMEN_FORMULA_BAR:
    return set_accent (setter, node, em, x, y);
  case LIMEN_FORMULA_FENCE:
    return set_fence (setter, node, em, x, y);
  case LIMEN_FORMULA_ROOM:
    return (Extent){node->amount * em, 0, 0};
  case LIMEN_FORMULA_SIGN:
    return set_sign (setter, node, em, x, y);
  default:
    return set_text (setter, node->text, is_slanted (node) ? SLANTED : UPRIGHT, em, x, y);
  }
}

/* What stands under and over a sum or a maximum */
static Extent
set_limits (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  const Setter blind = {NULL, setter->least};
  Extent base = set_base (&blind, node, em, 0, 0), below = {0}, above = {0};
  double size = smaller (setter, em, SCRIPT), gap = 0.12 * em;
  if (node->below)
    below = set_node (&blind, node->below, size, 0, 0);
  if (node->above)
    above = set_node (&blind, node->above, size, 0, 0);
  double width = fmax (base.width, fmax (below.width, above.width));
  if (setter->cr) {
    set_base (setter, node, em, x + (width - base.width) / 2, y);
    if (node->below)
      set_node (setter, node->below, size, x + (width - below.width) / 2,
                y + base.descent + gap + below.ascent);
    if (node->above)
      set_node (setter, node->above, size, x + (width - above.width) / 2,
                y - base.ascent - gap - above.descent);
  }
  if (node->below)
    base.descent += gap + below.ascent + below.descent;
  if (node->above)
    base.ascent += gap + above.ascent + above.descent;
  base.width = width;
  return base;
}

static Extent
set_node (const Setter *setter, const LimenFormulaNode *node, double em, double x, double y)
{
  if (node->limits && (node->below || node->above))
    return set_limits (setter, node, em, x, y);
  Extent all = set_base (setter, node, em, x, y), script;
  double size = smaller (setter, em, SCRIPT), behind = x + all.width + 0.03 * em, width = 0;
  double raised = fmax (all.ascent - 0.32 * em, 0.4 * em), ascent = all.ascent,
         descent = all.descent;
  double lowered = fmax (all.descent + 0.06 * em, 0.2 * em);
  if (node->above) {
    script = set_node (setter, node->above, size, behind, y - raised);
    width = script.width;
    ascent = fmax (ascent, raised + script.ascent);
  }
  if (node->below) {
    script = set_node (setter, node->below, size, behind, y + lowered);
    width = fmax (width, script.width);
    descent = fmax (descent, lowered + script.descent);
  }
  return (Extent){all.width + (width > 0 ? width + 0.06 * em : 0), ascent, descent};
}

static LimenFormulaClass
class_of (const LimenFormulaNode *node)
{
  const LimenFormulaSign *sign =
      node->kind == LIMEN_FORMULA_SIGN ? limen_formula_sign (node->text) : NULL;
  return sign ? sign->stands : LIMEN_FORMULA_ORDINARY;
}

/* The room between two things in a row, in proportion to the font; a sign before which nothing
 * stands that it could join is the sign of a number */
static double
room_between (const LimenFormulaNode *left, LimenFormulaClass before, const LimenFormulaNode *node,
              LimenFormulaClass *now)
{
  *now = class_of (node);
  gboolean begins = before == LIMEN_FORMULA_OPENING || before == LIMEN_FORMULA_OPERATOR ||
                    before == LIMEN_FORMULA_RELATION || before == LIMEN_FORMULA_COMMA;
  if (*now == LIMEN_FORMULA_OPERATOR && begins)
    *now = LIMEN_FORMULA_ORDINARY;
  if (*now == LIMEN_FORMULA_RELATION || before == LIMEN_FORMULA_RELATION)
    return before == LIMEN_FORMULA_OPENING ? 0 : THICK;
  if (*now == LIMEN_FORMULA_OPERATOR || before == LIMEN_FORMULA_OPERATOR)
    return MEDIUM;
  if (before == LIMEN_FORMULA_COMMA)
    return THIN;
  gboolean function = node->kind == LIMEN_FORMULA_UPRIGHT || node->kind == LIMEN_FORMULA_BIG;
  gboolean after_function =
      left && (left->kind == LIMEN_FORMULA_UPRIGHT || left->kind == LIMEN_FORMULA_BIG);
  if (after_function && *now == LIMEN_FORMULA_OPENING)
    return 0;
  if ((function && before != LIMEN_FORMULA_OPENING) || after_function)
    return *now == LIMEN_FORMULA_CLOSING ? 0 : THIN;
  return 0;
}

static Extent
set_row (const Setter *setter, const LimenFormulaNode *row, double em, double x, double y,
         LimenFormulaClass before)
{
  Extent all = {0};
  const LimenFormulaNode *left = NULL;
  for (guint i = 0; i < row->child->len; i++) {
    const LimenFormulaNode *node = limen_formula_child (row, i);
    LimenFormulaClass now;
    all.width += em * room_between (left, before, node, &now);
    Extent one = set_node (setter, node, em, x + all.width, y);
    all.width += one.width;
    all.ascent = fmax (all.ascent, one.ascent);
    all.descent = fmax (all.descent, one.descent);
    before = now;
    left = node;
  }
  return all;
}

static const LimenFormulaNode *
cell_of (const LimenFormulaNode *lines, guint line, guint column)
{
  const LimenFormulaNode *row = limen_formula_child (lines, line);
  return column < row->child->len ? limen_formula_child (row, column) : NULL;
}

/* Cells of a column are as wide as its widest; the first ends at the same place in all lines, those
 * behind it begin at the same place. @baseline: (out): of the first line, below (…, @y), the top */
static Extent
set_lines (const Setter *setter, const LimenFormulaNode *lines, double em, double x, double y,
           double *baseline)
{
  const Setter blind = {NULL, setter->least};
  guint n_columns = 0;
  double width = 0, height = 0;
  for (guint i = 0; i < lines->child->len; i++)
    n_columns = MAX (n_columns, limen_formula_child (lines, i)->child->len);
  g_autofree double *wide = g_new0 (double, n_columns);
  for (guint line = 0; line < lines->child->len; line++)
    for (guint c = 0; c < n_columns; c++)
      if (cell_of (lines, line, c))
        wide[c] = fmax (wide[c], set_row (&blind, cell_of (lines, line, c), em, 0, 0,
                                          c ? LIMEN_FORMULA_ORDINARY : LIMEN_FORMULA_OPENING)
                                     .width);
  for (guint c = 0; c < n_columns; c++)
    width += wide[c];
  for (guint line = 0; line < lines->child->len; line++) {
    double ascent = 0.7 * em, descent = 0.2 * em, at = x;
    for (guint c = 0; c < n_columns; c++) {
      Extent one = cell_of (lines, line, c)
                       ? set_row (&blind, cell_of (lines, line, c), em, 0, 0, LIMEN_FORMULA_OPENING)
                       : (Extent){0};
      ascent = fmax (ascent, one.ascent);
      descent = fmax (descent, one.descent);
    }
    if (line > 0)
      height += LINE_GAP * em;
    else
      *baseline = ascent;
    for (guint c = 0; c < n_columns; at += wide[c++]) {
      const LimenFormulaNode *cell = cell_of (lines, line, c);
      LimenFormulaClass before = c ? LIMEN_FORMULA_ORDINARY : LIMEN_FORMULA_OPENING;
      if (!cell || !setter->cr)
        continue;
      double rest =
          c || n_columns == 1 ? 0 : wide[0] - set_row (&blind, cell, em, 0, 0, before).width;
      set_row (setter, cell, em, at + rest, y + height + ascent, before);
    }
    height += ascent + descent;
  }
  return (Extent){width, 0, height};
}

double
limen_formula_row_width (const LimenFormulaNode *row, double em)
{
  const Setter blind = {NULL, em * LEAST};
  return set_row (&blind, row, em, 0, 0, LIMEN_FORMULA_OPENING).width;
}

LimenFormula *
limen_formula_new (const char *source, GError **error)
{
  LimenFormulaNode *root = limen_formula_parse (source, error);
  if (!root)
    return NULL;
  LimenFormula *formula = g_new0 (LimenFormula, 1);
  formula->root = root;
  return formula;
}

void
limen_formula_free (LimenFormula *formula)
{
  if (!formula)
    return;
  limen_formula_node_free (formula->root);
  g_free (formula);
}

void
limen_formula_size (const LimenFormula *formula, const LimenChartStyle *style, double scale,
                    double *width, double *height, double *baseline)
{
  double em = style->font_size * scale;
  const Setter blind = {NULL, em * LEAST};
  Extent all = set_lines (&blind, formula->root, em, 0, 0, baseline);
  *width = ceil (all.width);
  *height = ceil (all.descent);
}

void
limen_formula_draw (const LimenFormula *formula, cairo_t *cr, const LimenChartStyle *style,
                    double scale, LimenColour colour, double x, double y)
{
  double em = style->font_size * scale, baseline;
  const Setter setter = {cr, em * LEAST};
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  limen_palette_set (cr, style->scheme, colour);
  set_lines (&setter, formula->root, em, x, y, &baseline);
  cairo_restore (cr);
}

#include "viz/kit/formula-private.h"

#define INDENT 1.0 /* of what goes on, in proportion to the font */

/* Where a row may go on in another line: the best places first */
typedef enum { AT_ROOM, AT_RELATION, AT_OPERATOR, N_PLACES } Place;

static LimenFormulaNode *
copy_node (const LimenFormulaNode *node)
{
  LimenFormulaNode *copy = limen_formula_node_new (node->kind, node->text);
  copy->closing = g_strdup (node->closing);
  copy->spoken = node->spoken;
  copy->limits = node->limits;
  copy->amount = node->amount;
  copy->below = node->below ? copy_node (node->below) : NULL;
  copy->above = node->above ? copy_node (node->above) : NULL;
  for (guint i = 0; i < node->child->len; i++)
    g_ptr_array_add (copy->child, copy_node (limen_formula_child (node, i)));
  return copy;
}

/* (transfer full): children @from to before @to of @row */
static LimenFormulaNode *
part_of (const LimenFormulaNode *row, guint from, guint to)
{
  LimenFormulaNode *part = limen_formula_node_new (LIMEN_FORMULA_ROW, NULL);
  for (guint i = from; i < to; i++)
    g_ptr_array_add (part->child, copy_node (limen_formula_child (row, i)));
  return part;
}

/* Whether a line may begin with child @index of @row: behind wide room, or with a sign that has
 * something before it. What is in brackets stays together. */
static gboolean
may_begin (const LimenFormulaNode *row, guint index, Place place)
{
  const LimenFormulaNode *node = limen_formula_child (row, index),
                         *left = limen_formula_child (row, index - 1);
  if (place == AT_ROOM)
    return left->kind == LIMEN_FORMULA_ROOM && left->amount >= 1;
  const LimenFormulaSign *sign =
      node->kind == LIMEN_FORMULA_SIGN ? limen_formula_sign (node->text) : NULL;
  const LimenFormulaSign *before =
      left->kind == LIMEN_FORMULA_SIGN ? limen_formula_sign (left->text) : NULL;
  if (!sign || (before && before->stands != LIMEN_FORMULA_CLOSING &&
                before->stands != LIMEN_FORMULA_ORDINARY))
    return FALSE;
  return sign->stands == (place == AT_RELATION ? LIMEN_FORMULA_RELATION : LIMEN_FORMULA_OPERATOR);
}

static int
depth_change (const LimenFormulaNode *node)
{
  const LimenFormulaSign *sign =
      node->kind == LIMEN_FORMULA_SIGN ? limen_formula_sign (node->text) : NULL;
  return !sign ? 0
               : (sign->stands == LIMEN_FORMULA_OPENING) - (sign->stands == LIMEN_FORMULA_CLOSING);
}

/* Adds @row to @parts, broken into as few as are no wider than @width, pixels, where that can be */
static void
break_row (const LimenFormulaNode *row, Place place, double em, double width, GPtrArray *parts)
{
  guint n = row->child->len, from = 0, fits = 0;
  int depth = 0;
  if (n == 0 || place == N_PLACES || limen_formula_row_width (row, em) <= width) {
    g_ptr_array_add (parts, part_of (row, 0, n));
    return;
  }
  for (guint i = 1; i <= n; i++) {
    depth += depth_change (limen_formula_child (row, i - 1));
    if (i < n && (depth > 0 || !may_begin (row, i, place)))
      continue;
    g_autoptr (LimenFormulaNode) longer = part_of (row, from, i);
    gboolean too_long = place == AT_ROOM || limen_formula_row_width (longer, em) > width;
    if (too_long && fits > from) {
      g_autoptr (LimenFormulaNode) part = part_of (row, from, fits);
      break_row (part, place + 1, em, width, parts);
      from = fits;
    }
    fits = i;
  }
  g_autoptr (LimenFormulaNode) rest = part_of (row, from, n);
  break_row (rest, place + 1, em, width, parts);
}

/* Adds a line of @lines: its last cell, broken; what goes on stands below its beginning, a little
 * to the right */
static void
add_line (const LimenFormulaNode *line, double em, double width, LimenFormulaNode *lines)
{
  guint last = line->child->len - 1;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const LimenFormulaNode *row = limen_formula_child (line, last);
  gboolean fits = limen_formula_row_width (row, em) <= width; /* nothing goes on below it */
  break_row (row, AT_ROOM, em, fits ? width : width - INDENT * em, parts);
  for (guint k = 0; k < parts->len; k++) {
    LimenFormulaNode *cell = g_ptr_array_index (parts, k),
                     *one = limen_formula_node_new (LIMEN_FORMULA_ROW, NULL);
    for (guint c = 0; c < last; c++)
      g_ptr_array_add (one->child, k == 0 ? copy_node (limen_formula_child (line, c))
                                          : limen_formula_node_new (LIMEN_FORMULA_ROW, NULL));
    if (k > 0) {
      LimenFormulaNode *indent = limen_formula_node_new (LIMEN_FORMULA_ROOM, NULL);
      indent->amount = INDENT;
      g_ptr_array_insert (cell->child, 0, indent);
    }
    g_ptr_array_add (one->child, cell);
    g_ptr_array_add (lines->child, one);
  }
}

LimenFormula *
limen_formula_fit (const LimenFormula *formula, const LimenChartStyle *style, double scale,
                   double width)
{
  g_return_val_if_fail (formula && style, NULL);
  double em = style->font_size * scale, before = 0;
  LimenFormula *fitted = g_new0 (LimenFormula, 1);
  fitted->root = limen_formula_node_new (LIMEN_FORMULA_LINES, NULL);
  for (guint i = 0; i < formula->root->child->len; i++) {
    const LimenFormulaNode *line = limen_formula_child (formula->root, i);
    if (line->child->len > 1)
      before = MAX (before, limen_formula_row_width (limen_formula_child (line, 0), em));
  }
  for (guint i = 0; i < formula->root->child->len; i++)
    add_line (limen_formula_child (formula->root, i), em, width - before, fitted->root);
  return fitted;
}

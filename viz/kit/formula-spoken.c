#include "viz/kit/formula-private.h"

#include <string.h>

static void speak_node (GString *words, const LimenFormulaNode *node);
static void speak_scripts (GString *words, const LimenFormulaNode *node);

static void
say (GString *words, const char *what)
{
  if (!what || !*what)
    return;
  if (words->len > 0 && *what != ',')
    g_string_append_c (words, ' ');
  g_string_append (words, what);
}

/* One letter or number: what can be said in one breath */
static gboolean
is_short (const LimenFormulaNode *node)
{
  if (node->below || node->above)
    return FALSE;
  if (node->kind == LIMEN_FORMULA_ROW)
    return node->child->len == 0 ||
           (node->child->len == 1 && is_short (limen_formula_child (node, 0)));
  return node->kind == LIMEN_FORMULA_LETTER || node->kind == LIMEN_FORMULA_SIGN ||
         node->kind == LIMEN_FORMULA_WORDS;
}

static void
speak_fraction (GString *words, const LimenFormulaNode *node)
{
  const LimenFormulaNode *over = limen_formula_child (node, 0),
                         *under = limen_formula_child (node, 1);
  gboolean is_long = !is_short (over) || !is_short (under);
  if (is_long)
    say (words, "the fraction");
  speak_node (words, over);
  say (words, "over");
  speak_node (words, under);
  if (is_long)
    say (words, ", end of the fraction");
}

static void
speak_inside (GString *words, const char *before, const LimenFormulaNode *node, const char *behind)
{
  say (words, before);
  speak_node (words, limen_formula_child (node, 0));
  say (words, behind);
}

/* Whether what is in brackets behind @node is what it is a function of */
static gboolean
is_function (const LimenFormulaNode *node)
{
  return node->kind == LIMEN_FORMULA_UPRIGHT ||
         (node->kind == LIMEN_FORMULA_LETTER && !g_ascii_isdigit (node->text[0]));
}

/* What is in a row. A bar in brackets is a condition. A bracket behind a letter or a name is what
 * that is a function of; others hold together what is in them, which must be heard */
static void
speak_row (GString *words, const LimenFormulaNode *row)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (gboolean));
  const LimenFormulaNode *left = NULL;
  for (guint i = 0; i < row->child->len; i++) {
    const LimenFormulaNode *node = limen_formula_child (row, i);
    const LimenFormulaSign *sign =
        node->kind == LIMEN_FORMULA_SIGN ? limen_formula_sign (node->text) : NULL;
    if (sign && sign->stands == LIMEN_FORMULA_OPENING) {
      gboolean group = !left || !is_function (left);
      g_array_append_val (groups, group);
      say (words, group ? "open bracket" : sign->spoken);
    } else if (sign && sign->stands == LIMEN_FORMULA_CLOSING) {
      if (groups->len == 0 || g_array_index (groups, gboolean, groups->len - 1))
        say (words, "close bracket");
      if (groups->len > 0)
        g_array_set_size (groups, groups->len - 1);
      speak_scripts (words, node);
    } else if (groups->len > 0 && sign && g_str_equal (sign->text, "|")) {
      say (words, "given");
    } else {
      speak_node (words, node);
    }
    left = node;
  }
}

static void
speak_base (GString *words, const LimenFormulaNode *node)
{
  const LimenFormulaSign *sign;
  switch (node->kind) {
  case LIMEN_FORMULA_ROW:
    speak_row (words, node);
    break;
  case LIMEN_FORMULA_LINES:
    for (guint i = 0; i < node->child->len; i++) {
      if (i > 0)
        say (words, ", next line:");
      speak_node (words, limen_formula_child (node, i));
    }
    break;
  case LIMEN_FORMULA_FRACTION:
    speak_fraction (words, node);
    break;
  case LIMEN_FORMULA_ROOT:
    speak_inside (words, "the square root of", node, ", end of the root");
    break;
  case LIMEN_FORMULA_HAT:
    speak_inside (words, NULL, node, "hat");
    break;
  case LIMEN_FORMULA_BAR:
    speak_inside (words, NULL, node, "bar");
    break;
  case LIMEN_FORMULA_FENCE:
    speak_inside (words, *node->text == '|' ? "the absolute value of" : "of the whole:", node,
                  ", end of the whole");
    break;
  case LIMEN_FORMULA_ROOM:
    break;
  case LIMEN_FORMULA_SIGN:
    sign = limen_formula_sign (node->text);
    say (words, sign->spoken);
    break;
  default:
    say (words, node->spoken ? node->spoken : node->text);
  }
}

/* The only sign or number of @node, or NULL */
static const char *
alone (const LimenFormulaNode *node)
{
  if (node->below || node->above)
    return NULL;
  if (node->kind == LIMEN_FORMULA_ROW)
    return node->child->len == 1 ? alone (limen_formula_child (node, 0)) : NULL;
  return node->kind == LIMEN_FORMULA_SIGN || node->kind == LIMEN_FORMULA_LETTER ? node->text : NULL;
}

static void
speak_above (GString *words, const LimenFormulaNode *node)
{
  static const char *const marks[] = {"⊤", "′", "'", "*", NULL}; /* which are no powers */
  const LimenFormulaNode *above = node->above;
  const char *text = alone (above);
  gboolean numbered = above->kind == LIMEN_FORMULA_ROW && above->child->len > 0 &&
                      g_strcmp0 (limen_formula_child (above, 0)->text, "(") == 0;
  if (text && g_strv_contains (marks, text)) {
    say (words, limen_formula_sign (text)->spoken);
  } else if (g_strcmp0 (text, "2") == 0) {
    say (words, "squared");
  } else {
    say (words, node->kind == LIMEN_FORMULA_BIG ? "to" : numbered ? "number" : "to the power");
    speak_node (words, above);
  }
}

static void
speak_scripts (GString *words, const LimenFormulaNode *node)
{
  gboolean big = node->kind == LIMEN_FORMULA_BIG;
  gboolean named = big || node->kind == LIMEN_FORMULA_UPRIGHT;
  gboolean slope = node->kind == LIMEN_FORMULA_SIGN &&
                   (g_str_equal (node->text, "∇") || g_str_equal (node->text, "∂"));
  if (node->below) {
    say (words, big && node->above ? "from" : named ? "over" : slope ? "with respect to" : "sub");
    speak_node (words, node->below);
  }
  if (node->above)
    speak_above (words, node);
  if (big)
    say (words, "of");
}

static void
speak_node (GString *words, const LimenFormulaNode *node)
{
  speak_base (words, node);
  speak_scripts (words, node);
}

char *
limen_formula_spoken (const LimenFormula *formula)
{
  GString *words = g_string_new (NULL);
  speak_node (words, formula->root);
  return g_string_free (words, FALSE);
}

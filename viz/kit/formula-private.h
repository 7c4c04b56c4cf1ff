/* Inside of a formula: its tree. formula.c lays it out and draws it, formula-parse.c reads it,
 * formula-spoken.c says it in words. Only they need it. */
#pragma once

#include "viz/kit/formula.h"

/**
 * LimenFormulaKind:
 * @LIMEN_FORMULA_ROW: @child in a row
 * @LIMEN_FORMULA_LETTER: @text: one letter or number; @LIMEN_FORMULA_UPRIGHT: the name of a
 * function; @LIMEN_FORMULA_WORDS: as they are
 * @LIMEN_FORMULA_SIGN: @text: an operator, a relation, a bracket, a comma
 * @LIMEN_FORMULA_BIG: a sum, a product, an integral
 * @LIMEN_FORMULA_FRACTION: @child 0 over @child 1
 * @LIMEN_FORMULA_ROOT, @LIMEN_FORMULA_HAT, @LIMEN_FORMULA_BAR: @child 0 below it
 * @LIMEN_FORMULA_FENCE: @child 0 between brackets as high as it is: @text and @closing
 * @LIMEN_FORMULA_ROOM: @amount of the size of the font
 * @LIMEN_FORMULA_LINES: @child: lines, each of them a row of LIMEN_FORMULA_CELLs
 */
typedef enum {
  LIMEN_FORMULA_ROW,
  LIMEN_FORMULA_LETTER,
  LIMEN_FORMULA_UPRIGHT,
  LIMEN_FORMULA_WORDS,
  LIMEN_FORMULA_SIGN,
  LIMEN_FORMULA_BIG,
  LIMEN_FORMULA_FRACTION,
  LIMEN_FORMULA_ROOT,
  LIMEN_FORMULA_HAT,
  LIMEN_FORMULA_BAR,
  LIMEN_FORMULA_FENCE,
  LIMEN_FORMULA_ROOM,
  LIMEN_FORMULA_LINES,
} LimenFormulaKind;

/**
 * LimenFormulaNode:
 * @text, @closing: (nullable): characters that are drawn
 * @spoken: (nullable): what is said for @text, where that is not what is said of it everywhere
 * @limits: @below and @above stand under and over it, not behind it
 * @below, @above: (nullable)
 * @child: (element-type LimenFormulaNode)
 */
typedef struct _LimenFormulaNode LimenFormulaNode;
struct _LimenFormulaNode {
  LimenFormulaKind kind;
  char *text, *closing;
  const char *spoken;
  gboolean limits;
  double amount;
  LimenFormulaNode *below, *above;
  GPtrArray *child;
};

struct LimenFormula {
  LimenFormulaNode *root;
};

LimenFormulaNode *limen_formula_node_new (LimenFormulaKind kind, const char *text);
void limen_formula_node_free (LimenFormulaNode *node);
/** limen_formula_child: (transfer none) */
static inline LimenFormulaNode *
limen_formula_child (const LimenFormulaNode *node, guint index)
{
  return g_ptr_array_index (node->child, index);
}
/** limen_formula_parse: (transfer full): the tree of @source, or LIMEN_ERROR_FORMAT */
LimenFormulaNode *limen_formula_parse (const char *source, GError **error);

/** limen_formula_row_width: of a row set in a font of @em pixels */
double limen_formula_row_width (const LimenFormulaNode *row, double em);

/** LimenFormulaClass: how a sign stands between others, as in print: a relation has more room at
 * both sides than an operator, a comma has some behind it, brackets have none */
typedef enum {
  LIMEN_FORMULA_ORDINARY,
  LIMEN_FORMULA_OPERATOR,
  LIMEN_FORMULA_RELATION,
  LIMEN_FORMULA_OPENING,
  LIMEN_FORMULA_CLOSING,
  LIMEN_FORMULA_COMMA,
} LimenFormulaClass;

/** LimenFormulaSign: a sign, what is said for it, and how it stands */
typedef struct {
  const char *text, *spoken;
  LimenFormulaClass stands;
} LimenFormulaSign;

/** limen_formula_sign: (transfer none) (nullable): of @text; NULL where it is none */
const LimenFormulaSign *limen_formula_sign (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenFormulaNode, limen_formula_node_free)

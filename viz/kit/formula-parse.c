#include "model/base/error.h"
#include "viz/kit/formula-private.h"

#include <string.h>

#define MOST_DEPTH 24 /* groups in groups */

/* What is read: @at: the next byte; @depth: groups that are open */
typedef struct {
  const char *source, *at;
  guint depth;
  GError **error;
} Reader;

/* Signs that stand for themselves, and what is said for them */
static const LimenFormulaSign sign[] = {
    {"=", "equals", LIMEN_FORMULA_RELATION},
    {"≠", "is not", LIMEN_FORMULA_RELATION},
    {"≤", "is at most", LIMEN_FORMULA_RELATION},
    {"≥", "is at least", LIMEN_FORMULA_RELATION},
    {"<", "is less than", LIMEN_FORMULA_RELATION},
    {">", "is greater than", LIMEN_FORMULA_RELATION},
    {"≈", "is about", LIMEN_FORMULA_RELATION},
    {"∝", "is proportional to", LIMEN_FORMULA_RELATION},
    {"∼", "distributed as", LIMEN_FORMULA_RELATION},
    {"→", "to", LIMEN_FORMULA_RELATION},
    {"⇒", "hence", LIMEN_FORMULA_RELATION},
    {"⇔", "if and only if", LIMEN_FORMULA_RELATION},
    {"∈", "in", LIMEN_FORMULA_RELATION},
    {"⊂", "a subset of", LIMEN_FORMULA_RELATION},
    {":", "such that", LIMEN_FORMULA_RELATION},
    {"+", "plus", LIMEN_FORMULA_OPERATOR},
    {"−", "minus", LIMEN_FORMULA_OPERATOR},
    {"±", "plus or minus", LIMEN_FORMULA_OPERATOR},
    {"·", "times", LIMEN_FORMULA_OPERATOR},
    {"×", "times", LIMEN_FORMULA_OPERATOR},
    {"/", "over", LIMEN_FORMULA_ORDINARY},
    {"∣", "given", LIMEN_FORMULA_ORDINARY},
    {"|", "bar", LIMEN_FORMULA_ORDINARY},
    {"‖", "double bar", LIMEN_FORMULA_ORDINARY},
    {"(", "of", LIMEN_FORMULA_OPENING},
    {"[", "of", LIMEN_FORMULA_OPENING},
    {"{", "the set of", LIMEN_FORMULA_OPENING},
    {")", "", LIMEN_FORMULA_CLOSING},
    {"]", "", LIMEN_FORMULA_CLOSING},
    {"}", "", LIMEN_FORMULA_CLOSING},
    {",", "comma", LIMEN_FORMULA_COMMA},
    {";", "semicolon", LIMEN_FORMULA_COMMA},
    {".", "", LIMEN_FORMULA_ORDINARY},
    {"!", "factorial", LIMEN_FORMULA_ORDINARY},
    {"′", "prime", LIMEN_FORMULA_ORDINARY},
    {"'", "prime", LIMEN_FORMULA_ORDINARY},
    {"*", "star", LIMEN_FORMULA_ORDINARY},
    {"∂", "the partial derivative", LIMEN_FORMULA_ORDINARY},
    {"∇", "the gradient", LIMEN_FORMULA_ORDINARY},
    {"∞", "infinity", LIMEN_FORMULA_ORDINARY},
    {"⊤", "transposed", LIMEN_FORMULA_ORDINARY},
    {"…", "and so on", LIMEN_FORMULA_ORDINARY},
    {"∀", "for all", LIMEN_FORMULA_ORDINARY},
    {"⊙", "times, entry by entry,", LIMEN_FORMULA_OPERATOR},
    {"□", "end of the proof", LIMEN_FORMULA_ORDINARY},
};

/* Words behind a backslash. @limits: what is below and above it stands there; @amount: of room */
static const struct {
  const char *word;
  LimenFormulaKind kind;
  const char *text, *spoken;
  gboolean limits;
  double amount;
} word[] = {
    {"frac", LIMEN_FORMULA_FRACTION, NULL, NULL, FALSE, 0},
    {"sqrt", LIMEN_FORMULA_ROOT, NULL, NULL, FALSE, 0},
    {"hat", LIMEN_FORMULA_HAT, NULL, NULL, FALSE, 0},
    {"bar", LIMEN_FORMULA_BAR, NULL, NULL, FALSE, 0},
    {"left", LIMEN_FORMULA_FENCE, NULL, NULL, FALSE, 0},
    {"text", LIMEN_FORMULA_WORDS, NULL, NULL, FALSE, 0},
    {"sum", LIMEN_FORMULA_BIG, "∑", "the sum", TRUE, 0},
    {"prod", LIMEN_FORMULA_BIG, "∏", "the product", TRUE, 0},
    {"int", LIMEN_FORMULA_BIG, "∫", "the integral", FALSE, 0},
    {"E", LIMEN_FORMULA_UPRIGHT, "E", "the expectation", FALSE, 0},
    {"Var", LIMEN_FORMULA_UPRIGHT, "Var", "the variance", FALSE, 0},
    {"Pr", LIMEN_FORMULA_UPRIGHT, "Pr", "the probability", FALSE, 0},
    {"KL", LIMEN_FORMULA_UPRIGHT, "KL", "the Kullback–Leibler divergence", FALSE, 0},
    {"VLB", LIMEN_FORMULA_UPRIGHT, "VLB", "the lower bound V L B", FALSE, 0},
    {"log", LIMEN_FORMULA_UPRIGHT, "log", "log", FALSE, 0},
    {"exp", LIMEN_FORMULA_UPRIGHT, "exp", "the exponential", FALSE, 0},
    {"lim", LIMEN_FORMULA_UPRIGHT, "lim", "the limit", TRUE, 0},
    {"max", LIMEN_FORMULA_UPRIGHT, "max", "the maximum", TRUE, 0},
    {"min", LIMEN_FORMULA_UPRIGHT, "min", "the minimum", TRUE, 0},
    {"sup", LIMEN_FORMULA_UPRIGHT, "sup", "the supremum", TRUE, 0},
    {"quad", LIMEN_FORMULA_ROOM, NULL, NULL, FALSE, 1},
};

const LimenFormulaSign *
limen_formula_sign (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (sign); i++)
    if (g_strcmp0 (sign[i].text, text) == 0)
      return &sign[i];
  return NULL;
}

LimenFormulaNode *
limen_formula_node_new (LimenFormulaKind kind, const char *text)
{
  LimenFormulaNode *node = g_new0 (LimenFormulaNode, 1);
  node->kind = kind;
  node->text = g_strdup (text);
  node->child = g_ptr_array_new_with_free_func ((GDestroyNotify)limen_formula_node_free);
  return node;
}

void
limen_formula_node_free (LimenFormulaNode *node)
{
  if (!node)
    return;
  g_clear_pointer (&node->below, limen_formula_node_free);
  g_clear_pointer (&node->above, limen_formula_node_free);
  g_ptr_array_unref (node->child);
  g_free (node->text);
  g_free (node->closing);
  g_free (node);
}

static LimenFormulaNode *
refuse (Reader *reader, const char *what)
{
  if (reader->error && !*reader->error)
    g_set_error (reader->error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                 "The formula “%s” has %s at byte %u.", reader->source, what,
                 (guint)(reader->at - reader->source));
  return NULL;
}

static void
skip_blanks (Reader *reader)
{
  while (*reader->at == ' ' || *reader->at == '\n')
    reader->at++;
}

/* (transfer full): the next character, or as many as make a number */
static char *
next_character (Reader *reader)
{
  const char *begin = reader->at;
  reader->at = g_utf8_next_char (begin);
  if (g_ascii_isdigit (*begin))
    while (g_ascii_isdigit (*reader->at) || (*reader->at == '.' && g_ascii_isdigit (reader->at[1])))
      reader->at++;
  return g_strndup (begin, (gsize)(reader->at - begin));
}

static LimenFormulaNode *read_atom (Reader *reader);
static LimenFormulaNode *read_row (Reader *reader, const char *end);

/* "{…}", or one character, or one word: what belongs to what was read before */
static LimenFormulaNode *
read_argument (Reader *reader)
{
  skip_blanks (reader);
  if (*reader->at != '{')
    return read_atom (reader);
  if (reader->depth == MOST_DEPTH)
    return refuse (reader, "too many groups in each other");
  reader->at++;
  reader->depth++;
  LimenFormulaNode *row = read_row (reader, "}");
  reader->depth--;
  if (row)
    reader->at++;
  return row;
}

static LimenFormulaNode *
with_arguments (Reader *reader, LimenFormulaNode *node, guint n)
{
  g_autoptr (LimenFormulaNode) owned = node;
  for (guint i = 0; i < n; i++) {
    LimenFormulaNode *argument = read_argument (reader);
    if (!argument)
      return NULL;
    g_ptr_array_add (owned->child, argument);
  }
  return g_steal_pointer (&owned);
}

/* (transfer full): the words in braces */
static LimenFormulaNode *
read_words (Reader *reader)
{
  const char *end = *reader->at == '{' ? strchr (reader->at, '}') : NULL;
  if (!end)
    return refuse (reader, "no words in braces");
  g_autofree char *text = g_strndup (reader->at + 1, (gsize)(end - reader->at - 1));
  reader->at = end + 1;
  return limen_formula_node_new (LIMEN_FORMULA_WORDS, text);
}

/* (transfer full) (nullable): a bracket behind \left or \right: "" for "." */
static char *
read_bracket (Reader *reader)
{
  skip_blanks (reader);
  if (*reader->at == '\\')
    reader->at++;
  if (!*reader->at || !strchr ("()[]{}|.", *reader->at)) {
    refuse (reader, "no bracket");
    return NULL;
  }
  char *text = *reader->at == '.' ? g_strdup ("") : g_strndup (reader->at, 1);
  reader->at++;
  return text;
}

static LimenFormulaNode *
read_fence (Reader *reader)
{
  g_autofree char *opening = read_bracket (reader);
  if (!opening)
    return NULL;
  if (reader->depth == MOST_DEPTH)
    return refuse (reader, "too many groups in each other");
  reader->depth++;
  LimenFormulaNode *row = read_row (reader, "\\right");
  reader->depth--;
  if (!row)
    return NULL;
  reader->at += strlen ("\\right");
  g_autoptr (LimenFormulaNode) fence = limen_formula_node_new (LIMEN_FORMULA_FENCE, opening);
  g_ptr_array_add (fence->child, row);
  fence->closing = read_bracket (reader);
  return fence->closing ? g_steal_pointer (&fence) : NULL;
}

/* What a backslash begins */
static LimenFormulaNode *
read_word (Reader *reader)
{
  const char *begin = ++reader->at;
  if (*begin == ',' || *begin == '{' || *begin == '}') {
    reader->at++;
    LimenFormulaNode *node = limen_formula_node_new (
        *begin == ',' ? LIMEN_FORMULA_ROOM : LIMEN_FORMULA_SIGN, *begin == '{' ? "{" : "}");
    node->amount = 0.17;
    return node;
  }
  while (g_ascii_isalpha (*reader->at))
    reader->at++;
  gsize length = (gsize)(reader->at - begin);
  for (guint i = 0; i < G_N_ELEMENTS (word); i++) {
    if (strlen (word[i].word) != length || strncmp (word[i].word, begin, length) != 0)
      continue;
    if (word[i].kind == LIMEN_FORMULA_WORDS)
      return read_words (reader);
    if (word[i].kind == LIMEN_FORMULA_FENCE)
      return read_fence (reader);
    LimenFormulaNode *node = limen_formula_node_new (word[i].kind, word[i].text);
    node->spoken = word[i].spoken;
    node->limits = word[i].limits;
    node->amount = word[i].amount;
    gboolean one = node->kind == LIMEN_FORMULA_ROOT || node->kind == LIMEN_FORMULA_HAT ||
                   node->kind == LIMEN_FORMULA_BAR;
    return with_arguments (reader, node, node->kind == LIMEN_FORMULA_FRACTION ? 2 : one);
  }
  reader->at = begin;
  return refuse (reader, "an unknown word");
}

static LimenFormulaNode *
read_atom (Reader *reader)
{
  skip_blanks (reader);
  if (!*reader->at)
    return refuse (reader, "an end where something should follow");
  if (*reader->at == '{')
    return read_argument (reader);
  if (strchr ("}_^&", *reader->at))
    return refuse (reader, "nothing before a sign that belongs to something");
  if (*reader->at == '\\')
    return read_word (reader);
  g_autofree char *text = next_character (reader);
  if (g_str_equal (text, "-")) {
    g_free (text);
    text = g_strdup ("−");
  }
  LimenFormulaKind kind = limen_formula_sign (text) ? LIMEN_FORMULA_SIGN : LIMEN_FORMULA_LETTER;
  return limen_formula_node_new (kind, text);
}

/* An atom with what is below and above it */
static LimenFormulaNode *
read_scripted (Reader *reader)
{
  g_autoptr (LimenFormulaNode) node = read_atom (reader);
  while (node) {
    skip_blanks (reader);
    char which = *reader->at;
    if (which != '_' && which != '^')
      break;
    LimenFormulaNode **script = which == '_' ? &node->below : &node->above;
    if (*script)
      return refuse (reader, "two scripts at the same place");
    reader->at++;
    *script = read_argument (reader);
    if (!*script)
      return NULL;
  }
  return g_steal_pointer (&node);
}

/* All up to @end, which is not consumed */
static LimenFormulaNode *
read_row (Reader *reader, const char *end)
{
  g_autoptr (LimenFormulaNode) row = limen_formula_node_new (LIMEN_FORMULA_ROW, NULL);
  while (skip_blanks (reader), !g_str_has_prefix (reader->at, end)) {
    if (!*reader->at)
      return refuse (reader, "a group that does not end");
    LimenFormulaNode *node = read_scripted (reader);
    if (!node)
      return NULL;
    g_ptr_array_add (row->child, node);
  }
  return g_steal_pointer (&row);
}

/* A row up to "&", "\\" or the end of the source */
static LimenFormulaNode *
read_cell (Reader *reader)
{
  g_autoptr (LimenFormulaNode) row = limen_formula_node_new (LIMEN_FORMULA_ROW, NULL);
  while (skip_blanks (reader),
         *reader->at && *reader->at != '&' && !g_str_has_prefix (reader->at, "\\\\")) {
    LimenFormulaNode *node = read_scripted (reader);
    if (!node)
      return NULL;
    g_ptr_array_add (row->child, node);
  }
  return g_steal_pointer (&row);
}

LimenFormulaNode *
limen_formula_parse (const char *source, GError **error)
{
  g_autoptr (GError) own = NULL;
  Reader reader = {source, source, 0, &own};
  if (!g_utf8_validate (source, -1, NULL)) {
    g_set_error_literal (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT,
                         "A formula has bytes that are no UTF-8.");
    return NULL;
  }
  g_autoptr (LimenFormulaNode) lines = limen_formula_node_new (LIMEN_FORMULA_LINES, NULL);
  LimenFormulaNode *line = NULL;
  for (;;) {
    LimenFormulaNode *cell = read_cell (&reader);
    if (!cell) {
      g_propagate_error (error, g_steal_pointer (&own));
      return NULL;
    }
    if (!line) {
      line = limen_formula_node_new (LIMEN_FORMULA_ROW, NULL);
      g_ptr_array_add (lines->child, line);
    }
    g_ptr_array_add (line->child, cell);
    if (!*reader.at)
      break;
    if (*reader.at == '&') {
      reader.at++;
    } else {
      reader.at += 2;
      line = NULL;
    }
  }
  return g_steal_pointer (&lines);
}

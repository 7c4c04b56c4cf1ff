#include "model/data/cell-number.h"

#include <math.h>
#include <string.h>

#define MOST_DIGITS                                                                                \
  400 /* characters of a number: more than any has that is not made to be long                     \
       */

/* -- characters -- */

/* Hyphens, dashes and minus signs that word processors put before numbers */
static gboolean
is_minus (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2014) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
}

static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0xFEFF || (c < 0xFFFF && g_unichar_isspace (c));
}

/* Between thousands, besides the mark that is not the decimal one */
static gboolean
is_gap (gunichar c)
{
  return c == ' ' || c == 0xA0 || c == 0x2007 || c == 0x2009 || c == 0x202F || c == '\'' ||
         c == 0x2019;
}

/* -- one decimal -- */

/* @text as g_ascii_strtod() reads it, as far as it is written; of @digits: (MOST_DIGITS + 1) */
typedef struct {
  const char *at, *end;
  char *digits;
  guint n;
} Writer;

static gunichar
peek (const Writer *w)
{
  return w->at < w->end ? g_utf8_get_char_validated (w->at, w->end - w->at) : 0;
}

static gboolean
put (Writer *w, char c)
{
  if (w->n == MOST_DIGITS)
    return FALSE;
  w->digits[w->n++] = c;
  w->at = g_utf8_next_char (w->at);
  return TRUE;
}

static gboolean
put_sign (Writer *w)
{
  gunichar c = peek (w);
  return is_minus (c) ? put (w, '-') : c == '+' ? put (w, '+') : TRUE;
}

static guint
put_digits (Writer *w)
{
  guint n = 0;
  while (w->at < w->end && g_ascii_isdigit (*w->at) && put (w, *w->at))
    n++;
  return n;
}

/* Groups of three after the first, which has one to three and no 0 in front, all with the same
 * gap. FALSE: digits that stand apart in another way. @mark: (in) what may stand between them
 * besides blanks; 0: nothing may */
static gboolean
put_whole (Writer *w, char mark, guint *n, gboolean *thousands)
{
  gboolean leads = w->at < w->end && *w->at == '0';
  gunichar gap = 0, c;
  *n = put_digits (w);
  while (*n > 0 && mark != 0 && ((c = peek (w)) == (gunichar)mark || is_gap (c))) {
    const char *next = g_utf8_next_char (w->at);
    if (next >= w->end || !g_ascii_isdigit (*next))
      return FALSE;
    if ((gap != 0 && c != gap) || leads || (gap == 0 && *n > 3))
      return FALSE;
    gap = c;
    w->at = next;
    if (put_digits (w) != 3)
      return FALSE;
    *n += 3;
    *thousands = TRUE;
  }
  return TRUE;
}

static gboolean
put_exponent (Writer *w)
{
  if (w->at == w->end || (*w->at != 'e' && *w->at != 'E'))
    return TRUE;
  return put (w, 'e') && put_sign (w) && put_digits (w) > 0;
}

/* "nan", "inf", "infinity", in any case, with a sign or without */
static gboolean
not_finite (const char *text, gsize n, double *value)
{
  static const char *const words[] = {"nan", "inf", "infinity"};
  gboolean minus = n > 0 && *text == '-', sign = minus || (n > 0 && *text == '+');
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (n - sign == strlen (words[i]) &&
        g_ascii_strncasecmp (text + sign, words[i], n - sign) == 0) {
      *value = i == 0 ? NAN : minus ? -INFINITY : INFINITY;
      return TRUE;
    }
  return FALSE;
}

/* @point: the decimal mark; @mark: between thousands, 0: no groups */
static gboolean
read_decimal (const char *text, gsize n, char point, char mark, double *value, gboolean *thousands)
{
  char digits[MOST_DIGITS + 1];
  Writer w = {text, text + n, digits, 0};
  guint whole = 0, part = 0;
  if (not_finite (text, n, value))
    return TRUE;
  if (!put_sign (&w) || !put_whole (&w, mark, &whole, thousands))
    return FALSE;
  if (w.at < w.end && *w.at == point) {
    if (!put (&w, '.'))
      return FALSE;
    part = put_digits (&w);
  }
  if (whole + part == 0 || !put_exponent (&w) || w.at != w.end)
    return FALSE;
  digits[w.n] = 0;
  *value = g_ascii_strtod (digits, NULL);
  return TRUE;
}

/* -- fractions -- */

static void
trim (const char **text, gsize *n)
{
  while (*n > 0 && is_blank (g_utf8_get_char_validated (*text, (gssize)*n))) {
    gsize size = (gsize)(g_utf8_next_char (*text) - *text);
    *text += size;
    *n -= MIN (size, *n);
  }
  while (*n > 0) {
    const char *last = g_utf8_find_prev_char (*text, *text + *n);
    if (!last || !is_blank (g_utf8_get_char_validated (last, *text + *n - last)))
      break;
    *n = (gsize)(last - *text);
  }
}

static gboolean
read_number (const char *text, gsize n, char point, char mark, double *value, gboolean *thousands)
{
  const char *slash = memchr (text, '/', n), *below = slash ? slash + 1 : NULL;
  gsize n_above = slash ? (gsize)(slash - text) : n, n_below = slash ? n - n_above - 1 : 0;
  double divisor = 1;
  trim (&text, &n_above);
  if (!read_decimal (text, n_above, point, mark, value, thousands))
    return FALSE;
  if (!slash)
    return TRUE;
  trim (&below, &n_below);
  if (!read_decimal (below, n_below, point, mark, &divisor, thousands))
    return FALSE;
  *value /= divisor;
  return TRUE;
}

/* "-12.375", as nearly all are: at most 15 digits with decimals among them make two
 * float64 that are exact, and so a quotient that is the nearest one (Clinger, 1990). */
static gboolean
read_short (const char *text, gsize n, char point, double *value)
{
  static const double tens[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  gboolean minus = n > 0 && *text == '-';
  gsize at = minus, mark = n;
  gint64 digits = 0;
  if (n - minus > 16)
    return FALSE;
  for (; at < n; at++) {
    if (text[at] == point && mark == n)
      mark = at;
    else if (!g_ascii_isdigit (text[at]))
      return FALSE;
    else
      digits = 10 * digits + (text[at] - '0');
  }
  gsize decimals = mark < n ? n - mark - 1 : 0, all = n - minus - (mark < n);
  if (all == 0 || all > 15)
    return FALSE;
  double size = (double)digits / tens[decimals];
  *value = minus ? -size : size;
  return TRUE;
}

gboolean
limen_cell_number (const char *text, gsize n, LimenDecimal decimal, double *value,
                   gboolean *thousands)
{
  if (read_short (text, n, decimal == LIMEN_DECIMAL_COMMA ? ',' : '.', value)) {
    if (thousands)
      *thousands = FALSE;
    return TRUE;
  }
  gboolean apart = FALSE, comma = decimal == LIMEN_DECIMAL_COMMA;
  gboolean ok = read_number (text, n, comma ? ',' : '.', comma ? '.' : ',', value, &apart);
  if (thousands)
    *thousands = ok && apart;
  return ok;
}

gboolean
limen_cell_is_negative (const char *text, gsize n)
{
  double value;
  return (limen_cell_number (text, n, LIMEN_DECIMAL_POINT, &value, NULL) ||
          limen_cell_number (text, n, LIMEN_DECIMAL_COMMA, &value, NULL)) &&
         value < 0;
}

gboolean
limen_plain_number (const char *text, gsize n, double *value)
{
  gboolean apart = FALSE;
  return read_number (text, n, '.', 0, value, &apart);
}

/* -- what it looks like -- */

/* Of a cell, character by character.
 * @begins: whether a digit comes first when signs, brackets and marks are passed over
 * @only: whether all letters are O, o, l and I, which stand for digits where people mistype
 */
typedef struct {
  gboolean begins, only, currency, percent;
  guint digits, letters;
} Looks;

static gboolean
may_precede (gunichar c)
{
  GUnicodeType type = g_unichar_type (c); /* of mathematics: + = < > ~ ± √ ≈ */
  return is_minus (c) || is_blank (c) || type == G_UNICODE_CURRENCY_SYMBOL ||
         type == G_UNICODE_MATH_SYMBOL || (c > 0 && c < 128 && strchr (".,'([", (int)c));
}

static Looks
look_at (const char *text, gsize n)
{
  Looks looks = {.only = TRUE};
  gboolean first = TRUE;
  for (const char *c = text; c < text + n; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char_validated (c, text + n - c);
    GUnicodeType type = g_unichar_type (u);
    gboolean digit = type == G_UNICODE_DECIMAL_NUMBER || type == G_UNICODE_OTHER_NUMBER ||
                     u == 0x221E; /* infinity */
    gboolean like = u == 'O' || u == 'o' || u == 'l' || u == 'I';
    looks.begins = looks.begins || (digit && first);
    looks.digits += digit;
    looks.letters += like;
    looks.only = looks.only && (like || !g_unichar_isalpha (u));
    looks.currency = looks.currency || type == G_UNICODE_CURRENCY_SYMBOL;
    looks.percent =
        looks.percent || u == '%' || u == 0x2030 || u == 0x2031 || u == 0xFF05 || u == 0x066A;
    first = first && may_precede (u);
  }
  return looks;
}

static gboolean
is_number (const char *text, gsize n)
{
  double value;
  return limen_cell_number (text, n, LIMEN_DECIMAL_POINT, &value, NULL) ||
         limen_cell_number (text, n, LIMEN_DECIMAL_COMMA, &value, NULL);
}

/* A number beside the letters of a currency */
static gboolean
has_currency_code (const char *text, gsize n)
{
  static const char *const codes[] = {"USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "SEK", "NOK",
                                      "DKK", "PLN", "CAD", "AUD", "US$", "R$",  "kr",  "Fr.", "Rs"};
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    gsize size = strlen (codes[i]), left = n - size;
    const char *before = text, *after = text + size;
    if (n <= size)
      continue;
    gboolean ends = memcmp (text + left, codes[i], size) == 0;
    gboolean begins = memcmp (text, codes[i], size) == 0;
    gsize n_after = left, n_before = left;
    trim (&after, &n_after);
    trim (&before, &n_before);
    if ((begins && is_number (after, n_after)) || (ends && is_number (before, n_before)))
      return TRUE;
  }
  return FALSE;
}

/* -- what stands where a number failed, or may be one mistyped -- */

/* Whether all of @text: (n) is @of, in any case */
static gboolean
is_word (const char *text, gsize n, const char *of)
{
  return n == strlen (of) && g_ascii_strncasecmp (text, of, n) == 0;
}

/* "#DIV/0!", "#NAME?", "#N/A" and "#NV" of spreadsheets, in any language, and "####" where a column
 * was too narrow; "#" and "#1" are none */
static gboolean
is_sheet_error (const char *text, gsize n)
{
  gboolean narrow = n > 1;
  if (n < 2 || *text != '#')
    return FALSE;
  for (gsize i = 1; i < n; i++) {
    narrow = narrow && text[i] == '#';
    if (g_ascii_isspace (text[i]))
      return FALSE;
  }
  return narrow || text[n - 1] == '!' || text[n - 1] == '?' || is_word (text, n, "#N/A") ||
         is_word (text, n, "#NA") || is_word (text, n, "#NV") || is_word (text, n, "#N/D");
}

static gboolean
is_missing (const char *text, gsize n)
{
  static const char *const words[] = {"n/a", "na", "<na>", "null", "nat", "nan(ind)", "-nan(ind)"};
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (text, n, words[i]))
      return TRUE;
  return is_sheet_error (text, n) || (n > 4 && g_ascii_strncasecmp (text, "err:", 4) == 0);
}

/* "None"; dashes, dots or question marks alone */
static gboolean
is_nothing (const char *text, gsize n)
{
  for (const char *c = text; c < text + n; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char_validated (c, text + n - c);
    if (!is_minus (u) && u != '.' && u != '?' && u != 0x2026)
      return is_word (text, n, "none");
  }
  return n > 0;
}

/* "O", "l", "-l", "lO"; but "II" is a Roman number */
static gboolean
is_letter_for_digit (const char *text, gsize n)
{
  gsize sign = 0, roman = 0;
  if (n > 1 && is_minus (g_utf8_get_char_validated (text, (gssize)n)))
    sign = (gsize)(g_utf8_next_char (text) - text);
  for (gsize i = sign; i < n; i++) {
    if (!text[i] || !strchr ("OolI", text[i]))
      return FALSE;
    roman += text[i] == 'I';
  }
  return n > sign && (roman < 2 || roman < n - sign);
}

/* -- what is meant as a number -- */

static gboolean
begins_as_number (const char *text, gsize n)
{
  return look_at (text, n).begins;
}

/* "minus 5", "approx. 5" */
static gboolean
has_word_before (const char *text, gsize n)
{
  static const char *const words[] = {"minus",  "plus",  "negative", "moins", "menos", "meno",
                                      "approx", "about", "ca",       "circa", "sqrt",  "root"};
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize size = strlen (words[i]);
    if (n <= size || g_ascii_strncasecmp (text, words[i], size) != 0)
      continue;
    size += text[size] == '.';
    if (n > size && is_blank ((guchar)text[size]) && begins_as_number (text + size, n - size))
      return TRUE;
  }
  return FALSE;
}

/* "sqrt(2)", "-exp(0.5)", "np.float64(3.0)", and any formula of a spreadsheet */
static gboolean
is_call (const char *text, gsize n)
{
  gsize i = 0;
  if (n > 1 && *text == '=')
    return TRUE;
  while (i < n && (text[i] == '-' || text[i] == '+'))
    i++;
  if (i == n || !g_ascii_isalpha (text[i]))
    return FALSE;
  while (i < n && (g_ascii_isalnum (text[i]) || text[i] == '_' || text[i] == '.'))
    i++;
  return i < n && text[i] == '(' && text[n - 1] == ')' && begins_as_number (text + i, n - i);
}

LimenCellKind
limen_cell_kind (const char *text, gsize n)
{
  if (is_number (text, n))
    return LIMEN_CELL_NUMBER;
  if (is_missing (text, n))
    return LIMEN_CELL_MISSING;
  if (is_nothing (text, n))
    return LIMEN_CELL_NOTHING;
  if (is_letter_for_digit (text, n))
    return LIMEN_CELL_LETTER;
  if (has_word_before (text, n) || is_call (text, n))
    return LIMEN_CELL_LIKE_NUMBER;
  Looks looks = look_at (text, n);
  if (looks.digits == 0)
    return LIMEN_CELL_TEXT;
  if ((looks.begins && looks.currency) || has_currency_code (text, n))
    return LIMEN_CELL_MONEY;
  if (looks.begins && looks.percent)
    return LIMEN_CELL_PERCENT;
  if (looks.begins && (*text == '(' || *text == '['))
    return LIMEN_CELL_BRACKETS;
  /* “O3” may be a name; “1O”, “O.5” and “lO0” are not meant to be */
  gboolean marked = memchr (text, '.', n) || memchr (text, ',', n) || memchr (text, '/', n);
  if (looks.only && looks.letters > 0 &&
      (looks.begins || marked || looks.digits + looks.letters > 2))
    return LIMEN_CELL_MISTYPED;
  return looks.begins ? LIMEN_CELL_LIKE_NUMBER : LIMEN_CELL_TEXT;
}

gboolean
limen_cell_may_be_word (LimenCellKind kind)
{
  return kind == LIMEN_CELL_TEXT || kind == LIMEN_CELL_LETTER || kind == LIMEN_CELL_NOTHING;
}

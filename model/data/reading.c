#include "model/data/reading.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

gboolean
limen_reading_equal (const LimenReading *a, const LimenReading *b)
{
  gboolean both_decide = a->black == a->white && b->black == b->white;
  return (both_decide || (a->black == b->black && a->white == b->white)) && a->unit == b->unit &&
         a->label == b->label && a->channels == b->channels && !a->transposed == !b->transposed;
}

/* Ranges */

/* What may stand between two numbers: what is longer comes first */
static const char *const separators[] = {"..", " to ", "\u2013", ":", ","};

static gboolean
parse_end (const char *text, double *value)
{
  static const char minus[] = "\u2212";
  g_autofree char *copy = g_strstrip (g_strdup (text));
  gboolean negative = g_str_has_prefix (copy, minus);
  const char *digits = negative ? copy + strlen (minus) : copy;
  char *end;
  double number = g_ascii_strtod (digits, &end);
  *value = negative ? -number : number;
  return end != digits && !*end && isfinite (number) && fabs (number) <= 1e30;
}

static gboolean
parse_ends (const char *text, const char *separator, double ends[2])
{
  const char *at = strstr (text, separator);
  if (!at || at == text)
    return FALSE;
  g_autofree char *first = g_strndup (text, (gsize)(at - text));
  return parse_end (first, &ends[0]) && parse_end (at + strlen (separator), &ends[1]);
}

gboolean
limen_reading_set_range (LimenReading *reading, const char *text, GError **error)
{
  double ends[2];
  gboolean ok = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (separators) && !ok; i++)
    ok = parse_ends (text, separators[i], ends);
  if (!ok || ends[0] == ends[1])
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "needs two different numbers, of black and of white, such as 0..255.");
  reading->black = ends[0];
  reading->white = ends[1];
  return TRUE;
}

/* As many digits beyond 9 as are read as @value again: 17 always are */
static char *
shortest (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  for (guint n = 9; n <= 17; n++) {
    g_snprintf (format, sizeof format, "%%.%ug", n);
    g_ascii_formatd (digits, sizeof digits, format, value + 0.0); /* no −0 */
    if (g_ascii_strtod (digits, NULL) == value)
      break;
  }
  return g_strdup (digits);
}

char *
limen_range_text (double black, double white)
{
  g_autofree char *from = shortest (black), *to = shortest (white);
  return g_strdup_printf ("%s..%s", from, to);
}

/* Layouts */

static const struct {
  const char *word;
  gsize field;
  int value;
} words[] = {
    {"rows", offsetof (LimenReading, unit), LIMEN_UNIT_ROWS},
    {"columns", offsetof (LimenReading, unit), LIMEN_UNIT_COLUMNS},
    {"images", offsetof (LimenReading, unit), LIMEN_UNIT_IMAGES},
    {"images-last", offsetof (LimenReading, unit), LIMEN_UNIT_LAST},
    {"one", offsetof (LimenReading, unit), LIMEN_UNIT_ONE},
    {"no-label", offsetof (LimenReading, label), LIMEN_LABEL_NONE},
    {"label-first", offsetof (LimenReading, label), LIMEN_LABEL_FIRST},
    {"label-last", offsetof (LimenReading, label), LIMEN_LABEL_LAST},
    {"grey", offsetof (LimenReading, channels), LIMEN_CHANNELS_NONE},
    {"channels-first", offsetof (LimenReading, channels), LIMEN_CHANNELS_FIRST},
    {"channels-last", offsetof (LimenReading, channels), LIMEN_CHANNELS_LAST},
    {"transposed", offsetof (LimenReading, transposed), TRUE},
};

/* Enums and gboolean are of the size of an int. */
static gboolean
set_word (LimenReading *reading, const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    int *field = (int *)((char *)reading + words[i].field);
    if (!g_str_equal (word, words[i].word))
      continue;
    gboolean contradicts = *field != 0 && *field != words[i].value;
    *field = words[i].value;
    return !contradicts;
  }
  return FALSE;
}

gboolean
limen_reading_set_layout (LimenReading *reading, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 8);
  LimenReading said = {reading->black, reading->white};
  gboolean ok = parts[0] != NULL;
  for (guint i = 0; ok && parts[i]; i++)
    ok = set_word (&said, g_strstrip (parts[i]));
  if (!ok)
    return limen_fail (
        error, LIMEN_ERROR_ARGUMENT,
        "needs words with commas between them: rows, columns, images, images-last or "
        "one; label-first, label-last or no-label; channels-first, channels-last or grey; "
        "transposed.");
  *reading = said;
  return TRUE;
}

char *
limen_reading_layout_words (const LimenReading *reading)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (*(const int *)((const char *)reading + words[i].field) == words[i].value)
      g_string_append_printf (text, "%s%s", text->len ? "," : "", words[i].word);
  return g_string_free (text, FALSE);
}

/* What was done */

LimenReadAs *
limen_read_as_new (void)
{
  return g_atomic_rc_box_new0 (LimenReadAs);
}

LimenReadAs *
limen_read_as_ref (const LimenReadAs *read_as)
{
  return g_atomic_rc_box_acquire ((LimenReadAs *)read_as);
}

static void
clear (gpointer data)
{
  LimenReadAs *read_as = data;
  g_free (read_as->file);
  g_free (read_as->member);
  g_free (read_as->left_out);
  g_strfreev (read_as->members);
}

void
limen_read_as_unref (LimenReadAs *read_as)
{
  g_atomic_rc_box_release_full (read_as, clear);
}

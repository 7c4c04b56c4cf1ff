/* The text of one value becomes a number, a path, a size, a choice, or one sentence. */
#include "ui/cli/option.h"
#include "model/data/reading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The words of a command line are any bytes; a sentence about them is UTF-8. */
gboolean
limen_option_refuse (GError **error, const char *word, const char *format, ...)
{
  g_return_val_if_fail (word != NULL && format != NULL, FALSE);
  g_autofree char *shown = limen_display_name (word);
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *rest = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, "%s %s", shown, rest);
  return FALSE;
}

/* Finite. A minus sign as the window writes it is one, too. */
static gboolean
parse_number (const char *text, double *number)
{
  static const char minus[] = "\u2212";
  gboolean negative = g_str_has_prefix (text, minus);
  const char *digits = negative ? text + strlen (minus) : text;
  char *end;
  double value = g_ascii_strtod (digits, &end);
  *number = negative ? -value : value;
  return end != digits && !*end && isfinite (value);
}

static gboolean
read_number (const LimenOption *option, const char *text, double *number, GError **error)
{
  double value;
  if (!parse_number (text, &value))
    return limen_option_refuse (error, option->name, "needs a number.");
  if (value < option->low || value > option->high)
    return limen_option_refuse (error, option->name, "must be from %g to %g.", option->low,
                                option->high);
  *number = value;
  return TRUE;
}

static gboolean
read_positive (const LimenOption *option, const char *text, double *number, GError **error)
{
  double value;
  if (!parse_number (text, &value) || value <= 0)
    return limen_option_refuse (error, option->name, "needs a finite number above 0.");
  *number = value;
  return TRUE;
}

static gboolean
read_count (const LimenOption *option, const char *text, guint *count, GError **error)
{
  guint64 value;
  if (!g_ascii_string_to_unsigned (text, 10, (guint64)option->low, (guint64)option->high, &value,
                                   NULL))
    return limen_option_refuse (error, option->name, "needs a whole number from %.0f to %.0f.",
                                option->low, option->high);
  *count = (guint)value;
  return TRUE;
}

static gboolean
read_long_count (const LimenOption *option, const char *text, guint64 *count, GError **error)
{
  double value;
  if (g_ascii_string_to_unsigned (text, 10, (guint64)option->low, (guint64)option->high, count,
                                  NULL))
    return TRUE;
  if (text[strspn (text, "0123456789.eE+")] || !parse_number (text, &value) ||
      value != floor (value) || value < option->low || value > option->high)
    return limen_option_refuse (error, option->name, "needs a whole number from %.0f to %.0f.",
                                option->low, option->high);
  *count = (guint64)value;
  return TRUE;
}

static int
compare_counts (const void *a, const void *b)
{
  const guint *first = a, *second = b;
  return (*first > *second) - (*first < *second);
}

static gboolean
read_counts (const LimenOption *option, const char *text, LimenCounts *counts, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", LIMEN_MOST_COUNTS + 1);
  guint n = g_strv_length (parts), kept = 0;
  if (n > LIMEN_MOST_COUNTS)
    return limen_option_refuse (error, option->name, "takes at most %d numbers.",
                                LIMEN_MOST_COUNTS);
  for (guint i = 0; i < MAX (n, 1); i++) {
    guint64 value;
    if (n == 0 || !g_ascii_string_to_unsigned (parts[i], 10, (guint64)option->low,
                                               (guint64)option->high, &value, NULL))
      return limen_option_refuse (
          error, option->name,
          "needs whole numbers from %.0f to %.0f with commas between them, such as 1,5,50.",
          option->low, option->high);
    counts->value[i] = (guint)value;
  }
  qsort (counts->value, n, sizeof counts->value[0], compare_counts);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || counts->value[i] != counts->value[kept - 1])
      counts->value[kept++] = counts->value[i];
  counts->n = kept;
  return TRUE;
}

static gboolean
read_size (const LimenOption *option, const char *text, guint size[2], GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 3);
  guint64 side[2] = {0};
  gboolean ok = g_strv_length (parts) == 2;
  for (int i = 0; ok && i < 2; i++)
    ok = g_ascii_string_to_unsigned (parts[i], 10, (guint64)option->low, (guint64)option->high,
                                     &side[i], NULL);
  if (!ok)
    return limen_option_refuse (error, option->name,
                                "needs a width and a height from %g to %g, such as 1600x1000.",
                                option->low, option->high);
  size[0] = (guint)side[0];
  size[1] = (guint)side[1];
  return TRUE;
}

static gboolean
read_choice (const LimenOption *option, const char *text, int *choice, GError **error)
{
  for (int i = 0; option->words[i]; i++)
    if (g_str_equal (text, option->words[i])) {
      *choice = i;
      return TRUE;
    }
  g_autofree char *all = g_strjoinv ("|", (char **)option->words);
  return limen_option_refuse (error, option->name, "must be one of %s.",
                              strchr (option->value, '|') ? option->value : all);
}

static gboolean
read_file_type (const LimenOption *option, const char *text, const char **path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  *path = text;
  for (int i = 0; option->words[i]; i++)
    if (g_str_has_suffix (lower, option->words[i]))
      return TRUE;
  return limen_option_refuse (error, option->name, "needs the name of a %s.", option->value);
}

typedef gboolean (*SetReadingFunc) (LimenReading *reading, const char *text, GError **error);

static gboolean
read_reading (const LimenOption *option, const char *text, SetReadingFunc set,
              LimenReading *reading, GError **error)
{
  g_autoptr (GError) local = NULL;
  return set (reading, text, &local) ||
         limen_option_refuse (error, option->name, "%s", local->message);
}

gboolean
limen_option_read (const LimenOption *option, const char *text, gpointer field, GError **error)
{
  g_return_val_if_fail (option != NULL && text != NULL, FALSE);
  switch (option->kind) {
  case LIMEN_OPTION_NUMBER:
    return read_number (option, text, field, error);
  case LIMEN_OPTION_POSITIVE:
    return read_positive (option, text, field, error);
  case LIMEN_OPTION_COUNT:
    return read_count (option, text, field, error);
  case LIMEN_OPTION_LONG_COUNT:
    return read_long_count (option, text, field, error);
  case LIMEN_OPTION_COUNTS:
    return read_counts (option, text, field, error);
  case LIMEN_OPTION_SEED:
    return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, field, NULL) ||
           limen_option_refuse (error, option->name,
                                "needs a whole number from 0 to 9223372036854775807.");
  case LIMEN_OPTION_CHOICE:
    return read_choice (option, text, field, error);
  case LIMEN_OPTION_FILE_TYPE:
    return read_file_type (option, text, field, error);
  case LIMEN_OPTION_RANGE:
    return read_reading (option, text, limen_reading_set_range, field, error);
  case LIMEN_OPTION_LAYOUT:
    return read_reading (option, text, limen_reading_set_layout, field, error);
  case LIMEN_OPTION_SIZE:
    return read_size (option, text, field, error);
  case LIMEN_OPTION_OWN:
    return option->read (option, text, field, error);
  default:
    *(const char **)field = text;
    return *text || limen_option_refuse (error, option->name, "needs a value that is not empty.");
  }
}

#include "model/detect/measure.h"
#include "model/base/number.h"

#include <math.h>
#include <string.h>

#define SIGNIFICANT_DIGITS 6

LimenMeasure *
limen_measure_new (const char *name, const char *title, const char *unit, LimenSide side)
{
  LimenMeasure *measure = g_new (LimenMeasure, 1);
  g_atomic_ref_count_init (&measure->references);
  measure->name = g_strdup (name);
  measure->title = g_strdup (title);
  measure->unit = g_strdup (unit);
  measure->side = side;
  return measure;
}

LimenMeasure *
limen_measure_log_likelihood (void)
{
  static gsize once;
  static LimenMeasure *measure;
  if (g_once_init_enter (&once)) {
    measure = limen_measure_new ("log-likelihood", "log-likelihood", "nats", LIMEN_SIDE_LOW);
    g_once_init_leave (&once, 1);
  }
  return measure;
}

LimenMeasure *
limen_measure_ref (LimenMeasure *measure)
{
  g_atomic_ref_count_inc (&measure->references);
  return measure;
}

void
limen_measure_unref (LimenMeasure *measure)
{
  if (!g_atomic_ref_count_dec (&measure->references))
    return;
  g_free (measure->name);
  g_free (measure->title);
  g_free (measure->unit);
  g_free (measure);
}

gboolean
limen_measure_same (const LimenMeasure *a, const LimenMeasure *b)
{
  return a == b ||
         (g_str_equal (a->name, b->name) && g_str_equal (a->unit, b->unit) && a->side == b->side);
}

/* -- in words -- */

guint
limen_measure_decimals (const LimenMeasure *measure, double std, guint usual)
{
  if (measure == limen_measure_log_likelihood () || !(std > 0) || !isfinite (std))
    return usual;
  return (guint)fmax (usual, 2 - floor (log10 (std)));
}

char *
limen_measure_number (double score, guint decimals)
{
  return decimals <= LIMEN_MOST_DECIMALS ? limen_format_number (score, decimals)
                                         : limen_format_significant (score, SIGNIFICANT_DIGITS);
}

double
limen_measure_rounded (double score, guint decimals)
{
  gboolean few = decimals <= LIMEN_MOST_DECIMALS;
  char format[16], text[G_ASCII_DTOSTR_BUF_SIZE + 320]; /* the largest double has 309 digits */
  if (!isfinite (score))
    return score;
  g_snprintf (format, sizeof format, few ? "%%.%uf" : "%%.%ug",
              few ? decimals : SIGNIFICANT_DIGITS);
  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, format, score), NULL);
}

char *
limen_measure_text (const LimenMeasure *measure, double score, guint decimals)
{
  g_autofree char *number = limen_measure_number (score, decimals);
  return g_strconcat (number, *measure->unit ? " " : "", measure->unit, NULL);
}

char *
limen_measure_heading (const LimenMeasure *measure)
{
  g_autofree char *first =
      g_utf8_substring (measure->title, 0, MIN (g_utf8_strlen (measure->title, -1), 1));
  g_autofree char *upper = g_utf8_strup (first, -1);
  return g_strconcat (upper, measure->title + strlen (first), NULL);
}

char *
limen_measure_column (const LimenMeasure *measure)
{
  return g_strdup (measure == limen_measure_log_likelihood () ? "log_likelihood" : measure->name);
}

const char *
limen_side_name (LimenSide side)
{
  static const char *const names[] = {"low", "high", "both"};
  return names[side];
}

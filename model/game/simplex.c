#include "model/game/simplex.h"
#include "model/data/cell-number.h"

#include <math.h>
#include <string.h>

#define OUTSIDE 1e-9 /* a sum this far from 1, or a weight this far below 0, is no rounding */
#define FAR     8    /* from here on rounding is that of larger numbers than weights */

/* The weights that are left share what is too much: those are the largest @n_left, where the share
 * leaves all of them above 0 (Held, Wolfe and Crowder, "Validation of subgradient optimization",
 * 1974). */
static double
find_share (const double *p, guint n)
{
  double sorted[LIMEN_GAME_MOST], sum = 0, share = 0;
  for (guint i = 0; i < n; i++) {
    guint j = i;
    for (; j > 0 && sorted[j - 1] < p[i]; j--)
      sorted[j] = sorted[j - 1];
    sorted[j] = p[i];
  }
  for (guint i = 0; i < n; i++) {
    sum += sorted[i];
    if (sorted[i] * (i + 1) > sum - 1)
      share = (sum - 1) / (i + 1);
  }
  return share;
}

/* Beside large numbers 1 is lost; what all weights share changes nothing. */
static void
take_away_largest (double *p, guint n)
{
  double most = p[0];
  for (guint i = 1; i < n; i++)
    most = p[i] > most ? p[i] : most;
  for (guint i = 0; i < n; i++)
    p[i] -= most;
}

gboolean
limen_simplex_clip (double *p, guint n)
{
  double sum = -1, least = INFINITY;
  gboolean clipped = FALSE;
  for (guint i = 0; i < n; i++) {
    sum += p[i];
    least = p[i] < least ? p[i] : least;
  }
  double share = sum / n; /* where nobody falls below 0, all have the same */
  if (!(fabs (sum) <= FAR && least >= -FAR)) {
    take_away_largest (p, n);
    share = find_share (p, n);
  } else if (least < share) {
    share = find_share (p, n);
  }
  for (guint i = 0; i < n; i++) {
    clipped = clipped || p[i] < share;
    p[i] = p[i] > share ? p[i] - share : 0;
  }
  return clipped;
}

gboolean
limen_simplex_holds (const double *p, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    if (!(p[i] >= -OUTSIDE))
      return FALSE;
    sum += p[i];
  }
  return fabs (sum - 1) <= OUTSIDE;
}

gboolean
limen_simplex_project (double *p, guint n)
{
  gboolean inside = limen_simplex_holds (p, n);
  limen_simplex_clip (p, n);
  return !inside;
}

/* (transfer full): the fields of @text between characters of @between, without empty ones */
static GStrv
fields_of (const char *text, const char *between)
{
  g_auto (GStrv) part = g_strsplit_set (text, between, -1);
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  for (char **field = part; *field; field++)
    if (*g_strstrip (*field))
      g_strv_builder_add (fields, *field);
  return g_strv_builder_end (fields);
}

/* Takes a decimal comma for a point, and away a comma at the end. FALSE where there are others. */
static gboolean
read_comma (char *field, gboolean *is_decimal)
{
  gsize length = strlen (field);
  if (field[length - 1] == ',')
    field[length - 1] = '\0';
  char *comma = strchr (field, ',');
  if (!comma)
    return TRUE;
  *is_decimal = TRUE;
  gboolean alone = comma > field && !strpbrk (comma + 1, ",.") &&
                   !memchr (field, '.', (gsize)(comma - field)) && g_ascii_isdigit (comma[-1]) &&
                   g_ascii_isdigit (comma[1]);
  if (alone)
    *comma = '.';
  return alone;
}

/* "0,5; 0,5", "0,5, 0,5" and "0,5 0,5" are two decimals each; "1, 0" and "1,0" two whole numbers.
 * Beside semicolons a comma parts no weights. (transfer full) (nullable): fields with points, where
 * commas are decimal ones */
static GStrv
fields_with_commas (const char *text, guint n)
{
  g_auto (GStrv) part = fields_of (text, " ;\t()");
  gboolean is_decimal = FALSE, can_be_read = TRUE;
  for (char **field = part; *field; field++)
    can_be_read = read_comma (*field, &is_decimal) && can_be_read;
  gboolean taken = is_decimal && can_be_read && g_strv_length (part) == n;
  return taken || strchr (text, ';') ? g_steal_pointer (&part) : NULL;
}

gboolean
limen_simplex_parse (const char *text, guint n, double *p, gboolean *projected, GError **error)
{
  GStrv decimals = fields_with_commas (text, n);
  g_auto (GStrv) part = decimals ? decimals : fields_of (text, ", ;\t()");
  guint found = 0;
  double value;
  for (char **field = part; *field; field++) {
    if (!limen_plain_number (*field, strlen (*field), &value) || !(fabs (value) <= 1e9))
      return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                         "“%s” in “%s” is not a weight; write decimals or fractions such as 1/3.",
                         *field, text);
    if (found < n)
      p[found] = value;
    found++;
  }
  if (found != n)
    return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                       "“%s” has %u weights where there are %u strategies; give each strategy one.",
                       text, found, n);
  *projected = limen_simplex_project (p, n);
  return TRUE;
}

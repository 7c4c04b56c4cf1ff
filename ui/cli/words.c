#include "ui/cli/words.h"

#include <string.h>

#define LONGEST 24

/* Letters to insert, delete or replace: Levenshtein (1966) */
static guint
distance (const char *a, const char *b)
{
  gsize n = strlen (b);
  guint row[LONGEST + 1];
  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 1; *a; a++, i++) {
    guint diagonal = row[0];
    row[0] = i;
    for (guint j = 1; j <= n; j++) {
      guint replaced = diagonal + (*a != b[j - 1]);
      diagonal = row[j];
      row[j] = MIN (replaced, MIN (row[j], row[j - 1]) + 1);
    }
  }
  return row[n];
}

const char *
limen_closest_word (const char *word, const char *const *known, guint n)
{
  g_return_val_if_fail (word != NULL && known != NULL, NULL);
  const char *best = NULL;
  guint least = 3;
  for (guint i = 0; i < n && strlen (word) <= LONGEST; i++) {
    guint slips = strlen (known[i]) <= LONGEST ? distance (word, known[i]) : least;
    if (slips < least) {
      least = slips;
      best = known[i];
    }
  }
  return best;
}

#include "model/base/claim.h"

guint
limen_claim_first (const LimenClaim *claims, guint n, gconstpointer state)
{
  for (guint i = 0; i < n; i++)
    if (claims[i].holds (state))
      return i;
  return n;
}

char *
limen_claim_words (const LimenClaim *claim, gconstpointer state)
{
  return claim->words ? g_strdup (claim->words) : claim->say (state);
}

char *
limen_claim_say (const LimenClaim *claims, guint n, gconstpointer state)
{
  guint first = limen_claim_first (claims, n, state);
  return first < n ? limen_claim_words (&claims[first], state) : NULL;
}

gboolean
limen_claim_always (gconstpointer state)
{
  return TRUE;
}

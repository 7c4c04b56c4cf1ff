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
limen_claim_say (const LimenClaim *claims, guint n, gconstpointer state)
{
  guint first = limen_claim_first (claims, n, state);
  return first < n ? claims[first].say (state) : NULL;
}

gboolean
limen_claim_always (gconstpointer state)
{
  return TRUE;
}

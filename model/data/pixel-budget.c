#include "model/data/pixel-budget.h"

#include <glib/gstdio.h>

static guint64
limit_of (const LimenPixelBudget *budget)
{
  return LIMEN_BUDGET_LEAST + LIMEN_BUDGET_PER_BYTE * budget->n_bytes;
}

static gboolean
refuse (const LimenPixelBudget *budget, const char *name, GError **error)
{
  return limen_fail (
      error, LIMEN_ERROR_UNSAFE,
      "%s and what follows are left out: with what is before they have more than the "
      "%" G_GUINT64_FORMAT " million pixels that Limen reads of %" G_GUINT64_FORMAT
      " kB on disk; read them in parts, or scale them down.",
      name, limit_of (budget) / 1000000, (budget->n_bytes + 999) / 1000);
}

void
limen_pixel_budget_add_file (LimenPixelBudget *budget, const char *path)
{
  GStatBuf info;
  if (g_stat (path, &info) == 0)
    budget->n_bytes += (guint64)MAX (info.st_size, 0);
}

void
limen_pixel_budget_begin (LimenPixelBudget *budget)
{
  g_atomic_pointer_set (&budget->running, budget->used);
}

gboolean
limen_pixel_charge_add (LimenPixelCharge *charge, guint64 n_pixels, const char *name,
                        GError **error)
{
  LimenPixelBudget *budget = charge->budget;
  charge->n_pixels += n_pixels;
  if (!budget)
    return TRUE;
  guint64 before = (guint64)g_atomic_pointer_add (&budget->running, (gssize)n_pixels);
  charge->refused = before + n_pixels > limit_of (budget);
  return !charge->refused || refuse (budget, name, error);
}

gboolean
limen_pixel_budget_take (LimenPixelBudget *budget, guint64 n_pixels, const char *name,
                         GError **error)
{
  if (budget->used + n_pixels > limit_of (budget))
    return refuse (budget, name, error);
  budget->used += n_pixels;
  return TRUE;
}

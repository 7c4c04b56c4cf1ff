/* How many pixels may be decoded of a folder or an archive: small files that unpack to much, one
 * after the other, would take hours. Only this room needs it. */
#pragma once

#include "model/base/error.h"

/** LIMEN_BUDGET_LEAST, LIMEN_BUDGET_PER_BYTE: pixels, and more for each byte on disk: photographs
 * have 2 to 10 for each, drawings and masks up to a few hundred */
#define LIMEN_BUDGET_LEAST    (G_GUINT64_CONSTANT (2000) * 1000 * 1000)
#define LIMEN_BUDGET_PER_BYTE 512

/**
 * LimenPixelBudget:
 * @n_bytes: on disk, of what is read
 * @used: pixels of the pictures that joined, in their order
 * @running: atomic: with those of the pictures that are being decoded
 */
typedef struct {
  guint64 n_bytes, used;
  gsize running;
} LimenPixelBudget;

/**
 * LimenPixelCharge: what one picture takes from a budget
 * @n_pixels: as soon as its size is known
 * @refused: others that were decoded beside it had taken the rest by then
 */
typedef struct {
  LimenPixelBudget *budget;
  guint64 n_pixels;
  gboolean refused;
} LimenPixelCharge;

/** limen_pixel_budget_add_file: the file @path on disk is part of what is read */
void limen_pixel_budget_add_file (LimenPixelBudget *budget, const char *path);
/** limen_pixel_budget_begin: pictures are going to be decoded beside each other */
void limen_pixel_budget_begin (LimenPixelBudget *budget);

/** limen_pixel_charge_add: on any thread. FALSE with LIMEN_ERROR_UNSAFE where the budget is used up
 */
gboolean limen_pixel_charge_add (LimenPixelCharge *charge, guint64 n_pixels, const char *name,
                                 GError **error);

/** limen_pixel_budget_take: in the order of the pictures, so that the last that fits is the same
 * with any number of threads. FALSE with LIMEN_ERROR_UNSAFE, and nothing taken, where @n_pixels are
 * too many */
gboolean limen_pixel_budget_take (LimenPixelBudget *budget, guint64 n_pixels, const char *name,
                                  GError **error);

#include "model/data/array-values.h"

#include <math.h>

#define BLOCK     65536 /* numbers looked at between two looks at the cancellable */
#define TOLERANCE 1e-6  /* of a range: what lies so little outside is a rounding error */

/* All numbers in the order of the file, block by block: @see is given pixels, @see_label labels */

typedef void (*SeeFunc) (const double *value, gsize n, gpointer data);

typedef struct {
  const LimenArray *array;
  const LimenGrid *grid;
  gboolean has_label;
  const char *name;
  SeeFunc see, see_label;
  gpointer data;
  double *value;
  guchar *buffer;
} Walk;

/* Labels stand at grid.label + i·grid.image: between them are pixels. */
static void
see_block (const Walk *walk, gsize first, gsize n)
{
  const LimenGrid *grid = walk->grid;
  gsize done = 0, i = 0;
  if (walk->has_label && first > grid->label)
    i = (first - grid->label + grid->image - 1) / grid->image;
  for (; walk->has_label && i < grid->n && grid->label + i * grid->image < first + n; i++) {
    gsize at = grid->label + i * grid->image - first;
    if (at > done)
      walk->see (walk->value + done, at - done, walk->data);
    if (walk->see_label)
      walk->see_label (walk->value + at, 1, walk->data);
    done = at + 1;
  }
  if (n > done)
    walk->see (walk->value + done, n - done, walk->data);
}

static void see_values (const double *value, gsize n, gpointer data);

/* Bytes need not become floats to find the least and the greatest of them. */
static void
see_bytes (const guchar *at, guint n, double *value, const Walk *walk)
{
  guchar low = 255, high = 0;
  for (guint i = 0; i < n; i++) {
    low = MIN (low, at[i]);
    high = MAX (high, at[i]);
  }
  value[0] = low;
  value[1] = high;
  walk->see (value, 2, walk->data);
}

static gboolean
see_all (Walk *walk, GCancellable *cancellable, GError **error)
{
  guint size = limen_number_size (walk->array->type);
  gsize n_numbers = walk->array->size / size;
  gsize block = MIN (n_numbers, BLOCK);
  g_autofree double *value = g_new (double, MAX (block, 2));
  g_autofree guchar *buffer = walk->array->data ? NULL : g_malloc (block * size);
  walk->value = value;
  for (gsize first = 0; first < n_numbers; first += BLOCK) {
    guint n = (guint)MIN (n_numbers - first, BLOCK);
    const guchar *at =
        limen_array_read (walk->array, walk->name, first * size, (gsize)n * size, buffer, error);
    if (!at || g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (walk->array->type == LIMEN_NUMBER_U8 && walk->see == see_values && !walk->has_label) {
      see_bytes (at, n, value, walk);
      continue;
    }
    limen_numbers_read (walk->array->type, walk->array->big_endian, at, 1, n, value);
    see_block (walk, first, n);
  }
  return TRUE;
}

/* -- the range of the numbers -- */

static void
see_values (const double *value, gsize n, gpointer data)
{
  LimenValues *values = data;
  double low = values->low, high = values->high;
  gboolean finite = TRUE, whole = TRUE;
  for (gsize i = 0; i < n; i++) {
    low = MIN (low, value[i]);
    high = MAX (high, value[i]);
    finite &= isfinite (value[i]) != 0;
    whole &= value[i] == trunc (value[i]);
  }
  values->low = low;
  values->high = high;
  values->finite &= finite;
  values->whole &= whole;
}

static void
see_label (const double *value, gsize n, gpointer data)
{
  LimenValues *values = data;
  for (gsize i = 0; i < n; i++) {
    double first = values->n_labels > 0 ? values->label_low : value[i];
    values->labels_count &= (first == 0 || first == 1) && value[i] == first + values->n_labels;
    values->label_low = MIN (values->label_low, value[i]);
    values->label_high = MAX (values->label_high, value[i]);
    values->n_labels++;
  }
}

gboolean
limen_array_survey (const LimenArray *array, const LimenGrid *grid, const LimenReading *reading,
                    const char *name, LimenValues *values, GCancellable *cancellable,
                    GError **error)
{
  Walk walk = {.array = array,
               .grid = grid,
               .has_label = reading->label != LIMEN_LABEL_NONE,
               .name = name,
               .see = see_values,
               .see_label = see_label,
               .data = values};
  *values = (LimenValues){INFINITY, -INFINITY, INFINITY, -INFINITY, TRUE, TRUE, TRUE, 0};
  return see_all (&walk, cancellable, error);
}

typedef struct {
  double low, high;
  guint64 n;
} Outside;

static void
see_outside (const double *value, gsize n, gpointer data)
{
  Outside *outside = data;
  for (gsize i = 0; i < n; i++)
    outside->n += value[i] < outside->low || value[i] > outside->high;
}

gboolean
limen_array_count_outside (const LimenArray *array, const LimenGrid *grid,
                           const LimenReading *reading, const char *name, guint64 *n,
                           GCancellable *cancellable, GError **error)
{
  Outside outside = {MIN (reading->black, reading->white), MAX (reading->black, reading->white), 0};
  Walk walk = {.array = array,
               .grid = grid,
               .has_label = reading->label != LIMEN_LABEL_NONE,
               .name = name,
               .see = see_outside,
               .data = &outside};
  gboolean ok = see_all (&walk, cancellable, error);
  *n = outside.n;
  return ok;
}

/* -- black and white -- */

static gboolean
is_float (LimenNumberType type)
{
  return type >= LIMEN_NUMBER_F16;
}

/* How far outside of @black to @white rounding may lead: 1e-6 of the range, and one step of half
 * precision, 2^−10, which is coarser */
static double
slack (LimenNumberType type, double black, double white)
{
  if (!is_float (type))
    return 0;
  return (white - black) * (type == LIMEN_NUMBER_F16 ? 0x1p-10 : TOLERANCE);
}

static gboolean
lies_within (LimenNumberType type, const LimenValues *values, double black, double white)
{
  double room = slack (type, black, white);
  return values->low >= black - room && values->high <= white + room;
}

/* Numbers below 0, where most images reach the one end or the other: −1 to 1, and −0.5 to 0.5 of
 * images from which a half was subtracted. Others may have lost their mean: then black is not
 * known. */
static gboolean
choose_signed (LimenNumberType type, const LimenValues *values, LimenReading *reading)
{
  static const double ends[] = {1, 0.5};
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    double end = ends[i], low = values->low / end, high = values->high / end;
    if (!lies_within (type, values, -end, end) || (low > -0.9 && (high < 0.9 || low > -0.5)))
      continue;
    reading->black = -end;
    reading->white = end;
    return TRUE;
  }
  return FALSE;
}

/* The least of the scales that holds all numbers. Those that pass the end of a scale by less than
 * its length, and are no whole numbers, are rather of that scale than of the next, 255 times as
 * long. */
static gboolean
choose_unsigned (LimenNumberType type, const LimenValues *values, LimenReading *reading)
{
  static const double whites[] = {1, 255, 65535};
  gboolean bytes = type == LIMEN_NUMBER_U8 || type == LIMEN_NUMBER_I8;
  gboolean zero_one = values->high == 1 || type == LIMEN_NUMBER_BOOL;
  for (guint i = bytes && !zero_one ? 1 : 0; i < G_N_ELEMENTS (whites); i++) {
    double white = whites[i];
    if (values->high <= white + slack (type, 0, white)) {
      reading->white = white;
      return lies_within (type, values, 0, white);
    }
    if (!values->whole && values->high < 2 * white)
      return FALSE;
  }
  return FALSE;
}

/* A range that can be chosen: of numbers that are all alike, one that begins or ends at 0. Returns:
 * (transfer full): what to do */
static char *
suggest (LimenNumberType type, double low, double high)
{
  gboolean alike = low == high;
  g_autofree char *range =
      limen_range_text (alike ? MIN (low, 0) : low, alike ? MAX (high, 0) : high);
  LimenReading reading;
  if (!limen_reading_set_range (&reading, range, NULL))
    return g_strdup ("divide them by the greatest");
  /* Whole numbers from −128 on in bytes are those from 0 to 255, wrapped around or shifted. */
  return g_strdup_printf ("choose the range, such as %s%s", range,
                          type == LIMEN_NUMBER_I8 ? ", or save bytes as uint8" : "");
}

static void
set_unclear (LimenNumberType type, const LimenValues *values, const char *name, GError **error)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (low, sizeof low, "%.9g", values->low + 0.0); /* no −0 */
  g_ascii_formatd (high, sizeof high, "%.9g", values->high + 0.0);
  g_autofree char *advice = suggest (type, values->low, values->high);
  limen_fail (error, LIMEN_ERROR_MISMATCH,
              "%s has values from %s to %s, which is none of the scales 0 to 1, 0 to 255, 0 to "
              "65535, -1 to 1 and -0.5 to 0.5; %s.",
              name, low, high, advice);
}

gboolean
limen_array_choose_range (LimenNumberType type, const LimenValues *values, LimenReading *reading,
                          const char *name, GError **error)
{
  if (!values->finite)
    return limen_fail (error, LIMEN_ERROR_MISMATCH,
                       "%s has values that are not finite; replace them by numbers from 0 to 1.",
                       name);
  if (reading->black != reading->white)
    return TRUE;
  reading->black = reading->white = 0;
  if (choose_unsigned (type, values, reading) || choose_signed (type, values, reading))
    return TRUE;
  set_unclear (type, values, name, error);
  return FALSE;
}

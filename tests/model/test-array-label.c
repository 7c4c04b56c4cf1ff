/* Labels beside pixels: of whatever values, at either end, constant or not, they are told from
 * pixels, or asked for; no image is ever moved by one pixel in silence. */
#include "model/data/array.h"
#include "model/data-files.h"

#include <math.h>

#define SIDE   28
#define PIXELS (SIDE * SIDE)
#define N      70
#define WIDTH  (PIXELS + 1)

/* What stands around a digit; corners that rarely are not quite black, as Fashion-MNIST's; what a
 * photograph has */
typedef enum { BLACK, WHITE, SMEARED, PHOTO } Ground;

static double
pixel (Ground ground, guint image, guint k)
{
  guint y = k / SIDE, x = k % SIDE;
  gboolean inside = y > 4 && y < 23 && x > 4 && x < 23;
  double ink = (image * 31 + y * 17 + x * 5) % 256 / 255.0;
  if (ground == PHOTO)
    return (37 + (image * 101 + k * 59) % 219) / 255.0;
  if (ground == SMEARED && (k == 0 || k == PIXELS - 1) && image % 50 == 20)
    return 3 / 255.0;
  return ground == WHITE ? 1 - inside * ink : inside * ink;
}

typedef enum {
  DIGIT,
  INDEX,
  INDEX_1,
  SIGN,
  HIGH,
  BIG,
  FRACTION,
  ZERO,
  ONE,
  SEVEN,
  RARE,
  NAN_3
} Kind;

static double
label (Kind kind, guint image)
{
  const double constant[] = {[ZERO] = 0, [ONE] = 1, [SEVEN] = 7};
  guint digit = (image * 7 + image / 10) % 10;
  switch (kind) {
  case DIGIT:
    return digit;
  case INDEX:
    return image;
  case INDEX_1:
    return image + 1;
  case SIGN:
    return digit > 4 ? 1 : -1;
  case HIGH:
    return 60 + digit;
  case BIG:
    return 1000 + digit;
  case FRACTION:
    return digit / 10.0;
  case RARE:
    return image % 20 == 11;
  case NAN_3:
    return digit == 3 ? NAN : digit;
  default:
    return constant[kind];
  }
}

typedef struct {
  Kind kind;
  Ground ground;
  double white; /* 255: whole numbers */
  gboolean last, turned;
  guint n;
  LimenLabelSide expected; /* AUTO: asked */
} Case;

static void
fill (const Case *c, double *data)
{
  for (guint i = 0; i < c->n; i++)
    for (guint k = 0; k < WIDTH; k++) {
      gboolean is_label = k == (c->last ? PIXELS : 0);
      double grey = is_label ? 0 : pixel (c->ground, i, c->last ? k : k - 1) * c->white;
      data[c->turned ? k * c->n + i : i * WIDTH + k] = is_label ? label (c->kind, i) : grey;
    }
}

static void
assert_pixels (const Case *c, const LimenImages *images)
{
  g_assert_cmpuint (images->n, ==, c->n);
  for (guint i = 0; i < c->n; i++)
    for (guint k = 0; k < PIXELS; k++) {
      gsize at = (gsize)i * PIXELS + k;
      double got = images->u8 ? images->u8[at] / 255.0 : (double)images->f32[at];
      g_assert_cmpfloat_with_epsilon (got, pixel (c->ground, i, k), 1e-6);
    }
}

static LimenImages *
load (const Case *c, const double *data, const char *layout, GError **error)
{
  LimenImageSetOptions options = {0};
  LimenArray array = {.data = (const guchar *)data,
                      .size = (gsize)c->n * WIDTH * 8,
                      .fd = -1,
                      .type = LIMEN_NUMBER_F64,
                      .big_endian = G_BYTE_ORDER == G_BIG_ENDIAN,
                      .n_dims = 2,
                      .dims = {c->turned ? WIDTH : c->n, c->turned ? c->n : WIDTH}};
  if (layout)
    g_assert_true (limen_reading_set_layout (&options.reading, layout, NULL));
  return limen_array_to_images (&array, "some.npy", &options, NULL, error);
}

#define FIRST LIMEN_LABEL_FIRST
#define LAST  LIMEN_LABEL_LAST
#define ASK   LIMEN_LABEL_AUTO

static const Case cases[] = {
    {DIGIT, BLACK, 255, FALSE, FALSE, N, FIRST},
    {DIGIT, BLACK, 255, TRUE, FALSE, N, LAST},
    {DIGIT, WHITE, 1, FALSE, FALSE, N, FIRST},
    {DIGIT, WHITE, 1, TRUE, FALSE, N, LAST},
    {DIGIT, SMEARED, 255, FALSE, FALSE, N, FIRST},
    {DIGIT, SMEARED, 255, TRUE, FALSE, N, LAST}, /* the corner, 0 or 3, is at the front */
    {DIGIT, PHOTO, 255, FALSE, FALSE, N, FIRST},
    {DIGIT, PHOTO, 255, TRUE, FALSE, N, LAST},
    {DIGIT, BLACK, 255, FALSE, TRUE, N, FIRST},
    {DIGIT, BLACK, 255, TRUE, TRUE, N, LAST},
    {DIGIT, BLACK, 255, FALSE, FALSE, 1, ASK}, /* the one is a 0 */
    {DIGIT, BLACK, 255, FALSE, FALSE, 2, FIRST},
    {INDEX, BLACK, 255, FALSE, FALSE, N, FIRST},
    {INDEX, SMEARED, 255, FALSE, FALSE, N, FIRST},
    {INDEX_1, PHOTO, 1, FALSE, FALSE, N, FIRST},
    {INDEX, BLACK, 1, TRUE, FALSE, N, LAST},
    {INDEX_1, BLACK, 1, FALSE, TRUE, N, FIRST},
    {SIGN, BLACK, 1, FALSE, FALSE, N, ASK},
    {SIGN, WHITE, 1, TRUE, FALSE, N, ASK}, /* the corner is 1 throughout */
    {SIGN, SMEARED, 255, TRUE, FALSE, N, ASK},
    {HIGH, BLACK, 255, FALSE, FALSE, N, ASK},
    {HIGH, SMEARED, 255, FALSE, FALSE, N, ASK},
    {BIG, BLACK, 1, FALSE, FALSE, N, ASK},
    {BIG, WHITE, 1, FALSE, FALSE, N, ASK},
    {BIG, BLACK, 1, TRUE, TRUE, N, ASK},
    {FRACTION, BLACK, 1, FALSE, FALSE, N, ASK},
    {NAN_3, BLACK, 1, FALSE, FALSE, N, ASK},
    {ZERO, BLACK, 255, FALSE, FALSE, N, ASK},
    {ZERO, BLACK, 255, TRUE, FALSE, N, ASK},
    {ZERO, PHOTO, 255, FALSE, FALSE, N, ASK},
    {ONE, BLACK, 255, FALSE, FALSE, N, FIRST},
    {ONE, WHITE, 1, FALSE, FALSE, N, ASK},
    {ONE, WHITE, 1, TRUE, FALSE, N, ASK},
    {SEVEN, BLACK, 255, FALSE, FALSE, N, FIRST},
    {SEVEN, BLACK, 255, TRUE, FALSE, N, LAST},
    {SEVEN, SMEARED, 255, FALSE, FALSE, N, FIRST},
    {SEVEN, SMEARED, 255, TRUE, FALSE, N, LAST},
    {SEVEN, PHOTO, 255, FALSE, FALSE, N, FIRST},
    {SEVEN, PHOTO, 255, FALSE, FALSE, 2, ASK},
    {SEVEN, BLACK, 255, FALSE, FALSE, 1, FIRST},
    {RARE, BLACK, 255, FALSE, FALSE, N, FIRST},
    {RARE, PHOTO, 255, TRUE, FALSE, N, LAST},
};

static void
test_labels_are_told_from_pixels_or_asked_for (void)
{
  g_autofree double *data = g_new (double, N *WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    g_autoptr (GError) error = NULL;
    fill (c, data);
    g_test_message ("case %u", i);
    g_autoptr (LimenImages) images = load (c, data, NULL, &error);
    if (c->expected == ASK) {
      g_assert_null (images);
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
      assert_sentence (error, "some.npy");
      g_assert_nonnull (strstr (error->message, "label-first"));
      g_assert_nonnull (strstr (error->message, "label-last"));
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpint (images->read_as->done.label, ==, c->expected);
    assert_pixels (c, images);
  }
}

/* Where the user says it, labels of whatever value leave the scale alone. */
static void
test_labels_that_are_named_leave_the_scale_alone (void)
{
  g_autofree double *data = g_new (double, N *WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    g_autoptr (GError) error = NULL;
    g_autofree char *layout = g_strdup_printf ("%s,%s", c->turned ? "columns" : "rows",
                                               c->last ? "label-last" : "label-first");
    fill (c, data);
    g_autoptr (LimenImages) images = load (c, data, layout, &error);
    g_assert_no_error (error);
    g_assert_cmpfloat (images->read_as->done.white, ==, c->white);
    assert_pixels (c, images);
  }
}

static void
test_numbers_of_rows_are_named (void)
{
  const struct {
    Case c;
    const char *line, *note;
  } told[] = {
      {{INDEX, BLACK, 255, FALSE, FALSE, N, FIRST},
       "read as 0–255, 28 × 28 from rows of 785, behind a row number",
       "The first of 785 columns, which counts from 0 to 69, was left out."},
      {{INDEX_1, BLACK, 1, TRUE, TRUE, N, LAST},
       "read as 0–1, 28 × 28 from columns of 785, before a row number",
       "The last of 785 rows, which counts from 1 to 70, was left out."},
      {{INDEX, BLACK, 255, FALSE, FALSE, 9, FIRST}, /* or labels */
       "read as 0–255, 28 × 28 from rows of 785, behind a label",
       "The first of 785 columns, which counts from 0 to 8, was left out."},
      {{DIGIT, BLACK, 255, FALSE, FALSE, N, FIRST},
       "read as 0–255, 28 × 28 from rows of 785, behind a label",
       "The first of 785 columns, with values from 0 to 9, was left out as labels."},
  };
  g_autofree double *data = g_new (double, N *WIDTH);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    g_autoptr (GError) error = NULL;
    fill (&told[i].c, data);
    g_autoptr (LimenImages) images = load (&told[i].c, data, NULL, &error);
    g_assert_no_error (error);
    g_autofree char *line = limen_read_as_line (images->read_as);
    g_auto (GStrv) notes = limen_read_as_notes (images->read_as);
    g_assert_cmpstr (line, ==, told[i].line);
    g_assert_cmpstr (notes[0], ==, told[i].note);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/array-label/told-from-pixels-or-asked-for",
                   test_labels_are_told_from_pixels_or_asked_for);
  g_test_add_func ("/array-label/named-leave-the-scale-alone",
                   test_labels_that_are_named_leave_the_scale_alone);
  g_test_add_func ("/array-label/numbers-of-rows-are-named", test_numbers_of_rows_are_named);
  return g_test_run ();
}

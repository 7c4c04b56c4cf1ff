/* One reading of an array: each combination of type, layout, scale and order is read as it was
 * meant, or refused with a sentence that asks; never silently otherwise. */
#include "model/array-cases.h"

static void
check_case (const Case *c, const LimenImageSetOptions *options, guchar *data)
{
  gsize size = fill (c, data);
  LimenArray array = array_of (c, data, size);
  g_autofree char *shape = limen_array_to_string (&array);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenImages) images =
      limen_array_to_images (&array, "some.npy", options, NULL, &error);
  if (must_ask (c)) {
    g_assert_null (images);
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
    assert_sentence (error, "some.npy");
    return;
  }
  g_test_message ("%s, layout %u, scale %u%s%s", shape, c->layout, c->scale, c->big ? ", big" : "",
                  c->fortran ? ", Fortran" : "");
  g_assert_no_error (error);
  assert_pixels (c, images);
}

static void
test_every_combination (void)
{
  const LimenImageSetOptions any = {0}, asked = {.width = SIDE, .height = SIDE};
  g_autofree guchar *data = g_malloc (MOST * 8);
  guint n_cases = 0;
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    for (guint l = 0; l < G_N_ELEMENTS (layouts); l++)
      for (guint k = 0; k < N_SCALES * 4; k++) {
        Case c = {t, l, k / 4, k & 1, k >> 1 & 1};
        gboolean asks_for_size = layouts[l].place == colour_rows_last;
        if (!can_hold (&c))
          continue;
        if (!asks_for_size)
          check_case (&c, &any, data);
        check_case (&c, &asked, data);
        n_cases++;
      }
  g_assert_cmpuint (n_cases, >, 2000);
}

/* Shapes that can be meant in several ways: refused, unless a word of the layout decides. */
static void
test_what_is_unclear_is_asked (void)
{
  const struct {
    guint n_dims, dims[4], asked;
    const char *says[3], *layout;
    guint n, width;
  } cases[] = {
      {2,
       {784, 100},
       0,
       {"784 images of 10 × 10 (layout rows)", "layout columns"},
       "columns",
       100,
       28},
      {2,
       {784, 100},
       28,
       {"784 images of 10 × 10 (layout rows)", "layout columns"},
       "rows",
       784,
       10},
      {2, {784, 785}, 0, {"layout rows,label-first", "layout columns"}, "columns", 785, 28},
      {2,
       {5, 3072},
       0,
       {"layout rows,channels-first", "rows,channels-last"},
       "channels-first",
       5,
       32},
      {2,
       {5, 2352},
       28,
       {"layout rows,channels-first", "rows,channels-last"},
       "channels-last",
       5,
       28},
      {2, {5, 3073}, 0, {"label-first,channels-first"}, "label-first,channels-last", 5, 32},
      {3,
       {28, 28, 40},
       0,
       {"40 images of 28 × 28 (layout images-last)", "layout images)"},
       "images-last",
       40,
       28},
      {3, {28, 28, 2}, 28, {"2 images of 28 × 28 (layout images-last)"}, "images", 28, 2},
      {3,
       {900, 784, 3},
       0,
       {"layout rows,channels-last", "layout one,channels-last"},
       "one",
       1,
       784},
      {3,
       {400, 256, 1},
       0,
       {"400 images of 16 × 16", "1 image of 256 × 400 (layout one)"},
       "one",
       1,
       256},
      {4, {2, 3, 8, 3}, 0, {"channels-first", "channels-last"}, "channels-first", 2, 3},
  };
  g_autofree guchar *data = g_malloc0 (900 * 784 * 3);
  for (gsize k = 0; k < 900 * 784 * 3; k++)
    data[k] = (guchar)(k * 7 % 251);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenImageSetOptions options = {.width = cases[i].asked, .height = cases[i].asked};
    LimenArray array = {.data = data, .type = LIMEN_NUMBER_U8, .n_dims = cases[i].n_dims};
    g_autoptr (GError) error = NULL;
    for (guint d = 0; d < array.n_dims; d++)
      array.dims[d] = cases[i].dims[d];
    g_assert_true (limen_array_n_bytes (&array, &array.size));
    g_assert_null (limen_array_to_images (&array, "some.npy", &options, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
    g_test_message ("%s", error->message);
    assert_sentence (error, "some.npy");
    for (guint k = 0; k < 3 && cases[i].says[k]; k++)
      g_assert_nonnull (strstr (error->message, cases[i].says[k]));
    g_clear_error (&error);
    g_assert_true (limen_reading_set_layout (&options.reading, cases[i].layout, &error));
    g_autoptr (LimenImages) images =
        limen_array_to_images (&array, "some.npy", &options, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (images->n, ==, cases[i].n);
    g_assert_cmpuint (images->width, ==, cases[i].width);
  }
}

/* What is decided, or refused; @white 0: refused, and a range is asked for */
static void
test_scales (void)
{
  const struct {
    guint type;
    double values[4], black, white;
    const char *says;
  } cases[] = {
      {LIMEN_NUMBER_F32, {0, 0.5, 0.25, 1.0000001}, 0, 1, "rounding error"},
      {LIMEN_NUMBER_F64, {-1e-8, 0.5, 0.25, 1}, 0, 1, "rounding error"},
      {LIMEN_NUMBER_F64, {-1e-6, 0.5, 0.25, 1 + 1e-6}, 0, 1, "2 of 4 values lie outside of 0 to 1"},
      {LIMEN_NUMBER_F64, {-1.1e-6, 0.5, 0.25, 1}, 0, 0, NULL},
      {LIMEN_NUMBER_F64, {0, 0.5, 0.25, 1 + 1.1e-6}, 0, 0, NULL},
      {LIMEN_NUMBER_F64, {0, 0.5, 0.25, 1.99}, 0, 0, NULL},
      {LIMEN_NUMBER_F64,
       {-1e-5, 0.5, 17, 255.0001},
       0,
       255,
       "2 of 4 values lie outside of 0 to 255"},
      {LIMEN_NUMBER_F64, {0, 0.5, 17, 255.1}, 0, 0, NULL},
      {LIMEN_NUMBER_F64, {0, 0.5, 17, 65535.06}, 0, 65535, "1 of 4 values lies outside"},
      {LIMEN_NUMBER_F16, {0, 0.5, 0.25, 1.0009765625}, 0, 1, "rounding error"},
      {LIMEN_NUMBER_F16, {0, 0.5, 0.25, 1.001953125}, 0, 0, NULL},
      {LIMEN_NUMBER_F64, {-1 - 1e-6, 0.5, 0.25, 1}, -1, 1, "rounding error"},
      {LIMEN_NUMBER_F64, {-1, -0.9, -0.95, 0.3}, -1, 1, NULL},
      {LIMEN_NUMBER_F64, {-0.5, 0.5, 0, 0.1}, -0.5, 0.5, "choose the range -1..1"},
      {LIMEN_NUMBER_F64, {-0.13, 0.87, 0, 0.1}, 0, 0, NULL}, /* without its mean */
      {LIMEN_NUMBER_F64, {-0.4242, 2.8215, 0, 0.1}, 0, 0, NULL},
      {LIMEN_NUMBER_F64, {-0.001, 0, 1, 1}, 0, 0, NULL},
      {LIMEN_NUMBER_F64, {0, 0.5, 16, 12}, 0, 255, "choose the range 0..16"},
      {LIMEN_NUMBER_F64, {0, 256, 1, 2}, 0, 65535, "choose the range 0..256"},
      {LIMEN_NUMBER_U8, {0, 1, 1, 0}, 0, 1, "choose the range 0..255"},
      {LIMEN_NUMBER_U8, {0, 1, 2, 0}, 0, 255, "choose the range 0..2"},
      {LIMEN_NUMBER_U8, {0, 0, 0, 0}, 0, 255, NULL},
      {LIMEN_NUMBER_U8, {0, 1, 200, 0}, 0, 255, NULL},
      {LIMEN_NUMBER_I8, {0, 1, 127, 0}, 0, 255, "choose the range 0..127"},
      {LIMEN_NUMBER_I8, {-1, 1, 1, -1}, -1, 1, NULL},
      {LIMEN_NUMBER_I8, {-128, 1, 1, 127}, 0, 0, NULL},
      {LIMEN_NUMBER_U16, {0, 1, 200, 255}, 0, 255, "choose the range 0..65535"},
      {LIMEN_NUMBER_U16, {0, 1, 200, 4095}, 0, 65535, "choose the range 0..4095"},
      {LIMEN_NUMBER_U16, {0, 1, 1, 0}, 0, 1, "choose the range 0..255"},
      {LIMEN_NUMBER_I64, {0, 1, 200, 255}, 0, 255, NULL},
      {LIMEN_NUMBER_I64, {0, 1, 200, 65536}, 0, 0, NULL},
      {LIMEN_NUMBER_I64, {-1, 1, 200, 255}, 0, 0, NULL},
      {LIMEN_NUMBER_BOOL, {0, 1, 1, 0}, 0, 1, NULL},
  };
  const LimenImageSetOptions any = {0};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guchar data[32];
    guint t = 0;
    while (types[t].type != cases[i].type)
      t++;
    for (guint k = 0; k < 4; k++)
      put (t, FALSE, cases[i].values[k], data + k * types[t].size);
    LimenArray array = {.data = data,
                        .size = 4 * types[t].size,
                        .type = cases[i].type,
                        .n_dims = 3,
                        .dims = {1, 2, 2}};
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = limen_array_to_images (&array, "some.npy", &any, NULL, &error);
    g_test_message ("%u", i);
    if (cases[i].black == cases[i].white) {
      g_assert_null (images);
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
      assert_sentence (error, "some.npy");
      g_assert_nonnull (strstr (error->message, "choose the range"));
      continue;
    }
    g_assert_no_error (error);
    double length = cases[i].white - cases[i].black;
    for (guint k = 0; k < 4; k++)
      g_assert_cmpfloat_with_epsilon (
          pixel_at (images, k), CLAMP ((cases[i].values[k] - cases[i].black) / length, 0, 1), 1e-7);
    g_auto (GStrv) notes = limen_read_as_notes (images->read_as);
    g_autofree char *all = g_strjoinv ("\n", notes);
    if (cases[i].says)
      g_assert_nonnull (strstr (all, cases[i].says));
    else
      g_assert_cmpstr (all, ==, "");
  }
}

/* The scale of all images is that of the first, however few are wanted. */
static void
test_the_whole_array_decides (void)
{
  guchar data[12] = {0, 1, 1, 0, 9, 0, 255, 0, 1, 1, 1, 1};
  const LimenImageSetOptions few = {.max_images = 1};
  LimenArray array = {
      .data = data, .size = 12, .type = LIMEN_NUMBER_U8, .n_dims = 3, .dims = {3, 2, 2}};
  g_autoptr (LimenImages) images = limen_array_to_images (&array, "some.npy", &few, NULL, NULL);
  g_assert_cmpuint (images->n, ==, 1);
  g_assert_cmpmem (images->u8, 4, data, 4);
  g_assert_cmpfloat (images->read_as->done.white, ==, 255);
  g_assert_cmpuint (images->read_as->n, ==, 3);
}

/* Labels are no pixels: neither their column nor their values count. */
static void
test_labels_are_told_from_pixels (void)
{
  const struct {
    double label[4];
    gboolean last;
    LimenLabelSide expected; /* NONE: asked */
  } cases[] = {
      {{7, 2, 1, 0}, FALSE, LIMEN_LABEL_FIRST}, {{7, 2, 1, 0}, TRUE, LIMEN_LABEL_LAST},
      {{3, 3, 3, 3}, FALSE, LIMEN_LABEL_FIRST}, {{61, 0, 5, 5}, FALSE, LIMEN_LABEL_FIRST},
      {{62, 0, 5, 5}, FALSE, LIMEN_LABEL_NONE}, {{0.5, 0, 5, 5}, FALSE, LIMEN_LABEL_NONE},
      {{-1, 0, 5, 5}, FALSE, LIMEN_LABEL_NONE},
  };
  const LimenImageSetOptions any = {0};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree double *data = g_new0 (double, 4 * (PIXELS + 1));
    for (guint k = 0; k < 4 * (PIXELS + 1); k++)
      data[k] = (k * 37 % 101) / 100.0;
    for (guint k = 0; k < 4; k++) {
      guint first = k * (PIXELS + 1);
      data[first + (cases[i].last ? PIXELS : 0)] = cases[i].label[k];
      data[first + (cases[i].last ? 0 : PIXELS)] = 0.5; /* no label */
    }
    LimenArray array = {.data = (const guchar *)data,
                        .size = 4 * (PIXELS + 1) * 8,
                        .type = LIMEN_NUMBER_F64,
                        .big_endian = G_BYTE_ORDER == G_BIG_ENDIAN,
                        .n_dims = 2,
                        .dims = {4, PIXELS + 1}};
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = limen_array_to_images (&array, "some.npy", &any, NULL, &error);
    if (cases[i].expected == LIMEN_LABEL_NONE) {
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
      g_assert_nonnull (strstr (error->message, "label-first"));
      g_assert_nonnull (strstr (error->message, "label-last"));
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpint (images->read_as->done.label, ==, cases[i].expected);
    g_assert_cmpfloat (images->read_as->done.white, ==, 1);
    g_assert_cmpfloat (images->read_as->high, ==, 1);
    for (guint k = 0; k < PIXELS; k++)
      g_assert_cmpfloat (images->f32[k], ==, (float)data[k + !cases[i].last]);
  }
}

static void
test_what_is_asked_for_is_done (void)
{
  guchar data[6] = {0, 10, 20, 30, 40, 50};
  const struct {
    guint n_dims, dims[4];
    const char *range, *layout;
    guint n, width, height;
    double first, last;
  } cases[] = {
      {2, {2, 3}, "0..50", NULL, 1, 3, 2, 0, 1},
      {2, {2, 3}, "50..0", "one", 1, 3, 2, 1, 0},
      {2, {2, 3}, "-50 to 50", "one", 1, 3, 2, 0.5, 1},
      {2, {2, 3}, "0–40", "one", 1, 3, 2, 0, 1},
      {2, {2, 3}, "10:30", "one,transposed", 1, 2, 3, 0, 1},
      {3, {1, 2, 3}, "0..50", "transposed", 1, 2, 3, 0, 1},
      {3, {1, 2, 3}, "0..50", "images,grey", 1, 3, 2, 0, 1},
      {3, {1, 2, 3}, "0..50", "one,channels-last", 1, 2, 1, 0.163, 0.763},
      {3, {1, 3, 2}, "0..50", "one,channels-last", 1, 3, 1, 0.8, 0.8},
      {1, {4}, "0..50", "rows", 1, 2, 2, 0, 0.6},
      {2, {3, 2}, "0..50", "rows,label-first", 3, 1, 1, 0.2, 1},
      {2, {3, 2}, "0..50", "rows,label-last", 3, 1, 1, 0, 0.8},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LimenImageSetOptions options = {0};
    LimenArray array = {.data = data, .type = LIMEN_NUMBER_U8, .n_dims = cases[i].n_dims};
    g_autoptr (GError) error = NULL;
    for (guint d = 0; d < array.n_dims; d++)
      array.dims[d] = cases[i].dims[d];
    limen_array_n_bytes (&array, &array.size);
    g_assert_true (limen_reading_set_range (&options.reading, cases[i].range, &error));
    g_assert_true (!cases[i].layout ||
                   limen_reading_set_layout (&options.reading, cases[i].layout, &error));
    g_autoptr (LimenImages) images =
        limen_array_to_images (&array, "some.npy", &options, NULL, &error);
    g_assert_no_error (error);
    g_test_message ("%s, %s", cases[i].range, cases[i].layout ? cases[i].layout : "");
    g_assert_cmpuint (images->n, ==, cases[i].n);
    g_assert_cmpuint (images->width, ==, cases[i].width);
    g_assert_cmpuint (images->height, ==, cases[i].height);
    gsize n = (gsize)images->n * images->width * images->height;
    g_assert_cmpfloat_with_epsilon (pixel_at (images, 0), cases[i].first, 1e-3);
    g_assert_cmpfloat_with_epsilon (pixel_at (images, n - 1), cases[i].last, 1e-3);
  }
}

static void
test_words_that_are_no_reading_are_refused (void)
{
  const char *const ranges[] = {"",     "0",     "0..",    "..1",    "0..0",     "a..b", "0..1..2",
                                "0..x", "0..1e", "nan..1", "0..inf", "0..1e300", "-",    " "};
  const char *const bad_layouts[] = {"",
                                     ",",
                                     "row",
                                     "rows,",
                                     "rows,columns",
                                     "ROWS",
                                     "rows;one",
                                     "label-first,no-label",
                                     "images,images,x"};
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++) {
    LimenReading reading = {.white = 3};
    g_autoptr (GError) error = NULL;
    g_assert_false (limen_reading_set_range (&reading, ranges[i], &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_cmpfloat (reading.white, ==, 3);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad_layouts); i++) {
    LimenReading reading = {.white = 3}, before = reading;
    g_autoptr (GError) error = NULL;
    g_assert_false (limen_reading_set_layout (&reading, bad_layouts[i], &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
    g_assert_true (limen_reading_equal (&reading, &before));
  }
}

/* Colour is grey as it is of pictures: ITU-R BT.601 in bytes, transparency on white. */
static void
test_colour_is_grey_as_in_pictures (void)
{
  const guchar pixels[3][4] = {{255, 0, 0, 255}, {10, 200, 30, 128}, {0, 0, 0, 0}};
  const LimenImageSetOptions any = {0};
  g_autofree guchar *rgba = g_malloc0 (5 * 5 * 4), *planes_first = g_malloc0 (3 * 5 * 5);
  for (guint k = 0; k < 25; k++) {
    memcpy (rgba + 4 * k, pixels[k % 3], 4);
    for (guint channel = 0; channel < 3; channel++)
      planes_first[channel * 25 + k] = pixels[k % 3][channel];
  }
  LimenArray last = {
      .data = rgba, .size = 100, .type = LIMEN_NUMBER_U8, .n_dims = 4, .dims = {1, 5, 5, 4}};
  LimenArray first = {
      .data = planes_first, .size = 75, .type = LIMEN_NUMBER_U8, .n_dims = 4, .dims = {1, 3, 5, 5}};
  g_autoptr (LimenImages) a = limen_array_to_images (&last, "some.npy", &any, NULL, NULL),
                          b = limen_array_to_images (&first, "some.npy", &any, NULL, NULL);
  g_autofree char *line_a = limen_read_as_line (a->read_as),
                  *line_b = limen_read_as_line (b->read_as);
  for (guint k = 0; k < 25; k++) {
    const guchar *p = pixels[k % 3];
    double grey = 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2], alpha = p[3] / 255.0;
    g_assert_cmpfloat_with_epsilon (b->u8[k], grey, 0.51);
    g_assert_cmpfloat_with_epsilon (a->u8[k], grey * alpha + 255 * (1 - alpha), 0.51);
  }
  LimenArray pairs = {
      .data = rgba, .size = 100, .type = LIMEN_NUMBER_U8, .n_dims = 4, .dims = {2, 5, 5, 2}};
  g_autoptr (LimenImages) c = limen_array_to_images (&pairs, "some.npy", &any, NULL, NULL);
  g_autofree char *line_c = limen_read_as_line (c->read_as);
  for (guint k = 0; k < 50; k++) {
    double grey = rgba[2 * k], alpha = rgba[2 * k + 1] / 255.0;
    g_assert_cmpfloat_with_epsilon (c->u8[k], grey * alpha + 255 * (1 - alpha), 0.51);
  }
  g_assert_cmpstr (line_c, ==, "read as 0–255, 5 × 5, grey with opacity on white");
  g_assert_cmpstr (line_a, ==, "read as 0–255, 5 × 5, grey from RGBA on white");
  g_assert_cmpstr (line_b, ==, "read as 0–255, 5 × 5, grey from RGB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/array/every-combination", test_every_combination);
  g_test_add_func ("/array/what-is-unclear-is-asked", test_what_is_unclear_is_asked);
  g_test_add_func ("/array/scales", test_scales);
  g_test_add_func ("/array/the-whole-array-decides", test_the_whole_array_decides);
  g_test_add_func ("/array/labels-are-told-from-pixels", test_labels_are_told_from_pixels);
  g_test_add_func ("/array/what-is-asked-for-is-done", test_what_is_asked_for_is_done);
  g_test_add_func ("/array/words-that-are-no-reading-are-refused",
                   test_words_that_are_no_reading_are_refused);
  g_test_add_func ("/array/colour-is-grey-as-in-pictures", test_colour_is_grey_as_in_pictures);
  return g_test_run ();
}

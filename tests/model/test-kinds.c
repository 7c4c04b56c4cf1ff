/* What a file may be opened as: by its content, whatever it is called. */
#include "model/kinds/kinds.h"
#include "model/data/builtin.h"
#include "model/weights/checkpoint-write.h"
#include "tests/model/data-files.h"
#include "tests/model/random-nice.h"
#include "tests/model/random-vae.h"

#define CASE                                                                                       \
  "{\"lambda1\": [1], \"lambda2\": [1], \"A\": [[1]], \"b\": [0], \"sigma2\": 1, \"x\": [3],\n"    \
  " \"proposal\": {\"mean\": [1], \"covariance\": [[0.5]]}}\n"
#define ROWS4   "1,2\n3,4.5\n5,6\n7,8\n"
#define ROWS11  ROWS4 ROWS4 "1,1\n2,2\n3,3\n"
#define SIXTEEN "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16"
#define BOM     "\xef\xbb\xbf"
#define NUMBERS (LIMEN_KIND_POINTS | LIMEN_KIND_PAYOFFS)
#define GAME    (NUMBERS | LIMEN_KIND_NAMED)
#define FLOW    (LIMEN_KIND_WEIGHTS | LIMEN_KIND_FLOW)
#define EITHER  (LIMEN_KIND_IMAGES | LIMEN_KIND_SCORES | LIMEN_KIND_UNSURE)
#define UNSURE  (LIMEN_KIND_POINTS | LIMEN_KIND_SCORES | LIMEN_KIND_UNSURE)
#define CLASSES "1.5,2,0\n3,4.5,1\n5,6,0\n7,8,1\n"
#define VAE     (LIMEN_KIND_WEIGHTS | LIMEN_KIND_VAE)

/* The names under which each text is tried: none of them says more than another. */
static const char *const endings[] = {"a.csv", "a.CSV", "a", "a.json", "a.pt", "a.png"};

static const struct {
  const char *what, *text;
  LimenKinds kinds;
} texts[] = {
    {"points", ROWS11, LIMEN_KIND_POINTS},
    {"points with a mark", BOM ROWS11, LIMEN_KIND_POINTS},
    {"points with a heading", "x,y\n" ROWS11, LIMEN_KIND_POINTS},
    {"points with decimal commas",
     "1,5;2\n2;3\n3;4\n"
     "1;2\n2;3\n3;4\n"
     "1;2\n2;3\n3;4\n"
     "1;2\n2;3\n",
     LIMEN_KIND_POINTS},
    {"few numbers", ROWS4, NUMBERS},
    {"as wide as high", "0,1,-1\n-1,0,1\n1,-1,0\n", NUMBERS},
    {"an index", ",x,y,z\n0,1,2,3\n1,2,3,4\n", NUMBERS},
    {"a game", ",rock,paper,scissors\nrock,0,1,-1\npaper,-1,0,1\nscissors,1,-1,0\n", GAME},
    {"a game with names of columns", "rock,paper,scissors\n0,1,-1\n-1,0,1\n1,-1,0\n", GAME},
    {"a game with names of rows", "rock\t0\t1\npaper\t1\t0\n",
     LIMEN_KIND_PAYOFFS | LIMEN_KIND_NAMED},
    {"a game with names that is no square", ",left,right\nup,0,1\nmiddle,1,0\ndown,2,2\n", GAME},
    {"a game of one row", "1,2,3\n", LIMEN_KIND_PAYOFFS},
    {"a fault", "0,1\n1,x\n", NUMBERS},
    {"rows of other lengths", "1,2\n3\n", NUMBERS},
    {"a column", "1.5\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n", LIMEN_KIND_SCORES},
    {"a short column", "1.5\n2\n3\n", LIMEN_KIND_SCORES | LIMEN_KIND_PAYOFFS},
    {"scores", "image,log_likelihood\na.png,-12.5\nb.png,3\n", LIMEN_KIND_SCORES},
    {"scores of sets", "set,image,log_likelihood,verdict\nnormal,0,-12.5,passed\n",
     LIMEN_KIND_SCORES},
    {"scores of Anomalib", "image_path,gt_label,pred_score\na/0.png,0,0.5\na/1.png,1,0.75\n",
     LIMEN_KIND_SCORES},
    {"names of files and numbers", "a/0.png;1,5;2\na/1.png;2;3\n", LIMEN_KIND_SCORES},
    {"scores of several detectors", "knn_score,iforest_score\n1,2\n3,4\n", LIMEN_KIND_SCORES},
    {"a game of scores", ",rock,paper\nrock,0,1\npaper,-1,0\n", GAME},
    {"numbers and labels", "a,b,label\n" CLASSES, UNSURE},
    {"numbers and classes of two", "knn,pca,class\n" CLASSES, UNSURE},
    {"numbers and the truth", "a;b;y_true\n1,5;2;0\n3;4,5;1\n", UNSURE},
    {"numbers and true or false", "a,b,label\n1.5,2,true\n3,4.5,false\n", UNSURE},
    {"numbers and labels of minus one", "a,b,target\n1.5,2,-1\n3,4.5,1\n", UNSURE},
    {"numbers and y", "a,b,y\n" CLASSES, UNSURE},
    {"one number and a label", "a,label\n1.5,0\n3,1\n5,0\n", LIMEN_KIND_SCORES},
    {"numbers and what says anomaly", "a,b,is_anomaly\n" CLASSES, LIMEN_KIND_SCORES},
    {"numbers and what says outlier", "a,b,outlier\n" CLASSES, LIMEN_KIND_SCORES},
    {"numbers and words of roles", "a,b,label\n1.5,2,normal\n3,4.5,anomaly\n", LIMEN_KIND_SCORES},
    {"numbers and words of roles under any name", "a,b,state\n1.5,2,good\n3,4.5,defect\n",
     LIMEN_KIND_SCORES},
    {"a score, a number and labels", "a_score,b,label\n" CLASSES, LIMEN_KIND_SCORES},
    {"coordinates and labels", "x,y,label\n" CLASSES, LIMEN_KIND_POINTS},
    {"coordinates that are counted", "x1,x2,y\n" CLASSES, NUMBERS},
    {"features and labels", "feature_0,feature_1,class\n" CLASSES, LIMEN_KIND_POINTS},
    {"classes of points", "a,b,label\n1.5,2,0\n3,4.5,1\n5,6,2\n", LIMEN_KIND_POINTS},
    {"classes with names", "a,b,class\n1.5,2,setosa\n3,4.5,virginica\n", LIMEN_KIND_POINTS},
    {"numbers without a header", CLASSES, NUMBERS},
    {"images", SIXTEEN "\n" SIXTEEN "\n", LIMEN_KIND_IMAGES | LIMEN_KIND_POINTS},
    {"a case", CASE, LIMEN_KIND_CASE},
    {"a case with a mark", BOM "\n" CASE, LIMEN_KIND_CASE},
    {"a case that ends too early", "{\"lambda1\": [1], \"la", LIMEN_KIND_CASE},
    {"nothing", "", 0},
    {"prose", "Of 3 words, or 4,\nthis is no table.\n\n- 1 thing\n- 2, things\n", 0},
    {"other JSON", "{\"weight_map\": 3}", 0},
    {"a game of another program", "NFG 1 R \"a\" {\"a\" \"b\"} {2 2}\n", 0},
};

static LimenKinds
kinds_at (const char *path)
{
  g_autoptr (GError) error = NULL;
  LimenKinds kinds = limen_kinds_of_file (path, NULL, &error);
  g_autofree char *base = g_path_get_basename (path);
  if (kinds)
    g_assert_no_error (error);
  else
    assert_sentence (error, base);
  return kinds;
}

static void
test_text (gconstpointer data)
{
  gsize at = GPOINTER_TO_SIZE (data);
  g_autofree char *folder = make_folder ();
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *path =
        write_file (folder, endings[i], texts[at].text, strlen (texts[at].text));
    g_test_message ("%s", endings[i]);
    g_assert_cmphex (kinds_at (path), ==, texts[at].kinds);
  }
  remove_folder (folder);
}

static void
test_utf_16 (void)
{
  gsize n;
  g_autofree char *folder = make_folder (),
                  *few = g_convert (ROWS11, -1, "UTF-16", "UTF-8", NULL, &n, NULL);
  g_autofree char *path = write_file (folder, "wide.txt", few, n);
  g_assert_cmphex (kinds_at (path), ==, LIMEN_KIND_POINTS);
  remove_folder (folder);
}

/* @encoding: (nullable): UTF-8 */
static void
assert_long_points (const char *encoding)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GString) text = g_string_new (encoding ? "\xef\xbb\xbf" : NULL);
  for (guint i = 0; i < 9000; i++)
    g_string_append_printf (text, "%u.25,%u\n", i, i * i);
  g_string_append (text, "and here is a fault");
  gsize n = text->len;
  g_autofree char *other =
      encoding ? g_convert (text->str, -1, encoding, "UTF-8", NULL, &n, NULL) : NULL;
  g_autofree char *path = write_file (folder, "long", other ? other : text->str, n);
  g_assert_cmphex (kinds_at (path), ==, LIMEN_KIND_POINTS);
  remove_folder (folder);
}

/* The row at which the look ends is left out, and what is behind it is the reader's. */
static void
test_the_beginning_is_enough (void)
{
  assert_long_points (NULL);
  assert_long_points ("UTF-16LE");
  assert_long_points ("UTF-16BE");
}

/* As Kaggle writes MNIST */
static void
test_a_table_of_images_is_no_points (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GString) text = g_string_new ("label");
  for (guint i = 0; i < 784; i++)
    g_string_append_printf (text, ",pixel%u", i);
  for (guint i = 0; i < 50 * 785; i++)
    g_string_append_printf (text, "%s%u", i % 785 == 0 ? "\n" : ",", i * 37 % 256);
  g_autofree char *plain = write_file (folder, "train.csv", text->str, text->len);
  g_autoptr (GBytes) bytes = gzip_bytes (text->str, text->len);
  g_autofree char *packed = write_bytes (folder, "train", bytes);
  g_assert_cmphex (kinds_at (plain), ==, LIMEN_KIND_IMAGES);
  g_assert_cmphex (kinds_at (packed), ==, LIMEN_KIND_IMAGES);
  remove_folder (folder);
}

static void
test_pictures_folders_and_archives_are_images (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) png = make_grey_png (4, 4, 0);
  g_autofree char *picture = write_bytes (folder, "inner/case.json", png);
  g_autofree char *inner = g_path_get_dirname (picture);
  const Member members[] = {{"a.png", png}, {0}};
  g_autoptr (GBytes) zip = make_archive ("zip", "none", members);
  g_autofree char *archive = write_bytes (folder, "weights.pt", zip);
  g_assert_cmphex (kinds_at (picture), ==, LIMEN_KIND_IMAGES);
  g_assert_cmphex (kinds_at (inner), ==, LIMEN_KIND_IMAGES);
  g_assert_cmphex (kinds_at (archive), ==, LIMEN_KIND_IMAGES);
  g_assert_cmphex (kinds_at (LIMEN_BUILTIN_DIGITS), ==, LIMEN_KIND_IMAGES);
  remove_folder (folder);
}

/* Scores and labels: no images, unless there are as many as a picture has pixels. */
static void
test_a_row_of_numbers_is_no_images (void)
{
  static const struct {
    const char *shape, *descr;
    guint n;
    LimenKinds kinds;
  } arrays[] = {{"(100,)", "|u1", 100, LIMEN_KIND_SCORES},
                {"(784,)", "|u1", 784, LIMEN_KIND_IMAGES},
                {"(4, 5, 5)", "|u1", 100, LIMEN_KIND_IMAGES},
                {"(100,)", "<f8", 800, LIMEN_KIND_SCORES},
                {"(100, 2)", "<f8", 1600, LIMEN_KIND_SCORES},
                {"(100, 1)", "<f4", 400, LIMEN_KIND_SCORES},
                {"(50, 2)", "|u1", 100, LIMEN_KIND_IMAGES},
                {"(784, 2)", "<f4", 6272, LIMEN_KIND_IMAGES},
                {"(100, 1)", "|u1", 100, LIMEN_KIND_SCORES},
                {"(1, 99)", "<f4", 396, LIMEN_KIND_SCORES},
                {"(1, 784)", "|u1", 784, LIMEN_KIND_IMAGES},
                {"(4, 99)", "|u1", 396, LIMEN_KIND_IMAGES},
                {"(4, 784)", "<f4", 12544, LIMEN_KIND_IMAGES},
                {"(9, 64)", "<f4", 2304, LIMEN_KIND_IMAGES},
                {"(24, 36)", "<f4", 3456, LIMEN_KIND_IMAGES},
                {"(70, 900)", "<f4", 252000, LIMEN_KIND_IMAGES},
                {"(2, 3, 4)", "<f4", 96, LIMEN_KIND_IMAGES},
                {"(4, 99)", "<f4", 1584, EITHER},
                {"(10, 16)", "<f4", 640, EITHER},
                {"(3, 64)", "<f4", 768, EITHER},
                {"(100, 10)", "<f8", 8000, EITHER},
                {"(2, 1000)", "<f8", 16000, EITHER}};
  g_autofree char *folder = make_folder ();
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++) {
    g_autoptr (GByteArray) npy = g_byte_array_new ();
    g_autofree guint8 *zeros = g_malloc0 (arrays[i].n);
    g_autofree char *header =
        g_strdup_printf ("{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n",
                         arrays[i].descr, arrays[i].shape);
    guint8 length[2] = {(guint8)strlen (header), 0};
    g_byte_array_append (npy, (const guint8 *)"\x93NUMPY\x01\x00", 8);
    g_byte_array_append (npy, length, 2);
    g_byte_array_append (npy, (const guint8 *)header, (guint)strlen (header));
    g_byte_array_append (npy, zeros, arrays[i].n);
    g_autofree char *plain = write_file (folder, "a.npy", npy->data, npy->len);
    g_autoptr (GBytes) packed = gzip_bytes (npy->data, npy->len);
    g_autofree char *gzip = write_bytes (folder, "b.npy.gz", packed);
    g_test_message ("%s %s", arrays[i].shape, arrays[i].descr);
    g_assert_cmphex (kinds_at (plain), ==, arrays[i].kinds);
    g_assert_cmphex (kinds_at (gzip), ==, arrays[i].kinds);
  }
  static const guint8 labels[] = {0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1};
  g_autofree char *idx = write_file (folder, "labels", labels, sizeof labels);
  g_assert_cmphex (kinds_at (idx), ==, LIMEN_KIND_SCORES);
  remove_folder (folder);
}

static LimenKinds
kinds_moved (const char *path, const char *to)
{
  g_assert_cmpint (g_rename (path, to), ==, 0);
  return kinds_at (to);
}

static void
test_networks_are_told_apart (void)
{
  static const char *const names[] = {"a.pt", "a.safetensors"};
  g_autofree char *folder = make_folder (), *to = g_build_filename (folder, "case.json", NULL);
  g_autoptr (LimenNice) flow = random_nice ((LimenNiceShape){16, 8, 2, 2}, 1);
  g_autoptr (LimenVae) vae = random_vae ((LimenVaeShape){16, 8, 8, 2}, 0, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_assert_true (limen_nice_save (flow, path, LIMEN_NUMBER_F32, NULL));
    g_assert_cmphex (kinds_at (path), ==, FLOW);
    g_assert_cmphex (kinds_moved (path, to), ==, FLOW);
    g_assert_true (limen_vae_save (vae, path, LIMEN_NUMBER_F32, NULL));
    g_assert_cmphex (kinds_at (path), ==, VAE);
    g_assert_cmphex (kinds_moved (path, to), ==, VAE);
  }
  g_assert_cmphex (kinds_at (LIMEN_BUILTIN_VAE), ==, VAE);
  g_assert_cmphex (kinds_at (LIMEN_BUILTIN_GLYPHS), ==, FLOW);
  remove_folder (folder);
}

/* 40,000 numbers of another network, of a name that comes first, and the name of a VAE's tensor
 * behind them, as far as no look at the beginning goes */
static void
test_names_far_behind_are_found (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "a.pt", NULL);
  g_autofree float *zeros = g_new0 (float, 40000);
  const gint64 shape[] = {40000};
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (path, "");
  for (guint i = 0; i < 2000; i++) {
    g_autofree char *name = g_strdup_printf ("another.network.with.long.names.%u.weight", i);
    const gint64 one[] = {1};
    g_assert_true (
        limen_checkpoint_add_floats (checkpoint, name, LIMEN_NUMBER_F32, 1, one, zeros, NULL));
  }
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  g_assert_cmphex (kinds_at (path), ==, LIMEN_KIND_WEIGHTS);
  g_assert_true (limen_checkpoint_add_floats (checkpoint, "z.fc21.weight", LIMEN_NUMBER_F32, 1,
                                              shape, zeros, NULL));
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  g_assert_cmphex (kinds_at (path), ==, VAE);
  remove_folder (folder);
}

static void
assert_refused (const char *name, const char *text, const char *because)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = make_folder (), *path = write_file (folder, name, text, strlen (text));
  g_assert_cmphex (limen_kinds_of_file (path, NULL, &error), ==, 0);
  assert_sentence (error, name);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, because));
  remove_folder (folder);
}

/* Only here a name counts: it says what was expected. */
static void
test_refusals_help (void)
{
  assert_refused ("a.pt", "no network", "is neither a PyTorch nor a safetensors file");
  assert_refused ("a.PTH", "", "is empty");
  assert_refused ("a.safetensors", "version https://git-lfs.github.com/spec/v1\nsize 3\n",
                  "git lfs pull");
  assert_refused ("a.json", "{\"a\": 1}", "add the key lambda1");
  assert_refused ("a.TXT", "no numbers", "no row of numbers");
  assert_refused ("a.nfg", "NFG 1 R", "Gambit");
  assert_refused ("a.docx", "no pictures", "no images that Limen reads");
}

static void
test_no_file_is_refused_and_a_cancelled_look_ends (void)
{
  g_autoptr (GError) none = NULL, cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *folder = make_folder (), *path = write_file (folder, "a.csv", ROWS11, 20);
  g_assert_cmphex (limen_kinds_of_file ("/nonexistent/a.csv", NULL, &none), ==, 0);
  g_assert_error (none, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE);
  g_cancellable_cancel (cancellable);
  g_assert_cmphex (limen_kinds_of_file (path, cancellable, &cancelled), ==, 0);
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

static void
assert_told (LimenKinds kinds, const char *expected)
{
  g_autofree char *text = limen_kinds_text (kinds);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_kinds_have_names (void)
{
  assert_told (GAME, "points or payoffs");
  assert_told (LIMEN_KIND_CASE, "a case");
  assert_told (VAE, "the weights of a VAE");
  assert_told (LIMEN_KIND_SCORES, "scores or labels, one number or a few for each image");
  assert_told (LIMEN_KIND_WEIGHTS, "the weights of another network");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *path = g_strconcat ("/kinds/text/", texts[i].what, NULL);
    g_test_add_data_func (g_strdelimit (path, " ", '-'), GSIZE_TO_POINTER (i), test_text);
  }
  g_test_add_func ("/kinds/utf-16", test_utf_16);
  g_test_add_func ("/kinds/the-beginning-is-enough", test_the_beginning_is_enough);
  g_test_add_func ("/kinds/a-table-of-images-is-no-points", test_a_table_of_images_is_no_points);
  g_test_add_func ("/kinds/pictures-folders-and-archives-are-images",
                   test_pictures_folders_and_archives_are_images);
  g_test_add_func ("/kinds/a-row-of-numbers-is-no-images", test_a_row_of_numbers_is_no_images);
  g_test_add_func ("/kinds/networks-are-told-apart", test_networks_are_told_apart);
  g_test_add_func ("/kinds/names-far-behind-are-found", test_names_far_behind_are_found);
  g_test_add_func ("/kinds/refusals-help", test_refusals_help);
  g_test_add_func ("/kinds/no-file-is-refused-and-a-cancelled-look-ends",
                   test_no_file_is_refused_and_a_cancelled_look_ends);
  g_test_add_func ("/kinds/kinds-have-names", test_kinds_have_names);
  return g_test_run ();
}

/* limen explain on files of our own making. */
#include "run-json.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SIDE    6
#define EXPLAIN "explain --model flow.safetensors "

static JsonNode *
json_of (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  JsonNode *root = json_from_string (text, &error);
  g_assert_no_error (error);
  return root;
}

/* The numbers of a .npy of float32, (SIDE, SIDE) */
static const float *
map_of (const char *path, char **bytes)
{
  gsize n;
  g_assert_true (g_file_get_contents (path, bytes, &n, NULL));
  g_assert_cmpmem (*bytes, 6, "\x93NUMPY", 6);
  g_assert_nonnull (strstr (*bytes + 10, "'shape': (6, 6), "));
  g_assert_cmpuint (n % 64, ==, SIDE * SIDE * sizeof (float) % 64);
  return (const float *)(gpointer)(*bytes + n - SIDE * SIDE * sizeof (float));
}

/* What is written is of the images that were named, and adds up. */
static void
test_maps_add_up_to_the_likelihood (void)
{
  g_auto (RunResult) result = run_well (EXPLAIN "few.idx --out added");
  g_auto (RunResult) scored = run_well ("score --model flow.safetensors few.idx");
  g_auto (GStrv) lines = lines_of (scored.out);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *json = g_strdup_printf ("added/few.idx__%u.json", i);
    g_autofree char *npy = g_strdup_printf ("added/few.idx__%u-latents.npy", i);
    g_autofree char *bytes = NULL;
    g_autoptr (JsonNode) root = json_of (json);
    const float *map = map_of (npy, &bytes);
    double log_p = number_at (root, "log_likelihood/value"), lost = 0;
    double printed = g_ascii_strtod (strrchr (lines[i + 1], ',') + 1, NULL);
    for (guint k = 0; k < SIDE * SIDE; k++)
      lost += map[k];
    g_assert_cmpfloat_with_epsilon (log_p, printed, 1e-5 * fabs (printed));
    g_assert_cmpfloat_with_epsilon (number_at (root, "log_likelihood/latents") +
                                        number_at (root, "log_likelihood/scales"),
                                    log_p, 1e-9 * fabs (log_p));
    g_assert_cmpfloat_with_epsilon (number_at (root, "log_likelihood/most_of_any_point") - lost,
                                    log_p, 1e-6 * fabs (log_p) + 1e-5);
    g_assert_cmpfloat (number_at (root, "width"), ==, SIDE);
    g_assert_true (is_null_at (root, "scores/log-likelihood/p_value"));
    g_assert_cmpstr (strrchr (text_at (root, "maps/latents"), '_') + 1, ==, strrchr (npy, '_') + 1);
  }
  g_assert_nonnull (strstr (result.out, "few.idx #2"));
}

/* With normal images there are ranks, and near ones; the image itself is the nearest. */
static void
test_normal_images_rank_it (void)
{
  g_auto (RunResult) result = run_well (
      EXPLAIN
      "few.idx --normal normal.idx --vae vae.safetensors --k 5 --out ranked --size 200x200");
  g_autoptr (JsonNode) root = json_of ("ranked/few.idx__1.json");
  g_assert_cmpuint (n_members (root, "scores"), ==, 8);
  g_assert_cmpfloat (number_at (root, "scores/log-likelihood/normal_images"), ==, 80);
  double k = number_at (root, "scores/nearest/normal_images_as_unusual");
  g_assert_cmpfloat_with_epsilon (number_at (root, "scores/nearest/p_value"), (1 + k) / 81, 1e-12);
  g_assert_cmpfloat (number_at (root, "nearest_normal_images/0/distance"), >, 0);
  g_assert_cmpfloat (number_at (root, "nearest_normal_images/0/distance"), <=,
                     number_at (root, "nearest_normal_images/1/distance"));
  g_assert_true (isfinite (number_at (root, "towards_the_likely/goal")));
  g_assert_nonnull (strstr (result.out, " of 80 normal images score"));
  g_auto (RunResult) itself = run_well (EXPLAIN "own.idx --normal normal.idx --out itself");
  g_autoptr (JsonNode) own = json_of ("itself/own.idx__3.json");
  g_assert_cmpfloat (number_at (own, "nearest_normal_images/0/distance"), ==, 0);
  g_assert_cmpfloat (number_at (own, "nearest_normal_images/0/index"), ==, 3);
}

/* Without a flow, too: where a picture was changed is where its windows are most unusual. */
static void
test_windows_say_where (void)
{
  g_autofree guint8 *idx = NULL;
  gsize n;
  g_assert_true (g_file_get_contents ("large.idx", (char **)&idx, &n, NULL));
  for (guint y = 8; y < 11; y++)
    for (guint x = 20; x < 23; x++)
      idx[16 + y * 32 + x] = 255; /* columns 21 to 23, rows 9 to 11 of the first image */
  g_assert_true (g_file_set_contents ("spot.idx", (const char *)idx, (gssize)n, NULL));
  g_auto (RunResult) result =
      run_well ("explain spot.idx --normal photos.idx --windows 7,1 --out windows --size 300x300");
  g_autoptr (JsonNode) root = json_of ("windows/spot.idx__0.json");
  const char *where = strstr (result.out, "most unusual window is around column ");
  guint column, row;
  g_assert_nonnull (where);
  g_assert_cmpint (sscanf (where, "most unusual window is around column %u, row %u", &column, &row),
                   ==, 2);
  g_assert_cmpint (ABS ((int)column - 22), <=, 4);
  g_assert_cmpint (ABS ((int)row - 10), <=, 4);
  g_assert_cmpuint (n_members (root, "scores"), ==, 1);
  g_assert_cmpuint (n_members (root, "maps"), ==, 1);
  g_assert_null (node_at (root, "log_likelihood"));
  g_assert_cmpfloat (number_at (root, "windows/width"), ==, 32);
  g_assert_cmpfloat (number_at (root, "windows/columns"), ==, 26);
}

/* Nothing is written over: neither results of before, nor one image's by another's. */
static void
test_nothing_is_written_over (void)
{
  g_auto (RunResult) first = run_well (EXPLAIN "few.idx --out kept --size 300x300");
  g_autofree char *before = hash_of ("kept/few.idx__0.png");
  g_auto (RunResult) again = run_line (EXPLAIN "few.idx --out kept");
  g_autofree char *after = hash_of ("kept/few.idx__0.png");
  g_assert_cmpint (again.status, ==, 1);
  g_assert_nonnull (strstr (again.err, "few.idx__0.png is there already"));
  g_assert_cmpstr (again.out, ==, "");
  g_assert_cmpstr (before, ==, after);
  g_auto (RunResult) twice = run_well (EXPLAIN "few.idx few.idx --out twice");
  g_assert_true (g_file_test ("twice/few.idx__0.json", G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test ("twice/few.idx__0-2.json", G_FILE_TEST_EXISTS));
}

static void
test_the_picture_tells_what_it_is (void)
{
  g_auto (RunResult) result =
      run_well (EXPLAIN "few.idx --out told --size 400x500 --scale 2 --dark");
  g_autofree char *bytes = NULL;
  gsize n;
  g_assert_true (g_file_get_contents ("told/few.idx__0.png", &bytes, &n, NULL));
  const guint8 *size = (const guint8 *)bytes + 16;
  g_assert_cmpuint (size[2] << 8 | size[3], ==, 800);
  g_assert_cmpuint (size[6] << 8 | size[7], ==, 1000);
  g_assert_nonnull (memmem (bytes, n, "Limen: few.idx #0", strlen ("Limen: few.idx #0")));
}

static void
test_what_is_wrong_is_said (void)
{
  assert_says ("explain --model flow.safetensors few.idx", 2, "--out");
  assert_says ("explain few.idx --out x", 2, "--model|--windows");
  assert_says ("explain few.idx --out x --windows 9", 2, "--normal|--window-model");
  assert_says ("explain few.idx --out x --windows 9 --normal normal.idx --vae vae.safetensors", 2,
               "--vae|--model");
  assert_says ("explain few.idx --out x --windows 7 --normal normal.idx", 1, "normal.idx");
  assert_says (EXPLAIN "--out x", 2, "explain");
  assert_says (EXPLAIN "few.idx --out x --fit fit.idx", 2, "--fit|--normal");
  assert_says (EXPLAIN "none.idx --out x", 1, "none.idx");
  assert_says (EXPLAIN "few.idx --out few.idx/x", 1, "few.idx/x|another folder");
  assert_says (EXPLAIN "few.idx --out x --vae small.safetensors", 1, "small.safetensors");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("limen-explain-XXXXXX", NULL);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (g_chdir (folder), ==, 0);
  g_free (write_flow ("flow.safetensors", SIDE));
  write_vae ("vae.safetensors", SIDE, 10, 3);
  write_vae ("small.safetensors", 4, 10, 3);
  write_idx ("normal.idx", 120, SIDE, 0.4, 1);
  write_idx ("own.idx", 5, SIDE, 0.4, 1); /* the first of these */
  write_idx ("fit.idx", 40, SIDE, 0.4, 2);
  write_idx ("photos.idx", 12, 32, 0.3, 4);
  write_idx ("large.idx", 1, 32, 0.3, 5);
  write_idx ("few.idx", 5, SIDE, 1, 3);
#define ADD(name) g_test_add_func ("/cli-explain/" #name, test_##name)
  ADD (maps_add_up_to_the_likelihood);
  ADD (normal_images_rank_it);
  ADD (windows_say_where);
  ADD (nothing_is_written_over);
  ADD (the_picture_tells_what_it_is);
  ADD (what_is_wrong_is_said);
#undef ADD
  int status = g_test_run ();
  g_autofree char *clean = g_strdup_printf ("rm -rf '%s'", folder);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_auto (RunResult) cleaned = run_shell (clean);
  return cleaned.status == 0 ? status : 1;
}

/* limen detect --windows and limen score --windows: photos by their most unusual windows, their
 * maps, and masks. */
#include "run-json.h"
#include "textures.h"

#define SIDE 96

#define FIT   " --fit woven/train/good"
#define SETS  FIT " --normal woven/test/good --anomaly woven/test/scratch woven/test/spot"
#define FAST  " --window-model mahalanobis"
#define QUICK "detect --windows 7,3" FAST SETS

static const TextureCounts counts = {.train = 16, .good = 16, .of_kind = 5, .side = SIDE};

static char *
read_text (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* -- both textures with one setting -- */

#define SETTING "--windows 11"

static void
assert_told_apart (const char *material, const char *anomalies, guint n_masks)
{
  g_autofree char *line = g_strdup_printf (
      "detect " SETTING " --fit %s/train/good --normal %s/test/good --anomaly %s --json -",
      material, material, anomalies);
  g_autoptr (JsonNode) root = run_json (line);
  g_test_message ("%s: AUROC %g, of pixels %g, AUPRO %g", material, number_at (root, "auroc"),
                  number_at (root, "pixels/auroc"), number_at (root, "pixels/aupro"));
  g_assert_cmpfloat (number_at (root, "auroc"), >=, 0.95);
  g_assert_cmpfloat (number_at (root, "pixels/auroc"), >=, 0.9);
  g_assert_cmpfloat (number_at (root, "pixels/masks"), ==, n_masks);
  g_assert_cmpfloat (number_at (root, "pixels/without_mask"), ==, 0);
  g_assert_cmpfloat (number_at (root, "pixels/regions"), >=, n_masks);
  g_assert_cmpfloat (number_at (root, "pixels/defect") + number_at (root, "pixels/other"), ==,
                     (n_masks + counts.good / 2) * SIDE * SIDE);
}

static void
test_textures (void)
{
  assert_told_apart ("woven", "woven/test/scratch woven/test/spot woven/test/thread",
                     3 * counts.of_kind);
  assert_told_apart ("speckled", "speckled/test/scratch speckled/test/spot", 2 * counts.of_kind);
}

/* -- detect -- */

static void
test_tells_of_windows (void)
{
  g_autoptr (JsonNode) root =
      run_json (QUICK " --levels 2 --top-k 3 --validation woven/test/thread --unsorted "
                      "speckled/test/spot --rule false-alarms:0.2,0.5 --json -");
  g_assert_cmpstr (text_at (root, "windows/kind"), ==, "mahalanobis");
  g_assert_cmpfloat (number_at (root, "windows/size"), ==, 7);
  g_assert_cmpfloat (number_at (root, "windows/stride"), ==, 3);
  g_assert_cmpfloat (number_at (root, "windows/levels"), ==, 2);
  g_assert_cmpfloat (number_at (root, "windows/top_k"), ==, 3);
  g_assert_true (is_null_at (root, "model"));
  g_assert_cmpstr (text_at (root, "score/side"), ==, "high");
  g_assert_cmpfloat (number_at (root, "type_1/n"), ==, counts.good);
  g_assert_cmpfloat (number_at (root, "type_2/n"), ==, 2 * counts.of_kind);
  g_assert_cmpfloat (number_at (root, "validation/n"), ==, counts.of_kind);
  g_assert_cmpfloat (number_at (root, "unsorted/n"), ==, counts.of_kind);
  g_assert_cmpstr (text_at (root, "sets/0/role"), ==, "fit");
  g_assert_cmpfloat (number_at (root, "sets/0/width"), ==, SIDE);
  g_assert_nonnull (strstr (text_at (root, "division"), "fitted to"));
}

/* Photos that windows are compared with neither set the threshold nor count. */
static void
test_divides (void)
{
  g_autoptr (JsonNode) thirds =
      run_json ("detect --windows 7,3" FAST
                " --normal woven/test/good --anomaly woven/test/spot --seed 3 --json -");
  g_assert_cmpfloat (number_at (thirds, "sets/0/fitted"), ==, 6);
  g_assert_cmpfloat (number_at (thirds, "validation/n"), ==, 5);
  g_assert_cmpfloat (number_at (thirds, "type_1/n"), ==, 5);
  g_auto (RunResult) same = run_line ("detect --windows 7,3" FAST " --fit woven/test/good "
                                      "--normal woven/test/good");
  g_assert_cmpint (same.status, ==, 0);
  g_assert_nonnull (strstr (same.err, "Optimistic"));
}

/* A flow has learned already: all normal photos set the threshold or count. */
static void
test_flow (void)
{
  g_autofree float *flow = write_flow ("flow.safetensors", 8);
  const char *const line = "detect --windows 8,4 --window-model flow.safetensors --normal "
                           "woven/test/good --anomaly woven/test/spot --json -";
  g_autoptr (JsonNode) root = run_json (line);
  g_autofree char *hash = hash_of ("flow.safetensors");
  g_assert_cmpstr (text_at (root, "windows/kind"), ==, "flow");
  g_assert_cmpfloat (number_at (root, "model/dimension"), ==, 64);
  g_assert_cmpstr (text_at (root, "model/sha256"), ==, hash);
  g_assert_cmpfloat (number_at (root, "validation/n"), ==, counts.good / 2);
  g_assert_cmpfloat (number_at (root, "type_1/n"), ==, counts.good / 2);
  g_assert_null (node_at (root, "division"));
  assert_refused ("detect --windows 9 --window-model flow.safetensors --normal woven/test/good "
                  "--json r.json",
                  "flow.safetensors");
  assert_refused ("score --windows 8 --colour --window-model flow.safetensors woven/test/good",
                  "flow.safetensors");
  g_unlink ("flow.safetensors");
}

static void
test_prints (void)
{
  g_auto (RunResult) result = run_well (QUICK);
  g_assert_nonnull (strstr (result.out, "\npixels      AUROC 0."));
  g_assert_nonnull (strstr (result.out, "\nmasks       10 anomalies with masks of 1"));
  g_assert_nonnull (strstr (result.out, "windows     "));
  g_assert_nonnull (strstr (result.out, " type II errors among 10 data\n"));
  assert_signed (QUICK, (const char *const[]){"Pixel AUROC", "Windows", NULL});
}

static void
test_rows (void)
{
  g_auto (RunResult) result = run_well (QUICK " --csv rows.csv");
  g_autofree char *text = read_text ("rows.csv");
  g_auto (GStrv) rows = lines_of (text);
  g_assert_true (g_str_has_prefix (rows[0], "set,image,"));
  g_assert_true (g_str_has_suffix (rows[0], ",verdict,p_value,p_value_conditional,listed"));
  g_assert_cmpuint (g_strv_length (rows), ==, 1 + counts.good + 2 * counts.of_kind);
  g_assert_nonnull (strstr (text, "\nanomaly,004.png,"));
  g_unlink ("rows.csv");
}

static void
test_threads (void)
{
  assert_threads_do_not_matter (QUICK " --json -");
  assert_threads_do_not_matter ("detect --windows 9,8 --window-model nearest --seed 5" SETS
                                " --json -");
}

/* -- maps -- */

/* (transfer full): (side, side) */
static float *
read_map (const char *path)
{
  g_autofree char *data = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (length, ==, 128 + SIDE * SIDE * sizeof (float));
  g_assert_nonnull (strstr (data + 10, "'<f4'"));
  g_assert_nonnull (strstr (data + 10, "(96, 96"));
  return g_memdup2 (data + 128, length - 128);
}

/* Windows of an odd size have a pixel in their middle: there the map is the window's own score. */
static void
test_maximum_is_the_score (void)
{
  g_auto (RunResult) result =
      run_well ("score --windows 9,2 --top-k 1 --levels 1" FAST FIT
                " --maps maps woven/test/scratch speckled/test/spot --out scores.csv");
  g_autofree char *text = read_text ("scores.csv");
  g_auto (GStrv) rows = lines_of (text);
  g_assert_cmpuint (g_strv_length (rows), ==, 1 + 2 * counts.of_kind);
  for (guint i = 0; i < 2 * counts.of_kind; i++) {
    g_autofree char *path = g_strdup_printf ("maps/%06u-%03u.png.npy", i, i % counts.of_kind);
    g_autofree float *map = read_map (path);
    double score = g_ascii_strtod (strrchr (rows[i + 1], ',') + 1, NULL);
    float most = map[0];
    for (guint k = 0; k < SIDE * SIDE; k++)
      most = MAX (most, map[k]);
    g_assert_cmpfloat ((double)most, ==, score);
  }
  g_auto (RunResult) again =
      run_well ("score --windows 9,2" FAST FIT " --maps maps woven/test/scratch --out scores.npy");
  g_auto (RunResult) cleared = run_shell ("rm -r maps scores.csv scores.npy");
}

static void
test_names_of_maps (void)
{
  g_auto (RunResult) result = run_shell (
      "mkdir -p 'odd/a..b/b c' odd/x && cp woven/test/good/000.png 'odd/a..b/b c/c,.png' && "
      "cp woven/test/good/001.png odd/x/y.png && cp woven/test/good/001.png odd/x-y.png && "
      "\"$0\" score --windows 7,5" FAST FIT " --maps odd-maps odd > odd.csv && ls odd-maps | "
      "LC_ALL=C sort");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.out, ==,
                   "000000-a..b-b-c-c-.png.npy\n000001-x-y.png.npy\n000002-x-y.png.npy\n");
  g_auto (RunResult) cleared = run_shell ("rm -r odd odd-maps odd.csv");
}

static void
test_parts_are_joined (void)
{
  g_auto (RunResult) result = run_shell (
      "for i in 1 2 3; do \"$0\" score --windows 7,3" FAST FIT " --part $i/3 --maps all "
      "--out part-$i.csv woven/test/good woven/test/spot || exit 1; done; "
      "\"$0\" score woven/test/good woven/test/spot --windows 7,3" FAST FIT " > whole.csv; "
      "cut -d, -f1,2 part-1.csv > joined.csv; "
      "for i in 2 3; do tail -n +2 part-$i.csv | cut -d, -f1,2 >> joined.csv; done; "
      "cmp joined.csv whole.csv && ls all | wc -l");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpuint (strtoul (result.out, NULL, 10), ==, counts.good + counts.of_kind);
  g_auto (RunResult) joined = run_well ("detect --scores part-1.csv part-2.csv part-3.csv "
                                        "--flags high");
  g_auto (RunResult) other =
      run_well ("score --windows 7,2" FAST FIT " --part 2/3 --out part-2.csv woven/test/good "
                "woven/test/spot");
  assert_says ("detect --scores part-1.csv part-2.csv part-3.csv --flags high", 1, "model");
  g_auto (RunResult) cleared = run_shell ("rm -r all part-?.csv joined.csv whole.csv");
}

/* -- what is odd -- */

static void
write_grey (const char *name, guint width, guint height)
{
  g_autoptr (GBytes) bytes = make_grey_png (width, height, 0);
  g_autofree char *path = write_bytes (".", name, bytes);
}

static void
test_sizes (void)
{
  static const char *const small[] = {"small/dot.png", "small/line.png"};
  write_grey (small[0], 1, 1);
  write_grey (small[1], 200, 6);
  for (guint i = 0; i < G_N_ELEMENTS (small); i++) {
    g_autofree char *line =
        g_strdup_printf ("detect --windows 7" FAST SETS " --unsorted %s --json r.json", small[i]);
    g_autofree char *score = g_strdup_printf ("score %s --windows 7" FAST FIT, small[i]);
    g_autofree char *name = g_path_get_basename (small[i]);
    assert_refused (line, name);
    assert_refused (score, name);
  }
  write_grey ("mixed/one.png", 31, 77);
  write_grey ("mixed/two.png", 200, 9);
  g_autoptr (JsonNode) root =
      run_json ("detect --windows 9" FAST SETS " --unsorted mixed --colour --json -");
  g_assert_cmpfloat (number_at (root, "unsorted/n"), ==, 2);
  g_assert_true (is_null_at (root, "sets/3/width"));
  g_assert_true (is_null_at (root, "sets/3/height"));
  g_auto (RunResult) cleared = run_shell ("rm -r small mixed");
}

/* A mask that is cut off, or of another size, is told, and its photo counts for no pixel. */
static void
test_broken_masks (void)
{
  g_auto (RunResult) result = run_shell (
      "mkdir -p odd/test odd/ground_truth && cp -r woven/test/spot odd/test && cp -r "
      "woven/ground_truth/spot odd/ground_truth && cd odd && "
      "head -c 60 ground_truth/spot/001_mask.png > a && mv a ground_truth/spot/001_mask.png && "
      "rm ground_truth/spot/002_mask.png");
  g_assert_cmpint (result.status, ==, 0);
  write_grey ("odd/ground_truth/spot/003_mask.png", 5, 5);
  g_auto (RunResult) detect =
      run_line ("detect --windows 7,3" FAST FIT
                " --normal woven/test/good --anomaly odd/test/spot --json r.json");
  g_assert_cmpint (detect.status, ==, 0);
  g_assert_nonnull (strstr (detect.err, "001_mask.png"));
  g_assert_nonnull (strstr (detect.err, "003_mask.png is a mask of 5 × 5 pixels"));
  g_assert_null (strstr (detect.err, "002_mask.png"));
  g_autofree char *json = read_text ("r.json");
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_assert_cmpfloat (number_at (root, "pixels/masks"), ==, 2);
  g_assert_cmpfloat (number_at (root, "pixels/without_mask"), ==, 3);
  g_auto (RunResult) cleared = run_shell ("rm -r odd r.json");
}

static void
test_refused (void)
{
  static const struct {
    const char *line, *says;
  } words[] = {
      {"detect --windows 9", "--normal"},
      {"detect --windows 6 --normal woven/test/good", "6"},
      {"detect --windows 65 --normal woven/test/good", "65"},
      {"detect --windows 9x8 --normal woven/test/good", "9x8"},
      {"detect --windows 9,0 --normal woven/test/good", "9,0"},
      {"detect --windows nine --normal woven/test/good", "nine"},
      {QUICK " --levels 0", "--levels"},
      {QUICK " --top-k 0", "--top-k"},
      {QUICK " --model flow.pt", "--model|--window-model"},
      {QUICK " --score nearest", "--score|--window-model"},
      {QUICK " --scores a.csv", "--scores|--csv"},
      {QUICK " --labels a", "--labels"},
      {"detect --normal woven/test/good --colour", "--model FILE, --windows SIZE"},
      {"detect --model flow.pt --normal woven/test/good --top-k 3", "--top-k|needs --windows"},
      {"detect --windows 9 --window-model flow.pt" SETS, "--fit|learned already"},
      {"detect --windows 9 --normal woven/test/good --rule least-errors", "--anomaly PATH"},
      {"score --windows 9 woven/test/good", "--fit PATH"},
      {"score woven/test/good", "--model FILE or --windows SIZE"},
      {"score --model flow.pt woven/test/good --seed 3", "--seed|--vae or --windows"},
      {"score --model flow.pt woven/test/good --maps a", "--maps|needs --windows"},
      {"score woven/test/good --windows 9 --scores nearest" FIT, "--scores|--window-model"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_test_message ("%s", words[i].line);
    assert_says (words[i].line, 2, words[i].says);
  }
}

static void
test_refused_input (void)
{
  static const struct {
    const char *line, *names;
  } table[] = {
      {"detect --windows 7,3 --normal nowhere --json r.json", "nowhere"},
      {"detect --windows 7,3 --window-model nowhere.pt --normal woven/test/good --json r.json",
       "nowhere.pt"},
      {"score --windows 7,3" FIT " --maps woven/test/good woven/test/good", "woven/test/good"},
      {"score --windows 7,3" FIT " --maps woven/test/good/maps woven/test/good", "maps"},
      {"score --windows 7,3" FIT " --maps no/where woven/test/good", "no/where"},
      {"score --windows 7,3" FIT " --out woven/test/good/000.png.csv/a.csv woven/test/good",
       "a.csv"},
  };
  g_auto (RunResult) made = run_shell ("mkdir -p woven/test/good/maps");
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    assert_refused (table[i].line, table[i].names);
  }
  g_auto (RunResult) cleared = run_shell ("rm -r woven/test/good/maps");
}

static void
test_interrupted (void)
{
  assert_interrupt_leaves_nothing ("detect --windows 21,1" SETS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = make_folder (), *home = g_get_current_dir ();
  g_assert_cmpint (g_chdir (folder), ==, 0);
  draw_textures (".", &counts, 17);
  g_test_add_func ("/cli-windows/textures", test_textures);
  g_test_add_func ("/cli-windows/tells-of-windows", test_tells_of_windows);
  g_test_add_func ("/cli-windows/divides", test_divides);
  g_test_add_func ("/cli-windows/flow", test_flow);
  g_test_add_func ("/cli-windows/prints", test_prints);
  g_test_add_func ("/cli-windows/rows", test_rows);
  g_test_add_func ("/cli-windows/threads", test_threads);
  g_test_add_func ("/cli-windows/maximum-is-the-score", test_maximum_is_the_score);
  g_test_add_func ("/cli-windows/names-of-maps", test_names_of_maps);
  g_test_add_func ("/cli-windows/parts-are-joined", test_parts_are_joined);
  g_test_add_func ("/cli-windows/sizes", test_sizes);
  g_test_add_func ("/cli-windows/broken-masks", test_broken_masks);
  g_test_add_func ("/cli-windows/refused", test_refused);
  g_test_add_func ("/cli-windows/refused-input", test_refused_input);
  g_test_add_func ("/cli-windows/interrupted", test_interrupted);
  int status = g_test_run ();
  g_assert_cmpint (g_chdir (home), ==, 0);
  remove_folder (folder);
  return status;
}

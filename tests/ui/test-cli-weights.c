/* The command line on files with several networks, networks in several files, and images in
 * pickles. */
#include "model/weights/checkpoint-write.h"
#include "tests/model/torch-writer.h"
#include "tests/ui/run-limen.h"

#include <glib/gstdio.h>

#define SIDE 2

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* A flow of D = 4, width 2, depth 1, one coupling: log p(0) = 4·scale + what the biases make of it
 */
static void
add_flow (LimenCheckpoint *checkpoint, const char *prefix, float scale)
{
  static const struct {
    const char *name;
    guint n;
    gint64 shape[2];
  } table[] = {{"coupling.0.in_block.0.weight", 2, {2, 2}},
               {"coupling.0.in_block.0.bias", 1, {2}},
               {"coupling.0.out_block.weight", 2, {2, 2}},
               {"coupling.0.out_block.bias", 1, {2}},
               {"scaling.scale", 2, {1, 4}}};
  const float zeros[4] = {0}, scales[] = {scale, scale, scale, scale};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *name = g_strconcat (prefix, table[i].name, NULL);
    g_assert_true (limen_checkpoint_add_floats (checkpoint, name, LIMEN_NUMBER_F32, table[i].n,
                                                table[i].shape, i == 4 ? scales : zeros, NULL));
  }
}

static void
save (LimenCheckpoint *checkpoint, const char *name)
{
  g_autofree char *path = path_of (name);
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  limen_checkpoint_free (checkpoint);
}

static void
write_files (void)
{
  g_autofree char *images = path_of ("black.idx"), *named_otherwise = path_of ("two.csv");
  LimenCheckpoint *two = limen_checkpoint_new ("two", ""), *first = limen_checkpoint_new ("1", ""),
                  *second = limen_checkpoint_new ("2", "");
  const float half[] = {1, 2};
  const gint64 shape[] = {2};
  add_flow (two, "ema.", 2);
  add_flow (two, "model.", 1);
  g_assert_true (limen_checkpoint_save (two, named_otherwise, NULL));
  save (two, "two.pt");
  add_flow (first, "", 3);
  save (first, "model-00001-of-00002.safetensors");
  g_assert_true (
      limen_checkpoint_add_floats (second, "more", LIMEN_NUMBER_F32, 1, shape, half, NULL));
  save (second, "model-00002-of-00002.safetensors");
  write_idx (images, 1, SIDE, 0, 1);
}

static RunResult
run_in_folder (const char *line)
{
  g_autofree char *command = g_strdup_printf ("cd %s && \"$0\" %s", folder, line);
  return run_shell (command);
}

/* log p(0) = 4·scale − 4·log 4 */
static void
assert_score (const char *model, double scale, const char *told)
{
  g_autofree char *line = g_strdup_printf ("score --model %s black.idx", model);
  g_auto (RunResult) result = run_in_folder (line);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_cmpstr (result.err, ==, told);
  const char *comma = strrchr (result.out, ',');
  g_assert_nonnull (comma);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (comma + 1, NULL),
                                  4 * scale - 4 * 1.3862943611198906, 1e-4);
}

static void
test_which_network_was_taken (void)
{
  assert_score ("two.pt", 1,
                "limen: two.pt holds 2 networks, and model was taken; write two.pt:ema for the "
                "other.\n");
  assert_score ("two.pt:ema", 2, "");
  assert_score ("two.pt:model", 1, "");
}

static void
test_a_network_that_is_not_there (void)
{
  g_auto (RunResult) result = run_in_folder ("score --model two.pt:best black.idx");
  g_assert_cmpint (result.status, ==, 1);
  g_assert_cmpstr (result.err, ==,
                   "limen: two.pt has no dictionary best with tensors in it; choose ema or "
                   "model.\n");
}

static void
test_networks_in_several_files (void)
{
  assert_score ("model-00001-of-00002.safetensors", 3, "");
  assert_score ("model-00002-of-00002.safetensors", 3, "");
  g_auto (RunResult) result = run_in_folder ("inspect model-00002-of-00002.safetensors");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.out, "safetensors weights in 2 files, 6 tensors, 18 numbers"));
  g_assert_nonnull (strstr (result.out, "a NICE flow: dimension 4"));
}

static void
test_inspect_names_all_networks (void)
{
  g_auto (RunResult) result = run_in_folder ("inspect two.pt");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.out, "the file holds 2 of them; this is model\n"));
  g_assert_nonnull (strstr (result.out, "there is also ema\n"));
}

static void
test_json_names_the_network (void)
{
  g_auto (RunResult) result =
      run_in_folder ("detect --model two.pt --normal black.idx --validation black.idx "
                     "--threshold 0 --json -");
  g_assert_nonnull (strstr (result.out, "\"network\" : \"model\""));
  g_assert_nonnull (strstr (result.out, "\"sha256\""));
  const char *others = strstr (result.out, "\"other_networks\" : [");
  g_assert_nonnull (others);
  g_assert_nonnull (strstr (others, "\"ema\""));
}

/* The file of a network is read, and so not written over, whatever the name behind it. */
static void
test_the_model_is_not_overwritten (void)
{
  static const char *const models[] = {"two.csv", "two.csv:ema"};
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_autofree char *line = g_strdup_printf ("score --model %s black.idx --out two.csv", models[i]);
    g_auto (RunResult) result = run_in_folder (line);
    g_assert_cmpint (result.status, ==, 1);
    g_assert_nonnull (strstr (result.err, "would overwrite"));
  }
}

static void
test_what_is_passed_over_is_listed (void)
{
  static const float numbers[4] = {0};
  g_autoptr (GByteArray) pickle = g_byte_array_new ();
  g_autofree char *path = path_of ("beside.pt");
  OP (pickle, "\x80\x02}(U\x01"
              "w");
  torch_vector (pickle, "0", 4);
  OP (pickle, "U\x03"
              "fft");
  torch_tensor (pickle, (TorchTensor){"ComplexFloatStorage", "1", 2, 0, 1, {2}, {1}});
  OP (pickle, "U\x05"
              "epochK\x07u.");
  g_autoptr (GBytes) file = torch_zip_of (g_byte_array_ref (pickle), numbers, sizeof numbers);
  gsize n;
  const void *data = g_bytes_get_data (file, &n);
  g_assert_true (g_file_set_contents (path, data, (gssize)n, NULL));
  g_auto (RunResult) result = run_in_folder ("inspect beside.pt");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.out, " passed over: complex64 (2,)\n"));
  g_assert_nonnull (strstr (result.out, "and 1 other value, passed over\n"));
}

/* Two sets of images in a tuple: the first is taken, and that is said. */
static void
test_which_array_was_taken (void)
{
  static const guint8 pixels[32] = {0, 255};
  g_autoptr (GByteArray) pickle = g_byte_array_new ();
  g_autofree char *path = path_of ("sets.pt");
  OP (pickle, "\x80\x02");
  for (guint i = 0; i < 2; i++)
    torch_tensor (pickle,
                  (TorchTensor){"ByteStorage", "0", 32, 16 * i, 3, {4 - i, 2, 2}, {4, 2, 1}});
  OP (pickle, "\x86.");
  g_autoptr (GBytes) file = torch_zip_of (g_byte_array_ref (pickle), pixels, sizeof pixels);
  gsize n;
  const void *data = g_bytes_get_data (file, &n);
  g_assert_true (g_file_set_contents (path, data, (gssize)n, NULL));
  g_auto (RunResult) first = run_in_folder ("inspect sets.pt"),
                     second = run_in_folder ("inspect sets.pt:1");
  g_assert_nonnull (strstr (first.out, "4 images of 2 × 2 pixels"));
  g_assert_nonnull (strstr (first.out, "uint8 (4, 2, 2)"));
  g_assert_nonnull (strstr (first.out, "  0 read as 0–255, 2 × 2\n"));
  g_assert_nonnull (strstr (first.out, "    Of its 2 arrays of images 0 was taken; the other is "
                                       "named sets.pt:1.\n"));
  g_assert_cmpstr (first.err, ==, "");
  g_assert_nonnull (strstr (second.out, "3 images of 2 × 2 pixels"));
  g_assert_nonnull (strstr (second.out, "  1 read as 0–255, 2 × 2\n"));
  g_assert_null (strstr (second.out, "was taken"));
  g_assert_cmpstr (second.err, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("limen-test-XXXXXX", NULL);
  write_files ();
  g_test_add_func ("/cli-weights/which-network-was-taken", test_which_network_was_taken);
  g_test_add_func ("/cli-weights/a-network-that-is-not-there", test_a_network_that_is_not_there);
  g_test_add_func ("/cli-weights/networks-in-several-files", test_networks_in_several_files);
  g_test_add_func ("/cli-weights/inspect-names-all-networks", test_inspect_names_all_networks);
  g_test_add_func ("/cli-weights/json-names-the-network", test_json_names_the_network);
  g_test_add_func ("/cli-weights/the-model-is-not-overwritten", test_the_model_is_not_overwritten);
  g_test_add_func ("/cli-weights/what-is-passed-over-is-listed",
                   test_what_is_passed_over_is_listed);
  g_test_add_func ("/cli-weights/which-array-was-taken", test_which_array_was_taken);
  int status = g_test_run ();
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (folder);
  return status;
}

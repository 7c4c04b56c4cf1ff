/* Runs a fuzz target without libFuzzer: on each seed of a directory, whole and cut off at 32
 * places. */
#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
run_on_copy (const char *data, gsize size)
{
  g_autofree uint8_t *copy =
      g_memdup2 (data, size); /* of its own, so that AddressSanitizer sees its end */
  g_assert_cmpint (LLVMFuzzerTestOneInput (copy, size), ==, 0);
}

static void
test_seeds (gconstpointer directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (directory, 0, &error);
  g_assert_no_error (error);
  const char *name;
  guint n_seeds = 0;
  for (; (name = g_dir_read_name (dir)); n_seeds++) {
    g_autofree char *path = g_build_filename (directory, name, NULL), *seed = NULL;
    gsize size;
    g_assert_true (g_file_get_contents (path, &seed, &size, &error));
    g_test_message ("%s", name);
    for (gsize cut = 0; cut < 32; cut++)
      run_on_copy (seed, size * cut / 32);
    run_on_copy (seed, size);
  }
  g_assert_cmpuint (n_seeds, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_test_add_data_func ("/seeds", argv[1], test_seeds);
  return g_test_run ();
}

/* Several networks in one file: which is taken, what is said, and how another is chosen. */
#include "model/flow/nice.h"
#include "model/weights/checkpoint-write.h"
#include "tests/model/data-files.h"
#include "tests/model/weights-asserts.h"

#include <math.h>

#define KEY "coupling.0.in_block.0.weight"

/* A flow of D = 4, width 2, depth 1, one coupling, under @prefix: its scale is @scale. */
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
  const float values[] = {scale, scale, scale, scale};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *name = g_strconcat (prefix, table[i].name, NULL);
    g_autoptr (GError) error = NULL;
    limen_checkpoint_add_floats (checkpoint, name, LIMEN_NUMBER_F32, table[i].n, table[i].shape,
                                 values, &error);
    g_assert_no_error (error);
  }
}

static LimenCheckpoint *
checkpoint_of (const char *const *prefixes)
{
  LimenCheckpoint *checkpoint = limen_checkpoint_new ("net.pt", "");
  for (guint i = 0; prefixes[i]; i++)
    add_flow (checkpoint, prefixes[i], (float)i);
  return checkpoint;
}

/* Each row in both orders, which decides only where nothing else does. */
static void
test_which_is_taken (void)
{
  static const struct {
    const char *taken, *other;
  } rows[] = {
      {"model.", "ema."},
      {"state_dict.", "state_dict_ema."},
      {"model.", "model_ema."},
      {"network.module.", "ema.module."},
      {"a_long_name_for_it.", "ema."},
      {"generator.", "modelEMA."},
      {"model.", "EMA."},
      {"model.", "ema_0.9999."},
      {"model.", "ema2."},
      {"net.", "swa_model.module."},
      {"model_state.", "averaged_model."},
      {"net.", "ExponentialMovingAverage."},
      {"student.", "teacher."},
      {"online.", "target."},
      {"model.", "old."},
      {"", "ema."},
      {"", "best."},
      {"net.", "model."},
      {"schema_net.", "teacher."}, /* no word of a copy inside of another word */
      {"demand.", "a_longer_one."},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int order = 0; order < 2; order++) {
      const char *prefixes[] = {order ? rows[i].other : rows[i].taken,
                                order ? rows[i].taken : rows[i].other, NULL};
      g_autoptr (LimenCheckpoint) checkpoint = checkpoint_of (prefixes);
      g_autofree char *prefix = limen_checkpoint_find_prefix (checkpoint, KEY);
      g_test_message ("%s and %s", prefixes[0], prefixes[1]);
      g_assert_cmpstr (prefix, ==, rows[i].taken);
    }
}

static void
test_of_equals_the_first (void)
{
  g_autoptr (LimenCheckpoint) checkpoint =
      checkpoint_of ((const char *const[]){"b.", "a.", "ema.", NULL});
  g_auto (GStrv) networks = limen_checkpoint_networks (checkpoint, KEY);
  g_autofree char *text = g_strjoinv (" ", networks);
  g_assert_cmpstr (text, ==, "b a ema");
}

static void
test_one_network_is_no_choice (void)
{
  g_autoptr (LimenCheckpoint) checkpoint = checkpoint_of ((const char *const[]){"ema.", NULL});
  g_autofree char *prefix = limen_checkpoint_find_prefix (checkpoint, KEY);
  g_assert_cmpstr (prefix, ==, "ema.");
  g_assert_null (limen_checkpoint_networks (checkpoint, KEY));
  g_assert_null (limen_checkpoint_networks (checkpoint, "fc21.weight"));
}

static void
assert_flow (const char *path, const char *expected_networks, double expected_scale)
{
  const guint8 pixels[4] = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenNice) nice = limen_nice_load (path, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *networks =
      limen_nice_networks (nice) ? g_strjoinv (" ", (char **)limen_nice_networks (nice)) : NULL;
  g_assert_cmpstr (networks, ==, expected_networks);
  /* black images: x = 0, and hidden units max(0, bias) = s give shifts 2·s² + s to two entries */
  LimenImageSet *set = limen_image_set_new_from_u8 ("black", pixels, 1, 2, 2);
  double value, s = expected_scale, z = exp (s) * (2 * s * s + s);
  g_assert_true (limen_nice_log_likelihood (nice, set, &value, NULL, NULL, NULL, NULL));
  g_assert_cmpfloat_with_epsilon (
      value, 4 * s - 2 * (log1p (exp (z)) + log1p (exp (-z))) - 4 * log (2), 1e-4);
  limen_image_set_unref (set);
}

static void
test_a_name_chooses (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "net.pt", NULL);
  g_autoptr (LimenCheckpoint) checkpoint =
      checkpoint_of ((const char *const[]){"ema.module.", "state.model.", NULL});
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  static const struct {
    const char *part, *networks;
    double scale;
  } rows[] = {{"", "state.model ema.module", 1},
              {":ema", "ema.module state.model", 0},
              {":ema.module", "ema.module state.model", 0},
              {":state", "state.model ema.module", 1},
              {":state.model", "state.model ema.module", 1}};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *asked = g_strconcat (path, rows[i].part, NULL);
    assert_flow (asked, rows[i].networks, rows[i].scale);
  }
  remove_folder (folder);
}

static void
test_a_name_that_is_not_there (void)
{
  static const char *const parts[] = {":emma", ":ema.modul", ":em", ":ema.module.coupling.0.x"};
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "net.pt", NULL);
  g_autoptr (LimenCheckpoint) checkpoint =
      checkpoint_of ((const char *const[]){"ema.module.", "model.", NULL});
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *asked = g_strconcat (path, parts[i], NULL);
    g_autoptr (GError) error = NULL;
    g_assert_null (limen_nice_load (asked, NULL, &error));
    g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
    assert_told (error->message, path);
    g_assert_nonnull (strstr (error->message, "choose ema or model"));
  }
  remove_folder (folder);
}

/* A part that holds no flow is refused as any file without one. */
static void
test_a_part_without_a_flow (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "net.pt", NULL);
  g_autofree char *asked = g_strconcat (path, ":model.coupling", NULL);
  g_autoptr (LimenCheckpoint) checkpoint = checkpoint_of ((const char *const[]){"model.", NULL});
  g_autoptr (GError) error = NULL;
  g_assert_true (limen_checkpoint_save (checkpoint, path, NULL));
  g_assert_null (limen_nice_load (asked, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "no tensor " KEY));
  remove_folder (folder);
}

/* A colon in the name of a file is part of it where there is such a file. */
static void
test_names_with_colons (void)
{
  g_autofree char *folder = make_folder (), *plain = g_build_filename (folder, "net", NULL),
                  *colon = g_build_filename (folder, "net:ema", NULL),
                  *part_of_colon = g_build_filename (folder, "net:ema:model", NULL);
  g_autoptr (LimenCheckpoint) two = checkpoint_of ((const char *const[]){"model.", "ema.", NULL}),
                              other = checkpoint_of ((const char *const[]){"x.", "model.", NULL});
  g_assert_true (limen_checkpoint_save (two, plain, NULL));
  assert_flow (colon, "ema model", 1);
  g_assert_true (limen_checkpoint_save (other, colon, NULL));
  assert_flow (colon, "x model", 0);
  assert_flow (part_of_colon, "model x", 1);
  remove_folder (folder);
}

static void
test_what_is_told (void)
{
  static const char *const two[] = {"model", "ema", NULL};
  static const char *const many[] = {"", "a", "b\n", "c", "d", "e", "f", NULL};
  g_autofree char *of_two = limen_networks_told ("net.pt", two);
  g_autofree char *of_many = limen_networks_told ("net.pt", many);
  assert_told (of_two, "net.pt");
  assert_told (of_many, "net.pt");
  g_assert_cmpstr (of_two, ==,
                   "net.pt holds 2 networks, and model was taken; write net.pt:ema for the other.");
  g_assert_nonnull (strstr (of_many, "one without a name was taken"));
  g_assert_nonnull (strstr (of_many, "a, b?, c, d, e and more"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/networks/which-is-taken", test_which_is_taken);
  g_test_add_func ("/networks/of-equals-the-first", test_of_equals_the_first);
  g_test_add_func ("/networks/one-network-is-no-choice", test_one_network_is_no_choice);
  g_test_add_func ("/networks/a-name-chooses", test_a_name_chooses);
  g_test_add_func ("/networks/a-name-that-is-not-there", test_a_name_that_is_not_there);
  g_test_add_func ("/networks/a-part-without-a-flow", test_a_part_without_a_flow);
  g_test_add_func ("/networks/names-with-colons", test_names_with_colons);
  g_test_add_func ("/networks/what-is-told", test_what_is_told);
  return g_test_run ();
}

/* Where an input came from: what is equal, what has to be read anew, and what is shared. */
#include "ui/study/origin.h"

#include <string.h>

static LimenOrigin *
hashed (const char *const *paths, const char *name, const char *hash)
{
  g_autoptr (GHashTable) sha256 = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (LimenOrigin) plain = limen_origin_new (paths, name);
  g_hash_table_insert (sha256, (gpointer) "a", (gpointer)hash);
  return limen_origin_with_hashes (plain, sha256);
}

static void
test_equal_lists_are_equal_copies (void)
{
  char first[] = "/a/b.csv", again[] = "/a/b.csv";
  g_autoptr (LimenOrigin) one = limen_origin_new ((const char *[]){first, "c", NULL}, NULL);
  g_autoptr (LimenOrigin) other = limen_origin_new ((const char *[]){again, "c", NULL}, NULL);
  g_assert_true (limen_origin_equal (one, other));
  first[1] = 'x'; /* they are copies */
  g_assert_cmpstr (one->paths[0], ==, "/a/b.csv");
  g_assert_true (limen_origin_equal (one, other));
}

static void
test_lists_that_look_alike_differ (void)
{
  LimenOrigin *origins[] = {limen_origin_new ((const char *[]){"a\nb", NULL}, "name"),
                            limen_origin_new ((const char *[]){"a", "b", NULL}, "name"),
                            limen_origin_new ((const char *[]){"b", "a", NULL}, "name"),
                            limen_origin_new ((const char *[]){"ab", NULL}, "name")};
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    for (guint j = 0; j < i; j++) {
      g_assert_false (limen_origin_equal (origins[i], origins[j]));
      g_assert_false (limen_origin_same_files (origins[i], origins[j]));
    }
  g_assert_cmpuint (g_strv_length (origins[1]->paths), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    limen_origin_unref (origins[i]);
}

static void
test_what_is_built_in_is_equal_by_its_name (void)
{
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "ring");
  g_autoptr (LimenOrigin) again = limen_origin_new (NULL, "ring");
  g_autoptr (LimenOrigin) other = limen_origin_new (NULL, "linear");
  g_assert_null (origin->paths[0]);
  g_assert_null (origin->sha256);
  g_assert_cmpstr (origin->name, ==, "ring");
  g_assert_true (limen_origin_equal (origin, again));
  g_assert_false (limen_origin_equal (origin, other));
}

static void
test_each_part_tells_origins_apart (void)
{
  const char *const paths[] = {"a", NULL}, *const others[] = {"b", NULL};
  const LimenReading wide = {.black = 0, .white = 4095};
  g_autoptr (LimenOrigin) one = hashed (paths, "name", "00");
  g_autoptr (LimenOrigin) same = hashed (paths, "name", "00");
  LimenOrigin *differ[] = {hashed (others, "name", "00"),
                           hashed (NULL, "name", "00"),
                           hashed (paths, "other", "00"),
                           hashed (paths, "name", "01"),
                           limen_origin_new (paths, "name"),
                           limen_origin_read_as (one, &wide, FALSE),
                           limen_origin_read_as (one, &one->reading, TRUE)};
  g_assert_true (limen_origin_equal (one, same));
  for (guint i = 0; i < G_N_ELEMENTS (differ); i++) {
    g_assert_false (limen_origin_equal (one, differ[i]));
    g_assert_false (limen_origin_equal (differ[i], one));
    limen_origin_unref (differ[i]);
  }
  g_assert_true (limen_origin_equal (NULL, NULL));
  g_assert_false (limen_origin_equal (one, NULL));
}

static void
test_a_place_keeps_what_is_put_there (void)
{
  LimenOrigin *place = NULL, *one = limen_origin_new_path ("/a");
  limen_origin_put (&place, one);
  limen_origin_unref (one);
  limen_origin_put (&place, place); /* it outlives itself */
  g_assert_cmpstr (place->name, ==, "a");
  limen_origin_put (&place, NULL);
  g_assert_null (place);
}

static void
test_an_origin_is_called_by_its_first_file (void)
{
  g_autoptr (LimenOrigin) file = limen_origin_new_path ("/some/where/weights.pt");
  g_autoptr (LimenOrigin) builtin = limen_origin_new_path ("builtin:digits:20");
  g_autoptr (LimenOrigin) memory = limen_origin_new (NULL, "a flow of digits");
  g_assert_cmpstr (file->name, ==, "weights.pt");
  g_assert_null (strstr (builtin->name, ":"));
  g_assert_cmpstr (memory->name, ==, "a flow of digits");
  g_assert_null (memory->paths[0]);
}

static void
test_origins_are_the_same_files_when_they_read_the_same (void)
{
  const LimenReading wide = {.black = 0, .white = 4095};
  g_autoptr (LimenOrigin) a = limen_origin_new_path ("/a");
  g_autoptr (LimenOrigin) again = limen_origin_new_path ("/a");
  g_autoptr (LimenOrigin) b = limen_origin_new_path ("/b");
  g_autoptr (LimenOrigin) read = limen_origin_read_as (a, &wide, FALSE);
  g_autoptr (LimenOrigin) inverted = limen_origin_read_as (a, &a->reading, TRUE);
  g_assert_true (limen_origin_same_files (a, again));
  g_assert_true (limen_origin_same_files (NULL, NULL));
  g_assert_false (limen_origin_same_files (a, NULL));
  g_assert_false (limen_origin_same_files (a, b));
  g_assert_false (limen_origin_same_files (a, read));
  g_assert_false (limen_origin_same_files (a, inverted));
  g_assert_cmpfloat (read->reading.white, ==, 4095);
}

static void
test_what_is_in_no_file_is_the_same_as_itself_alone (void)
{
  g_autoptr (LimenOrigin) one = limen_origin_new (NULL, "a flow");
  g_autoptr (LimenOrigin) other = limen_origin_new (NULL, "a flow");
  g_assert_true (limen_origin_same_files (one, one));
  g_assert_false (limen_origin_same_files (one, other));
}

static void
test_hashes_go_along_and_are_no_difference (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (hashes, g_strdup ("/a"), g_strdup ("1234"));
  g_autoptr (LimenOrigin) plain = limen_origin_new_path ("/a");
  g_autoptr (LimenOrigin) known = limen_origin_with_hashes (plain, hashes);
  g_autoptr (LimenOrigin) inverted = limen_origin_read_as (known, &known->reading, TRUE);
  g_assert_null (plain->sha256);
  g_assert_true (limen_origin_same_files (plain, known));
  g_assert_cmpstr (g_hash_table_lookup (inverted->sha256, "/a"), ==, "1234");
  const LimenOrigin *some[] = {plain, NULL, known};
  g_autoptr (GHashTable) none = limen_origin_hashes (some, 2);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  g_autoptr (GHashTable) all = limen_origin_hashes (some, 3);
  g_assert_cmpstr (g_hash_table_lookup (all, "/a"), ==, "1234");
}

static void
test_files_are_shared_by_paths_and_folders (void)
{
  static const struct {
    const char *a, *b;
    gboolean shared;
  } table[] = {
      {"/a/normal", "/a/normal", TRUE},
      {"/a/normal", "/a/./b/../normal", TRUE},
      {"/a", "/a/normal", TRUE},
      {"/", "/a/normal", TRUE},
      {"/a/normal", "/a/normal-too", FALSE},
      {"/a/normal", "/a/defect", FALSE},
      {"/a/x.npz", "/a/x.npy", FALSE},
      {"builtin:digits", "builtin:digits", TRUE},
      {"builtin:digits", "builtin:hiragana", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (LimenOrigin) a = limen_origin_new ((const char *[]){"/z", table[i].a, NULL}, "a");
    g_autoptr (LimenOrigin) b = limen_origin_new_path (table[i].b);
    g_assert_cmpint (limen_origin_shares_files (a, b), ==, table[i].shared);
    g_assert_cmpint (limen_origin_shares_files (b, a), ==, table[i].shared);
  }
  g_autoptr (LimenOrigin) memory = limen_origin_new (NULL, "made");
  g_assert_false (limen_origin_shares_files (memory, memory));
  g_assert_false (limen_origin_shares_files (memory, NULL));
}

static void
test_what_a_flow_learned_from_goes_along (void)
{
  g_autoptr (LimenOrigin) images = limen_origin_new_path ("/a");
  g_autoptr (LimenOrigin) flow = limen_origin_new_learned ("a flow", images);
  g_autoptr (LimenOrigin) known = limen_origin_with_hashes (flow, NULL);
  g_autoptr (LimenOrigin) plain = limen_origin_new (NULL, "a flow");
  g_assert_cmpstr (known->learned_from->paths[0], ==, "/a");
  g_assert_true (limen_origin_equal (flow, known));
  g_assert_false (limen_origin_equal (flow, plain));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/origin/" #name, test_##name)
  ADD (equal_lists_are_equal_copies);
  ADD (lists_that_look_alike_differ);
  ADD (what_is_built_in_is_equal_by_its_name);
  ADD (each_part_tells_origins_apart);
  ADD (a_place_keeps_what_is_put_there);
  ADD (an_origin_is_called_by_its_first_file);
  ADD (origins_are_the_same_files_when_they_read_the_same);
  ADD (what_is_in_no_file_is_the_same_as_itself_alone);
  ADD (hashes_go_along_and_are_no_difference);
  ADD (files_are_shared_by_paths_and_folders);
  ADD (what_a_flow_learned_from_goes_along);
#undef ADD
  return g_test_run ();
}

/* Where an input came from: values that share their strings. */
#include "ui/study/origin.h"

static void
test_equal_lists_are_one (void)
{
  char first[] = "/a/b.csv", again[] = "/a/b.csv";
  const char *const *one = limen_intern_paths ((const char *[]){first, "c", NULL});
  const char *const *other = limen_intern_paths ((const char *[]){again, "c", NULL});
  g_assert_true (one == other);
  first[1] = 'x'; /* they are copies */
  g_assert_cmpstr (one[0], ==, "/a/b.csv");
}

static void
test_lists_that_look_alike_are_two (void)
{
  const char *const *lists[] = {limen_intern_paths ((const char *[]){"a\nb", NULL}),
                                limen_intern_paths ((const char *[]){"a", "b", NULL}),
                                limen_intern_paths ((const char *[]){"b", "a", NULL}),
                                limen_intern_paths ((const char *[]){"ab", NULL})};
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < i; j++)
      g_assert_true (lists[i] != lists[j]);
  g_assert_cmpuint (g_strv_length ((char **)lists[1]), ==, 2);
}

static void
test_no_paths_stay_none (void)
{
  LimenOrigin origin = limen_origin (NULL, "ring", NULL);
  g_assert_null (origin.paths);
  g_assert_null (origin.sha256);
  g_assert_cmpstr (origin.name, ==, "ring");
}

static void
test_each_part_tells_origins_apart (void)
{
  const char *const paths[] = {"a", NULL}, *const others[] = {"b", NULL};
  LimenOrigin one = limen_origin (paths, "name", "00"), same = limen_origin (paths, "name", "00");
  const LimenOrigin differ[] = {
      limen_origin (others, "name", "00"), limen_origin (NULL, "name", "00"),
      limen_origin (paths, "other", "00"), limen_origin (paths, "name", "01"),
      limen_origin (paths, "name", NULL)};
  g_assert_true (limen_origin_equal (&one, &same));
  for (guint i = 0; i < G_N_ELEMENTS (differ); i++)
    g_assert_false (limen_origin_equal (&one, &differ[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/origin/equal-lists-are-one", test_equal_lists_are_one);
  g_test_add_func ("/origin/lists-that-look-alike-are-two", test_lists_that_look_alike_are_two);
  g_test_add_func ("/origin/no-paths-stay-none", test_no_paths_stay_none);
  g_test_add_func ("/origin/each-part-tells-apart", test_each_part_tells_origins_apart);
  return g_test_run ();
}

#include "model/data/examples.h"

#include "model/base/error.h"
#include "model/data/builtin.h"

#define TEST_IMAGES                                                                                \
  {                                                                                                \
    "t10k-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte.gz",            \
        "t10k-images.idx3-ubyte"                                                                   \
  }

typedef enum { MNIST, KMNIST, FASHION, OMNIGLOT, N_SETS } Set;

/* @folders, @files: names it goes by, NULL-terminated
 * @get: how to get it, if it is nowhere */
static const struct {
  const char *title, *folders[6], *files[6], *get;
} sets[N_SETS] = {
    [MNIST] = {"MNIST's test images",
               {"mnist", "MNIST/raw", "MNIST"},
               TEST_IMAGES,
               "get it from its authors"},
    [KMNIST] = {"KMNIST's test images",
                {"kmnist", "KMNIST/raw", "KMNIST"},
                TEST_IMAGES,
                "get it from its authors (CODH)"},
    [FASHION] = {"Fashion-MNIST's test images",
                 {"fashion-mnist", "FashionMNIST/raw", "FashionMNIST", "fashion_mnist", "fashion"},
                 TEST_IMAGES,
                 "install Debian's package dataset-fashion-mnist"},
    [OMNIGLOT] = {"Omniglot's images",
                  {"omniglot", "omniglot-py", "Omniglot", "omniglot/python"},
                  {"images_background_small1.zip", "images_evaluation.zip", "images_background.zip",
                   "images_evaluation", "images_background"},
                  "get it from its authors"},
};

/* Where an image set comes from: a name of builtin.h, or else a set of the table above. */
typedef struct {
  const char *builtin;
  Set set;
} From;

static const struct {
  const char *name, *title, *shows, *flow, *vae;
  From normal, anomaly;
  gboolean inverts_anomaly;
} table[] = {
    {"paradox",
     "The Paradox",
     "A flow of woven cloth finds plain cloth, which it has never seen, more likely than woven.",
     LIMEN_BUILTIN_CLOTH,
     NULL,
     {.builtin = LIMEN_BUILTIN_WOVEN},
     {.builtin = LIMEN_BUILTIN_PLAIN},
     FALSE},
    {"mnist-kmnist",
     "MNIST on KMNIST",
     "Digits against Japanese characters: here the likelihood tells them apart.",
     LIMEN_BUILTIN_MNIST,
     LIMEN_BUILTIN_MNIST_VAE,
     {.set = MNIST},
     {.set = KMNIST},
     FALSE},
    {"fashion-mnist",
     "Fashion-MNIST on MNIST",
     "A VAE of clothes finds digits, which it has never seen, more likely than clothes.",
     LIMEN_BUILTIN_FASHION,
     LIMEN_BUILTIN_FASHION_VAE,
     {.set = FASHION},
     {.set = MNIST},
     FALSE},
    {"mnist-omniglot",
     "MNIST on Omniglot",
     "Digits against the letters of many alphabets, which are as thin and as simple.",
     LIMEN_BUILTIN_MNIST,
     LIMEN_BUILTIN_MNIST_VAE,
     {.set = MNIST},
     {.set = OMNIGLOT},
     TRUE},
};

static void
add_once (GPtrArray *paths, char *path)
{
  if (g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL))
    g_free (path);
  else
    g_ptr_array_add (paths, path);
}

/* The folders above @path, three of them: "data" of "data/MNIST/raw/t10k…"; a folder that was
 * opened itself may be the one. */
static void
add_near (GPtrArray *roots, const char *path)
{
  if (limen_is_builtin (path))
    return;
  g_autofree char *folder = g_canonicalize_filename (path, NULL);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    add_once (roots, g_strdup (folder));
  for (guint i = 0; i < 3; i++) {
    char *above = g_path_get_dirname (folder);
    g_free (folder);
    folder = above;
    if (g_str_equal (folder, "/"))
      return;
    add_once (roots, g_strdup (folder));
  }
}

static void
add_data_folder (GPtrArray *roots, const char *folder)
{
  add_once (roots, g_build_filename (folder, "datasets", NULL));
  add_once (roots, g_build_filename (folder, "limen", "datasets", NULL));
}

static GPtrArray *
find_roots (const char *const *near)
{
  GPtrArray *roots = g_ptr_array_new_with_free_func (g_free);
  const char *const *system = g_get_system_data_dirs ();
  for (guint i = 0; near && near[i]; i++)
    add_near (roots, near[i]);
  add_data_folder (roots, g_get_user_data_dir ());
  for (guint i = 0; system[i]; i++)
    add_data_folder (roots, system[i]);
  return roots;
}

/* (transfer full) (nullable) */
static char *
find_set (const GPtrArray *roots, Set set)
{
  for (guint r = 0; r < roots->len; r++)
    for (guint d = 0; sets[set].folders[d]; d++)
      for (guint f = 0; sets[set].files[f]; f++) {
        char *path =
            g_build_filename (roots->pdata[r], sets[set].folders[d], sets[set].files[f], NULL);
        if (g_file_test (path, G_FILE_TEST_EXISTS))
          return path;
        g_free (path);
      }
  return NULL;
}

static char *
describe_missing (const GPtrArray *roots, Set set)
{
  GString *places = g_string_new (NULL);
  for (guint i = 0; i < roots->len; i++) {
    g_autofree char *shown = limen_display_name (roots->pdata[i]);
    g_string_append_printf (places, "%s%s",
                            i == 0                ? ""
                            : i + 1 == roots->len ? " or "
                                                  : ", ",
                            shown);
  }
  char *sentence = g_strdup_printf (
      "%s were not found: no %s in a folder “%s” of %s; %s, or open a file that lies beside that "
      "folder.",
      sets[set].title, sets[set].files[0], sets[set].folders[0], places->str, sets[set].get);
  g_string_free (places, TRUE);
  return sentence;
}

static char *
find (From from, const GPtrArray *roots, LimenExample *example)
{
  if (from.builtin)
    return g_strdup (from.builtin);
  char *path = find_set (roots, from.set);
  if (path)
    return path;
  char *sentence = describe_missing (roots, from.set);
  char *all =
      example->missing ? g_strjoin (" ", example->missing, sentence, NULL) : g_strdup (sentence);
  g_free (sentence);
  g_free (example->missing);
  example->missing = all;
  return NULL;
}

static void
example_free (gpointer data)
{
  LimenExample *example = data;
  g_free (example->normal);
  g_free (example->anomaly);
  g_free (example->missing);
  g_free (example);
}

GPtrArray *
limen_examples (const char *const *near)
{
  g_autoptr (GPtrArray) roots = find_roots (near);
  GPtrArray *examples = g_ptr_array_new_with_free_func (example_free);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    LimenExample *example = g_new0 (LimenExample, 1);
    *example = (LimenExample){.name = table[i].name,
                              .title = table[i].title,
                              .shows = table[i].shows,
                              .flow = table[i].flow,
                              .vae = table[i].vae,
                              .inverts_anomaly = table[i].inverts_anomaly};
    example->normal = find (table[i].normal, roots, example);
    example->anomaly = find (table[i].anomaly, roots, example);
    g_ptr_array_add (examples, example);
  }
  return examples;
}

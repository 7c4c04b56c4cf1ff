#include "model/data/builtin.h"

#include "model/data/glyphs.h"

#define SEED 2 /* the flow learned from seed 1 */

static const struct {
  const char *name, *title;
  LimenBuiltin what;
  LimenGlyphs glyphs;
  guint n;
  gboolean is_anomaly;
} table[] = {
    {LIMEN_BUILTIN_GLYPHS, "flow of generated digits", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_MNIST, "flow of MNIST", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_FASHION, "flow of Fashion-MNIST", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_CLOTH, "flow of woven digits", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_VAE, "VAE of generated digits", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_MNIST_VAE, "VAE of MNIST", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_FASHION_VAE, "VAE of Fashion-MNIST", LIMEN_BUILTIN_WEIGHTS},
    {LIMEN_BUILTIN_DIGITS, "generated digits", LIMEN_BUILTIN_IMAGES, LIMEN_GLYPHS_DIGITS, 4000,
     FALSE},
    {LIMEN_BUILTIN_HIRAGANA, "generated hiragana", LIMEN_BUILTIN_IMAGES, LIMEN_GLYPHS_HIRAGANA,
     2000, TRUE},
    {LIMEN_BUILTIN_WOVEN, "woven digits", LIMEN_BUILTIN_IMAGES, LIMEN_GLYPHS_WOVEN, 4000, FALSE},
    {LIMEN_BUILTIN_PLAIN, "plain digits", LIMEN_BUILTIN_IMAGES, LIMEN_GLYPHS_PLAIN, 2000, TRUE},
};

/* What a name asks for: a row of the table, and how many images of which seed. */
typedef struct {
  int row;
  guint n;
  guint64 seed;
} Wanted;

/* "builtin:digits", "builtin:digits:20000" or "builtin:digits:20000:7" */
static gboolean
parse (const char *path, Wanted *wanted)
{
  g_auto (GStrv) words = g_strsplit (path, ":", 5);
  guint n_words = g_strv_length (words);
  guint64 n;
  if (n_words < 2)
    return FALSE;
  g_autofree char *name = g_strconcat (LIMEN_BUILTIN_PREFIX, words[1], NULL);
  *wanted = (Wanted){-1, 0, SEED};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name))
      wanted->row = (int)i;
  if (wanted->row < 0 || (n_words > 2 && table[wanted->row].n == 0))
    return FALSE;
  n = table[wanted->row].n;
  if (n_words > 2 && !g_ascii_string_to_unsigned (words[2], 10, 1, LIMEN_GLYPHS_MAX, &n, NULL))
    return FALSE;
  wanted->n = (guint)n;
  return n_words < 4 || (n_words == 4 && g_ascii_string_to_unsigned (words[3], 10, 0, G_MAXUINT64,
                                                                     &wanted->seed, NULL));
}

char *
limen_builtin_names (LimenBuiltin what)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].what == what)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", table[i].name);
  return g_string_free (names, FALSE);
}

gboolean
limen_is_builtin (const char *path)
{
  return g_str_has_prefix (path, LIMEN_BUILTIN_PREFIX);
}

LimenBuiltin
limen_builtin_what (const char *path, GError **error)
{
  Wanted wanted;
  if (limen_is_builtin (path) && parse (path, &wanted))
    return table[wanted.row].what;
  g_autofree char *weights = limen_builtin_names (LIMEN_BUILTIN_WEIGHTS);
  g_autofree char *images = limen_builtin_names (LIMEN_BUILTIN_IMAGES);
  limen_refuse (error, LIMEN_ERROR_UNREADABLE, path,
                "is nothing that Limen brings along; choose weights (%s) or images (%s, these also "
                "with :NUMBER or :NUMBER:SEED behind them for as many)",
                weights, images);
  return LIMEN_BUILTIN_UNKNOWN;
}

const char *
limen_builtin_title (const char *path)
{
  Wanted wanted;
  return parse (path, &wanted) ? table[wanted.row].title : path;
}

gboolean
limen_builtin_is_anomaly (const char *path)
{
  Wanted wanted;
  return parse (path, &wanted) && table[wanted.row].is_anomaly;
}

LimenImages *
limen_builtin_images (const char *path, GCancellable *cancellable, GError **error)
{
  Wanted wanted;
  gboolean known = parse (path, &wanted) && wanted.n > 0;
  g_return_val_if_fail (known, NULL);
  return limen_glyphs_new (table[wanted.row].glyphs, wanted.n, wanted.seed, cancellable, error);
}

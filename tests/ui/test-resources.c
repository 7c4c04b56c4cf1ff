/* What is built into the program, and the types of files that it teaches the desktop. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#define BASE "/io/github/limen_explorer/Limen"

static GdkPixbuf *
draw_icon (const char *name, int size)
{
  g_autofree char *path = g_strdup_printf (BASE "/icons/%s.svg", name);
  g_autoptr (GBytes) svg = g_resources_lookup_data (path, 0, NULL);
  g_assert_nonnull (svg);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("svg", NULL);
  if (!loader) {
    g_test_skip ("gdk-pixbuf has no SVG loader here: install librsvg2-common");
    return NULL;
  }
  gdk_pixbuf_loader_set_size (loader, size, size);
  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, svg, &error));
  g_assert_true (gdk_pixbuf_loader_close (loader, &error));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static const guint8 *
pixel (GdkPixbuf *picture, int x, int y)
{
  return gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) + 4 * x;
}

static void
test_icon_draws_flagged_left_and_kept_right (void)
{
  for (int size = 16; size <= 256; size *= 2) {
    g_autoptr (GdkPixbuf) icon = draw_icon ("scalable/apps/" LIMEN_APP_ID, size);
    if (!icon)
      return;
    g_assert_cmpint (gdk_pixbuf_get_width (icon), ==, size);
    g_assert_cmpint (gdk_pixbuf_get_height (icon), ==, size);
    g_assert_cmpint (pixel (icon, 0, 0)[3], ==, 0); /* not a plain rectangle */
    const guint8 *flagged = pixel (icon, size * 5 / 16, size * 12 / 16);
    const guint8 *kept = pixel (icon, size * 11 / 16, size * 9 / 16);
    g_assert_cmpint (flagged[0], >, 2 * flagged[2]); /* orange */
    g_assert_cmpint (kept[2], >, 2 * kept[0]);       /* blue */
  }
}

/* GTK recolours a symbolic icon, which works for one colour and any opacity. */
static void
test_symbolic_icon_has_one_colour (void)
{
  g_autoptr (GdkPixbuf) icon = draw_icon ("symbolic/apps/" LIMEN_APP_ID "-symbolic", 64);
  if (!icon)
    return;
  guint opaque = 0;
  for (int y = 0; y < 64; y++)
    for (int x = 0; x < 64; x++) {
      const guint8 *p = pixel (icon, x, y);
      if (p[3] < 250)
        continue;
      opaque++;
      g_assert_cmphex (p[0] << 16 | p[1] << 8 | p[2], ==, 0x2e3436);
    }
  g_assert_cmpuint (opaque, >, 64 * 64 / 8);
}

static void
test_application_finds_style_and_shortcuts (void)
{
  const char *const paths[] = {BASE "/style.css", BASE "/gtk/help-overlay.ui"};
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = g_resources_lookup_data (paths[i], 0, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (content), >, 0);
  }
}

/* A MIME database of our types alone, in a directory that g_test_run() removes. */
static gboolean
use_own_mime_database (void)
{
  g_autofree char *mime = g_build_filename (g_get_user_data_dir (), "mime", NULL);
  g_autofree char *packages = g_build_filename (mime, "packages", NULL);
  g_autofree char *copy = g_build_filename (packages, "limen.xml", NULL), *content = NULL;
  gsize length;
  g_assert_cmpint (g_mkdir_with_parents (packages, 0700), ==, 0);
  g_assert_true (g_file_get_contents (LIMEN_RESOURCES_DIR "/" LIMEN_APP_ID "-mime.xml", &content,
                                      &length, NULL));
  g_assert_true (g_file_set_contents (copy, content, length, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) update = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
                                                     "update-mime-database", "-V", mime, NULL);
  if (!update)
    return FALSE;
  g_assert_true (g_subprocess_wait_check (update, NULL, &error));
  g_content_type_set_mime_dirs ((const char *const[]){mime, NULL});
  return TRUE;
}

static void
test_types_are_known_by_content (void)
{
  static const struct {
    const char *type, *content;
    gsize length;
  } cases[] = {
      {"application/x-pytorch",
       "PK\3\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a/data.pkl", 50},
      {"application/x-pytorch", "\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\2", 17},
      {"application/x-safetensors", "\x40\0\0\0\0\0\0\0{\"a\":{}}", 16},
      {"application/x-idx", "\0\0\10\3\0\0\0\1\0\0\0\1\0\0\0\1\0", 17},
      {"application/x-npy", "\x93NUMPY\1\0\x76\0{", 11},
  };
  if (!use_own_mime_database ()) {
    g_test_skip ("update-mime-database is not installed: install shared-mime-info");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *type =
        g_content_type_guess (NULL, (const guchar *)cases[i].content, cases[i].length, NULL);
    g_assert_cmpstr (type, ==, cases[i].type);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/resources/icon-draws-flagged-left-and-kept-right",
                   test_icon_draws_flagged_left_and_kept_right);
  g_test_add_func ("/resources/symbolic-icon-has-one-colour", test_symbolic_icon_has_one_colour);
  g_test_add_func ("/resources/application-finds-style-and-shortcuts",
                   test_application_finds_style_and_shortcuts);
  g_test_add_func ("/resources/types-are-known-by-content", test_types_are_known_by_content);
  return g_test_run ();
}

/* How evenly frames come while a gallery of very many images is scrolled, half a row a frame, and
 * from one end to the other now and then; and how much memory it takes. usage: frames-gallery
 * SECONDS [IMAGES] */
#include "frame-probe.h"
#include "tests/model/random-nice.h"
#include "ui/detector/gallery-window.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define STEP 67  /* pixels a frame */
#define JUMP 240 /* frames between two jumps */
#define SIDE 28  /* of an image, pixels */

typedef struct {
  GtkWindow *parent;
  LimenDetectorSession *session;
  LimenSelectionSession *selection;
  double seconds, before_mb;
  guint n, frame;
  char *flow, *images; /* paths, gone once they are read */
} Probe;

/* Megabytes of the process that lie in memory now, or did at the most ("VmHWM") */
static double
memory_mb (const char *which)
{
  g_autofree char *text = NULL;
  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  const char *line = text ? strstr (text, which) : NULL;
  return line ? g_ascii_strtod (line + strlen (which) + 1, NULL) / 1024 : 0;
}

static gboolean
scroll_cb (GtkWidget *scroller, GdkFrameClock *clock, gpointer data)
{
  Probe *probe = data;
  GtkAdjustment *across = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double end = gtk_adjustment_get_upper (across) - gtk_adjustment_get_page_size (across);
  double value = gtk_adjustment_get_value (across) + STEP;
  probe->frame++;
  if (probe->frame % JUMP == 0)
    value = probe->frame / JUMP % 2 ? 0.75 * end : 0.1 * end;
  gtk_adjustment_set_value (across, value < end ? value : 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
tell_cb (gpointer data)
{
  Probe *probe = data;
  printf ("memory: %.0f MB more than the set\n", memory_mb ("VmHWM:") - probe->before_mb);
  fflush (stdout);
  return G_SOURCE_REMOVE;
}

/* Once the list is there */
static gboolean
start_cb (gpointer data)
{
  Probe *probe = data;
  GtkWidget *window = NULL;
  g_autoptr (GList) all = gtk_window_list_toplevels ();
  for (GList *one = all; one; one = one->next)
    window = LIMEN_IS_GALLERY_WINDOW (one->data) ? one->data : window;
  GtkWidget *grid = limen_frames_find (window, GTK_TYPE_GRID_VIEW, NULL, NULL);
  GtkSelectionModel *images = gtk_grid_view_get_model (GTK_GRID_VIEW (grid));
  if (g_list_model_get_n_items (G_LIST_MODEL (images)) < probe->n)
    return G_SOURCE_CONTINUE;
  gtk_widget_add_tick_callback (gtk_widget_get_parent (grid), scroll_cb, probe, NULL);
  g_timeout_add ((guint)(1000 * probe->seconds), tell_cb, probe);
  limen_frames_watch (grid, probe->seconds);
  return G_SOURCE_REMOVE;
}

/* Once all has a score */
static gboolean
show_cb (gpointer data)
{
  Probe *probe = data;
  if (!limen_detector_session_analysis (probe->session) ||
      limen_detector_session_busy (probe->session, NULL))
    return G_SOURCE_CONTINUE;
  FILE *peak =
      fopen ("/proc/self/clear_refs", "w"); /* what lay in memory at the most is forgotten */
  if (peak) {
    fputs ("5", peak);
    fclose (peak);
  }
  g_autofree char *folder = g_path_get_dirname (probe->flow);
  g_remove (probe->flow);
  g_remove (probe->images);
  g_rmdir (folder);
  probe->before_mb = memory_mb ("VmRSS:");
  limen_gallery_window_present (probe->parent, probe->session, probe->selection, LIMEN_GALLERY_ALL,
                                NULL);
  g_timeout_add (50, start_cb, probe);
  return G_SOURCE_REMOVE;
}

/* (transfer full): a file of @n images, an IDX, of slanted stripes */
static char *
write_images (const char *folder, guint n)
{
  char *path = g_build_filename (folder, "images-idx3-ubyte", NULL);
  const guint32 header[] = {GUINT32_TO_BE (0x803), GUINT32_TO_BE (n), GUINT32_TO_BE (SIDE),
                            GUINT32_TO_BE (SIDE)};
  guint8 image[SIDE * SIDE];
  FILE *file = fopen (path, "wb");
  g_assert_nonnull (file);
  fwrite (header, sizeof header, 1, file);
  for (guint i = 0; i < n; i++) {
    for (guint p = 0; p < SIDE * SIDE; p++)
      image[p] = (guint8)((p % SIDE) * (i % 13) + (p / SIDE) * (i % 29) + i / 7);
    fwrite (image, sizeof image, 1, file);
  }
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

/* A small flow, so that scores are soon there */
static char *
write_flow (const char *folder)
{
  char *path = g_build_filename (folder, "flow.safetensors", NULL);
  g_autoptr (LimenNice) flow = random_nice ((LimenNiceShape){SIDE * SIDE, 16, 1, 2}, 1);
  g_assert_true (limen_nice_save (flow, path, LIMEN_NUMBER_F32, NULL));
  return path;
}

static void
activate_cb (GtkApplication *application, Probe *probe)
{
  const char *const paths[] = {probe->flow, probe->images, NULL};
  probe->session = limen_detector_session_new ();
  probe->selection = limen_selection_session_new (probe->session);
  probe->parent = GTK_WINDOW (gtk_application_window_new (application));
  limen_detector_session_open (probe->session, paths, LIMEN_SET_NORMAL);
  g_timeout_add (50, show_cb, probe);
}

int
main (int argc, char **argv)
{
  Probe probe = {.seconds = limen_frames_seconds (argc, argv),
                 .n = argc > 2 ? (guint)atoi (argv[2]) : 100000};
  g_autofree char *folder = g_dir_make_tmp ("limen-frames-XXXXXX", NULL);
  g_assert_nonnull (folder);
  probe.flow = write_flow (folder);
  probe.images = write_images (folder, probe.n);
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &probe);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

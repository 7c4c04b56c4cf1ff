/* What the bound of a VAE costs: a new image on the latent plane, exactly; and 5,000 draws for each
 * of many images in a latent space of 20 dimensions.
 *
 * bench-vae-bound [N]: only the second, over N images: a line "mean VLB^(5000) M; compute S s", for
 * peer-vae-bound.py */
#include "tests/model/gaussian-answers.h"
#include "model/base/parallel.h"
#include "model/bound/vae-bound.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SIDE     28
#define N_IMAGES 100
#define N_VALUES 101
#define MOST_MS  250.0

static double
seconds (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Of all threads */
static double
cpu_seconds (void)
{
  return (double)clock () / CLOCKS_PER_SEC;
}

static LimenVae *
load_vae (const char *name)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (shared ? shared : "", "reference/bound/vae", name, NULL);
  return limen_vae_load (path, 0, NULL, NULL);
}

static LimenImageSet *
load_images (void)
{
  const char *shared = g_getenv ("LIMEN_SHARED_DIR");
  g_autofree char *path =
      g_build_filename (shared ? shared : "", "data/mnist/t10k-images-idx3-ubyte.gz", NULL);
  const char *paths[] = {path, NULL};
  LimenImageSetOptions options = {SIDE, SIDE, 0};
  return limen_image_set_load (paths, &options, NULL, NULL, NULL);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
print_times (const char *name, double *ms)
{
  qsort (ms, N_IMAGES, sizeof *ms, compare_doubles);
  printf ("  %s: median %.0f ms, slowest of %d images %.0f ms (at most %.0f)\n", name,
          ms[N_IMAGES / 2], N_IMAGES, ms[N_IMAGES - 1], MOST_MS);
}

/* Returns: whether each image is done in time. What a page asks for is in it: evidence, posterior,
 * and the whole curve. */
static gboolean
time_exact (const LimenImageSet *set)
{
  g_autoptr (LimenVae) vae = load_vae ("vae-2d.pt");
  double wall[N_IMAGES], cpu[N_IMAGES], start = seconds (), cpu_start = cpu_seconds ();
  g_autoptr (LimenVaeMap) map = limen_vae_map_new (vae, NULL);
  printf ("the map, once for all images: %.0f ms, %.0f ms of computing time\n",
          (seconds () - start) * 1e3, (cpu_seconds () - cpu_start) * 1e3);
  for (guint i = 0; i < N_IMAGES; i++) {
    float x[SIDE * SIDE];
    double k[N_VALUES], gap[N_VALUES];
    for (guint j = 0; j < N_VALUES; j++)
      k[j] = 1 + 50.0 * j;
    start = seconds ();
    cpu_start = cpu_seconds ();
    limen_vae_take_image (vae, set, i, x, NULL);
    g_autoptr (LimenVaeExact) exact = limen_vae_exact_new (map, x, NULL, NULL, NULL);
    importance_bound_gaps (exact->bound, k, N_VALUES, gap);
    wall[i] = (seconds () - start) * 1e3;
    cpu[i] = (cpu_seconds () - cpu_start) * 1e3;
  }
  printf ("a new image, with %d values of its curve:\n", N_VALUES);
  print_times ("time", wall);
  print_times ("computing time", cpu);
  return cpu[N_IMAGES - 1] <= MOST_MS && wall[N_IMAGES - 1] <= MOST_MS;
}

static void
time_set (const LimenImageSet *set, guint n)
{
  static const guint k[] = {1, 5, 50, 500, 5000};
  LimenVaeSetBound table[G_N_ELEMENTS (k)];
  g_autoptr (LimenVae) vae = load_vae ("vae-20d.pt");
  double start = seconds (), cpu_start = cpu_seconds ();
  LimenVaeSetPlan plan = {
      .vae = vae, .set = set, .n = n, .k = k, .n_k = G_N_ELEMENTS (k), .seed = 1};
  limen_vae_set_bound (&plan, table, NULL, NULL);
  printf ("mean VLB^(5000) %.3f over %u; compute %.2f s, of all cores %.2f s, threads %u\n",
          table[4].bound.mean, n, seconds () - start, cpu_seconds () - cpu_start,
          limen_n_workers ());
}

int
main (int argc, char **argv)
{
  g_autoptr (LimenImageSet) set = load_images ();
  g_autoptr (LimenVae) vae = set ? load_vae ("vae-2d.pt") : NULL;
  if (!vae) {
    puts ("skipped: the VAEs and their images are not beside the project");
    return 77;
  }
  if (argc > 1) {
    time_set (set, (guint)g_ascii_strtoull (argv[1], NULL, 10));
    return 0;
  }
  gboolean in_time = time_exact (set);
  time_set (set, 1000);
  return !in_time;
}

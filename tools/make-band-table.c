/* make-band-table FILE [MOST]: writes η of the uniform band, for confidence 0.95 and 0.975, as
 * model/detect/band-table.c, which clang-format -i then lays out: of each number of images up to
 * 200, and of some beyond, up to MOST (10,000,000: some minutes).
 * make-band-table --check N…: what interpolation makes of N, beside its solution.
 *
 * Every number is solved for; none is simulated. */
#include "model/detect/band-table.h"
#include "model/detect/band.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double confidence[2] = {0.95, 0.975};

/* Between 200 and 1000 */
static const guint first_ones[] = {200, 240, 300, 370, 460, 580, 750};

/* Then four in each decade */
static guint
number_beyond (guint i)
{
  guint n_first = G_N_ELEMENTS (first_ones);
  return i < n_first ? first_ones[i] : (guint)lround (1000 * pow (10, (i - n_first) / 4.0));
}

static void
write_numbers (FILE *file, const char *name, guint n, guint (*number) (guint), double confident)
{
  fprintf (file, "static const double %s[] = {\n", name);
  for (guint i = 0; i < n; i++) {
    fprintf (file, "    %.12e,\n", limen_band_eta_exact (number (i), confident));
    fflush (file);
  }
  fputs ("};\n", file);
}

static guint
number_each (guint i)
{
  return i + 1;
}

static void
write_table (FILE *file, guint most)
{
  guint n_beyond = 0;
  while (number_beyond (n_beyond) <= most)
    n_beyond++;
  fputs ("/* Made by tools/make-band-table. */\n#include \"model/detect/band-table.h\"\n\n", file);
  write_numbers (file, "each_95", LIMEN_BAND_EACH, number_each, confidence[0]);
  write_numbers (file, "each_975", LIMEN_BAND_EACH, number_each, confidence[1]);
  fputs ("static const guint numbers[] = {\n", file);
  for (guint i = 0; i < n_beyond; i++)
    fprintf (file, "    %u,\n", number_beyond (i));
  fputs ("};\n", file);
  write_numbers (file, "beyond_95", n_beyond, number_beyond, confidence[0]);
  write_numbers (file, "beyond_975", n_beyond, number_beyond, confidence[1]);
  fputs ("\nconst LimenBandTable limen_band_table = {\n"
         "    .n_beyond = G_N_ELEMENTS (numbers),\n"
         "    .n = numbers,\n"
         "    .each = {each_95, each_975},\n"
         "    .beyond = {beyond_95, beyond_975},\n"
         "};\n",
         file);
}

static void
check (guint n)
{
  for (guint i = 0; i < 2; i++) {
    double solved = limen_band_eta_exact (n, confidence[i]);
    double interpolated = limen_band_eta (n, confidence[i]);
    printf ("%u images, %g: %.9e, interpolated %.9e, %+.1e of it off\n", n, confidence[i], solved,
            interpolated, interpolated / solved - 1);
    fflush (stdout);
  }
}

int
main (int argc, char **argv)
{
  if (argc >= 3 && strcmp (argv[1], "--check") == 0) {
    for (int i = 2; i < argc; i++)
      check ((guint)strtoul (argv[i], NULL, 10));
    return 0;
  }
  if (argc != 2 && argc != 3) {
    fputs ("usage: make-band-table FILE [MOST]\n       make-band-table --check N…\n", stderr);
    return 2;
  }
  FILE *file = fopen (argv[1], "w");
  if (!file) {
    perror (argv[1]);
    return 1;
  }
  write_table (file, argc == 3 ? (guint)strtoul (argv[2], NULL, 10) : LIMEN_BAND_MOST);
  if (fclose (file) != 0) {
    perror (argv[1]);
    return 1;
  }
  return 0;
}

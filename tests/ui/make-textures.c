/* Draws the textures of the tests into a folder: make-textures FOLDER [SEED [SIDE]] */
#include "textures.h"

int
main (int argc, char **argv)
{
  TextureCounts counts = {.train = 40, .good = 40, .of_kind = 20, .side = 128};
  guint64 seed = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  if (argc < 2) {
    g_printerr ("make-textures FOLDER [SEED [SIDE]]\n");
    return 2;
  }
  if (argc > 3)
    counts.side = (guint)CLAMP (g_ascii_strtoull (argv[3], NULL, 10), 64, 4096);
  draw_textures (argv[1], &counts, seed);
  return 0;
}

/* Photos of circuit boards (DeepPCB) become patches of 28 × 28 pixels, with and without a defect,
 * as the measurement in boards.sh needs them.
 *
 * What a defect is, the board without one beside it tells: each part of 32 × 32 pixels is laid on
 * it as it fits best, and pixels that are not there within two pixels around are a defect, where at
 * least 20 of them are together. Boards were divided once, at random; test boards did not serve to
 * choose what limen does by default. */
#include "model/data/photo.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

enum { SIDE = 640, PATCH = 28, FIRST = 12, REACH = 5, BLOCK = 32, EDGE = 7, LEAST = 20 };

static const char *const parts[][2] = {
    {"fit", "003 006 010 016 017 018 019 021 022 025 027 028 030 035 037 038 040 043 044 051 053 "
            "054 056 059 061 065 068 069 073 074 075 076 077 082 083"},
    {"validation",
     "000 001 004 008 012 013 014 020 024 026 032 033 034 042 049 050 062 064 072 086"},
    {"test", "002 005 009 011 029 036 041 045 046 048 052 057 058 060 066 067 070 078 081 084"},
};

typedef struct {
  guint8 pixel[SIDE][SIDE];
} Plane;

static gboolean
read_board (const char *path, Plane *board)
{
  g_autoptr (LimenPhoto) photo = limen_photo_load (path, FALSE, NULL, NULL, NULL);
  if (!photo || photo->width != SIDE || photo->height != SIDE)
    return FALSE;
  for (guint i = 0; i < SIDE * SIDE; i++)
    board->pixel[i / SIDE][i % SIDE] = (guint8)(photo->pixels[i] * 255 + 0.5f);
  return TRUE;
}

/* -- defects -- */

static gboolean
is_dark (const Plane *board, int y, int x)
{
  return board->pixel[CLAMP (y, 0, SIDE - 1)][CLAMP (x, 0, SIDE - 1)] < 128;
}

enum { BLOCKS = SIDE / BLOCK };

/* @n: (out): (BLOCKS, BLOCKS): how many pixels differ from the sound board that is moved */
static void
count_apart (const Plane *sound, const Plane *board, int dy, int dx, guint n[BLOCKS][BLOCKS])
{
  memset (n, 0, sizeof (guint[BLOCKS][BLOCKS]));
  for (int y = REACH; y < SIDE - REACH; y++)
    for (int x = REACH; x < SIDE - REACH; x++)
      n[y / BLOCK][x / BLOCK] += (sound->pixel[y - dy][x - dx] < 128) != (board->pixel[y][x] < 128);
}

/* Where a block and those around it fit best */
typedef struct {
  guint apart;
  int down, right;
} Fit;

static void
fit_blocks (const Plane *sound, const Plane *board, Fit fit[BLOCKS][BLOCKS])
{
  guint n[BLOCKS][BLOCKS];
  for (int dy = -REACH; dy <= REACH; dy++)
    for (int dx = -REACH; dx <= REACH; dx++) {
      count_apart (sound, board, dy, dx, n);
      for (int i = 0; i < BLOCKS * BLOCKS; i++) {
        int row = i / BLOCKS, column = i % BLOCKS;
        guint sum = 0;
        for (int r = MAX (row - 1, 0); r <= MIN (row + 1, BLOCKS - 1); r++)
          for (int c = MAX (column - 1, 0); c <= MIN (column + 1, BLOCKS - 1); c++)
            sum += n[r][c];
        Fit *best = &fit[row][column];
        if (sum < best->apart ||
            (sum == best->apart &&
             dy * dy + dx * dx < best->down * best->down + best->right * best->right))
          *best = (Fit){sum, dy, dx};
      }
    }
}

static gboolean
is_there (const Plane *sound, gboolean dark, int y, int x)
{
  for (int v = -2; v <= 2; v++)
    for (int u = -2; u <= 2; u++)
      if (v * v + u * u <= 5 && is_dark (sound, y + v, x + u) == dark)
        return TRUE;
  return FALSE;
}

static void
mark_apart (const Plane *sound, const Plane *board, Plane *apart)
{
  Fit fit[BLOCKS][BLOCKS];
  for (guint i = 0; i < BLOCKS * BLOCKS; i++)
    fit[i / BLOCKS][i % BLOCKS] = (Fit){G_MAXUINT, 0, 0};
  fit_blocks (sound, board, fit);
  for (int y = EDGE; y < SIDE - EDGE; y++)
    for (int x = EDGE; x < SIDE - EDGE; x++) {
      const Fit *best = &fit[y / BLOCK][x / BLOCK];
      apart->pixel[y][x] =
          !is_there (sound, is_dark (board, y, x), y - best->down, x - best->right);
    }
}

/* Gathers a region whose pixels are at most five apart. @at: (out): their places */
static void
take_region (Plane *apart, int y, int x, GArray *at)
{
  guint first = 0;
  guint place = (guint)(y * SIDE + x);
  apart->pixel[y][x] = 0;
  g_array_append_val (at, place);
  for (; first < at->len; first++) {
    int cy = (int)(g_array_index (at, guint, first) / SIDE);
    int cx = (int)(g_array_index (at, guint, first) % SIDE);
    for (int v = MAX (cy - 5, 0); v <= MIN (cy + 5, SIDE - 1); v++)
      for (int u = MAX (cx - 5, 0); u <= MIN (cx + 5, SIDE - 1); u++)
        if (apart->pixel[v][u]) {
          apart->pixel[v][u] = 0;
          place = (guint)(v * SIDE + u);
          g_array_append_val (at, place);
        }
  }
}

/* A patch has a defect where at least half of its pixels lie in it. */
enum { ACROSS = (SIDE - FIRST - PATCH) / PATCH + 1 };

static void
mark_patches (const GArray *at, gboolean *has_defect)
{
  guint count[ACROSS * ACROSS] = {0};
  for (guint i = 0; i < at->len; i++) {
    int y = (int)(g_array_index (at, guint, i) / SIDE) - FIRST;
    int x = (int)(g_array_index (at, guint, i) % SIDE) - FIRST;
    if (y >= 0 && x >= 0 && y / PATCH < ACROSS && x / PATCH < ACROSS)
      count[y / PATCH * ACROSS + x / PATCH]++;
  }
  for (guint i = 0; i < ACROSS * ACROSS; i++)
    has_defect[i] |= at->len >= LEAST && 2 * count[i] >= at->len;
}

static void
find_defects (const Plane *sound, const Plane *board, gboolean *has_defect)
{
  g_autofree Plane *apart = g_new0 (Plane, 1);
  mark_apart (sound, board, apart);
  for (int i = 0; i < SIDE * SIDE; i++) {
    if (!apart->pixel[i / SIDE][i % SIDE])
      continue;
    g_autoptr (GArray) at = g_array_new (FALSE, FALSE, sizeof (guint));
    take_region (apart, i / SIDE, i % SIDE, at);
    mark_patches (at, has_defect);
  }
}

/* -- files -- */

static gboolean
is_blank (const Plane *board, guint patch)
{
  guint n = 0;
  for (guint i = 0; i < PATCH * PATCH; i++)
    n += is_dark (board, (int)(FIRST + patch / ACROSS * PATCH + i / PATCH),
                  (int)(FIRST + patch % ACROSS * PATCH + i % PATCH));
  return n <= PATCH * PATCH / 100 || n >= PATCH * PATCH * 99 / 100;
}

static void
add_patch (GByteArray *to, const Plane *board, guint patch)
{
  for (guint row = 0; row < PATCH; row++)
    g_byte_array_append (
        to, &board->pixel[FIRST + patch / ACROSS * PATCH + row][FIRST + patch % ACROSS * PATCH],
        PATCH);
}

/* IDX, as MNIST has it */
static void
save (const char *folder, const char *part, const char *kind, const GByteArray *patches)
{
  guint32 head[] = {GUINT32_TO_BE (0x803), GUINT32_TO_BE (patches->len / (PATCH * PATCH)),
                    GUINT32_TO_BE (PATCH), GUINT32_TO_BE (PATCH)};
  g_autofree char *path = g_strdup_printf ("%s/%s-%s.idx", folder, part, kind);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *)head, sizeof head);
  g_byte_array_append (bytes, patches->data, patches->len);
  g_assert_true (g_file_set_contents (path, (const char *)bytes->data, bytes->len, NULL));
  printf ("%s: %u patches\n", path, patches->len / (PATCH * PATCH));
}

static void
link_board (const char *folder, const char *part, const char *kind, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *place = g_strdup_printf ("%s/%s-%s", folder, part, kind);
  g_autofree char *link = g_build_filename (place, base, NULL);
  g_mkdir_with_parents (place, 0755);
  g_assert_cmpint (symlink (path, link), ==, 0);
}

static void
cut_board (const char *from, const char *folder, const char *part, const char *name,
           GByteArray *const to[3])
{
  g_autofree char *normal = g_strdup_printf ("%s/normal/90100%s_temp.jpg", from, name);
  g_autofree char *defect = g_strdup_printf ("%s/defect/90100%s_test.jpg", from, name);
  g_autofree Plane *sound = g_new (Plane, 1), *board = g_new (Plane, 1);
  gboolean has_defect[ACROSS * ACROSS] = {0};
  g_assert_true (read_board (normal, sound));
  link_board (folder, part, "boards-sound", normal);
  for (guint i = 0; i < ACROSS * ACROSS; i++) {
    add_patch (to[0], sound, i);
    if (!is_blank (sound, i))
      add_patch (to[1], sound, i);
  }
  if (!read_board (defect, board)) /* one of them has none */
    return;
  link_board (folder, part, "boards-defect", defect);
  find_defects (sound, board, has_defect);
  for (guint i = 0; i < ACROSS * ACROSS; i++)
    if (has_defect[i])
      add_patch (to[2], board, i);
}

int
main (int argc, char **argv)
{
  static const char *const kind[] = {"sound", "drawn", "defect"};
  if (argc != 3) {
    fprintf (stderr, "Usage: cut-boards DEEPPCB FOLDER\n");
    return 2;
  }
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++) {
    g_auto (GStrv) name = g_strsplit (parts[p][1], " ", 0);
    GByteArray *to[3] = {g_byte_array_new (), g_byte_array_new (), g_byte_array_new ()};
    g_mkdir_with_parents (argv[2], 0755);
    for (guint i = 0; name[i]; i++)
      cut_board (argv[1], argv[2], parts[p][0], name[i], to);
    for (guint k = 0; k < G_N_ELEMENTS (to); k++) {
      save (argv[2], parts[p][0], kind[k], to[k]);
      g_byte_array_unref (to[k]);
    }
  }
  return 0;
}

#include "model/data/image-file.h"
#include "model/data-files.h"

static LimenImages *
decode (GBytes *bytes, guint width, guint height)
{
  g_autoptr (GError) error = NULL;
  LimenImages *images = limen_image_decode (bytes, "some.file", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (images->width, ==, width);
  g_assert_cmpuint (images->height, ==, height);
  return images;
}

static void
append (GByteArray *array, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (array, (const guint8[]){(guint8)(value >> 8 * i)}, 1);
}

/* A screen of 4 × 6 and a frame of 3 × 5 at (@left, 1), whose rows have one colour each: 0 1 2 3 0
 * from the top; interlaced, row 4 is stored second, row 2 third. Codes of 3 bits, each pixel one,
 * the table emptied before it grows. */
static GBytes *
make_gif (guint left, gboolean is_interlaced, int transparent)
{
  static const guint8 plain[5] = {0, 1, 2, 3, 0}, laced[5] = {0, 0, 2, 1, 3};
  GByteArray *gif = g_byte_array_new ();
  guint32 bits = 0;
  guint n_bits = 0;
  g_autoptr (GByteArray) codes = g_byte_array_new ();
  for (guint i = 0; i <= 15; i++) {
    const guint pixel = i < 15 ? (is_interlaced ? laced : plain)[i / 3] : 0;
    const guint pair[2] = {i < 15 ? 4 : 5, pixel}; /* 4 empties the table, 5 ends */
    for (guint k = 0; k < (i < 15 ? 2 : 1); k++, n_bits += 3)
      bits |= pair[k] << n_bits;
    for (; n_bits >= 8 || (i == 15 && n_bits > 0); bits >>= 8, n_bits -= MIN (n_bits, 8))
      append (codes, bits & 255, 1);
  }
  g_byte_array_append (gif, (const guint8 *)"GIF89a\4\0\6\0\x81\0\0", 13);
  for (guint i = 0; i < 4; i++)
    append (gif, 0x101010 * i, 3);
  if (transparent >= 0) {
    append (gif, 0x0104f921, 4);
    append (gif, 0, 2);
    append (gif, (guint)transparent, 2);
  }
  append (gif, ',', 1);
  append (gif, left | 1 << 16, 4);
  append (gif, 3 | 5 << 16, 4);
  append (gif, is_interlaced ? 0x40 : 0, 1);
  append (gif, 2 | codes->len << 8, 2);
  g_byte_array_append (gif, codes->data, codes->len);
  append (gif, 0x3b00, 2);
  return g_byte_array_free_to_bytes (gif);
}

static void
test_gif_frames (void)
{
  for (guint way = 0; way < 8; way++) {
    guint left = way & 1 ? 2 : 0; /* 2: a column lies beside the screen */
    int transparent = way & 2 ? 1 : -1;
    g_autoptr (GBytes) bytes = make_gif (left, way & 4, transparent);
    g_autoptr (LimenImages) images = decode (bytes, 4, 6);
    for (guint y = 0; y < 6; y++)
      for (guint x = 0; x < 4; x++) {
        gboolean is_inside = y >= 1 && x >= left && x < left + 3;
        guint colour = (y - 1) % 4, expected = colour == 1 && transparent == 1 ? 255 : 16 * colour;
        g_assert_cmpuint (images->u8[y * 4 + x], ==, is_inside ? expected : 255);
      }
  }
}

/* What gdk-pixbuf writes no GIF for: rows long enough that codes grow to 12 bits and start anew */
static void
test_gif_of_long_codes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  GByteArray *gif = g_byte_array_new ();
  g_autofree guint8 *pixels = g_malloc (200 * 200);
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  guint n_codes = 0, size = 9, prefix = 0, n_bits = 0, n_block = 0, at_block = 0;
  guint64 bits = 256;
  g_byte_array_append (gif, (const guint8 *)"GIF89a\xc8\0\xc8\0\xf7\0\0", 13);
  for (guint i = 0; i < 256; i++)
    append (gif, i * 0x10101, 3);
  g_byte_array_append (gif, (const guint8 *)",\0\0\0\0\xc8\0\xc8\0\0\x08", 11);
  n_bits = 9;
  n_codes = 258;
  for (guint i = 0; i <= 200 * 200; i++) {
    guint8 pixel = (guint8)g_rand_int_range (rand, 0, 20);
    gpointer key = GUINT_TO_POINTER (prefix << 8 | pixel);
    if (i < 200 * 200)
      pixels[i] = pixel;
    guint known = GPOINTER_TO_UINT (g_hash_table_lookup (codes, key));
    if (i == 0 || (i < 200 * 200 && known)) {
      prefix = i == 0 ? pixel : known;
      continue;
    }
    bits |= (guint64)prefix << n_bits;
    n_bits += size;
    if (n_codes == 4096 && i < 200 * 200) { /* full: start anew */
      bits |= (guint64)256 << n_bits;
      n_bits += size;
      g_hash_table_remove_all (codes);
      n_codes = 258;
      size = 9;
    } else {
      g_hash_table_insert (codes, key, GUINT_TO_POINTER (n_codes));
      if (n_codes++ == 1u << size)
        size++;
    }
    if (i == 200 * 200) {
      bits |= (guint64)257 << n_bits;
      n_bits += size;
    }
    for (; n_bits >= 8 || (i == 200 * 200 && n_bits > 0); bits >>= 8, n_bits -= MIN (n_bits, 8)) {
      if (n_block == 0) {
        at_block = gif->len;
        append (gif, 0, 1);
      }
      append (gif, bits & 255, 1);
      gif->data[at_block] = (guint8)++n_block;
      n_block %= 255;
    }
    prefix = pixel;
  }
  append (gif, 0x3b00, 2);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (gif);
  g_autoptr (LimenImages) images = decode (bytes, 200, 200);
  g_assert_cmpmem (images->u8, 200 * 200, pixels, 200 * 200);
}

static void
test_altered_gif_is_refused_or_sound (void)
{
  g_autoptr (GBytes) sound = make_gif (0, TRUE, 1);
  gsize size = g_bytes_get_size (sound);
  guint n_refused = 0;
  for (gsize at = 10; at < size; at++) {
    guint8 *copy = g_memdup2 (g_bytes_get_data (sound, NULL), size);
    copy[at] ^= 0xa5;
    g_autoptr (GBytes) bytes = g_bytes_new_take (copy, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenImages) images = limen_image_decode (bytes, "some.file", NULL, NULL, &error);
    g_assert_true (!images == !!error);
    n_refused += !images;
    if (error)
      assert_sentence (error, "some.file");
  }
  g_assert_cmpuint (n_refused, >=, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gif/frames", test_gif_frames);
  g_test_add_func ("/gif/of-long-codes", test_gif_of_long_codes);
  g_test_add_func ("/gif/altered-is-refused-or-sound", test_altered_gif_is_refused_or_sound);
  return g_test_run ();
}

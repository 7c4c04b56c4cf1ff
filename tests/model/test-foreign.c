#include "model/data/foreign.h"
#include "model/data-files.h"

/* Zeros with @text from @offset on */
static GBytes *
start_of (gsize offset, const char *text, gsize size)
{
  guchar *data = g_malloc0 (600);
  memcpy (data + offset, text, size);
  return g_bytes_new_take (data, 600);
}

#define START(offset, text) offset, text, sizeof (text) - 1

static void
test_every_kind_is_named (void)
{
  static const struct {
    gsize offset;
    const char *text;
    gsize size;
    const char *words;
  } cases[] = {
      {START (0, "MATLAB 5.0 MAT-file, Platform: GLNXA64"), "scipy.io.loadmat(\"a.b\")"},
      {START (0, "MATLAB 7.3 MAT-file, Platform: GLNXA64"), "h5py.File(\"a.b\")"},
      {START (0, "\x89HDF\r\n\x1a\n"), "np.savez(\"a\", **d)"},
      {START (0, "\x08\x07\x12\x07pytorch\x1a\x03"
                 "2.1"),
       "onnx.load(\"a.b\")"},
      {START (0, "\x08\x04:\x40\x0a"), "ONNX"},
      {START (0, "PAR1"), "read_parquet"},
      {START (0, "ARROW1"), "read_feather"},
      {START (0, "SQLite format 3"), "SQLite"},
      {START (128, "DICM"), "pydicom.dcmread(\"a.b\")"},
      {START (0, "SIMPLE  =                    T"), "astropy.io.fits.getdata"},
      {START (344, "n+1"), "nibabel.load"},
      {START (0, "%PDF-1.7"), "PDF"},
      {START (0, "II*\0\x10\0\0\0CR\2\0"), "raw picture"},
      {START (0, "\0\0\0\x18"
                 "ftypcrx "),
       "raw picture"},
      {START (0, "\0\0\0\x18"
                 "ftypheix"),
       "HEIC"},
      {START (0, "\0\0\0\x18"
                 "ftypavis"),
       "AVIF"},
      {START (0, "\0\0\0\x18"
                 "ftypisom"),
       "video"},
      {START (0, "\0\0\0\x0cjP  \r\n\x87\n"), "JPEG 2000"},
      {START (0, "\0\0\0\x0cJXL \r\n\x87\n"), "JPEG XL"},
      {START (0, "8BPS"), "Photoshop"},
      {START (0, "v/1\1"), "OpenEXR"},
      {START (0, "P7\nWIDTH 2"), "PAM"},
      {START (0, "<svg xmlns='http://www.w3.org/2000/svg'/>"), "SVG"},
      {START (0, "<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg/>"), "SVG"},
      {START (0, "\n <!DOCTYPE html>"), "web page"},
      {START (0, "\xef\xbb\xbf<HTML>"), "web page"},
      {START (0, "7z\xbc\xaf\x27\x1c"), "7-Zip"},
      {START (0, "Rar!\x1a\x07\1\0"), "RAR"},
      {START (0, "version https://git-lfs.github.com/spec/v1\n"), "git lfs pull"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = start_of (cases[i].offset, cases[i].text, cases[i].size);
    g_autofree char *sentence = limen_foreign_sentence (bytes, "x/a.b");
    if (!sentence || !strstr (sentence, cases[i].words))
      g_error ("case %u: \"%s\" does not say: %s", i, sentence, cases[i].words);
    g_assert_true (g_str_has_prefix (sentence, "x/a.b is "));
    g_assert_true (g_str_has_suffix (sentence, ".") && !strchr (sentence, '\n'));
  }
}

static void
test_others_are_not_named (void)
{
  static const char *const others[] = {"hello",        "",      "\x08\x07",      "\x80\x02}q",
                                       "P5 1 1 255 1", "<?php", "1,2,3\n4,5,6\n"};
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (others[i], strlen (others[i]));
    g_assert_null (limen_foreign_sentence (bytes, "a"));
  }
}

/* As weights: a line of Python where it holds arrays, else what to choose instead */
static void
test_every_kind_as_weights (void)
{
  static const struct {
    const char *text;
    gsize size;
    const char *words;
  } cases[] = {
      {"MATLAB 5.0 MAT-file", 19,
       "scipy.io.loadmat(\"a.b\").items() if k[0] != '_'}, \"a.safetensors\")"},
      {"\x89HDF\r\n\x1a\n", 8, "s.save_file(d, \"a.safetensors\")"},
      {"\x08\x04:\x40\x0a", 5, "onnx.load(\"a.b\").graph.initializer}, \"a.safetensors\")"},
      {"%PDF-1.7", 8,
       "PDF document, which Limen does not read; choose a file written by torch.save"},
      {"<html>", 6, "download the file itself"},
      {"Rar!\x1a\x07\1\0", 8, "unpack it"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = start_of (0, cases[i].text, cases[i].size);
    g_autofree char *sentence = limen_foreign_weights_sentence (bytes, "x/a.b");
    if (!sentence || !strstr (sentence, cases[i].words))
      g_error ("case %u: \"%s\" does not say: %s", i, sentence, cases[i].words);
    g_assert_null (strstr (sentence, "npz"));
  }
  g_autofree char *keras = limen_foreign_weights_member_sentence ("model.weights.h5", "x/m.keras"),
                  *npz = limen_foreign_weights_member_sentence ("w.npy", "x/m.npz");
  g_assert_nonnull (
      strstr (keras, "keras.models.load_model(\"m.keras\").weights}, \"m.safetensors\")"));
  g_assert_nonnull (strstr (npz, "s.save_file(dict(np.load(\"m.npz\")), \"m.safetensors\")"));
  g_assert_null (limen_foreign_weights_member_sentence ("archive/data/0", "x/m.pt"));
}

/* What is pasted into Python must be a string there. */
static void
test_names_are_strings_of_python (void)
{
  static const struct {
    const char *name, *file, *stem;
  } cases[] = {
      {"a.mat", "loadmat(\"a.mat\")", "savez(\"a\","},
      {"b/c d.tar.mat", "loadmat(\"c d.tar.mat\")", "savez(\"c d.tar\","},
      {"z.zip: e/größe.mat", "loadmat(\"größe.mat\")", "savez(\"größe\","},
      {"quo\"te\\.mat", "loadmat(\"quo\\\"te\\\\.mat\")", "savez(\"quo\\\"te\\\\\","},
      {"STEM FILE", "loadmat(\"STEM FILE\")", "savez(\"STEM FILE\","},
      {".mat", "loadmat(\".mat\")", "savez(\".mat\","},
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("MATLAB 5.0 MAT-file", 19);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence = limen_foreign_sentence (bytes, cases[i].name);
    if (!strstr (sentence, cases[i].file) || !strstr (sentence, cases[i].stem))
      g_error ("case %u: %s", i, sentence);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/every-kind-is-named", test_every_kind_is_named);
  g_test_add_func ("/foreign/others-are-not-named", test_others_are_not_named);
  g_test_add_func ("/foreign/names-are-strings-of-python", test_names_are_strings_of_python);
  g_test_add_func ("/foreign/every-kind-as-weights", test_every_kind_as_weights);
  return g_test_run ();
}

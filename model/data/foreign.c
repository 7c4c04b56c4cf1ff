#include "model/data/foreign.h"

#include <string.h>

/* In what is to be done, FILE is the file's name as Python writes it, STEM the same without its
 * ending, SAFE with .safetensors instead. Where two things stand, the second is for weights. */
#define AS_PNG         "save it as PNG"
#define UNPACK         "unpack it and open what comes out", "unpack it and open what comes out"
#define MAKE_NPY(line) "this line of Python makes an npy of it: " line
#define MAKE_ARRAYS(modules, statement, dictionary)                                                \
  "this line of Python makes an npz of it: import numpy as np, " modules "; " statement            \
  "np.savez(STEM, **" dictionary ")",                                                              \
      "this line of Python makes a safetensors file of it: import numpy as np, safetensors.numpy " \
      "as s, " modules "; " statement "s.save_file(" dictionary ", SAFE)"
#define CHOOSE "choose a file written by torch.save(model.state_dict(), …)"
#define H5PY(value)                                                                                \
  MAKE_ARRAYS (                                                                                    \
      "h5py",                                                                                      \
      "d = {}; h5py.File(FILE).visititems(lambda k, v: d.update({k.replace('/', '.'): " value      \
      "}) if hasattr(v, 'dtype') else None); ",                                                    \
      "d")
#define RAW   "a camera's raw picture", "develop it and save it as PNG"
#define VIDEO "a video", "save its frames as PNG"

typedef struct {
  guint offset, size;
  const char *bytes, *what, *to_do, *weights;
} Foreign;

#define MAGIC(offset, string, ...)                                                                 \
  {                                                                                                \
    offset, sizeof (string) - 1, string, __VA_ARGS__                                               \
  }

static const Foreign foreigners[] = {
    MAGIC (0, "version https://git-lfs.github.com/spec/",
           "a Git LFS pointer, a note in place of a file kept elsewhere",
           "run `git lfs pull` in its repository to fetch it"),
    MAGIC (0, "MATLAB 5.0 MAT-file", "a MATLAB file of version 5 to 7",
           MAKE_ARRAYS ("scipy.io", "",
                        "{k: v for k, v in scipy.io.loadmat(FILE).items() if k[0] != '_'}")),
    MAGIC (0, "MATLAB 7.3 MAT-file", "a MATLAB file of version 7.3", H5PY ("np.array(v).T.copy()")),
    MAGIC (0, "\x89HDF\r\n\x1a\n", "an HDF5 file, as Keras, h5py and MATLAB write it",
           H5PY ("np.array(v)")),
    MAGIC (4, "TFL3", "a TensorFlow Lite model", "save its weights from Python, as safetensors",
           "save its weights from Python, as safetensors"),
    MAGIC (0, "GGUF", "a language model's weights (GGUF)", "choose another file"),
    MAGIC (0, "PAR1", "a Parquet table",
           MAKE_NPY ("import numpy as np, pandas; np.save(STEM, "
                     "pandas.read_parquet(FILE).to_numpy())")),
    MAGIC (0, "ARROW1", "an Arrow table",
           MAKE_NPY ("import numpy as np, pandas; np.save(STEM, "
                     "pandas.read_feather(FILE).to_numpy())")),
    MAGIC (0, "SQLite format 3", "an SQLite database", "export what you need as CSV or npy"),
    MAGIC (128, "DICM", "a DICOM picture",
           MAKE_NPY ("import numpy as np, pydicom; np.save(STEM, pydicom.dcmread(FILE)"
                     ".pixel_array)")),
    MAGIC (0, "SIMPLE  =", "a FITS picture",
           MAKE_NPY ("import numpy as np, astropy.io.fits; np.save(STEM, "
                     "astropy.io.fits.getdata(FILE))")),
    MAGIC (344, "n+1", "a NIfTI volume",
           MAKE_NPY ("import numpy as np, nibabel; np.save(STEM, nibabel.load(FILE).get_fdata())")),
    MAGIC (4, "n+2", "a NIfTI volume",
           MAKE_NPY ("import numpy as np, nibabel; np.save(STEM, nibabel.load(FILE).get_fdata())")),
    MAGIC (0, "NRRD000", "an NRRD volume",
           MAKE_NPY ("import numpy as np, nrrd; np.save(STEM, nrrd.read(FILE)[0])")),
    MAGIC (0, "%PDF-", "a PDF document", "save its pictures as PNG"),
    MAGIC (0, "%!PS", "a PostScript document", "save its pictures as PNG"),
    MAGIC (0, "AT&TFORM", "a DjVu document", "save its pictures as PNG"),
    MAGIC (8, "CR\2", RAW),
    MAGIC (4, "ftypcrx", RAW),
    MAGIC (0, "FUJIFILMCCD-RAW", RAW),
    MAGIC (0, "IIRO", RAW),
    MAGIC (0, "IIU\0", RAW),
    MAGIC (4, "ftyphei", "a HEIC picture", AS_PNG),
    MAGIC (4, "ftyphev", "a HEIC picture", AS_PNG),
    MAGIC (4, "ftypmif1", "a HEIF picture", AS_PNG),
    MAGIC (4, "ftypmsf1", "a HEIF picture", AS_PNG),
    MAGIC (4, "ftypavi", "an AVIF picture", AS_PNG),
    MAGIC (4, "ftyp", VIDEO),
    MAGIC (8, "AVI LIST", VIDEO),
    MAGIC (0, "\x1a\x45\xdf\xa3", VIDEO),
    MAGIC (4, "jP  \r\n\x87\n", "a JPEG 2000 picture", AS_PNG),
    MAGIC (0, "\xff\x4f\xff\x51", "a JPEG 2000 picture", AS_PNG),
    MAGIC (4, "JXL \r\n\x87\n", "a JPEG XL picture", AS_PNG),
    MAGIC (0, "\xff\x0a", "a JPEG XL picture", AS_PNG),
    MAGIC (0, "II\xbc\1", "a JPEG XR picture", AS_PNG),
    MAGIC (0, "8BPS", "a Photoshop picture", AS_PNG),
    MAGIC (0, "gimp xcf", "a GIMP picture", "export it as PNG"),
    MAGIC (0, "v/1\1", "an OpenEXR picture", AS_PNG),
    MAGIC (0, "#?RADIANCE", "a Radiance picture", AS_PNG),
    MAGIC (0, "DDS ", "a DirectDraw surface", AS_PNG),
    MAGIC (0, "qoif", "a QOI picture", AS_PNG),
    MAGIC (0, "icns", "an Apple icon", AS_PNG),
    MAGIC (0, "P7\n", "a PAM picture", AS_PNG),
    MAGIC (0, "PF\n", "a PFM picture", "save it as a TIFF of floats"),
    MAGIC (0, "Pf\n", "a PFM picture", "save it as a TIFF of floats"),
    MAGIC (0, "\x01\xda", "an SGI picture", AS_PNG),
    MAGIC (0, "\x59\xa6\x6a\x95", "a Sun raster picture", AS_PNG),
    MAGIC (0, "/* XPM */", "an XPM picture", AS_PNG),
    MAGIC (0, "<svg", "an SVG drawing", AS_PNG),
    MAGIC (0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    MAGIC (0, "Rar!\x1a\x07", "a RAR archive", UNPACK),
    MAGIC (0, "\x04\x22\x4d\x18", "a file packed with lz4", UNPACK),
    MAGIC (0, "\x1f\x9d", "a file packed with compress", UNPACK),
    MAGIC (0, "MSCF", "a cabinet archive", UNPACK),
};

/* Members of archives that say what the whole is */
static const struct {
  const char *member, *what, *to_do, *weights;
} wholes[] = {
    {"model.weights.h5", "a Keras model",
     MAKE_ARRAYS ("keras", "",
                  "{w.path: np.array(w) for w in keras.models.load_model(FILE).weights}")},
    {"[Content_Types].xml", "an Office document", "save its pictures as PNG"},
    {"mimetype", "a document", "save its pictures as PNG"},
};

static const char from_npz[] =
    "this line of Python makes a safetensors file of it: import numpy as np, safetensors.numpy as "
    "s; s.save_file(dict(np.load(FILE)), SAFE)";

/* What has no magic bytes */

/* Text that begins with a mark of HTML or SVG, maybe after blanks and a declaration of XML */
static const Foreign *
find_markup (const guchar *data, gsize size)
{
  static const Foreign page = {0,
                               0,
                               NULL,
                               "a web page, maybe in place of the file you wanted",
                               "download the file itself",
                               "download the file itself"};
  static const Foreign drawing = {0, 0, NULL, "an SVG drawing", AS_PNG};
  static const Foreign xml = {0, 0, NULL, "an XML document", "choose another file"};
  g_autofree char *text = g_ascii_strdown ((const char *)data, (gssize)MIN (size, 512));
  char *start = g_strchug (text);
  if (g_str_has_prefix (start, "\xef\xbb\xbf"))
    start += 3;
  if (g_str_has_prefix (start, "<!doctype html") || g_str_has_prefix (start, "<html"))
    return &page;
  if (!g_str_has_prefix (start, "<?xml") && !g_str_has_prefix (start, "<!--"))
    return NULL;
  return strstr (start, "<svg") ? &drawing : strstr (start, "<html") ? &page : &xml;
}

/* A protocol buffer: field 1 is the version of the format, field 2 the name of what wrote it (or 7,
 * the graph), as onnx.proto numbers them. */
static const Foreign *
find_onnx (const guchar *data, gsize size)
{
  static const Foreign onnx = {
      0, 0, NULL, "an ONNX model",
      MAKE_ARRAYS ("onnx, onnx.numpy_helper as h", "",
                   "{t.name: h.to_array(t) for t in onnx.load(FILE).graph.initializer}")};
  if (size < 8 || data[0] != 0x08 || data[1] < 1 || data[1] > 32)
    return NULL;
  if (data[2] == 0x3a)
    return &onnx;
  if (data[2] != 0x12 || data[3] == 0 || data[3] > 64 || 4 + (gsize)data[3] >= size)
    return NULL;
  for (guint i = 0; i < data[3]; i++)
    if (!g_ascii_isprint (data[4 + i]))
      return NULL;
  return &onnx;
}

static const Foreign *
find (const guchar *data, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreigners); i++) {
    const Foreign *foreign = &foreigners[i];
    if (size >= foreign->offset + foreign->size &&
        memcmp (data + foreign->offset, foreign->bytes, foreign->size) == 0)
      return foreign;
  }
  const Foreign *markup = find_markup (data, size);
  return markup ? markup : find_onnx (data, size);
}

/* Sentences */

/* The last part of @name as a string of Python, with @ending (nullable) instead of its own */
static void
append_for_python (GString *text, const char *name, const char *ending)
{
  const char *member = g_strrstr (name, ": "), *slash = strrchr (name, '/');
  const char *start = MAX (member ? member + 2 : name, slash ? slash + 1 : name);
  const char *dot = strrchr (start, '.');
  gsize n = ending && dot && dot > start ? (gsize)(dot - start) : strlen (start);
  g_string_append_c (text, '"');
  for (gsize i = 0; i < n; i++) {
    if (start[i] == '"' || start[i] == '\\')
      g_string_append_c (text, '\\');
    g_string_append_c (text, start[i]);
  }
  g_string_append (text, ending ? ending : "");
  g_string_append_c (text, '"');
}

static char *
fill_in (const char *name, const char *what, const char *to_do)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "%s is %s, which Limen does not read%s; ", name, what,
                   to_do == from_npz ? " as weights" : "");
  static const struct {
    const char *word, *ending;
  } names[] = {{"FILE", NULL}, {"STEM", ""}, {"SAFE", ".safetensors"}};
  for (const char *at = to_do; *at;) {
    guint i = 0;
    while (i < G_N_ELEMENTS (names) && !g_str_has_prefix (at, names[i].word))
      i++;
    if (i < G_N_ELEMENTS (names))
      append_for_python (text, name, names[i].ending);
    else
      g_string_append_c (text, *at);
    at += i < G_N_ELEMENTS (names) ? 4 : 1;
  }
  g_string_append_c (text, '.');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const Foreign *
find_in (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  return size ? find (data, size) : NULL;
}

char *
limen_foreign_sentence (GBytes *bytes, const char *name)
{
  const Foreign *foreign = find_in (bytes);
  return foreign ? fill_in (name, foreign->what, foreign->to_do) : NULL;
}

char *
limen_foreign_weights_sentence (GBytes *bytes, const char *name)
{
  const Foreign *foreign = find_in (bytes);
  return foreign ? fill_in (name, foreign->what, foreign->weights ? foreign->weights : CHOOSE)
                 : NULL;
}

char *
limen_foreign_member_sentence (const char *member, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (g_str_equal (member, wholes[i].member))
      return fill_in (name, wholes[i].what, wholes[i].to_do);
  return NULL;
}

char *
limen_foreign_weights_member_sentence (const char *member, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (g_str_equal (member, wholes[i].member))
      return fill_in (name, wholes[i].what, wholes[i].weights ? wholes[i].weights : CHOOSE);
  return g_str_has_suffix (member, ".npy") ? fill_in (name, "an npz", from_npz) : NULL;
}

void
limen_set_foreign (GBytes *bytes, const char *name, const char *wanted, GError **error)
{
  g_autofree char *sentence = limen_foreign_sentence (bytes, name);
  if (sentence)
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s", sentence);
  else
    limen_fail (error, LIMEN_ERROR_FORMAT, "%s is not %s; save it as PNG.", name, wanted);
}

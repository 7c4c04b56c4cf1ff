/* limen inspect */
#include "model/data/file-kind.h"
#include "model/data/file-part.h"
#include "model/data/image-pickle.h"
#include "model/data/points.h"
#include "model/data/score-table.h"
#include "model/game/payoff.h"
#include "model/kinds/kinds.h"
#include "model/latent/gaussian-model.h"
#include "model/latent/vae.h"
#include "ui/cli/commands.h"
#include "ui/cli/images.h"

#include <math.h>
#include <stdlib.h>

#define ROWS 256 /* images looked through at once */

typedef struct {
  GPtrArray *paths;
  LimenReading reading;
} InspectOptions;

static const char *const kind_names[] = {
    [LIMEN_FILE_UNKNOWN] = "unknown",
    [LIMEN_FILE_TORCH] = "PyTorch weights",
    [LIMEN_FILE_SAFETENSORS] = "safetensors weights",
    [LIMEN_FILE_LFS_POINTER] = "Git LFS pointer",
    [LIMEN_FILE_IDX] = "IDX",
    [LIMEN_FILE_NPY] = "NumPy array",
    [LIMEN_FILE_NPZ] = "NumPy arrays",
    [LIMEN_FILE_CSV] = "table (CSV)",
    [LIMEN_FILE_IMAGE] = "picture",
    [LIMEN_FILE_ARCHIVE] = "archive of pictures",
    [LIMEN_FILE_FOLDER] = "folder of pictures",
    [LIMEN_FILE_PICKLE] = "pickled arrays",
};

static void
print_tensors (const LimenCheckpoint *checkpoint, const char *shown)
{
  guint n = limen_checkpoint_n_tensors (checkpoint);
  guint64 numbers = 0;
  for (guint i = 0; i < n; i++)
    numbers += (guint64)limen_tensor_n_elements (limen_checkpoint_tensor (checkpoint, i));
  guint n_files = limen_checkpoint_n_files (checkpoint);
  g_autofree char *files = n_files > 1 ? g_strdup_printf (" in %u files", n_files) : g_strdup ("");
  limen_say (stdout, "%s: %s weights%s, %u tensors, %" G_GUINT64_FORMAT " numbers", shown,
             limen_checkpoint_format (checkpoint), files, n, numbers);
  for (guint i = 0; i < n; i++) {
    const LimenTensor *tensor = limen_checkpoint_tensor (checkpoint, i);
    g_autofree char *shape = limen_tensor_shape_text (tensor);
    limen_say (stdout, "  %-44s %-9s %s", tensor->name, limen_number_name (tensor->dtype), shape);
  }
}

/* Of many other values only the number is told: epochs, learning rates, what schedulers remember.
 */
static void
print_passed_over (const LimenCheckpoint *checkpoint)
{
  guint n_others = limen_checkpoint_n_others (checkpoint);
  for (guint i = 0; i < limen_checkpoint_n_passed (checkpoint); i++) {
    const LimenPassedOver *passed = limen_checkpoint_passed (checkpoint, i);
    limen_say (stdout, "  %-44s passed over: %s", passed->name, passed->what);
  }
  if (n_others > 0)
    limen_say (stdout, "  and %u other value%s, passed over", n_others, n_others == 1 ? "" : "s");
}

static void
print_networks (const char *const *networks)
{
  if (!networks)
    return;
  limen_say (stdout, "  the file holds %u of them; this is %s", g_strv_length ((char **)networks),
             *networks[0] ? networks[0] : "the one without a name");
  for (guint i = 1; networks[i]; i++)
    limen_say (stdout, "  there is also %s", *networks[i] ? networks[i] : "the one without a name");
}

/* What the file says of it */
static void
print_learned (const LimenNice *nice)
{
  const LimenImagePrints *prints = limen_nice_learned_prints (nice);
  guint count = prints ? limen_image_prints_n (prints) : 0;
  g_autofree char *n = limen_format_number (count, 0);
  g_autofree char *told =
      count > 0 ? g_strdup_printf (" (%s different image%s)", n, count == 1 ? "" : "s") : NULL;
  if (limen_nice_learned_from (nice))
    limen_say (stdout, "  trained with %s%s", limen_nice_learned_from (nice), told ? told : "");
}

static guint64
count_parameters (LimenNiceShape shape)
{
  guint64 half = shape.dimension / 2, width = shape.width, middle = shape.depth - 1;
  guint64 coupling = (half + 1) * width + middle * (width + 1) * width + (width + 1) * half;
  return shape.couplings * coupling + shape.dimension;
}

/* What the weights make: @reason is why no flow */
static void
print_other_model (const char *path, const GError *reason, GCancellable *cancellable)
{
  g_autoptr (LimenVae) vae = limen_vae_load (path, 0, cancellable, NULL);
  if (!vae) {
    limen_say (stdout, "  no NICE flow: %s", reason->message);
    return;
  }
  LimenVaeShape shape = limen_vae_shape (vae);
  limen_say (stdout,
             "  a VAE: %u pixels, %u latent variables, %u hidden units to encode and %u to decode",
             shape.observed, shape.latent, shape.hidden_encoder, shape.hidden_decoder);
  print_networks (limen_vae_networks (vae));
}

static gboolean
inspect_weights (const char *path, const char *shown, LimenTerminal *terminal, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (LimenCheckpoint) checkpoint =
      limen_checkpoint_load (path, terminal->run.cancellable, error);
  if (!checkpoint)
    return FALSE;
  print_tensors (checkpoint, shown);
  print_passed_over (checkpoint);
  g_autoptr (LimenNice) nice = limen_nice_new_from_checkpoint (checkpoint, &reason);
  if (nice) {
    LimenNiceShape shape = limen_nice_shape (nice);
    limen_say (stdout,
               "  a NICE flow: dimension %u, width %u, depth %u, %u couplings, %" G_GUINT64_FORMAT
               " parameters",
               shape.dimension, shape.width, shape.depth, shape.couplings,
               count_parameters (shape));
    print_networks (limen_nice_networks (nice));
    print_learned (nice);
  } else
    print_other_model (path, reason, terminal->run.cancellable);
  return TRUE;
}

static void
find_range (const LimenImageSet *set, float range[2])
{
  guint n = limen_image_set_n_images (set);
  gsize pixels = (gsize)limen_image_set_width (set) * limen_image_set_height (set);
  guint rows = (guint)CLAMP ((1 << 20) / pixels, 1, ROWS);
  g_autofree float *values = g_new (float, rows *pixels);
  range[0] = INFINITY;
  range[1] = -INFINITY;
  for (guint first = 0; first < n; first += rows) {
    guint count = MIN (rows, n - first);
    limen_image_set_copy_rows (set, first, count, values);
    for (gsize i = 0; i < count * pixels; i++) {
      range[0] = MIN (range[0], values[i]);
      range[1] = MAX (range[1], values[i]);
    }
  }
}

/* How its arrays were read, and what was guessed on the way */
static void
print_reading (const LimenImageSet *set)
{
  guint n = limen_image_set_n_read_as (set);
  for (guint i = 0; i < n; i++) {
    const LimenReadAs *read_as = limen_image_set_read_as (set, i);
    g_autofree char *line = limen_read_as_line (read_as);
    g_auto (GStrv) notes = limen_read_as_notes (read_as);
    if (n > 1)
      limen_say (stdout, "  %s: %s", read_as->file, line);
    else
      limen_say (stdout, "  %s", line);
    for (guint k = 0; notes[k]; k++)
      limen_say (stdout, "    %s", notes[k]);
  }
}

static void
print_arrays (const char *path)
{
  g_autofree char *part = NULL, *file = limen_path_split (path, &part);
  g_autoptr (LimenPickledArrays) arrays = limen_pickled_arrays_new (file, NULL, NULL, NULL);
  for (guint i = 0; arrays && i < limen_pickled_arrays_n (arrays); i++) {
    g_autofree char *shape = limen_array_to_string (limen_pickled_arrays_shape (arrays, i));
    limen_say (stdout, "  %-44s %s", limen_pickled_arrays_name (arrays, i), shape);
  }
}

static gboolean
inspect_images (const char *path, const char *shown, LimenFileKind kind,
                const LimenReading *reading, LimenTerminal *terminal, GError **error)
{
  static const char *const roles[] = {[LIMEN_ROLE_NORMAL] = "normal images",
                                      [LIMEN_ROLE_ANOMALY] = "anomalies",
                                      [LIMEN_ROLE_UNSORTED] = "unsorted images"};
  g_auto (LimenScoredSet) set = {0};
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (1, NULL, TRUE);
  LimenRole role = limen_role_from_path (path);
  float range[2];
  g_ptr_array_add (paths, (gpointer)path);
  if (!limen_load_images (&set, paths, (LimenImageSetOptions){.reading = *reading}, terminal,
                          error))
    return FALSE;
  guint n = limen_image_set_n_images (set.images), other = limen_image_set_n_resampled (set.images);
  find_range (set.images, range);
  limen_say (stdout, "%s: %s, %u image%s of %u × %u pixels", shown, kind_names[kind], n,
             n == 1 ? "" : "s", limen_image_set_width (set.images),
             limen_image_set_height (set.images));
  if (other > 0)
    limen_say (stdout, "  %u of them fitted to the size of the first", other);
  print_reading (set.images);
  limen_say (stdout, "  grey values %.4g to %.4g, mean %.4g; black is 0, white is 1", range[0],
             range[1], limen_image_set_mean (set.images));
  if (kind == LIMEN_FILE_PICKLE)
    print_arrays (path);
  if (role != LIMEN_ROLE_UNKNOWN)
    limen_say (stdout, "  by its name: %s", roles[role]);
  return TRUE;
}

static gboolean
inspect_case (const char *path, const char *shown, GError **error)
{
  g_autoptr (LimenGaussianCase) taken = limen_gaussian_case_load (path, error);
  if (taken)
    limen_say (stdout, "%s: a case, latent variables: %u, observed: %u", shown,
               taken->model->latent, taken->model->observed);
  return taken != NULL;
}

static void
print_numbers (const char *as, const char *what, const char *told)
{
  limen_say (stdout, "  as %s: %s%s%s", as, what, told ? "; " : "", told ? told : "");
}

/* Points and payoffs are read from the same files, and names stand for other things in them. */
static gboolean
inspect_table (const char *path, const char *shown, LimenTerminal *terminal, GError **error)
{
  g_autoptr (GError) no_payoffs = NULL, no_points = NULL;
  g_autofree char *told = NULL;
  LimenPayoff payoff;
  gboolean is_game = limen_payoff_load (path, &payoff, &told, &no_payoffs);
  g_autoptr (LimenPoints) points = limen_points_load (path, terminal->run.cancellable, &no_points);
  if (!is_game && !points) {
    gboolean damaged = g_error_matches (no_points, LIMEN_ERROR, LIMEN_ERROR_DAMAGED);
    GError **reason = damaged ? &no_points : &no_payoffs;
    g_propagate_error (error, g_steal_pointer (reason));
    return FALSE;
  }
  limen_say (stdout, "%s: table of numbers", shown);
  if (points) {
    g_autofree char *what = g_strdup_printf ("%u of %u numbers", points->n, points->d);
    print_numbers ("points", what, points->told);
  } else
    limen_say (stdout, "  no points: %s", no_points->message);
  if (is_game) {
    g_autofree char *what = g_strdup_printf ("a game of %u × %u", payoff.rows, payoff.columns);
    print_numbers ("payoffs", what, told);
  } else
    limen_say (stdout, "  no payoffs: %s", no_payoffs->message);
  return TRUE;
}

/* One that can't be read as such, a column of labels alone, say, is told of all the same. */
static void
inspect_scores (const char *path, const char *shown, LimenTerminal *terminal)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (LimenScoreTable) table =
      limen_score_table_load (&path, 1, NULL, &terminal->run, &refused);
  limen_say (stdout, "%s: table of scores", shown);
  if (table)
    limen_say (stdout, "  %u row%s: %s", table->n, table->n == 1 ? "" : "s", table->told);
  else
    limen_say (stdout, "  no scores: %s", refused->message);
}

static gboolean
inspect_file (const char *path, const LimenReading *reading, LimenTerminal *terminal,
              GError **error)
{
  g_autofree char *shown = limen_display_name (path);
  LimenKinds kinds = limen_kinds_of_file (path, terminal->run.cancellable, error);
  if (kinds & LIMEN_KIND_WEIGHTS)
    return inspect_weights (path, shown, terminal, error);
  gboolean unsure = (kinds & LIMEN_KIND_UNSURE) != 0, ok = kinds != 0;
  if (kinds & LIMEN_KIND_IMAGES)
    ok = inspect_images (path, shown, limen_file_kind (path, NULL), reading, terminal, error);
  else if (kinds & LIMEN_KIND_CASE)
    ok = inspect_case (path, shown, error);
  else if (kinds & (LIMEN_KIND_POINTS | LIMEN_KIND_PAYOFFS))
    ok = inspect_table (path, shown, terminal, error);
  if (unsure && ok)
    limen_say (stdout, "  or, as nothing in it tells which,");
  if (unsure ? ok : kinds == LIMEN_KIND_SCORES)
    inspect_scores (path, shown, terminal);
  return ok;
}

/* All are shown; the first that is refused is what the command fails with, the others are warned
 * of. */
static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const InspectOptions *options = values;
  GError *first = NULL;
  for (guint i = 0;
       i < options->paths->len && !g_cancellable_is_cancelled (terminal->run.cancellable); i++) {
    g_autoptr (GError) refused = NULL;
    const char *path = options->paths->pdata[i];
    if (inspect_file (path, &options->reading, terminal, &refused))
      continue;
    if (!first)
      first = g_steal_pointer (&refused);
    else
      limen_terminal_warn (terminal, path, refused->message);
  }
  if (first)
    g_propagate_error (error, first);
  return !first && !g_cancellable_set_error_if_cancelled (terminal->run.cancellable, error);
}

/* -- words -- */

/* clang-format off */
static const LimenOption options[] = {
  LIMEN_OPTION_READING_ROWS (InspectOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_inspect = {
    .name = "inspect",
    .summary = "say what is in a file of weights or images",
    LIMEN_COMMAND_OPTIONS (options, InspectOptions),
    .paths = offsetof (InspectOptions, paths),
    .run = run,
};

/* limen train */
#include "ui/cli/train.h"
#include "model/base/number.h"
#include "model/base/replace-file.h"
#include "model/flow/nice-keep.h"
#include "model/windows/window-set.h"
#include "ui/cli/commands.h"
#include "ui/cli/images.h"
#include "ui/cli/options.h"
#include "ui/cli/outputs.h"

#include <math.h>

/* Of a flow of windows, where nobody says: a map takes it 100,000 times. */
#define WINDOW_WIDTH 64
#define WINDOW_DEPTH 2

/* @saved_step: of the flow in the file, wherever that is; @n_saved: how often it was written
 * @place: (nullable): where it is; @failed: whether the last flow went nowhere
 * @trouble: (nullable): why it is not in the file asked for, as last told
 * @shown: when the line of progress was, µs */
typedef struct {
  const LimenTrainOptions *options;
  LimenTerminal *terminal;
  LimenNiceTrainer *trainer;
  LimenKeeper keeper;
  char *place;
  gboolean failed;
  GError *trouble;
  guint64 saved_step;
  guint n_saved;
  gint64 shown;
} Training;

static void
training_clear (Training *training)
{
  g_clear_pointer (&training->trainer, limen_nice_trainer_free);
  limen_keeper_clear (&training->keeper);
  g_clear_pointer (&training->place, g_free);
  g_clear_error (&training->trouble);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Training, training_clear)

/* (transfer full): where the best flow is, now that it is not where it was to be */
static char *
describe_place (const Training *training)
{
  g_autofree char *shown = training->place ? limen_display_name (training->place) : NULL;
  if (!training->failed)
    return g_strdup_printf ("The best flow so far is in %s.", shown);
  if (shown)
    return g_strdup_printf ("No other place took the flow, either; an earlier one is in %s.",
                            shown);
  return g_strdup ("No other place took the flow, either: there is none in any file.");
}

/* A trouble is told once, and again when it is another one. */
static void
tell_trouble (const Training *training, const GError *before)
{
  if (!training->trouble || (before && g_str_equal (before->message, training->trouble->message)))
    return;
  g_autofree char *place = describe_place (training);
  limen_terminal_clear (training->terminal);
  limen_say (stderr, "limen: %s %s After each epoch it is tried again.", training->trouble->message,
             place);
}

/* Where the place fails, the flow goes elsewhere, and that is told: the training goes on. */
static void
save (Training *training)
{
  g_autoptr (LimenNice) best = limen_nice_trainer_best (training->trainer);
  g_autoptr (GError) before = g_steal_pointer (&training->trouble);
  const char *place = limen_keeper_save (&training->keeper, best, &training->trouble);
  training->failed = place == NULL;
  if (place) {
    g_free (training->place);
    training->place = g_strdup (place);
    training->saved_step = limen_nice_trainer_report (training->trainer).best_step;
    training->n_saved++;
  }
  tell_trouble (training, before);
}

static char *
format_time (double seconds)
{
  guint s = (guint)CLAMP (ceil (seconds), 0, 1e9);
  if (s < 60)
    return g_strdup_printf ("%u s", s);
  return s < 3600 ? g_strdup_printf ("%u min %u s", s / 60, s % 60)
                  : g_strdup_printf ("%u h %u min", s / 3600, s / 60 % 60);
}

static void
show (Training *training)
{
  gint64 now = g_get_monotonic_time ();
  if (now - training->shown < G_USEC_PER_SEC / 10)
    return;
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  if (report.step == 0)
    return;
  training->shown = now;
  g_autofree char *train = limen_format_number (report.train_nll, 1);
  g_autofree char *held_out = limen_format_number (report.held_out_nll, 1);
  g_autofree char *left = format_time (report.seconds_left);
  g_autofree char *line =
      g_strdup_printf ("epoch %.1f of %.0f: training %s nats, held out %s nats; %s left",
                       report.epoch, report.n_epochs, train, held_out, left);
  limen_terminal_show (training->terminal, line);
}

static gboolean
end_epoch (Training *training, GError **error)
{
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  g_autofree char *held_out = limen_format_number (report.held_out_nll, 1);
  g_autofree char *train = limen_format_number (report.train_nll, 1);
  limen_terminal_clear (training->terminal);
  limen_say (stdout, "epoch %.4g: training %s nats, held out %s nats", report.epoch, train,
             held_out);
  if (training->trouble || report.best_step != training->saved_step)
    save (training);
  return limen_flush_output (error);
}

static gboolean
train_epochs (Training *training, GError **error)
{
  guint rounds = 0;
  while (!limen_nice_trainer_is_done (training->trainer)) {
    if (!limen_nice_trainer_step (training->trainer, training->terminal->run.cancellable, error))
      return FALSE;
    show (training);
    if (limen_nice_trainer_report (training->trainer).rounds == rounds)
      continue;
    rounds++;
    if (!end_epoch (training, error))
      return FALSE;
  }
  if (training->n_saved == 0 || training->trouble)
    save (training);
  return TRUE;
}

/* What is saved where a training breaks off: what it had, unless that is in the file already. */
static void
save_rest (Training *training)
{
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  limen_terminal_clear (training->terminal);
  if (report.step == 0)
    return;
  gboolean is_saved = training->n_saved > 0 && report.best_step == training->saved_step &&
                      g_file_test (training->place, G_FILE_TEST_EXISTS);
  if (!is_saved || training->trouble)
    save (training);
  g_autofree char *place = training->failed ? describe_place (training) : NULL;
  g_autofree char *shown = limen_display_name (training->place ? training->place : "");
  if (place)
    limen_say (stderr, "limen: %s", place);
  else
    limen_say (stderr, "limen: the best flow so far is in %s.", shown);
}

/* The flow is in another file than was asked for, or in none. */
static gboolean
fail_to_save (const Training *training, GError **error)
{
  g_autofree char *place = describe_place (training);
  g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_UNREADABLE, "%s %s", training->trouble->message,
               place);
  return FALSE;
}

static gboolean
train (Training *training, GError **error)
{
  GError *local = NULL;
  gboolean ok = train_epochs (training, &local);
  if (!ok) {
    save_rest (training);
    g_propagate_error (error, local);
    return FALSE;
  }
  LimenNiceTrainerReport report = limen_nice_trainer_report (training->trainer);
  g_autofree char *shown = limen_display_name (training->options->out);
  gboolean judged = !isnan (report.best_nll);
  g_autofree char *nll = limen_format_number (judged ? report.best_nll : report.train_nll, 1);
  g_autofree char *time = format_time (report.seconds);
  limen_terminal_clear (training->terminal);
  if (training->trouble)
    return fail_to_save (training, error);
  limen_say (stdout,
             "%s: %s %s nats, trained for %s; training adds noise of one grey level to its images, "
             "limen score does not, so its numbers are others",
             shown, judged ? "held out" : "training", nll, time);
  return limen_flush_output (error);
}

static gboolean
check_output (const LimenTrainOptions *options, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_copy (options->data, NULL, NULL);
  return limen_check_output (options->out, taken, error);
}

/* Now that it is known how large the flow is: there must be room for it, and for the one that will
 * replace it, before hours are spent. */
static gboolean
check_room (const Training *training, GError **error)
{
  g_autoptr (LimenNice) best = limen_nice_trainer_best (training->trainer);
  gsize n_bytes = limen_nice_n_bytes (limen_nice_shape (best), training->keeper.dtype);
  return limen_try_place (training->options->out, 2 * n_bytes, error);
}

/* What is learned from: images, or windows of photos */
static LimenImageSet *
load_data (const LimenTrainOptions *options, LimenImageSetOptions size, LimenTerminal *terminal,
           GError **error)
{
  g_auto (LimenScoredSet) set = {0};
  g_auto (LimenPhotosSet) photos = {0};
  if (!options->windows.is_given) {
    if (!limen_load_images (&set, options->data, size, terminal, error))
      return NULL;
    limen_tell_guesses (set.images, terminal);
    return g_steal_pointer (&set.images);
  }
  if (!limen_load_photos (&photos, options->data, &options->windows, &options->reading, FALSE,
                          terminal, error))
    return NULL;
  limen_terminal_start (terminal, "drawing windows");
  return limen_window_set_new (&options->windows.windowing, photos.photos, options->train.seed,
                               &terminal->run, error);
}

/* Windows have no prints: photos are recognized by none of theirs. */
static gboolean
note_data (LimenNiceTrainer *trainer, const LimenTrainOptions *options, LimenImageSet *set,
           LimenTerminal *terminal, GError **error)
{
  const LimenWindowing *windowing = &options->windows.windowing;
  gboolean windows = options->windows.is_given;
  g_autofree char *note = windows ? limen_windowing_note (windowing) : NULL;
  g_autofree char *line = windows ? limen_windowing_line (windowing) : NULL;
  g_autoptr (LimenImagePrints) prints =
      windows ? NULL : limen_image_prints_new (set, terminal->run.cancellable, error);
  if (!windows && !prints)
    return FALSE;
  limen_nice_trainer_set_learned (trainer, prints);
  if (!windows)
    return TRUE;
  limen_nice_trainer_set_windows (trainer, note);
  g_autofree char *n = limen_format_number (limen_image_set_n_images (set), 0);
  limen_terminal_clear (terminal);
  limen_say (stdout, "learning from %s windows of %s%s", n, line,
             limen_windowing_dimension (windowing) % 2
                 ? ", without the last number of each: a NICE flow needs an even number"
                 : "");
  return TRUE;
}

static gboolean
check_start (LimenNice *start, const LimenTrainOptions *options, GError **error)
{
  if (!options->windows.is_given)
    return TRUE;
  g_autoptr (LimenWindowModel) model =
      limen_window_model_new_flow (start, &options->windows.windowing, error);
  return model != NULL;
}

static gboolean
run (gconstpointer values, LimenTerminal *terminal, GError **error)
{
  const LimenTrainOptions *options = values;
  g_autoptr (LimenNice) start = NULL;
  LimenImageSetOptions size = {options->fit[0], options->fit[1], 0, options->reading, TRUE};
  LimenNiceTrainerSettings settings = options->train;
  settings.name = options->out;
  if (!check_output (options, error))
    return FALSE;
  if (options->resume) {
    limen_terminal_start (terminal, "reading weights");
    start = limen_nice_load (options->resume, terminal->run.cancellable, error);
    if (!start)
      return FALSE;
    limen_tell_network (terminal, options->resume, limen_nice_path (start),
                        limen_nice_networks (start));
    limen_nice_image_size (start, &size.width, &size.height);
    if (!check_start (start, options, error))
      return FALSE;
  }
  g_autoptr (LimenImageSet) set = load_data (options, size, terminal, error);
  if (!set)
    return FALSE;
  LimenNumberType dtype = options->half ? LIMEN_NUMBER_F16 : LIMEN_NUMBER_F32;
  g_auto (Training)
      training = {.options = options, .terminal = terminal, .keeper = {options->out, dtype, NULL}};
  training.trainer = limen_nice_trainer_new (&settings, set, start, error);
  return training.trainer && note_data (training.trainer, options, set, terminal, error) &&
         check_room (&training, error) && train (&training, error);
}

/* -- words -- */

static void
init (gpointer values)
{
  LimenTrainOptions *options = values;
  options->train = limen_nice_trainer_defaults ();
  limen_window_options_init (&options->windows);
}

static gboolean
check (const LimenOptions *options, GError **error)
{
  static const char *const of_shape[] = {"--width", "--depth", "--couplings", "--size"};
  LimenTrainOptions *train = options->values;
  for (guint i = 0; i < G_N_ELEMENTS (of_shape); i++)
    if (train->resume && limen_options_given (options, of_shape[i]))
      return limen_option_refuse (error, of_shape[i], "and --resume exclude each other.");
  if (train->windows.is_given && limen_options_given (options, "--size"))
    return limen_option_refuse (error, "--size", "and --windows exclude each other.");
  if (train->windows.is_given && !limen_options_given (options, "--width"))
    train->train.width = WINDOW_WIDTH;
  if (train->windows.is_given && !limen_options_given (options, "--depth"))
    train->train.depth = WINDOW_DEPTH;
  if (limen_options_given (options, "--minutes") && !limen_options_given (options, "--epochs"))
    train->train.epochs = 0;
  return TRUE;
}

#define FIELD(name) offsetof (LimenTrainOptions, name)

/* clang-format off */
static const LimenOption options[] = {
  { "--data", LIMEN_OPTION_PATHS, FIELD (data), "PATH...", .required = TRUE },
  { "--out", LIMEN_OPTION_FILE_TYPE, FIELD (out), "FILE.safetensors|.pt|.pth", .required = TRUE,
    .words = { ".safetensors", ".pt", ".pth" } },
  { "--width", LIMEN_OPTION_COUNT, FIELD (train.width), "N", .low = 1, .high = 65536 },
  { "--depth", LIMEN_OPTION_COUNT, FIELD (train.depth), "N", .low = 1, .high = 64 },
  { "--couplings", LIMEN_OPTION_COUNT, FIELD (train.couplings), "N", .low = 1, .high = 64 },
  { "--epochs", LIMEN_OPTION_COUNT, FIELD (train.epochs), "N", .low = 1, .high = 1e6 },
  { "--minutes", LIMEN_OPTION_NUMBER, FIELD (train.minutes), "M", .low = 0.001, .high = 1e6 },
  { "--batch", LIMEN_OPTION_COUNT, FIELD (train.batch), "N", .low = 1, .high = 65536 },
  { "--learning-rate", LIMEN_OPTION_NUMBER, FIELD (train.learning_rate), "R", .low = 1e-9,
    .high = 1 },
  { "--held-out", LIMEN_OPTION_NUMBER, FIELD (train.held_out), "PART", .low = 0, .high = 0.9 },
  { "--seed", LIMEN_OPTION_SEED, FIELD (train.seed), "N" },
  { "--resume", LIMEN_OPTION_TEXT, FIELD (resume), "FILE" },
  { "--size", LIMEN_OPTION_SIZE, FIELD (fit), "WxH", .low = 1, .high = 1024 },
  { "--half", LIMEN_OPTION_FLAG, FIELD (half) },
  { "--windows", LIMEN_OPTION_OWN, FIELD (windows), "SIZE", .read = limen_windows_read },
  { "--levels", LIMEN_OPTION_COUNT, FIELD (windows.windowing.levels), "N", .needs = "--windows",
    .low = 1, .high = LIMEN_WINDOW_MOST_LEVELS },
  { "--colour", LIMEN_OPTION_FLAG, FIELD (windows.windowing.colour), .needs = "--windows" },
  LIMEN_OPTION_READING_ROWS (LimenTrainOptions),
  LIMEN_OPTION_HELP_ROW,
};
/* clang-format on */

const LimenCommand limen_command_train = {
    .name = "train",
    .summary = "teach a flow what your images look like",
    .instead = "--data or --out",
    LIMEN_COMMAND_OPTIONS (options, LimenTrainOptions),
    .init = init,
    .check = check,
    .run = run,
};

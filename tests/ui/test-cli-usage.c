/* Words: which are understood, which are refused, and what is said about them. No file is read. */
#include "model/game/dynamics.h"
#include "run-limen.h"
#include "ui/cli/cli.h"
#include "ui/cli/commands.h"

#include <glib/gstdio.h>
#include <string.h>

#define TRAIN  "train --data a.idx --out f.pt "
#define TEN    "1,2,3,4,5,6,7,8,9,10,"
#define BOUND  "bound --vae v.pt --images a.idx "
#define GRAD   "prior gradients --case a.json "
#define LEARN  "prior train --data a.csv --estimator log-derivative "
#define PLAY   "game --method extragradient "
#define DETECT "detect --model flow.safetensors --normal normal.idx "

static void
test_knows_what_is_meant_for_the_window (void)
{
  static const struct {
    const char *word;
    gboolean wants;
  } table[] = {
      {"detect", TRUE},
      {"--help", TRUE},
      {"--version", TRUE},
      {"detct", TRUE},
      {"prior", TRUE},
      {"game", TRUE},
      {"normal.idx", FALSE},
      {"model", FALSE},
      {"nowhere.pt", FALSE},
      {"./detect", FALSE},
      {"file:///tmp/a.png", FALSE},
      {"--gapplication-service", FALSE},
      {"", FALSE},
  };
  g_assert_cmpint (g_chdir (g_getenv ("G_TEST_SRCDIR")), ==,
                   0); /* where a folder is called model */
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const char *argv[] = {"limen", table[i].word, "a.png", NULL};
    g_test_message ("%s", table[i].word);
    g_assert_cmpint (limen_cli_wants (3, (char **)argv), ==, table[i].wants);
  }
  const char *alone[] = {"limen", NULL};
  g_assert_false (limen_cli_wants (1, (char **)alone));
}

static void
assert_narrow (const char *text)
{
  g_auto (GStrv) lines = lines_of (text);
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 80);
}

/* Each has its section, and each of its options a row. */
static void
test_every_command_has_its_help (void)
{
  for (const LimenCommand *const *c = limen_commands; *c; c++) {
    g_autofree char *line = g_strdup_printf ("%s --help", (*c)->name);
    g_auto (RunResult) help = run_line (line);
    g_autofree char *usage = g_strdup_printf ("Usage: limen %s ", (*c)->name);
    g_test_message ("%s", line);
    g_assert_cmpint (help.status, ==, 0);
    g_assert_cmpstr (help.err, ==, "");
    g_assert_true (g_str_has_prefix (help.out, usage));
    g_assert_null (strstr (help.out, "(null)"));
    assert_narrow (help.out);
    for (guint i = 0; i < (*c)->n_options; i++) {
      g_autofree char *option = g_strdup_printf ("\n  %s", (*c)->options[i].name);
      g_assert_nonnull (strstr (help.out, option));
    }
  }
}

static void
test_version_and_help (void)
{
  g_auto (RunResult) version = run_line ("--version"), help = run_line ("--help"),
                     detect = run_line ("detect --model --help"), score = run_line ("score -h"),
                     bound = run_line ("bound --help"), prior = run_line ("prior --help"),
                     gradients = run_line ("prior gradients --help"),
                     train = run_line ("prior train -h"), game = run_line ("game --help"),
                     solve = run_line ("game solve --help");
  g_assert_cmpint (version.status + help.status + detect.status + score.status + bound.status, ==,
                   0);
  g_assert_cmpint (prior.status + gradients.status + train.status + game.status + solve.status, ==,
                   0);
  g_assert_true (g_str_has_prefix (version.out, "limen "));
  g_assert_nonnull (strstr (help.out, "limen inspect FILE..."));
  g_assert_nonnull (strstr (help.out, "[--rule RULE | --sigmas K | --threshold VALUE]"));
  g_assert_nonnull (strstr (detect.out, "--split random|ordered"));
  g_assert_null (strstr (detect.out, "--out"));
  g_assert_nonnull (strstr (score.out, "--out FILE.csv|.npy"));
  g_assert_nonnull (strstr (bound.out, "--k LIST"));
  g_assert_null (strstr (bound.out, "--threshold"));
  assert_narrow (help.out);
  assert_narrow (detect.out);
  assert_narrow (bound.out);
  g_assert_nonnull (strstr (help.out, "\n  prior gradients  "));
  g_assert_nonnull (strstr (prior.out, "Usage: limen prior gradients --case FILE.json"));
  g_assert_nonnull (strstr (prior.out, "\n       limen prior train --data "));
  g_assert_null (strstr (prior.out, "bound --case"));
  g_assert_nonnull (strstr (gradients.out, "--shift S"));
  g_assert_null (strstr (gradients.out, "--steps"));
  g_assert_nonnull (strstr (train.out, "--steps N"));
  g_assert_null (strstr (train.out, "--shift"));
  assert_narrow (prior.out);
  assert_narrow (gradients.out);
  assert_narrow (train.out);
  g_assert_true (g_str_has_prefix (game.out, "Usage: limen game --method NAME "));
  g_assert_nonnull (strstr (game.out, "\n       limen game solve [--payoff FILE|NAME]"));
  g_assert_nonnull (strstr (game.out, "--integrator verlet|runge-kutta|euler"));
  for (guint i = 0; i < LIMEN_N_METHODS; i++)
    g_assert_nonnull (strstr (game.out, limen_method_word (i)));
  for (const char *const *name = limen_payoff_names (); *name; name++)
    g_assert_nonnull (strstr (game.out, *name));
  g_assert_nonnull (strstr (solve.out, "--payoff FILE|NAME"));
  g_assert_null (strstr (solve.out, "--method"));
  g_assert_nonnull (strstr (help.out, "\n  game solve  "));
  assert_narrow (game.out);
  assert_narrow (solve.out);
}

static void
test_wrong_usage (void)
{
  static const struct {
    const char *line, *says;
  } table[] = {
      {"detct", "did you mean limen detect?"},
      {"somewhere", "neither a command nor a file"},
      {"detect", "needs --model FILE"},
      {"detect --model flow.safetensors", "needs --normal PATH..."},
      {"detect --normal normal.idx", "needs --model FILE"},
      {"detect --model", "--model needs a value"},
      {"detect --model --normal normal.idx", "--model needs a value"},
      {DETECT "--anomaly", "--anomaly needs at least one"},
      {"detect normal.idx", "normal.idx stands alone"},
      {DETECT "--sigma 3", "did you mean --sigmas?"},
      {DETECT "--frobnicate", "--frobnicate is no option"},
      {DETECT "-x", "-x is no option"},
      {DETECT "--out a.csv", "--out is no option of limen detect"},
      {DETECT "--sigmas three", "--sigmas needs a number"},
      {DETECT "--sigmas 3x", "--sigmas needs a number"},
      {DETECT "--sigmas nan", "--sigmas needs a number"},
      {DETECT "--threshold inf", "--threshold needs a number"},
      {DETECT "--sigmas 3 --threshold 5", "exclude each other"},
      {DETECT "--seed -1", "--seed needs a whole number"},
      {DETECT "--seed 99999999999999999999", "--seed needs a whole number"},
      {DETECT "--seed 1.5", "--seed needs a whole number"},
      {DETECT "--split alphabetical", "random|ordered"},
      {DETECT "--split ordered --split random", "given twice"},
      {DETECT "--model flow.safetensors", "given twice"},
      {DETECT "--json= ", "not empty"},
      {DETECT "--plot p.gif", "FILE.png|.svg|.pdf"},
      {DETECT "--plot p.png --size 100", "--size needs a width"},
      {DETECT "--plot p.png --size 0x10", "--size needs a width"},
      {DETECT "--plot p.png --size 1x2x3", "--size needs a width"},
      {DETECT "--plot p.png --size 99999x200", "--size needs a width"},
      {DETECT "--plot p.png --scale 5", "--scale must be from 1 to 4"},
      {DETECT "--scale 2", "--scale needs --plot"},
      {DETECT "--dark", "--dark needs --plot"},
      {DETECT "--dark=1 --plot p.png", "--dark takes no value"},
      {"score --model flow.safetensors", "needs at least one file"},
      {"score normal.idx", "needs --model FILE"},
      {"score --model flow.safetensors normal.idx --out a.txt", "FILE.csv|.npy"},
      {"score --model flow.safetensors ", "empty name"},
      {"inspect", "needs at least one file"},
      {"inspect --model flow.safetensors", "--model is no option of limen inspect"},
      {"train", "needs --data PATH..."},
      {"train --data a.idx", "needs --out FILE"},
      {"train a.idx --out f.pt", "say what it is with --data"},
      {"train --data a.idx --out f.txt", "FILE.safetensors|.pt|.pth"},
      {TRAIN "--width 0", "--width needs a whole number from 1 to 65536"},
      {TRAIN "--width 1.5", "--width needs a whole number"},
      {TRAIN "--depth 65", "--depth needs a whole number from 1 to 64"},
      {TRAIN "--epochs -3", "--epochs needs a whole number from 1 to 1000000"},
      {TRAIN "--batch many", "--batch needs a whole number"},
      {TRAIN "--learning-rate 2", "--learning-rate must be from 1e-09 to 1"},
      {TRAIN "--held-out 1", "--held-out must be from 0 to 0.9"},
      {TRAIN "--minutes 0", "--minutes must be from"},
      {TRAIN "--resume f.pt --depth 3", "--depth and --resume exclude each other"},
      {TRAIN "--resume f.pt --size 8x8", "--size and --resume exclude each other"},
      {TRAIN "--epoch 3", "did you mean --epochs?"},
      {TRAIN "--normal b.idx", "--normal is no option of limen train"},
      {"prior", "limen prior needs a second word: gradients or train."},
      {"prior --case a.json", "limen prior needs a second word"},
      {"prior grad", "grad is no command of limen prior; choose gradients or train."},
      {"prior tarin --data a.csv", "did you mean limen prior train?"},
      {"priro", "did you mean limen prior?"},
      {"prior gradients", "limen prior gradients needs --case FILE.json"},
      {"prior gradients a.json", "a.json stands alone; say what it is with --case"},
      {GRAD "--estimator best", "--estimator must be one of log-derivative|log-derivative-mean|"},
      {GRAD "--samples 0", "--samples needs a whole number from 1 to 1000000000."},
      {GRAD "--samples 1000000001", "--samples needs a whole number from 1 to 1000000000."},
      {GRAD "--shift inf", "--shift needs a number"},
      {GRAD "--shift 1e7", "--shift must be from -1e+06 to 1e+06"},
      {GRAD "--seed x", "--seed needs a whole number"},
      {GRAD "--dark", "--dark needs --plot"},
      {GRAD "--plot p.gif", "FILE.png|.svg|.pdf"},
      {GRAD "--k 5", "--k is no option of limen prior gradients"},
      {GRAD "--sample 5", "did you mean --samples?"},
      {"prior train", "limen prior train needs --data PATH|builtin:NAME"},
      {"prior train --data a.csv", "limen prior train needs --estimator NAME"},
      {"prior train a.csv", "say what it is with --data"},
      {LEARN "b.csv", "b.csv stands alone"},
      {LEARN "--steps 0", "--steps needs a whole number from 1"},
      {LEARN "--batch 0", "--batch needs a whole number from 1"},
      {LEARN "--latent 0", "--latent needs a whole number from 1"},
      {LEARN "--hidden -1", "--hidden needs a whole number from 0"},
      {LEARN "--prior loose", "--prior must be one of fixed|trainable"},
      {LEARN "--sigma 0", "--sigma must be from"},
      {LEARN "--learning-rate 0", "--learning-rate must be from"},
      {LEARN "--out curve.txt", "--out needs the name of a FILE.csv"},
      {LEARN "--scale 2", "--scale needs --plot"},
      {LEARN "--estimator log-derivative", "given twice"},
      {"gaem", "did you mean limen game?"},
      {"game", "limen game needs --method NAME."},
      {"game --method gda",
       "--method knows no “gda”; choose one of simultaneous-gda, alternating-"},
      {"game --method extragradeint", "did you mean extragradient?"},
      {"game slove", "did you mean limen game solve?"},
      {"game rps.csv --method eag-c", "say what it is with --payoff, --method or --start"},
      {"game solve rps.csv", "rps.csv stands alone; say what it is with --payoff"},
      {"game solve --method eag-c", "--method is no option of limen game solve"},
      {PLAY "--step 0", "--step needs a finite number above 0."},
      {PLAY "--step -1", "--step needs a finite number above 0."},
      {PLAY "--step nan", "--step needs a finite number above 0."},
      {PLAY "--step inf", "--step needs a finite number above 0."},
      {PLAY "--step 1e999", "--step needs a finite number above 0."},
      {PLAY "--step small", "--step needs a finite number above 0."},
      {PLAY "--iterations 0", "--iterations needs a whole number from 1 to 1000000000000000."},
      {PLAY "--iterations -3", "--iterations needs a whole number from 1"},
      {PLAY "--iterations 1e30", "--iterations needs a whole number from 1"},
      {PLAY "--iterations 1.5", "--iterations needs a whole number from 1"},
      {PLAY "--iterations 0x10", "--iterations needs a whole number from 1"},
      {PLAY "--iterations many", "--iterations needs a whole number from 1"},
      {PLAY "--integrator euler", "--integrator needs --method replicator"},
      {"game --method replicator --integrator heun", "must be one of verlet|runge-kutta|euler"},
      {"game --method mirror-prox --unprojected", "follow gradients, which mirror-prox does not"},
      {"game --method regret-matching --step 1", "which regret-matching has not"},
      {PLAY "--plot p.gif", "FILE.png|.svg|.pdf"},
      {PLAY "--dark", "--dark needs --plot"},
      {"game solve --plot p.png", "--plot is no option of limen game solve"},
      {PLAY "--json - --csv -", "--csv and --json can't both be standard output"},
      {PLAY "--iteration 5", "did you mean --iterations?"},
      {"bund", "did you mean limen bound?"},
      {"bound", "needs --case FILE.json or --vae FILE"},
      {"bound case.json", "say what it is with --case, --vae or --images"},
      {"bound --case", "--case needs a value"},
      {"bound --case a.json --vae v.pt", "--case and --vae exclude each other"},
      {"bound --case a.json --images a.idx", "--images needs --vae"},
      {"bound --case a.json --index 3", "--index needs --vae"},
      {"bound --case a.json --count 3", "--count needs --vae"},
      {"bound --case a.json --sigma 3", "--sigma needs --vae"},
      {"bound --case a.json --proposal best", "own|prior|elbo|moments|posterior"},
      {"bound --case a.json --dark", "--dark needs --plot"},
      {"bound --vae v.pt", "--vae needs --images PATH..."},
      {BOUND "--proposal own", "--proposal needs --case"},
      {BOUND "--index 0 --count 3", "--index and --count exclude each other"},
      {BOUND "--index -1", "--index needs a whole number from 0"},
      {BOUND "--count 0", "--count needs a whole number from 1"},
      {BOUND "--count 3 --samples 0", "--count needs --samples of at least 1"},
      {BOUND "--count 3 --samples 859000", "--samples times the largest K"},
      {"bound --case a.json --k 1000000 --samples 5000", "--samples times the largest K"},
      {BOUND "--sigma 0", "--sigma must be from"},
      {BOUND "--samples 1.5", "--samples needs a whole number from 0 to 1000000"},
      {BOUND "--k 0", "--k needs whole numbers from 1 to 1000000"},
      {BOUND "--k 1,x", "--k needs whole numbers"},
      {BOUND "--k 1,,5", "--k needs whole numbers"},
      {BOUND "--k 1,", "--k needs whole numbers"},
      {BOUND "--k= ", "--k needs whole numbers"},
      {BOUND "--k 1.5", "--k needs whole numbers"},
      {BOUND "--k 1,1000001", "--k needs whole numbers"},
      {BOUND "--k " TEN TEN TEN TEN TEN TEN "1,2,3,4,5", "--k takes at most 64 numbers"},
      {BOUND "--sample 3", "did you mean --samples?"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_test_message ("%s", table[i].line);
    g_auto (RunResult) result = run_line (table[i].line);
    g_assert_cmpint (result.status, ==, 2);
    g_assert_cmpstr (result.out, ==, "");
    g_auto (GStrv) lines = lines_of (result.err);
    g_assert_cmpuint (g_strv_length (lines), ==, 2);
    g_assert_true (g_str_has_prefix (lines[0], "limen: "));
    g_assert_nonnull (strstr (lines[0], table[i].says));
    g_assert_true (g_str_has_prefix (lines[1], "Try limen"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage/knows-what-is-meant-for-the-window",
                   test_knows_what_is_meant_for_the_window);
  g_test_add_func ("/usage/every-command-has-its-help", test_every_command_has_its_help);
  g_test_add_func ("/usage/version-and-help", test_version_and_help);
  g_test_add_func ("/usage/wrong", test_wrong_usage);
  return g_test_run ();
}

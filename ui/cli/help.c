#include "ui/cli/option-table.h"

#include <string.h>

#define COLUMN 22

static const struct {
  const char *usage, *summary, *text;
} commands[LIMEN_N_COMMANDS] = {
    [LIMEN_COMMAND_DETECT] =
        {
            "detect --model FILE --normal PATH... [--anomaly PATH...]\n"
            "                    [--validation PATH...] [--split random|ordered] [--seed N]\n"
            "                    [--sigmas K | --threshold NATS] [--json FILE|-]\n"
            "                    [--scores FILE.csv] [--plot FILE.png|.svg|.pdf]\n"
            "                    [--size WxH] [--scale S] [--dark]\n"
            "                    [--range BLACK..WHITE] [--layout WORD,...]",
            "count the errors of a flow that detects anomalies",
            "Scores every image with a NICE flow and flags those whose log-likelihood lies\n"
            "below a threshold. A flagged normal image is a type I error, an anomaly that is\n"
            "not flagged a type II error. The last two lines printed are their counts.",
        },
    [LIMEN_COMMAND_SCORE] =
        {
            "score --model FILE PATH... [--out FILE.csv|.npy]\n"
            "                   [--range BLACK..WHITE] [--layout WORD,...]",
            "print the log-likelihood of each image",
            "Log-likelihoods are in nats, for images with pixels in [0, 1]. Images of another\n"
            "size than the flow's are made grey and fitted to it.",
        },
    [LIMEN_COMMAND_INSPECT] =
        {
            "inspect FILE... [--range BLACK..WHITE] [--layout WORD,...]",
            "say what is in a file of weights or images",
            "Of weights: the format, each tensor, and the architecture they make. Of images:\n"
            "how many, their sizes and their values, and how an array was read. What a file is,\n"
            "its content decides. FILE:NAME is one network, or one array, of a file that holds\n"
            "several.",
        },
    [LIMEN_COMMAND_TRAIN] =
        {
            "train --data PATH... --out FILE.safetensors|.pt|.pth\n"
            "                   [--width N] [--depth N] [--couplings N] [--epochs N]\n"
            "                   [--minutes M] [--batch N] [--learning-rate R]\n"
            "                   [--held-out PART] [--seed N] [--resume FILE] [--size WxH]\n"
            "                   [--half] [--range BLACK..WHITE] [--layout WORD,...]",
            "teach a flow what your images look like",
            "Trains a NICE flow by maximum likelihood and prints, after each epoch, the mean\n"
            "negative log-likelihood in nats: of training and of images held out. The weights\n"
            "kept are those that are best for the latter. Ctrl-C ends it and saves them.",
        },
    [LIMEN_COMMAND_BOUND] =
        {
            "bound --case FILE.json | --vae FILE --images PATH...\n"
            "                   [--proposal own|prior|elbo|moments|posterior]\n"
            "                   [--index N | --count N] [--sigma S] [--k LIST] [--samples N]\n"
            "                   [--seed N] [--json FILE|-] [--plot FILE.png|.svg|.pdf]\n"
            "                   [--size WxH] [--scale S] [--dark]\n"
            "                   [--range BLACK..WHITE] [--layout WORD,...]",
            "how far the importance-weighted bound is from log p(x)",
            "Computes VLB(K) = E log of the mean of K importance weights w = p(x, z) / q(z):\n"
            "exactly where the latent space is a line or a plane, and by Monte Carlo. It lies\n"
            "below log p(x), rises in K, and is tight for every K where q is the posterior.\n"
            "variance_of_weight in the JSON is that of w / p(x); ..._error says by how much\n"
            "a number that is called exact may be off.",
        },
    [LIMEN_COMMAND_PRIOR_GRADIENTS] =
        {
            "prior gradients --case FILE.json [--estimator NAME] [--samples N]\n"
            "                   [--seed N] [--shift S] [--json FILE|-]\n"
            "                   [--plot FILE.png|.svg|.pdf] [--size WxH] [--scale S] [--dark]",
            "how much an estimate of a gradient of the bound varies",
            "Estimates the gradient of VLB(x) = E log [p(x|z) r(z) / q(z)] of a linear\n"
            "Gaussian model, r = N(lambda1, diag lambda2), q = N(mu, diag s^2), with respect\n"
            "to mu, log s, lambda1 and lambda2, one draw of z at a time, and compares the\n"
            "means and variances of the draws with the exact ones. Samples for one digit: so\n"
            "many that the standard error of their mean is a tenth of the gradient.",
        },
    [LIMEN_COMMAND_PRIOR_TRAIN] =
        {
            "prior train --data PATH|builtin:NAME --estimator NAME\n"
            "                   [--steps N] [--batch N] [--latent N] [--hidden N]\n"
            "                   [--prior fixed|trainable] [--sigma S] [--learning-rate R]\n"
            "                   [--seed N] [--out FILE.csv] [--json FILE|-]\n"
            "                   [--plot FILE.png|.svg|.pdf] [--size WxH] [--scale S]\n"
            "                   [--dark]",
            "teach a VAE with a trainable prior a set of points",
            "Trains a small VAE, z ~ N(lambda1, diag lambda2), x|z ~ N(f(z), sigma^2 I), by\n"
            "the gradient that --estimator names, and tells how its bound rose. With affine\n"
            "maps (--hidden 0) log p(x) is exact, and compared with the highest that any\n"
            "such model reaches.",
        },
    [LIMEN_COMMAND_GAME] =
        {
            "game --method NAME [--payoff FILE|NAME] [--step S]\n"
            "                   [--start A,.../B,...] [--iterations N]\n"
            "                   [--integrator verlet|runge-kutta|euler] [--unprojected]\n"
            "                   [--json FILE|-] [--csv FILE|-] [--plot FILE.png|.svg|.pdf]\n"
            "                   [--size WxH] [--scale S] [--dark]",
            "let two players learn a zero-sum game",
            "A minimizes and B maximizes L(p_A, p_B), the mean of the points for B, by the\n"
            "method that --method names. The gap, max over p_B of L - min over p_A of L, is\n"
            "what both could gain by best replies: 0 exactly at a solution. It is told of the\n"
            "last iterate and of the average of iterates 1 to N.",
        },
    [LIMEN_COMMAND_GAME_SOLVE] =
        {
            "game solve [--payoff FILE|NAME] [--json FILE|-]",
            "the value of a zero-sum game and who should play what",
            "Finds min over p_A of max over p_B of E[points for B], exactly where payoffs are\n"
            "fractions: the value, the optimal strategies of both players (all extreme points\n"
            "of them in games up to 3 by 3), whether they are unique, and a certificate that\n"
            "can be checked by hand.",
        },
};

static void
print_option (const LimenOption *option, FILE *stream)
{
  g_auto (GStrv) lines = g_strsplit (option->help, "\n", 0);
  g_autofree char *name =
      g_strjoin (option->value ? " " : "", option->name, option->value ? option->value : "", NULL);
  gboolean fits = strlen (name) < COLUMN - 3;
  fprintf (stream, fits ? "  %-*s" : "  %-*s\n", fits ? COLUMN - 2 : 0, name);
  for (guint i = 0; lines[i]; i++)
    fprintf (stream, "%*s%s\n", fits && i == 0 ? 0 : COLUMN, "", lines[i]);
}

static void
print_overview (FILE *stream)
{
  fputs ("Limen: explore deep generative models by eye and by number.\n\n"
         "Usage: limen [FILE...]              open a window, with these files\n",
         stream);
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    fprintf (stream, "       limen %s\n", commands[i].usage);
  fputs ("       limen --version, --help, limen COMMAND --help\n\nCommands:\n", stream);
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    fprintf (stream, "  %-*s%s\n", COLUMN - 2, limen_command_name (i), commands[i].summary);
  fputs ("\nExit status: 0; 1 when an input is refused or an output can't be written, with\n"
         "one sentence on standard error; 2 for wrong usage; 130 when interrupted.\n",
         stream);
}

static void
print_group (const char *group, FILE *stream)
{
  const char *before = "Usage:";
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (limen_command_is_of (i, group)) {
      fprintf (stream, "%s limen %s\n", before, commands[i].usage);
      before = "      ";
    }
  fprintf (stream, "       limen %s COMMAND --help\n\nCommands:\n", group);
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (limen_command_is_of (i, group))
      fprintf (stream, "  %-*s%s\n", COLUMN - 2, limen_command_name (i), commands[i].summary);
}

void
limen_options_print_help (const LimenOptions *options, FILE *stream)
{
  LimenCommand command = options->command;
  if (options->group) {
    print_group (options->group, stream);
    return;
  }
  if (command >= LIMEN_N_COMMANDS) {
    print_overview (stream);
    return;
  }
  fprintf (stream, "Usage: limen %s\n", commands[command].usage);
  for (guint i = 0; i < LIMEN_N_COMMANDS; i++)
    if (limen_command_is_of (i, limen_command_name (command)))
      fprintf (stream, "       limen %s\n", commands[i].usage);
  fprintf (stream, "\n%s\n\nOptions:\n", commands[command].text);
  for (guint i = 0; i < limen_n_options; i++)
    if (limen_option_table[i].commands >> command & 1)
      print_option (&limen_option_table[i], stream);
}

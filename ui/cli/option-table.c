#include "ui/cli/option-table.h"

#include <stddef.h>

#define DETECT      (1u << LIMEN_COMMAND_DETECT)
#define SCORE       (1u << LIMEN_COMMAND_SCORE)
#define INSPECT     (1u << LIMEN_COMMAND_INSPECT)
#define TRAIN       (1u << LIMEN_COMMAND_TRAIN)
#define BOUND       (1u << LIMEN_COMMAND_BOUND)
#define GRADIENTS   (1u << LIMEN_COMMAND_PRIOR_GRADIENTS)
#define PRIOR_TRAIN (1u << LIMEN_COMMAND_PRIOR_TRAIN)
#define PLAY        (1u << LIMEN_COMMAND_GAME)
#define SOLVE       (1u << LIMEN_COMMAND_GAME_SOLVE)
#define GAME        (PLAY | SOLVE)
#define PRIOR       (GRADIENTS | PRIOR_TRAIN)
#define IMAGES      (DETECT | SCORE | INSPECT | TRAIN | BOUND)
#define FIELD(name) offsetof (LimenOptions, name)

#define SETTING(name) FIELD (prior_train.settings.name)

/* as limen_estimator_word() calls them */
#define ESTIMATORS                                                                                 \
  {                                                                                                \
    [LIMEN_LOG_DERIVATIVE] = "log-derivative",                                                     \
    [LIMEN_LOG_DERIVATIVE_MEAN] = "log-derivative-mean",                                           \
    [LIMEN_LOG_DERIVATIVE_OPTIMAL] = "log-derivative-optimal",                                     \
    [LIMEN_REPARAMETERIZATION] = "reparameterization",                                             \
    [LIMEN_REPARAMETERIZATION_KL] = "reparameterization-kl",                                       \
    [LIMEN_STICKING_THE_LANDING] = "sticking-the-landing"                                          \
  }

/* clang-format off */
const LimenOption limen_option_table[] = {
  { .name = "--model", .commands = DETECT | SCORE, .kind = LIMEN_OPTION_TEXT, .field = FIELD (model),
    .required = TRUE, .value = "FILE",
    .help = "weights of a NICE flow: PyTorch or safetensors" },
  { .name = "--normal", .commands = DETECT, .kind = LIMEN_OPTION_PATHS, .field = FIELD (normal),
    .required = TRUE, .value = "PATH...",
    .help = "normal images: IDX, npy, npz, CSV, pictures, folders or\n"
            "archives of pictures; several are joined; one array\n"
            "of an npz is FILE.npz:NAME" },
  { .name = "--anomaly", .commands = DETECT, .kind = LIMEN_OPTION_PATHS, .field = FIELD (anomaly),
    .value = "PATH...",
    .help = "images that should be flagged; without them only\n"
            "type I errors are counted" },
  { .name = "--validation", .commands = DETECT, .kind = LIMEN_OPTION_PATHS, .field = FIELD (validation),
    .value = "PATH...",
    .help = "normal images to set the threshold by; without them\n"
            "the normal set is split into a test and a validation\n"
            "half" },
  { .name = "--split", .commands = DETECT, .kind = LIMEN_OPTION_CHOICE, .field = FIELD (split.kind),
    .words = { [LIMEN_SPLIT_ORDERED] = "ordered", [LIMEN_SPLIT_RANDOM] = "random" }, .value = "random|ordered",
    .help = "random (the default): halves drawn by the seed;\n"
            "ordered: the first half tests, the second validates" },
  { .name = "--seed", .commands = DETECT, .kind = LIMEN_OPTION_SEED, .field = FIELD (split.seed), .value = "N",
    .help = "seed of the random split (default 0)" },
  { .name = "--sigmas", .commands = DETECT, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (sigmas),
    .low = -1000, .high = 1000, .value = "K",
    .help = "threshold = mean - K standard deviations of the\n"
            "validation scores (default 3)" },
  { .name = "--threshold", .commands = DETECT, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (threshold),
    .low = -G_MAXDOUBLE, .high = G_MAXDOUBLE, .value = "NATS",
    .help = "the threshold itself" },
  { .name = "--case", .commands = BOUND, .kind = LIMEN_OPTION_TEXT, .field = FIELD (bound.case_file),
    .value = "FILE.json",
    .help = "a linear Gaussian model: lambda1, lambda2, A, b,\n"
            "sigma2, x, and proposal with mean and covariance" },
  { .name = "--proposal", .commands = BOUND, .kind = LIMEN_OPTION_CHOICE, .field = FIELD (bound.proposal),
    .words = { [LIMEN_PROPOSAL_PRIOR] = "prior", [LIMEN_PROPOSAL_ELBO] = "elbo",
               [LIMEN_PROPOSAL_MOMENTS] = "moments", [LIMEN_PROPOSAL_OWN] = "own",
               [LIMEN_PROPOSAL_POSTERIOR] = "posterior" },
    .value = "own|prior|elbo|moments|posterior",
    .help = "own (the default): that of the case; elbo: the\n"
            "diagonal one of the highest VLB for K = 1; moments:\n"
            "diagonal, mean and variances of the posterior" },
  { .name = "--vae", .commands = BOUND, .kind = LIMEN_OPTION_TEXT, .field = FIELD (bound.vae),
    .value = "FILE",
    .help = "weights of a VAE: fc1, fc21, fc22, fc3, fc4" },
  { .name = "--images", .commands = BOUND, .kind = LIMEN_OPTION_PATHS, .field = FIELD (bound.images),
    .value = "PATH...",
    .help = "images of the size of the VAE, as --normal of\n"
            "limen detect takes them" },
  { .name = "--index", .commands = BOUND, .kind = LIMEN_OPTION_COUNT, .field = FIELD (bound.index),
    .low = 0, .high = G_MAXUINT, .value = "N",
    .help = "which image, from 0 on (default 0)" },
  { .name = "--count", .commands = BOUND, .kind = LIMEN_OPTION_COUNT, .field = FIELD (bound.count),
    .low = 1, .high = G_MAXUINT, .value = "N",
    .help = "the mean over the first N images instead, with\n"
            "standard errors over images" },
  { .name = "--sigma", .commands = BOUND, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (bound.sigma),
    .low = 1e-6, .high = 1e6, .value = "S",
    .help = "standard deviation of a Gaussian decoder; without it\n"
            "pixels are black or white, white above 127" },
  { .name = "--k", .commands = BOUND, .kind = LIMEN_OPTION_COUNTS, .field = FIELD (bound.k),
    .low = 1, .high = 1e6, .value = "LIST",
    .help = "samples in a bound (default 1,5,50,500,5000)" },
  { .name = "--samples", .commands = BOUND, .kind = LIMEN_OPTION_COUNT, .field = FIELD (bound.samples),
    .low = 0, .high = 1e6, .value = "N",
    .help = "estimate from N bounds for each K (default 1000);\n"
            "0: exact values only. With --count: N of the largest\n"
            "K for each image (default 1)" },
  { .name = "--seed", .commands = BOUND, .kind = LIMEN_OPTION_SEED, .field = FIELD (bound.seed), .value = "N",
    .help = "the same seed gives the same estimates (default 0)" },
  { .name = "--case", .commands = GRADIENTS, .kind = LIMEN_OPTION_TEXT, .field = FIELD (gradients.case_file),
    .required = TRUE, .value = "FILE.json",
    .help = "a linear Gaussian model: lambda1, lambda2, A, b,\n"
            "sigma2, x, and proposal with mean and covariance,\n"
            "which is diagonal" },
  { .name = "--estimator", .commands = GRADIENTS, .kind = LIMEN_OPTION_CHOICE, .field = FIELD (gradients.estimator),
    .words = ESTIMATORS, .value = "NAME",
    .help = "log-derivative, log-derivative-mean (with the mean of\n"
            "the integrand as baseline), log-derivative-optimal\n"
            "(with the best baseline), reparameterization (of the\n"
            "whole integrand), reparameterization-kl (with the KL\n"
            "divergence in closed form) or sticking-the-landing;\n"
            "all of them without it" },
  { .name = "--samples", .commands = GRADIENTS, .kind = LIMEN_OPTION_COUNT, .field = FIELD (gradients.samples),
    .low = 1, .high = 1e9, .value = "N",
    .help = "draws of each estimator (default 10000)" },
  { .name = "--seed", .commands = GRADIENTS, .kind = LIMEN_OPTION_SEED, .field = FIELD (gradients.seed), .value = "N",
    .help = "the same seed gives the same draws, and the same\n"
            "draws to each estimator (default 0)" },
  { .name = "--shift", .commands = GRADIENTS, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (gradients.shift),
    .low = -1e6, .high = 1e6, .value = "S",
    .help = "a constant added to log p, which moves nothing but\n"
            "log-derivative without a baseline (default 0)" },
  { .name = "--data", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_TEXT, .field = FIELD (prior_train.data),
    .required = TRUE, .value = "PATH|builtin:NAME",
    .help = "points to learn: CSV, a row for each, or made up:\n"
            "builtin:two-moons, banana, ring, mixture or linear;\n"
            "builtin:ring:5000:7 are 5000 of them, of seed 7\n"
            "(default 2000 of seed 0)" },
  { .name = "--estimator", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_CHOICE, .field = SETTING (estimator),
    .required = TRUE, .words = ESTIMATORS, .value = "NAME",
    .help = "of the gradient: log-derivative, log-derivative-mean,\n"
            "log-derivative-optimal, reparameterization,\n"
            "reparameterization-kl or sticking-the-landing" },
  { .name = "--steps", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_COUNT, .field = FIELD (prior_train.steps),
    .low = 1, .high = 1e8, .value = "N",
    .help = "batches to learn from (default 2000)" },
  { .name = "--batch", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_COUNT, .field = SETTING (batch),
    .low = 1, .high = 65536, .value = "N",
    .help = "points in a batch (default 64)" },
  { .name = "--latent", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_COUNT, .field = SETTING (latent),
    .low = 1, .high = 64, .value = "N",
    .help = "latent variables (default 2)" },
  { .name = "--hidden", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_COUNT, .field = SETTING (hidden),
    .low = 0, .high = 1024, .value = "N",
    .help = "units of the hidden layers (default 32); 0: affine\n"
            "maps, for which log p(x) is known exactly" },
  { .name = "--prior", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_CHOICE, .field = SETTING (trainable),
    .words = { [FALSE] = "fixed", [TRUE] = "trainable" }, .value = "fixed|trainable",
    .help = "N(lambda1, diag lambda2) that learns (the default),\n"
            "or N(0, I)" },
  { .name = "--sigma", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_NUMBER, .field = SETTING (sigma),
    .low = 1e-3, .high = 1e3, .value = "S",
    .help = "standard deviation of the decoder (default 0.3)" },
  { .name = "--learning-rate", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_NUMBER,
    .field = SETTING (learning_rate), .low = 1e-9, .high = 1, .value = "R",
    .help = "of Adam, at its highest (default 0.01)" },
  { .name = "--seed", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_SEED, .field = SETTING (seed), .value = "N",
    .help = "of the start, the order of the points and the draws,\n"
            "the same for all estimators (default 0)" },
  { .name = "--out", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (out),
    .words = { ".csv" }, .value = "FILE.csv",
    .help = "write the bound at each recorded step as CSV" },
  { .name = "--payoff", .commands = GAME, .kind = LIMEN_OPTION_TEXT, .field = FIELD (game.payoff),
    .value = "FILE|NAME",
    .help = "points for B: CSV, a row for each strategy of A, with\n"
            "names of strategies or without; or one of\n"
            "rock-paper-scissors (the default), many-solutions,\n"
            "biased-rock-paper-scissors and matching-pennies" },
  { .name = "--method", .commands = PLAY, .kind = LIMEN_OPTION_METHOD, .field = FIELD (game.method),
    .required = TRUE, .value = "NAME",
    .help = "simultaneous-gda, alternating-gda, extragradient,\n"
            "optimistic-gda, proximal-point, consensus, lookahead,\n"
            "negative-momentum, eag-c, eag-v,\n"
            "anchored-simultaneous-gda, multiplicative-weights,\n"
            "alternating-multiplicative-weights,\n"
            "optimistic-multiplicative-weights, mirror-prox,\n"
            "replicator, fictitious-play, regret-matching or\n"
            "regret-matching-plus" },
  { .name = "--step", .commands = PLAY, .kind = LIMEN_OPTION_POSITIVE, .field = FIELD (game.step),
    .value = "S",
    .help = "step size (default: one that is usual for the method,\n"
            "such as 0.1, divided by the largest payoff)" },
  { .name = "--start", .commands = PLAY, .kind = LIMEN_OPTION_TEXT, .field = FIELD (game.start),
    .value = "A,.../B,...",
    .help = "weights of A's strategies, a slash, those of B's, as\n"
            "decimals or fractions; what is no strategy is moved\n"
            "to the nearest one. Default for 3 by 3 games:\n"
            "0.75,0.125,0.125/0.125,0.25,0.625; for others half of\n"
            "A's weight is on the first strategy, half of B's on\n"
            "the last, and the rest is even" },
  { .name = "--iterations", .commands = PLAY, .kind = LIMEN_OPTION_LONG_COUNT,
    .field = FIELD (game.iterations), .low = 1, .high = 1e15, .value = "N",
    .help = "how many (default 1000)" },
  { .name = "--integrator", .commands = PLAY, .kind = LIMEN_OPTION_CHOICE, .field = FIELD (game.integrator),
    .words = { [LIMEN_INTEGRATOR_VERLET] = "verlet", [LIMEN_INTEGRATOR_RUNGE_KUTTA] = "runge-kutta",
               [LIMEN_INTEGRATOR_EULER] = "euler" },
    .value = "verlet|runge-kutta|euler",
    .help = "of replicator: verlet (the default) is symplectic;\n"
            "with euler the iterates spiral outwards" },
  { .name = "--unprojected", .commands = PLAY, .kind = LIMEN_OPTION_FLAG, .field = FIELD (game.unprojected),
    .help = "do not bring iterates back to the simplices; for\n"
            "methods that follow gradients" },
  { .name = "--csv", .commands = PLAY, .kind = LIMEN_OPTION_TEXT, .field = FIELD (game.csv), .value = "FILE|-",
    .help = "write a row for each iteration from the start, 0, on;\n"
            "from 10000 on 1000 of each decade, evenly on a\n"
            "logarithmic scale; - is standard output" },
  { .name = "--json", .commands = DETECT | BOUND | PRIOR | GAME, .kind = LIMEN_OPTION_TEXT, .field = FIELD (json), .value = "FILE|-",
    .help = "write the result as JSON; - is standard output" },
  { .name = "--scores", .commands = DETECT, .kind = LIMEN_OPTION_TEXT, .field = FIELD (scores), .value = "FILE.csv",
    .help = "write each image's log-likelihood and verdict" },
  { .name = "--plot", .commands = DETECT, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (plot),
    .words = { ".png", ".svg", ".pdf" }, .value = "FILE.png|.svg|.pdf",
    .help = "draw the histograms and the threshold" },
  { .name = "--plot", .commands = BOUND, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (plot),
    .words = { ".png", ".svg", ".pdf" }, .value = "FILE.png|.svg|.pdf",
    .help = "draw the bound and its gap against K, estimates where\n"
            "K is one of 1, 2, 5, 10, ..., 5000, and a latent plane" },
  { .name = "--plot", .commands = GRADIENTS, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (plot),
    .words = { ".png", ".svg", ".pdf" }, .value = "FILE.png|.svg|.pdf",
    .help = "draw single estimates around the exact gradient, and\n"
            "the variances" },
  { .name = "--plot", .commands = PRIOR_TRAIN, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (plot),
    .words = { ".png", ".svg", ".pdf" }, .value = "FILE.png|.svg|.pdf",
    .help = "draw the bound against steps, and the latent plane" },
  { .name = "--plot", .commands = PLAY, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (plot),
    .words = { ".png", ".svg", ".pdf" }, .value = "FILE.png|.svg|.pdf",
    .help = "draw the gap against iterations, what the method\n"
            "keeps, and, for 3 by 3 games, triangles with the\n"
            "first 10000 iterates, unless they left them" },
  { .name = "--size", .commands = DETECT | BOUND | PRIOR | PLAY, .kind = LIMEN_OPTION_SIZE, .field = FIELD (width),
    .low = 100, .high = 10000, .value = "WxH",
    .help = "size of the plot in pixels (default 1000x625)" },
  { .name = "--scale", .commands = DETECT | BOUND | PRIOR | PLAY, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (scale),
    .low = 1, .high = 4, .value = "S",
    .help = "of a PNG: S times as many pixels (default 1)" },
  { .name = "--dark", .commands = DETECT | BOUND | PRIOR | PLAY, .kind = LIMEN_OPTION_FLAG, .field = FIELD (dark),
    .help = "light on dark" },
  { .name = "--out", .commands = SCORE, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (out),
    .words = { ".csv", ".npy" }, .value = "FILE.csv|.npy",
    .help = "where to write the log-likelihoods; CSV on standard\n"
            "output without it" },
  { .name = "--data", .commands = TRAIN, .kind = LIMEN_OPTION_PATHS, .field = FIELD (data),
    .required = TRUE, .value = "PATH...",
    .help = "images to learn from: IDX, npy, npz, CSV, pictures,\n"
            "folders or archives of pictures; several are joined" },
  { .name = "--out", .commands = TRAIN, .kind = LIMEN_OPTION_FILE_TYPE, .field = FIELD (out),
    .required = TRUE, .words = { ".safetensors", ".pt", ".pth" }, .value = "FILE.safetensors|.pt|.pth",
    .help = "where to write the weights, after each epoch that\n"
            "improved them" },
  { .name = "--width", .commands = TRAIN, .kind = LIMEN_OPTION_COUNT, .field = FIELD (train.width),
    .low = 1, .high = 65536, .value = "N",
    .help = "units of a hidden layer (default 256)" },
  { .name = "--depth", .commands = TRAIN, .kind = LIMEN_OPTION_COUNT, .field = FIELD (train.depth),
    .low = 1, .high = 64, .value = "N",
    .help = "hidden layers of a coupling (default 3)" },
  { .name = "--couplings", .commands = TRAIN, .kind = LIMEN_OPTION_COUNT, .field = FIELD (train.couplings),
    .low = 1, .high = 64, .value = "N",
    .help = "coupling layers (default 4)" },
  { .name = "--epochs", .commands = TRAIN, .kind = LIMEN_OPTION_COUNT, .field = FIELD (train.epochs),
    .low = 1, .high = 1e6, .value = "N",
    .help = "how often every image is seen (default 20, or as\n"
            "often as --minutes allow)" },
  { .name = "--minutes", .commands = TRAIN, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (train.minutes),
    .low = 0.001, .high = 1e6, .value = "M",
    .help = "end after so long" },
  { .name = "--batch", .commands = TRAIN, .kind = LIMEN_OPTION_COUNT, .field = FIELD (train.batch),
    .low = 1, .high = 65536, .value = "N",
    .help = "images in a batch (default 256)" },
  { .name = "--learning-rate", .commands = TRAIN, .kind = LIMEN_OPTION_NUMBER,
    .field = FIELD (train.learning_rate), .low = 1e-9, .high = 1, .value = "R",
    .help = "of Adam, at its highest (default 0.001)" },
  { .name = "--held-out", .commands = TRAIN, .kind = LIMEN_OPTION_NUMBER, .field = FIELD (train.held_out),
    .low = 0, .high = 0.9, .value = "PART",
    .help = "part of the images to judge by (default 0.05)" },
  { .name = "--seed", .commands = TRAIN, .kind = LIMEN_OPTION_SEED, .field = FIELD (train.seed), .value = "N",
    .help = "the same seed gives the same weights (default 0)" },
  { .name = "--resume", .commands = TRAIN, .kind = LIMEN_OPTION_TEXT, .field = FIELD (resume), .value = "FILE",
    .help = "continue with the weights in this file" },
  { .name = "--size", .commands = TRAIN, .kind = LIMEN_OPTION_SIZE, .field = FIELD (fit),
    .low = 1, .high = 1024, .value = "WxH",
    .help = "fit every image to this size (default: that of the\n"
            "first)" },
  { .name = "--half", .commands = TRAIN, .kind = LIMEN_OPTION_FLAG, .field = FIELD (half),
    .help = "write half precision, for files of half the size" },
  { .name = "--range", .commands = IMAGES, .kind = LIMEN_OPTION_RANGE, .field = FIELD (reading),
    .value = "BLACK..WHITE",
    .help = "of arrays, tables of images and TIFF of more than 8\n"
            "bits: the numbers that mean black and white, such as\n"
            "0..255; decided from all numbers without it" },
  { .name = "--layout", .commands = IMAGES, .kind = LIMEN_OPTION_LAYOUT, .field = FIELD (reading),
    .value = "WORD,...",
    .help = "of arrays and tables of images: rows, columns, images,\n"
            "images-last or one (which part is an image);\n"
            "label-first, label-last or no-label; channels-first,\n"
            "channels-last or grey; transposed (width stands before\n"
            "height, as in EMNIST). What is not said is decided" },
  { .name = "--anomaly-range", .commands = DETECT, .kind = LIMEN_OPTION_RANGE,
    .field = FIELD (anomaly_reading), .value = "BLACK..WHITE",
    .help = "the same of the anomalies, where it is another" },
  { .name = "--anomaly-layout", .commands = DETECT, .kind = LIMEN_OPTION_LAYOUT,
    .field = FIELD (anomaly_reading), .value = "WORD,...",
    .help = "the same of the anomalies, where it is another" },
  { .name = "--help", .commands = DETECT | SCORE | INSPECT | TRAIN | BOUND | PRIOR | GAME, .kind = LIMEN_OPTION_FLAG, .field = FIELD (help),
    .help = "this text" },
};
/* clang-format on */

const guint limen_n_options = G_N_ELEMENTS (limen_option_table);

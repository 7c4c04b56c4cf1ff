/* Examples for the Detector: what each shows, the files it needs, and where they are looked for. */
#pragma once

#include <glib.h>

/**
 * LimenExample:
 * @name: a word for settings and actions: "paradox"
 * @title: what a menu says: "Fashion-MNIST on MNIST": models of the first, anomalies from the
 * second
 * @shows: one sentence: what is to be seen
 * @flow, @vae: (nullable): names of what Limen brings along
 * @normal, @anomaly: (nullable): paths of the images; NULL where they were not found
 * @inverts_anomaly: whether the anomalies are black on white, and the normal images the other way
 * @missing: (nullable): what is not there, where it was looked for and how to get it, in a sentence
 *   for each set; NULL where nothing is missing
 *
 * @name, @title, @shows, @flow and @vae are static.
 */
typedef struct {
  const char *name, *title, *shows, *flow, *vae;
  char *normal, *anomaly;
  gboolean inverts_anomaly;
  char *missing;
} LimenExample;

/**
 * limen_examples:
 * @near: (nullable): NULL-terminated: paths of files and folders that the user opened before
 *
 * A set is a file of the name that its authors gave it (IDX, with or without .gz, also with a dot
 * for the last dash; for Omniglot a zip or its folder) in a folder named after the set, as Debian's
 * packages (datasets/fashion-mnist), torchvision (FashionMNIST/raw) or people call it. The folder
 * is looked for beside each of @near, up to two folders above it, and in "datasets" and
 * "limen/datasets" of the user's data folder and of the system's (XDG). Built-in images have no
 * file. Only names are looked at, nothing is read: call it from any thread.
 *
 * Returns: (transfer full) (element-type LimenExample): all of them, the first one always complete
 */
GPtrArray *limen_examples (const char *const *near);

/* Two sets of one file name, MNIST's and KMNIST's, must not look the same. */
#pragma once

#include "model/data/image-set.h"

/**
 * limen_set_label:
 * @others: (nullable): NULL-terminated: what another set was loaded from
 *
 * Returns: (transfer full): the name of @set; "mnist/t10k-images-idx3-ubyte.gz", with its folder,
 * where one of
 * @others is called the same
 */
char *limen_set_label (const LimenImageSet *set, const char *const *others);

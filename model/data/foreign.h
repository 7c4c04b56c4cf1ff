/* Files that Limen does not read, named for what they are by their content, with the way from them
 * to one that it reads. */
#pragma once

#include "model/base/error.h"

/** LIMEN_FOREIGN_START: how many bytes of a file are enough to tell */
#define LIMEN_FOREIGN_START 512

/**
 * limen_foreign_sentence: (transfer full) (nullable): one sentence about the file content @bytes,
 * of which the first LIMEN_FOREIGN_START are enough; NULL where nothing is recognised
 * @name: of the file, as shown; for a line of Python its last part is taken
 */
char *limen_foreign_sentence (GBytes *bytes, const char *name);

/** limen_foreign_member_sentence: (transfer full) (nullable): the same of an archive @name that has
 * a member @member: model.weights.h5 is Keras's */
char *limen_foreign_member_sentence (const char *member, const char *name);

/** limen_foreign_weights_sentence: as limen_foreign_sentence(), where weights are wanted: the way
 * is to a safetensors file */
char *limen_foreign_weights_sentence (GBytes *bytes, const char *name);
/** limen_foreign_weights_member_sentence: as limen_foreign_member_sentence(), where weights are
 * wanted; also of an npz */
char *limen_foreign_weights_member_sentence (const char *member, const char *name);

/** limen_set_foreign: LIMEN_ERROR_FORMAT with this sentence, or, where nothing is recognised, that
 * @name is not @wanted: "a picture that Limen reads" */
void limen_set_foreign (GBytes *bytes, const char *name, const char *wanted, GError **error);

/* How the readers of this room fill the table of tensors that checkpoint.h shows. */
#pragma once

#include "model/data/source.h"
#include "model/weights/checkpoint.h"

#include <json-glib/json-glib.h>

/**
 * limen_checkpoint_add:
 * @tensor: copied, with its name; its storage may still be unset, see limen_checkpoint_nth()
 *
 * Refuses a name that is taken or longer than 1,024 bytes, and more than 65,536 tensors.
 */
gboolean
limen_checkpoint_add (LimenCheckpoint *checkpoint, const LimenTensor *tensor, GError **error);
/** limen_checkpoint_nth: the tensor, to be completed */
LimenTensor *limen_checkpoint_nth (LimenCheckpoint *checkpoint, guint index);

/** limen_checkpoint_pass_over: notes what is not read */
void limen_checkpoint_pass_over (LimenCheckpoint *checkpoint, const char *name, const char *what);
/** limen_checkpoint_notes: (element-type utf8 utf8): see limen_checkpoint_note() */
GHashTable *limen_checkpoint_notes (const LimenCheckpoint *checkpoint);
/** limen_notes_build: writes them as members of the object that @builder is in, in the order of
 * their names */
void limen_notes_build (const LimenCheckpoint *checkpoint, JsonBuilder *builder);
/** limen_notes_take: those among the members of @object that are Limen's */
void limen_notes_take (LimenCheckpoint *checkpoint, JsonObject *object);
/** limen_checkpoint_set_format: @format is a literal */
void limen_checkpoint_set_format (LimenCheckpoint *checkpoint, const char *format);
void limen_checkpoint_set_n_others (LimenCheckpoint *checkpoint, guint n);
void limen_checkpoint_set_n_files (LimenCheckpoint *checkpoint, guint n);
void limen_checkpoint_set_part (LimenCheckpoint *checkpoint, const char *part);
/** limen_name_without_wrappers: (transfer full): the name that a tensor gets in the table */
char *limen_name_without_wrappers (const char *name);
/** limen_checkpoint_check_part: LIMEN_ERROR_MISMATCH where there is no tensor in the part that is
 * asked for */
gboolean limen_checkpoint_check_part (const LimenCheckpoint *checkpoint, GError **error);

/** limen_safetensors_load: the length of a JSON header, the header, and the numbers, each tensor in
 * one piece (Hugging Face, safetensors, README.md, "Format") */
LimenCheckpoint *limen_safetensors_load (const LimenSource *source, GError **error);
/** limen_torch_load: what torch.save wrote, in either format */
LimenCheckpoint *limen_torch_load (const LimenSource *source, GError **error);

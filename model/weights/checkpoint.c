#include "model/weights/checkpoint.h"
#include "model/weights/checkpoint-private.h"

#include <string.h>

#define MAX_TENSORS 65536
#define MAX_NAME    1024

struct LimenCheckpoint {
  char *path;
  const char *format;
  char *part; /* nullable: only what is in this dictionary was asked for */
  GPtrArray *tensors;
  GHashTable *by_name;
  GPtrArray *passed; /* of LimenPassedOver */
  guint n_others, n_files;
  GHashTable *notes; /* of texts by their names */
};

/* The table */

static void
passed_over_free (gpointer data)
{
  LimenPassedOver *passed = data;
  g_free (passed->name);
  g_free (passed->what);
  g_free (passed);
}

static void
tensor_free (gpointer data)
{
  LimenTensor *tensor = data;
  g_clear_pointer (&tensor->storage, g_bytes_unref);
  g_free (tensor->name);
  g_free (tensor);
}

LimenCheckpoint *
limen_checkpoint_new (const char *path, const char *format)
{
  LimenCheckpoint *checkpoint = g_new0 (LimenCheckpoint, 1);
  checkpoint->path = g_strdup (path);
  checkpoint->format = format;
  checkpoint->tensors = g_ptr_array_new_with_free_func (tensor_free);
  checkpoint->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  checkpoint->passed = g_ptr_array_new_with_free_func (passed_over_free);
  checkpoint->n_files = 1;
  checkpoint->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return checkpoint;
}

void
limen_checkpoint_free (LimenCheckpoint *checkpoint)
{
  g_hash_table_unref (checkpoint->by_name);
  g_ptr_array_unref (checkpoint->tensors);
  g_ptr_array_unref (checkpoint->passed);
  g_hash_table_unref (checkpoint->notes);
  g_free (checkpoint->part);
  g_free (checkpoint->path);
  g_free (checkpoint);
}

/* What torch.compile and others put around parts of a network leaves its word in their names. */
char *
limen_name_without_wrappers (const char *name)
{
  static const char *const wrappers[] = {"_orig_mod", "_fsdp_wrapped_module",
                                         "_checkpoint_wrapped_module"};
  g_auto (GStrv) words = g_strsplit (name, ".", -1);
  guint n = 0;
  for (guint i = 0; words[i]; i++) {
    gboolean is_wrapper = FALSE;
    for (guint j = 0; j < G_N_ELEMENTS (wrappers); j++)
      is_wrapper |= g_str_equal (words[i], wrappers[j]);
    if (is_wrapper && words[i + 1])
      g_free (words[i]);
    else
      words[n++] = words[i];
  }
  words[n] = NULL;
  return g_strjoinv (".", words);
}

gboolean
limen_checkpoint_add (LimenCheckpoint *checkpoint, const LimenTensor *tensor, GError **error)
{
  if (checkpoint->tensors->len >= MAX_TENSORS || strlen (tensor->name) > MAX_NAME)
    return limen_refuse (
        error, LIMEN_ERROR_UNSAFE, checkpoint->path,
        "holds more tensors, or longer names, than any network that Limen could use; "
        "save only the weights with torch.save(model.state_dict(), …)");
  g_autofree char *name = limen_name_without_wrappers (tensor->name);
  if (g_hash_table_contains (checkpoint->by_name, name)) {
    g_free (name);
    name = g_strdup (tensor->name);
  }
  g_autofree char *shown = limen_printable (name, strlen (name));
  if (g_hash_table_contains (checkpoint->by_name, name))
    return limen_refuse (error, LIMEN_ERROR_DAMAGED, checkpoint->path,
                         "holds two tensors named %s; save it again with one of them renamed",
                         shown);
  LimenTensor *added = g_memdup2 (tensor, sizeof *tensor);
  added->name = g_steal_pointer (&name);
  added->storage = tensor->storage ? g_bytes_ref (tensor->storage) : NULL;
  g_ptr_array_add (checkpoint->tensors, added);
  g_hash_table_insert (checkpoint->by_name, added->name, added);
  return TRUE;
}

void
limen_checkpoint_pass_over (LimenCheckpoint *checkpoint, const char *name, const char *what)
{
  LimenPassedOver *passed = g_new (LimenPassedOver, 1);
  *passed = (LimenPassedOver){g_strdup (name), g_strdup (what)};
  g_ptr_array_add (checkpoint->passed, passed);
}

GHashTable *
limen_checkpoint_notes (const LimenCheckpoint *checkpoint)
{
  return checkpoint->notes;
}

void
limen_checkpoint_set_format (LimenCheckpoint *checkpoint, const char *format)
{
  checkpoint->format = format;
}

void
limen_checkpoint_set_n_others (LimenCheckpoint *checkpoint, guint n)
{
  checkpoint->n_others = n;
}

void
limen_checkpoint_set_part (LimenCheckpoint *checkpoint, const char *part)
{
  g_free (checkpoint->part);
  checkpoint->part = g_strdup (part);
}

void
limen_checkpoint_set_n_files (LimenCheckpoint *checkpoint, guint n)
{
  checkpoint->n_files = n;
}

void
limen_checkpoint_drop (LimenCheckpoint *checkpoint, const char *name)
{
  LimenTensor *tensor = g_hash_table_lookup (checkpoint->by_name, name);
  if (!tensor)
    return;
  g_hash_table_remove (checkpoint->by_name, name);
  g_ptr_array_remove (checkpoint->tensors, tensor);
}

/* Looking up */

const char *
limen_checkpoint_format (const LimenCheckpoint *checkpoint)
{
  return checkpoint->format;
}

const char *
limen_checkpoint_part (const LimenCheckpoint *checkpoint)
{
  return checkpoint->part;
}

const char *
limen_checkpoint_path (const LimenCheckpoint *checkpoint)
{
  return checkpoint->path;
}

guint
limen_checkpoint_n_tensors (const LimenCheckpoint *checkpoint)
{
  return checkpoint->tensors->len;
}

LimenTensor *
limen_checkpoint_nth (LimenCheckpoint *checkpoint, guint index)
{
  return g_ptr_array_index (checkpoint->tensors, index);
}

const LimenTensor *
limen_checkpoint_tensor (const LimenCheckpoint *checkpoint, guint index)
{
  return g_ptr_array_index (checkpoint->tensors, index);
}

const LimenTensor *
limen_checkpoint_find (const LimenCheckpoint *checkpoint, const char *name)
{
  return g_hash_table_lookup (checkpoint->by_name, name);
}

guint
limen_checkpoint_n_passed (const LimenCheckpoint *checkpoint)
{
  return checkpoint->passed->len;
}

const LimenPassedOver *
limen_checkpoint_passed (const LimenCheckpoint *checkpoint, guint index)
{
  return g_ptr_array_index (checkpoint->passed, index);
}

guint
limen_checkpoint_n_others (const LimenCheckpoint *checkpoint)
{
  return checkpoint->n_others;
}

guint
limen_checkpoint_n_files (const LimenCheckpoint *checkpoint)
{
  return checkpoint->n_files;
}

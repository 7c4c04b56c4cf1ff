#include "model/data/json.h"
#include "model/data/torch-file.h"
#include "model/weights/checkpoint-private.h"

#define ADVICE "save only the weights with torch.save(model.state_dict(), …)"

typedef struct {
  LimenTorchPickle *torch;
  LimenCheckpoint *checkpoint;
  GPtrArray *storages; /* (n_tensors): of each tensor of the checkpoint */
} Load;

static gboolean
take (const char *name, gsize key, const LimenPickleValue *value, gpointer user_data,
      GError **error)
{
  Load *load = user_data;
  LimenTensor tensor = {.name = (char *)name};
  LimenTorchStorage *storage = NULL;
  g_autofree char *passed = NULL;
  if (value->kind != LIMEN_PICKLE_TENSOR) {
    limen_checkpoint_pass_over (load->checkpoint, name,
                                value->kind == LIMEN_PICKLE_ARRAY ? "array of NumPy" : value->what);
    return TRUE;
  }
  if (!limen_torch_pickle_tensor (load->torch, value, &tensor, &storage, &passed, error))
    return FALSE;
  if (passed) {
    limen_checkpoint_pass_over (load->checkpoint, name, passed);
    return TRUE;
  }
  g_ptr_array_add (load->storages, storage);
  return limen_checkpoint_add (load->checkpoint, &tensor, error);
}

/* @notes: (nullable): what is no such JSON says nothing */
static void
take_notes (LimenCheckpoint *checkpoint, GBytes *notes)
{
  gsize n = 0;
  const char *json = notes ? g_bytes_get_data (notes, &n) : NULL;
  g_autoptr (JsonNode) root = n > 0 ? limen_json_parse_object (json, n, 1) : NULL;
  if (root)
    limen_notes_take (checkpoint, json_node_get_object (root));
}

LimenCheckpoint *
limen_torch_load (const LimenSource *source, GError **error)
{
  g_auto (LimenTorchFile) file = {0};
  g_autoptr (GPtrArray) storages = g_ptr_array_new ();
  guint n_others;
  if (!limen_torch_file_open (&file, source, ADVICE, error))
    return NULL;
  g_autoptr (LimenCheckpoint) checkpoint = limen_checkpoint_new (source->path, file.format);
  Load load = {file.torch, checkpoint, storages};
  if (!limen_torch_pickle_walk (file.torch, file.object, take, &load, &n_others, error) ||
      !limen_torch_file_read (&file, source, error))
    return NULL;
  limen_checkpoint_set_n_others (checkpoint, n_others);
  take_notes (checkpoint, file.notes);
  for (guint i = 0; i < storages->len; i++) {
    LimenTorchStorage *storage = storages->pdata[i];
    limen_checkpoint_nth (checkpoint, i)->storage = g_bytes_ref (storage->bytes);
  }
  return g_steal_pointer (&checkpoint);
}

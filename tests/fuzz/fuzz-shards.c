/* An index of a network in several files, and the files, all in one input: each with its length in
 * two bytes before it, first the index, then the files whose names begin with a, b, … Whatever they
 * are, they join to tensors that can be read, or are refused with a sentence; and no file is asked
 * for that is not beside the index. */
#include "model/weights/shards.h"
#include "tests/fuzz/read-all.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_SHARDS 8

typedef struct {
  const uint8_t *data[MAX_SHARDS];
  size_t n[MAX_SHARDS];
  guint n_shards, n_asked;
} Input;

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

/* Two bytes of length, then as many; the last has what is left. */
static size_t
take_part (const uint8_t **at, const uint8_t *end, const uint8_t **part)
{
  size_t left = (size_t)(end - *at), n = left;
  *part = *at;
  if (left >= 2) {
    n = MIN ((size_t)(*at)[0] | (size_t)(*at)[1] << 8, left - 2);
    *part = *at + 2;
  }
  *at = *part + n;
  return n;
}

/* Each name stands for one of the files, so that what is altered in a name still finds one. */
static LimenCheckpoint *
load_part (const char *name, gpointer user_data, GError **error)
{
  Input *input = user_data;
  check (*name && !strchr (name, '/') && !strchr (name, '\\') && !g_str_equal (name, "..") &&
         !g_str_equal (name, "."));
  guint index = g_str_hash (name) % MAX (input->n_shards, 1);
  if (name[0] >= 'a' && (guint)(name[0] - 'a') < input->n_shards)
    index = (guint)(name[0] - 'a');
  input->n_asked++;
  g_autoptr (GBytes) bytes = g_bytes_new_static (input->n_shards ? input->data[index] : NULL,
                                                 input->n_shards ? input->n[index] : 0);
  return limen_checkpoint_load_bytes (bytes, name, error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Input input = {0};
  const uint8_t *at = data, *end = data + size, *index;
  size_t n = take_part (&at, end, &index);
  while (input.n_shards < MAX_SHARDS && at < end) {
    input.n[input.n_shards] = take_part (&at, end, &input.data[input.n_shards]);
    input.n_shards++;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_static (index, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenCheckpoint) joined =
      limen_shards_join (bytes, "fuzz.index.json", load_part, &input, &error);
  check ((joined == NULL) == (error != NULL));
  check (!error || (error->domain == LIMEN_ERROR && g_str_has_suffix (error->message, ".") &&
                    !strchr (error->message, '\n') && g_utf8_validate (error->message, -1, NULL)));
  if (!joined)
    return 0;
  check (limen_checkpoint_n_files (joined) == input.n_asked);
  read_all_tensors (joined);
  return 0;
}

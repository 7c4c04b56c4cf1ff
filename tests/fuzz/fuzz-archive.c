#include "model/data/archive.h"
#include "model/data/file-kind.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (LimenArchive) archive = limen_archive_open_bytes (bytes, "fuzz", NULL);
  const char *name;
  for (guint i = 0; archive && i < 20 && limen_archive_next (archive, &name, NULL); i++) {
    g_assert_true (g_utf8_validate (name, -1, NULL));
    if (i % 4 == 3) /* some are passed over */
      continue;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) member = limen_archive_read (archive, 1 << 18, &error);
    g_assert_true (!member == !!error);
    if (member)
      limen_file_kind_of_bytes (member);
  }
  limen_file_kind_of_bytes (bytes);
  return 0;
}

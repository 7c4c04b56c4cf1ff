#include "ui/cli/commands.h"

#include <string.h>

#define POINTER(name) &limen_command_##name,

const LimenCommand *const limen_commands[] = {LIMEN_COMMANDS (POINTER) NULL};

const LimenCommand *
limen_command_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (g_str_equal (name, (*c)->name))
      return *c;
  return NULL;
}

gboolean
limen_command_is_of (const LimenCommand *command, const char *group)
{
  g_return_val_if_fail (command != NULL && group != NULL, FALSE);
  gsize length = strlen (group);
  return length > 0 && strncmp (command->name, group, length) == 0 && command->name[length] == ' ';
}

gboolean
limen_is_command_group (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (limen_command_is_of (*c, word))
      return TRUE;
  return FALSE;
}

static gboolean
equals (gconstpointer a, gconstpointer b)
{
  return g_str_equal (a, b);
}

GPtrArray *
limen_command_first_words (void)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (const LimenCommand *const *c = limen_commands; *c; c++) {
    g_autofree char *word = g_strndup ((*c)->name, strcspn ((*c)->name, " "));
    if (!g_ptr_array_find_with_equal_func (words, word, equals, NULL))
      g_ptr_array_add (words, g_steal_pointer (&word));
  }
  return g_steal_pointer (&words);
}

GPtrArray *
limen_command_second_words (const char *group)
{
  g_return_val_if_fail (group != NULL, NULL);
  GPtrArray *words = g_ptr_array_new_null_terminated (4, NULL, TRUE);
  for (const LimenCommand *const *c = limen_commands; *c; c++)
    if (limen_command_is_of (*c, group))
      g_ptr_array_add (words, (gpointer)((*c)->name + strlen (group) + 1));
  return words;
}

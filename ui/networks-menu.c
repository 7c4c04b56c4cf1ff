#include "ui/networks-menu.h"

#define NO_NAME "the one without a name"

void
limen_networks_menu (GMenu *menu, GMenu **section, const char *path, const char *const *networks,
                     const char *action)
{
  g_return_if_fail (G_IS_MENU (menu));
  if (*section)
    g_menu_remove (menu, 0);
  g_clear_object (section);
  if (!networks)
    return;
  *section = g_menu_new ();
  for (guint i = 1; networks[i]; i++) {
    g_autofree char *target =
        *networks[i] ? g_strconcat (path, ":", networks[i], NULL) : g_strdup (path);
    g_autoptr (GMenuItem) item = g_menu_item_new (*networks[i] ? networks[i] : NO_NAME, NULL);
    g_menu_item_set_action_and_target (item, action, "s", target);
    g_menu_append_item (*section, item);
  }
  g_menu_insert_section (menu, 0, "In the same file", G_MENU_MODEL (*section));
}

char *
limen_networks_label (const char *shown, const char *const *networks)
{
  g_return_val_if_fail (shown != NULL, NULL);
  if (!networks)
    return g_strdup (shown);
  g_autofree char *others = g_strjoinv (", ", (char **)networks + 1);
  return g_strdup_printf ("%s, %s (also: %s)", shown, *networks[0] ? networks[0] : NO_NAME,
                          *others ? others : NO_NAME);
}

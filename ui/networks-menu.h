/* A file with several networks: the choice between them. */
#pragma once

#include <gio/gio.h>

/**
 * limen_networks_menu:
 * @menu: its first section becomes the networks of @path beside the one in use, or there is none
 * @section: (inout) (transfer full) (nullable): that section, NULL before the first call
 * @networks: (nullable): as of limen_nice_networks()
 * @action: its target is a path that loads the network
 */
void limen_networks_menu (GMenu *menu, GMenu **section, const char *path,
                          const char *const *networks, const char *action);
/** limen_networks_label: (transfer full): "net.pt", or "net.pt, model (also: ema)" */
char *limen_networks_label (const char *shown, const char *const *networks);

/* What is remembered from one start to the next. */
#pragma once

#include <gio/gio.h>

/** limen_settings: (transfer none) (nullable): NULL where the program's schema is not to be found
 */
GSettings *limen_settings (void);

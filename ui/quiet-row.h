/* Rows of a panel that Tab passes by: what they hold may be a stop, they are none themselves. */
#pragma once

#include <adwaita.h>

/* GTK's own row takes the focus whether it can have it or not, and its list looks at one row only.
 */
#define LIMEN_TYPE_QUIET_ROW (limen_quiet_row_get_type ())
G_DECLARE_FINAL_TYPE (LimenQuietRow, limen_quiet_row, LIMEN, QUIET_ROW, AdwActionRow)

/* The same, of any child */
#define LIMEN_TYPE_QUIET_BIN (limen_quiet_bin_get_type ())
G_DECLARE_FINAL_TYPE (LimenQuietBin, limen_quiet_bin, LIMEN, QUIET_BIN, AdwPreferencesRow)

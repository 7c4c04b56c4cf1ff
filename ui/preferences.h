/* What holds for all pages. */
#pragma once

#include <adwaita.h>

void limen_preferences_present (GtkWindow *parent);

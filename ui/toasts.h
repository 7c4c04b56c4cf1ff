/* Messages over a window that wait to be read. */
#pragma once

#include <adwaita.h>

/** limen_toasts_add: @toast: (transfer full): takes the place of what stands there; goes when it is
 * closed, or with the first key, click or turn of the wheel after there was time to read it: never
 * while nobody looks */
void limen_toasts_add (AdwToastOverlay *overlay, AdwToast *toast);
/** limen_toasts_tell: @message, as plain text */
void limen_toasts_tell (AdwToastOverlay *overlay, const char *message);
/** limen_toasts_dismiss: what stands there is over */
void limen_toasts_dismiss (AdwToastOverlay *overlay);

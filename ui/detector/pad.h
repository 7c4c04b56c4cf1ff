/* The window in which a picture is drawn: with mouse, pen or keys, and scored at each stroke. */
#pragma once

#include "ui/study/detector/pictures-session.h"

#include <adwaita.h>

#define LIMEN_TYPE_PAD_WINDOW (limen_pad_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenPadWindow, limen_pad_window, LIMEN, PAD_WINDOW, AdwWindow)

/** limen_pad_window_present: the one of @parent, made if there is none; what is drawn goes to
 * @pictures and stays there when it is closed */
void limen_pad_window_present (GtkWindow *parent, LimenPicturesSession *pictures);

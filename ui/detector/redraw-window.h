/* "Try it": other sets of normal images are drawn, and how often the interval and the band of each
 * miss the truth. */
#pragma once

#include "ui/study/detector/redraw-session.h"

#include <adwaita.h>

#define LIMEN_TYPE_REDRAW_WINDOW (limen_redraw_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenRedrawWindow, limen_redraw_window, LIMEN, REDRAW_WINDOW, AdwWindow)

/** limen_redraw_window_present: the one of @parent, made if there is none; it draws at once, unless
 * there is a result */
void limen_redraw_window_present (GtkWindow *parent, LimenDetectorSession *detector);

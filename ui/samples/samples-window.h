/* The window that plays with a flow: samples at a temperature, and the path between two images. */
#pragma once

#include "ui/study/detector/session.h"

#include <adwaita.h>

#define LIMEN_TYPE_SAMPLES_WINDOW (limen_samples_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenSamplesWindow, limen_samples_window, LIMEN, SAMPLES_WINDOW, AdwWindow)

/** limen_samples_window_present: the one of @parent, made if there is none; it follows the flow of
 * @session */
void limen_samples_window_present (GtkWindow *parent, LimenDetectorSession *session);

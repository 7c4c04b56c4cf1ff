/* One image, explained, in a window of its own: the picture, maps over it, its scores, the nearest
 * normal images, and what would have to change. */
#pragma once

#include "ui/study/detector/explain-session.h"

#include <adwaita.h>

#define LIMEN_TYPE_EXPLAIN_WINDOW (limen_explain_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenExplainWindow, limen_explain_window, LIMEN, EXPLAIN_WINDOW, AdwWindow)

/**
 * limen_explain_window_open: the one of @parent, made if there is none, shows image @index of the
 * set of @role, which the experiment of @detector has
 */
void limen_explain_window_open (GtkWindow *parent, LimenDetectorSession *detector,
                                LimenSetRole role, guint index);
/** limen_explain_window_open_picture: the same of a single picture, which has an image */
void limen_explain_window_open_picture (GtkWindow *parent, LimenDetectorSession *detector,
                                        const LimenSinglePicture *picture);

/* The bound over a set of images: the table of Burda et al. (2016), image by image. */
#pragma once

#include "ui/study/bound/session.h"

#include <gtk/gtk.h>

/** limen_bound_set_window_present: of the VAE and the images in use, or of Limen's own */
void limen_bound_set_window_present (GtkWindow *parent, LimenBoundSession *session);

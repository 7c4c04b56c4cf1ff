/* A picture that is drawn once and shown many times. */
#pragma once

#include "viz/kit/picture.h"

#include <gtk/gtk.h>

/**
 * limen_drawn_node: (transfer full): what @draw draws at the size of @widget, at the screen's scale
 *
 * An image in a node that is kept: a renderer that draws with Cairo copies it, where of a texture
 * GTK 4.8 would convert every pixel at every frame; one that draws with GL keeps what it uploaded.
 */
GskRenderNode *limen_drawn_node (GtkWidget *widget, LimenDrawFunc draw, gpointer user_data);

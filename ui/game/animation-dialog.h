/* Asks how an animation is to be written. */
#pragma once

#include "ui/study/game/animation.h"

#include <gtk/gtk.h>

/** LimenAnimationChosenFunc: with the widget that asked */
typedef void (*LimenAnimationChosenFunc) (GtkWidget *owner, const LimenGameAnimation *how);

/** limen_animation_dialog_present: shows @how, over the window of @owner; WebM is among the formats
 * as soon as it turns out that the desktop can write it. @chosen comes once, or never */
void limen_animation_dialog_present (GtkWidget *owner, const LimenGameAnimation *how,
                                     LimenAnimationChosenFunc chosen);

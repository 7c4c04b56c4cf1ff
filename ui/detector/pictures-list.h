/* The single pictures in the panel: what each is, and what is said of it. */
#pragma once

#include "ui/study/detector/pictures-session.h"

#include <adwaita.h>

/** limen_pictures_list_add: a group at the end of @panel, which follows @session */
void limen_pictures_list_add (GtkWidget *panel, LimenPicturesSession *session);

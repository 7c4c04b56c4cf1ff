/* Why the solution is one, and whether it is the only one, step by step, to be checked by hand. */
#pragma once

#include "ui/study/game/session.h"

#include <gtk/gtk.h>

/** limen_certificate_view_new: (transfer floating): borrows @session, and follows it */
GtkWidget *limen_certificate_view_new (LimenGameSession *session);

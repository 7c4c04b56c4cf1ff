/* What all text in pictures is laid out with. Only the kit needs it. */
#pragma once

#include <pango/pango.h>

/** limen_text_context: (transfer none): of this thread */
PangoContext *limen_text_context (void);

/* Has the user say what files are of which nothing tells it. */
#pragma once

#include "ui/study/door.h"

#include <adwaita.h>

/** LimenKindChosenFunc: @paths: (element-type filename): of the party, NULL-terminated */
typedef void (*LimenKindChosenFunc) (GtkWindow *window, const LimenPartyChoice *choice,
                                     const GPtrArray *paths);

/** limen_party_ask_kind: @party: with choices; @chosen: called unless the user cancels or closes
 * @window */
void limen_party_ask_kind (GtkWindow *window, const LimenParty *party, LimenKindChosenFunc chosen);

/* What of the Bound page leaves the window: its pictures as one, its numbers as a table. */
#pragma once

#include "ui/study/bound/session.h"
#include "ui/export.h"

/** limen_bound_export: of what is shown now */
LimenExport limen_bound_export (LimenBoundSession *session);

/* What of the Prior page leaves the window: its pictures as one, its numbers as a table. */
#pragma once

#include "ui/export.h"
#include "ui/study/prior/session.h"

/** limen_prior_export: of what is shown now */
LimenExport limen_prior_export (LimenPriorSession *session);

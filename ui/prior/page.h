/* The Prior page: sentence, four pictures, panel; its actions are in the group "prior". */
#pragma once

#include "ui/page-frame.h"

#define LIMEN_TYPE_PRIOR_PAGE (limen_prior_page_get_type ())
G_DECLARE_FINAL_TYPE (LimenPriorPage, limen_prior_page, LIMEN, PRIOR_PAGE, LimenPageFrame)

/* The Bound page: sentence, four pictures, panel; its actions are in the group "bound". */
#pragma once

#include "ui/page-frame.h"

#define LIMEN_TYPE_BOUND_PAGE (limen_bound_page_get_type ())
G_DECLARE_FINAL_TYPE (LimenBoundPage, limen_bound_page, LIMEN, BOUND_PAGE, LimenPageFrame)

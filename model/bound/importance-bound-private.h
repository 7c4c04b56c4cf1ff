/* Shared by the files of the exact bound. */
#pragma once

#include "model/bound/importance-bound.h"

/** limen_importance_bound_new_empty: (transfer full): without a table, for
 * limen_importance_bound_join() with moments that say all */
LimenImportanceBound *limen_importance_bound_new_empty (void);
/** limen_importance_bound_join: what else is known of a linear Gaussian model: @second: (transfer
 * full): the same bound with fewer nodes, which tells how far off @bound is; @form: copied */
void limen_importance_bound_join (LimenImportanceBound *bound, LimenImportanceBound *second,
                                  const LimenClosedForm *form);

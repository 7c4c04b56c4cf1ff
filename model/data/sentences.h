/* The claims behind limen_read_as_notes(); for its test. */
#pragma once

#include "model/base/claim.h"
#include "model/data/reading.h"

/** limen_read_as_claims: (n): of a LimenReadAs; all that hold are said */
extern const LimenClaim limen_read_as_claims[];
extern const guint limen_n_read_as_claims;

/* A case file of the Bound page: any bytes are a case that can be computed with, or are refused
 * with a sentence. */
#include "tests/model/gaussian-answers.h"
#include "model/bound/importance-bound.h"
#include "model/latent/gaussian-model-private.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean holds)
{
  if (!holds)
    abort ();
}

/* What the page would compute of it. */
static void
use_case (LimenGaussianCase *taken)
{
  check (isfinite (gaussian_log_evidence (taken->model, taken->x)));
  for (int kind = 0; kind < LIMEN_N_PROPOSALS; kind++) {
    g_autoptr (LimenGaussian) q = limen_gaussian_case_proposal (taken, kind);
    check (q != NULL);
    g_autoptr (LimenClosedForm) form = limen_closed_form_new (taken->model, taken->x, q, kind);
    check (!isnan (form->log_weight_variance.value));
    check (!isnan (form->weight_variance.value) || form->log_weight_variance.value > 700);
  }
  if (taken->model->latent > 1) /* a plane takes a hundred times as long as all else */
    return;
  g_autoptr (LimenImportanceBound) bound =
      gaussian_importance_bound (taken->model, taken->x, taken->proposal);
  check (limen_importance_bound_gap (bound, 10) >= 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenGaussianCase) taken = limen_gaussian_case_parse (bytes, "fuzz.json", &error);
  check ((taken == NULL) == (error != NULL));
  check (!error ||
         (strstr (error->message, "fuzz.json") && g_str_has_suffix (error->message, ".")));
  if (taken)
    use_case (taken);
  return 0;
}

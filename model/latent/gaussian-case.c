#include "model/data/file.h"
#include "model/data/json.h"
#include "model/latent/gaussian-closed.h"
#include "model/latent/gaussian-model-private.h"

#include <math.h>
#include <string.h>

#define MAX_BYTES    ((gsize)32 << 20) /* a thousand latent variables with all digits */
#define MAX_DEPTH    16
#define MAX_LATENT   1024
#define MAX_OBSERVED 65536

/* -- JSON -- */

static gboolean
refuse_shape (const char *path, const char *key, guint rows, guint columns, GError **error)
{
  g_autofree char *several = g_strdup_printf ("%u rows of %u numbers", rows, columns);
  g_autofree char *one = g_strdup_printf ("%u numbers", columns);
  return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                       "is not a case that Limen understands: give %s as an array of %s", key,
                       rows > 0 ? several : one);
}

static JsonNode *
get_member (JsonObject *object, const char *path, const char *key, GError **error)
{
  JsonNode *node = json_object_get_member (object, key);
  if (!node)
    limen_refuse (error, LIMEN_ERROR_FORMAT, path, "is not a complete case: add the key %s", key);
  return node;
}

static gboolean
holds_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  return JSON_NODE_HOLDS_VALUE (node) && (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE);
}

/* @out: (n) */
static gboolean
take_row (JsonNode *node, guint n, double *out)
{
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    JsonNode *element = json_array_get_element (json_node_get_array (node), i);
    if (!holds_number (element))
      return FALSE;
    out[i] = json_node_get_double (element);
  }
  return TRUE;
}

static gboolean
take_vector (JsonObject *object, const char *path, const char *key, guint n, double *out,
             GError **error)
{
  JsonNode *node = get_member (object, path, key, error);
  return node && (take_row (node, n, out) || refuse_shape (path, key, 0, n, error));
}

/* @out: (rows, columns), row-major */
static gboolean
take_rows (JsonNode *node, guint rows, guint columns, double *out)
{
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != rows)
    return FALSE;
  for (guint i = 0; i < rows; i++)
    if (!take_row (json_array_get_element (json_node_get_array (node), i), columns,
                   out + (gsize)i * columns))
      return FALSE;
  return TRUE;
}

static gboolean
take_matrix (JsonObject *object, const char *path, const char *key, guint rows, guint columns,
             double *out, GError **error)
{
  JsonNode *node = get_member (object, path, key, error);
  return node &&
         (take_rows (node, rows, columns, out) || refuse_shape (path, key, rows, columns, error));
}

static gboolean
take_number (JsonObject *object, const char *path, const char *key, double *out, GError **error)
{
  JsonNode *node = get_member (object, path, key, error);
  if (!node)
    return FALSE;
  if (!holds_number (node))
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "is not a case that Limen understands: give %s as a number", key);
  *out = json_node_get_double (node);
  return TRUE;
}

/* @n: how many numbers the array has, 1 to @most */
static gboolean
take_length (JsonObject *object, const char *path, const char *key, guint most, guint *n,
             GError **error)
{
  JsonNode *node = get_member (object, path, key, error);
  if (!node)
    return FALSE;
  *n = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;
  if (*n == 0)
    return limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                         "is not a case that Limen understands: give %s as an array of numbers",
                         key);
  return *n <= most || limen_refuse (error, LIMEN_ERROR_FORMAT, path,
                                     "is too large a case: give %s at most %u numbers", key, most);
}

/* -- a case -- */

static gboolean
take_model (LimenGaussianCase *taken, JsonObject *object, const char *path, GError **error)
{
  guint k, d;
  if (!take_length (object, path, "lambda1", MAX_LATENT, &k, error) ||
      !take_length (object, path, "b", MAX_OBSERVED, &d, error))
    return FALSE;
  LimenGaussianModel *model = taken->model = limen_gaussian_model_new (k, d);
  taken->x = g_new (double, d);
  if (!take_vector (object, path, "lambda1", k, model->lambda1, error) ||
      !take_vector (object, path, "lambda2", k, model->lambda2, error) ||
      !take_matrix (object, path, "A", d, k, model->a, error) ||
      !take_vector (object, path, "b", d, model->b, error) ||
      !take_number (object, path, "sigma2", &model->sigma2, error) ||
      !take_vector (object, path, "x", d, taken->x, error))
    return FALSE;
  const char *flaw = limen_gaussian_model_flaw (model);
  if (flaw)
    return limen_refuse (error, LIMEN_ERROR_ARGUMENT, path, "%s", flaw);
  for (guint i = 0; i < d; i++)
    if (!isfinite (taken->x[i]))
      return limen_refuse (error, LIMEN_ERROR_ARGUMENT, path,
                           "has a number in x that is not finite; give numbers only");
  return TRUE;
}

/* Its covariance may be given as variances alone. */
static gboolean
take_proposal (LimenGaussianCase *taken, JsonObject *object, const char *path, GError **error)
{
  guint k = taken->model->latent;
  g_autofree double *mean = g_new (double, k), *covariance = g_new (double, (gsize)k *k);
  g_autofree char *shown = limen_display_name (path);
  g_autofree char *name = g_strdup_printf ("The proposal of %s", shown);
  JsonNode *node = get_member (object, path, "proposal", error);
  if (!node)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return limen_refuse (
        error, LIMEN_ERROR_FORMAT, path,
        "is not a case that Limen understands: give proposal as an object with mean and "
        "covariance");
  JsonObject *proposal = json_node_get_object (node);
  JsonNode *spread = get_member (proposal, path, "covariance", error);
  if (!spread || !take_vector (proposal, path, "mean", k, mean, error))
    return FALSE;
  if (take_row (spread, k, covariance))
    taken->proposal = limen_gaussian_new_diagonal (name, k, mean, covariance, error);
  else if (take_rows (spread, k, k, covariance))
    taken->proposal = limen_gaussian_new (name, k, mean, covariance, error);
  else
    refuse_shape (path, "covariance", k, k, error);
  return taken->proposal != NULL;
}

#define LEAST_DIGITS 1e-6 /* share of log p(x) that may be unknown */

/* What float64 cannot hold is refused, and so is what models of many variables would lose their
 * digits by. Returns: (nullable) */
static const char *
closed_form_flaw (const LimenGaussianCase *taken)
{
  g_autoptr (LimenClosedForm) form =
      limen_closed_form_new (taken->model, taken->x, taken->proposal, LIMEN_PROPOSAL_OWN);
  LimenNumber evidence = form->log_evidence;
  if (!isfinite (evidence.value))
    return "has numbers too far apart to compute with: x is so far from b + A·lambda1 that log "
           "p(x) "
           "is below -1e308; choose a nearer x or a larger sigma2";
  if (!isfinite (form->elbo.value))
    return "has numbers too far apart to compute with: the proposal is so far from the posterior "
           "that its bound is below -1e308; move its mean or change its covariance";
  if (!(evidence.error <= LEAST_DIGITS * (1 + fabs (evidence.value))))
    return "has numbers too far apart for so many variables; give it fewer, or a larger sigma2";
  return NULL;
}

LimenGaussianCase *
limen_gaussian_case_parse (GBytes *bytes, const char *path, GError **error)
{
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);
  g_autoptr (JsonNode) root = limen_json_parse_object (text, n, MAX_DEPTH);
  g_autoptr (LimenGaussianCase) taken = g_new0 (LimenGaussianCase, 1);
  if (!root) {
    limen_refuse (
        error, LIMEN_ERROR_FORMAT, path,
        "is not a case file: write one JSON object with lambda1, lambda2, A, b, sigma2, x "
        "and proposal");
    return NULL;
  }
  JsonObject *object = json_node_get_object (root);
  if (!take_model (taken, object, path, error) || !take_proposal (taken, object, path, error))
    return NULL;
  const char *flaw = closed_form_flaw (taken);
  if (flaw) {
    limen_refuse (error, LIMEN_ERROR_ARGUMENT, path, "%s", flaw);
    return NULL;
  }
  return g_steal_pointer (&taken);
}

LimenGaussianCase *
limen_gaussian_case_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = limen_file_read (path, MAX_BYTES, NULL, error);
  return bytes ? limen_gaussian_case_parse (bytes, path, error) : NULL;
}

LimenGaussianCase *
limen_gaussian_case_example (void)
{
  static const double lambda1[] = {0.5, -0.25}, lambda2[] = {1.5, 0.6};
  static const double a[] = {1, 0.8, 0.8, 1, -0.4, 0.2}, b[] = {0.1, -0.2, 0.3};
  static const double x[] = {1.2, 0.9, 0.1}, mean[] = {0.9, 0.1}, variance[] = {0.5, 0.4};
  LimenGaussianCase *example = g_new (LimenGaussianCase, 1);
  LimenGaussianModel *model = example->model = limen_gaussian_model_new (2, 3);
  memcpy (model->lambda1, lambda1, sizeof lambda1);
  memcpy (model->lambda2, lambda2, sizeof lambda2);
  memcpy (model->a, a, sizeof a);
  memcpy (model->b, b, sizeof b);
  model->sigma2 = 0.5;
  example->x = g_memdup2 (x, sizeof x);
  example->proposal = limen_gaussian_new_diagonal ("The proposal", 2, mean, variance, NULL);
  return example;
}

LimenGaussianCase *
limen_gaussian_case_copy (const LimenGaussianCase *from)
{
  LimenGaussianCase *copy = g_new (LimenGaussianCase, 1);
  copy->model = limen_gaussian_model_copy (from->model);
  copy->x = g_memdup2 (from->x, from->model->observed * sizeof *from->x);
  copy->proposal = limen_gaussian_copy (from->proposal);
  return copy;
}

void
limen_gaussian_case_free (LimenGaussianCase *gaussian_case)
{
  if (!gaussian_case)
    return;
  limen_gaussian_model_free (gaussian_case->model);
  limen_gaussian_free (gaussian_case->proposal);
  g_free (gaussian_case->x);
  g_free (gaussian_case);
}

/* -- proposals -- */

/* Variances 1/Λ_jj of the posterior precision Λ = diag(1/λ2) + Aᵀ·A/σ². */
LimenGaussian *
limen_gaussian_case_proposal (const LimenGaussianCase *gaussian_case, LimenProposalKind kind)
{
  if (kind == LIMEN_PROPOSAL_OWN || kind >= LIMEN_N_PROPOSALS)
    return limen_gaussian_copy (gaussian_case->proposal);
  g_autoptr (LimenGaussian) posterior =
      limen_gaussian_model_posterior (gaussian_case->model, gaussian_case->x);
  return limen_gaussian_proposal (gaussian_case->model, posterior, kind);
}

/* -- target -- */

/* log N(x; A·z + b, σ²I) + log N(z; λ1, diag λ2) */
static void
log_joint (const double *z, gsize n, double *out, gconstpointer data)
{
  const LimenGaussianCase *gaussian_case = data;
  const LimenGaussianModel *model = gaussian_case->model;
  gsize k = model->latent, d = model->observed;
  double constant = (double)d * log (2 * G_PI * model->sigma2) + (double)k * log (2 * G_PI);
  for (gsize j = 0; j < k; j++)
    constant += log (model->lambda2[j]);
  for (gsize i = 0; i < n; i++, z += k) {
    double errors = 0, sum = constant;
    for (gsize l = 0; l < d; l++) {
      double residual = gaussian_case->x[l] - model->b[l];
      for (gsize j = 0; j < k; j++)
        residual -= model->a[l * k + j] * z[j];
      errors += residual * residual;
    }
    for (gsize j = 0; j < k; j++)
      sum += (z[j] - model->lambda1[j]) * (z[j] - model->lambda1[j]) / model->lambda2[j];
    out[i] = -0.5 * (sum + errors / model->sigma2);
  }
}

LimenTarget
limen_gaussian_case_target (const LimenGaussianCase *gaussian_case)
{
  return (LimenTarget){gaussian_case->model->latent, log_joint, gaussian_case};
}

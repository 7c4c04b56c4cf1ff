#include "model/base/number.h"
#include "model/detect/learned.h"

/* There are images, and the flow was trained with each of them. */
static gboolean
is_all (gconstpointer data)
{
  const LimenLearnedSet *set = data;
  return set->n_images > 0 && set->n_learned == set->n_images;
}

/* With some of them, but not with all. */
static gboolean
is_some (gconstpointer data)
{
  const LimenLearnedSet *set = data;
  return set->n_learned > 0 && set->n_learned < set->n_images;
}

/* With none as they are now, but with what was in one of their files. */
static gboolean
is_other (gconstpointer data)
{
  const LimenLearnedSet *set = data;
  return set->n_images > 0 && set->n_learned == 0 && set->same_files;
}

static char *
say_some (const LimenLearnedSet *set, const char *what)
{
  g_autofree char *learned = limen_format_number (set->n_learned, 0);
  g_autofree char *n = limen_format_number (set->n_images, 0);
  return g_strdup_printf ("The flow was trained with %s of the %s %s: their rate is no estimate "
                          "for new ones.",
                          learned, n, what);
}

static char *
say_some_normal (gconstpointer set)
{
  return say_some (set, "normal images");
}

static char *
say_some_anomalies (gconstpointer set)
{
  return say_some (set, "anomalies");
}

static const LimenClaim normal_claims[] = {
    {"all normal images", is_all,
     .words = "The flow was trained with all of the normal images: their rate is no estimate for "
              "new ones."},
    {"some normal images", is_some, say_some_normal},
    {"files of normal images", is_other,
     .words = "The flow was trained with files of the normal images, which were read in another "
              "way or have changed since: their rate may be no estimate for new ones."},
};

static const LimenClaim anomaly_claims[] = {
    {"all anomalies", is_all,
     .words = "The flow was trained with all of the anomalies: their rate is no estimate for new "
              "ones."},
    {"some anomalies", is_some, say_some_anomalies},
    {"files of anomalies", is_other,
     .words = "The flow was trained with files of the anomalies, which were read in another way "
              "or have changed since: their rate may be no estimate for new ones."},
};

const LimenClaim *
limen_learned_claims (LimenLearnedClaims table, guint *n)
{
  g_return_val_if_fail (table < LIMEN_N_LEARNED_CLAIMS && n != NULL, NULL);
  gboolean normal = table == LIMEN_CLAIMS_LEARNED_NORMAL;
  *n = normal ? G_N_ELEMENTS (normal_claims) : G_N_ELEMENTS (anomaly_claims);
  return normal ? normal_claims : anomaly_claims;
}

char *
limen_learned_sentence (const LimenLearned *learned)
{
  g_return_val_if_fail (learned != NULL, NULL);
  char *normal = limen_claim_say (normal_claims, G_N_ELEMENTS (normal_claims), &learned->normal);
  g_autofree char *anomaly =
      limen_claim_say (anomaly_claims, G_N_ELEMENTS (anomaly_claims), &learned->anomaly);
  if (!normal || !anomaly)
    return normal ? normal : g_steal_pointer (&anomaly);
  g_autofree char *first = normal;
  return g_strjoin (" ", first, anomaly, NULL);
}

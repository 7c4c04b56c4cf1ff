/* That images were given as two things. */
#include "model/base/number.h"
#include "model/detect/shared.h"

/* There are images, and each of them is one of the other set, too. */
static gboolean
are_all (gconstpointer data)
{
  const LimenSharedPart *part = data;
  return part->n_images > 0 && part->n_shared == part->n_images;
}

/* Some of them are. */
static gboolean
are_some (gconstpointer data)
{
  const LimenSharedPart *part = data;
  return part->n_shared > 0 && part->n_shared < part->n_images;
}

/* None of them is, and yet both come from one file or folder. */
static gboolean
are_read_otherwise (gconstpointer data)
{
  const LimenSharedPart *part = data;
  return part->n_images > 0 && part->n_shared == 0 && part->same_files;
}

#define ONE_IS_WRONG      "one of the two labels is wrong, and the rates count it."
#define NOTHING_OF_NEW    "what is said of them says nothing of new ones."
#define SORTED_ALREADY    "somebody has sorted them already."
#define SET_BY_WHAT_TESTS "the line was set by what it is tested with."
#define OTHERWISE         "were read from a path that was given for the "

static char *
say_some (const LimenSharedPart *part, const char *first, const char *second, const char *end)
{
  g_autofree char *shared = limen_format_number (part->n_shared, 0);
  g_autofree char *n = limen_format_number (part->n_images, 0);
  return g_strdup_printf ("%s of the %s %s %s %s as well, pixel by pixel: %s", shared, n, first,
                          part->n_shared == 1 ? "is among the" : "are", second, end);
}

static char *
say_anomaly (gconstpointer part)
{
  return say_some (part, "anomalies", "normal images", ONE_IS_WRONG);
}

static char *
say_unsorted (gconstpointer part)
{
  return say_some (part, "unsorted images", "normal images", NOTHING_OF_NEW);
}

static char *
say_sorted (gconstpointer part)
{
  return say_some (part, "unsorted images", "anomalies", SORTED_ALREADY);
}

static char *
say_validation (gconstpointer part)
{
  return say_some (part, "normal images", "images for validation", SET_BY_WHAT_TESTS);
}

#define N_CLAIMS 3
static const LimenClaim claims[LIMEN_N_SHARED_PAIRS][N_CLAIMS] = {
    [LIMEN_SHARED_ANOMALY] =
        {{"all anomalies are normal", are_all,
          .words = "All of the anomalies are normal images as well, pixel by pixel: " ONE_IS_WRONG},
         {"some anomalies are normal", are_some, say_anomaly},
         {"one path of both labels", are_read_otherwise,
          .words = "The anomalies " OTHERWISE "normal images as well, and look otherwise: is one "
                   "of the two labels wrong?"}},
    [LIMEN_SHARED_UNSORTED] =
        {{"all unsorted images are normal", are_all,
          .words = "All of the unsorted images are normal images as well, pixel by "
                   "pixel: " NOTHING_OF_NEW},
         {"some unsorted images are normal", are_some, say_unsorted},
         {"one path of unsorted and normal images", are_read_otherwise,
          .words = "The unsorted images " OTHERWISE "normal images as well, and look otherwise: "
                   "what is said of them may say nothing of new ones."}},
    [LIMEN_SHARED_SORTED] = {{"all unsorted images are anomalies", are_all,
                              .words = "All of the unsorted images are anomalies as well, pixel by "
                                       "pixel: " SORTED_ALREADY},
                             {"some unsorted images are anomalies", are_some, say_sorted},
                             {"one path of unsorted images and anomalies", are_read_otherwise,
                              .words = "The unsorted images " OTHERWISE
                                       "anomalies as well, and look otherwise: "
                                       "somebody may have sorted them already."}},
    [LIMEN_SHARED_VALIDATION] =
        {{"all normal images are for validation", are_all,
          .words = "All of the normal images are images for validation as well, pixel by "
                   "pixel: " SET_BY_WHAT_TESTS},
         {"some normal images are for validation", are_some, say_validation},
         {"one path of normal images and validation", are_read_otherwise,
          .words = "The normal images " OTHERWISE "images for validation as well, and look "
                   "otherwise: the line may have been set by what it is tested with."}},
};

const LimenClaim *
limen_shared_claims (LimenSharedPair pair, guint *n)
{
  g_return_val_if_fail (pair < LIMEN_N_SHARED_PAIRS && n != NULL, NULL);
  *n = N_CLAIMS;
  return claims[pair];
}

char *
limen_shared_sentence (const LimenShared *shared)
{
  g_return_val_if_fail (shared != NULL, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  gboolean both = shared->part[LIMEN_SHARED_ANOMALY].n_shared > 0 &&
                  shared->part[LIMEN_SHARED_UNSORTED].n_shared > 0; /* enough is said of them */
  for (LimenSharedPair pair = 0; pair < LIMEN_N_SHARED_PAIRS; pair++) {
    if (both && pair == LIMEN_SHARED_SORTED)
      continue;
    g_autofree char *said = limen_claim_say (claims[pair], N_CLAIMS, &shared->part[pair]);
    if (said)
      g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", said);
  }
  return all->len > 0 ? g_strdup (all->str) : NULL;
}

LimenSharedPair
limen_shared_first (const LimenShared *shared)
{
  g_return_val_if_fail (shared != NULL, LIMEN_N_SHARED_PAIRS);
  LimenSharedPair pair = 0;
  while (pair < LIMEN_N_SHARED_PAIRS &&
         limen_claim_first (claims[pair], N_CLAIMS, &shared->part[pair]) == N_CLAIMS)
    pair++;
  return pair;
}

/* What is said of images without labels. */
#include "model/base/number.h"
#include "model/detect/p-values.h"

#include <math.h>

#define DIGITS 6 /* of a share that the user gave */

/* There are no images. */
static gboolean
is_empty (gconstpointer data)
{
  return ((const LimenUnsorted *)data)->scores->n == 0;
}

/* There are, and no normal images to rank them among. */
static gboolean
has_no_ranks (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  return unsorted->scores->n > 0 && unsorted->n_ranks == 0;
}

/* There are both, and nothing is listed. */
static gboolean
lists_none (const LimenUnsorted *unsorted)
{
  return unsorted->scores->n > 0 && unsorted->n_ranks > 0 && unsorted->n_listed == 0;
}

/* Normal images that it takes for one image of @n to be listed alone: 1/(normal + 1) ≤ q/n */
static double
n_needed (const LimenUnsorted *unsorted, guint n)
{
  return fmax (ceil (n / unsorted->q * (1 - 1e-12)) - 1, 1);
}

/* Nothing is listed, and so few normal images could not make a list of all images. */
static gboolean
can_list_none (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  return lists_none (unsorted) && unsorted->n_ranks < n_needed (unsorted, 1);
}

/* They could, but no list of one. */
static gboolean
cannot_list_one (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  return lists_none (unsorted) && !can_list_none (data) &&
         unsorted->n_ranks < n_needed (unsorted, unsorted->scores->n);
}

/* They could make a list of one, and nothing is listed. */
static gboolean
finds_none (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  return lists_none (unsorted) && !can_list_none (data) && !cannot_list_one (data);
}

/* Some are listed, and not all. */
static gboolean
lists_some (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  return unsorted->n_listed > 0 && unsorted->n_listed < unsorted->scores->n;
}

/* All are listed. */
static gboolean
lists_all (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  return unsorted->n_listed > 0 && unsorted->n_listed == unsorted->scores->n;
}

static char *
share_text (const LimenUnsorted *unsorted)
{
  return limen_format_significant (100 * unsorted->q, DIGITS);
}

static char *
say_can_list_none (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  g_autofree char *share = share_text (unsorted);
  g_autofree char *needed = limen_format_number (n_needed (unsorted, 1), 0);
  g_autofree char *there = limen_format_number (unsorted->n_ranks, 0);
  return g_strdup_printf (
      "A list of anomalies with at most %s %% false ones takes %s normal images "
      "at least, and there %s %s.",
      share, needed, unsorted->n_ranks == 1 ? "is" : "are", there);
}

static char *
say_cannot_list_one (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  g_autofree char *n = limen_format_number (unsorted->scores->n, 0), *share = share_text (unsorted);
  g_autofree char *needed = limen_format_number (n_needed (unsorted, unsorted->scores->n), 0);
  g_autofree char *there = limen_format_number (unsorted->n_ranks, 0);
  return g_strdup_printf ("None of %s unsorted images is listed as an anomaly, with at most %s %% "
                          "false ones expected; to list one alone takes %s normal images, and "
                          "there %s %s.",
                          n, share, needed, unsorted->n_ranks == 1 ? "is" : "are", there);
}

static char *
say_finds_none (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  g_autofree char *n = limen_format_number (unsorted->scores->n, 0), *share = share_text (unsorted);
  return g_strdup_printf ("None of %s unsorted images is listed as an anomaly, with at most %s %% "
                          "false ones expected.",
                          n, share);
}

static char *
say_list (const LimenUnsorted *unsorted, const char *subject)
{
  g_autofree char *share = share_text (unsorted);
  return g_strdup_printf ("%s listed as anomalies: on average at most %s %% of such a list are "
                          "normal images, if those are drawn as the normal images here were.",
                          subject, share);
}

static char *
say_lists_some (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  g_autofree char *listed = limen_format_number (unsorted->n_listed, 0);
  g_autofree char *n = limen_format_number (unsorted->scores->n, 0);
  g_autofree char *subject = g_strdup_printf ("%s of %s unsorted images %s", listed, n,
                                              unsorted->n_listed == 1 ? "is" : "are");
  return say_list (unsorted, subject);
}

static char *
say_lists_all (gconstpointer data)
{
  const LimenUnsorted *unsorted = data;
  g_autofree char *n = limen_format_number (unsorted->scores->n, 0);
  g_autofree char *subject = unsorted->n_listed == 1
                                 ? g_strdup ("The only unsorted image is")
                                 : g_strdup_printf ("All %s unsorted images are", n);
  return say_list (unsorted, subject);
}

static const LimenClaim claims[] = {
    {"empty", is_empty, .words = "There are no unsorted images."},
    {"no ranks", has_no_ranks,
     .words = "Without normal images there are no p-values to list anomalies by."},
    {"can list none", can_list_none, say_can_list_none},
    {"cannot list one", cannot_list_one, say_cannot_list_one},
    {"finds none", finds_none, say_finds_none},
    {"lists some", lists_some, say_lists_some},
    {"lists all", lists_all, say_lists_all},
};

const LimenClaim *
limen_unsorted_claims (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (claims);
  return claims;
}

char *
limen_unsorted_sentence (const LimenUnsorted *unsorted)
{
  g_return_val_if_fail (unsorted != NULL, NULL);
  return limen_claim_say (claims, G_N_ELEMENTS (claims), unsorted);
}

/* What the commands do, once their words are understood. Each returns FALSE with the sentence to
 * fail with. */
#pragma once

#include "model/detect/report.h"
#include "ui/cli/options.h"
#include "ui/cli/session.h"

gboolean limen_command_detect (const LimenOptions *options, LimenSession *session, GError **error);
gboolean limen_command_score (const LimenOptions *options, LimenSession *session, GError **error);
gboolean limen_command_inspect (const LimenOptions *options, LimenSession *session, GError **error);
gboolean limen_command_train (const LimenOptions *options, LimenSession *session, GError **error);
gboolean limen_command_bound (const LimenOptions *options, LimenSession *session, GError **error);
gboolean
limen_command_prior_gradients (const LimenOptions *options, LimenSession *session, GError **error);
gboolean
limen_command_prior_train (const LimenOptions *options, LimenSession *session, GError **error);
gboolean limen_command_game (const LimenOptions *options, LimenSession *session, GError **error);
gboolean
limen_command_game_solve (const LimenOptions *options, LimenSession *session, GError **error);

/**
 * LimenScoredSet:
 * @problems: what was left out, already told on standard error
 * @n_not_finite: images among that, whose scores are not finite; @images are those that are left
 */
typedef struct {
  LimenImageSet *images;
  GPtrArray *problems;
  LimenScores *scores;
  guint n_not_finite;
} LimenScoredSet;

/**
 * limen_load_images:
 * @paths: (element-type filename): each must give images; a single file inside a folder or an
 * archive may be left out
 */
gboolean limen_load_images (LimenScoredSet *set, const GPtrArray *paths, LimenImageSetOptions size,
                            LimenSession *session, GError **error);
/** limen_tell_guesses: says on standard error what was guessed, rounded or left out of arrays */
void limen_tell_guesses (const LimenImageSet *set, LimenSession *session);
/** limen_score_images: loads and scores; nothing at all where @paths is empty */
gboolean limen_score_images (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                             const LimenReading *reading, LimenSession *session, GError **error);
void limen_scored_set_clear (LimenScoredSet *set);

/** limen_tell_network: on standard error, where @model holds several @networks (nullable) and
 * none of them was asked for by name: which was taken; @file: the one without a name behind it */
void limen_tell_network (LimenSession *session, const char *model, const char *file,
                         const char *const *networks);
/** limen_is_named_like_table: of a file that is nothing known, whether a table is expected in it */
gboolean limen_is_named_like_table (const char *path);
/** limen_inspect_table: what its numbers are as points and as payoffs, and what was guessed */
gboolean limen_inspect_table (const char *path, const char *shown, LimenSession *session,
                              GError **error);

/**
 * limen_check_output: finds before the work that @path can't be written, or is one of @taken
 * (element-type filename), or in a folder of these; it is added to them.
 */
gboolean limen_check_output (const char *path, GPtrArray *taken, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenScoredSet, limen_scored_set_clear)

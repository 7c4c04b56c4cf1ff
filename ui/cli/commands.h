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
 */
typedef struct {
  LimenImageSet *images;
  GPtrArray *problems;
  LimenScores *scores;
} LimenScoredSet;

/**
 * limen_load_images:
 * @paths: (element-type filename): each must give images; a single file inside a folder or an
 * archive may be left out
 */
gboolean limen_load_images (LimenScoredSet *set, const GPtrArray *paths, LimenImageSetOptions size,
                            LimenSession *session, GError **error);
/** limen_score_images: loads and scores; nothing at all where @paths is empty */
gboolean limen_score_images (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                             LimenSession *session, GError **error);
void limen_scored_set_clear (LimenScoredSet *set);

/** limen_is_named_like_table: of a file that is nothing known, whether a table is expected in it */
gboolean limen_is_named_like_table (const char *path);
/** limen_inspect_table: what its numbers are as points and as payoffs, and what was guessed */
gboolean limen_inspect_table (const char *path, const char *shown, LimenSession *session,
                              GError **error);

/**
 * limen_check_output: finds before the work that @path lies in no folder, or is one of @taken
 * (element-type filename), to which it is added.
 */
gboolean limen_check_output (const char *path, GPtrArray *taken, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenScoredSet, limen_scored_set_clear)

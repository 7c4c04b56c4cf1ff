/* Images and weights that a command is given: loaded, scored, and what was noticed on the way told.
 */
#pragma once

#include "model/data/image-set.h"
#include "model/detect/scores.h"
#include "model/flow/nice.h"
#include "ui/cli/terminal.h"

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
                            LimenTerminal *terminal, GError **error);
/** limen_check_named: FALSE where one of @problems (element-type LimenProblem) is about all of a
 * file that the user named: that must be read, others may be left out */
gboolean limen_check_named (const GPtrArray *problems, const GPtrArray *paths,
                            LimenTerminal *terminal, GError **error);
/** limen_tell_guesses: says on standard error what was guessed, rounded or left out of arrays */
void limen_tell_guesses (const LimenImageSet *set, LimenTerminal *terminal);
/** limen_load_images_for: at the size of @nice, and tells what was guessed */
gboolean
limen_load_images_for (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                       const LimenReading *reading, LimenTerminal *terminal, GError **error);
/** limen_invert_images: black for white, where @inverted and there are images. TRUE, always */
gboolean limen_invert_images (LimenScoredSet *set, gboolean inverted);
/** limen_score_images: loads and scores; nothing at all where @paths is empty */
gboolean limen_score_images (LimenScoredSet *set, const LimenNice *nice, const GPtrArray *paths,
                             const LimenReading *reading, gboolean inverted,
                             LimenTerminal *terminal, GError **error);
void limen_scored_set_clear (LimenScoredSet *set);

/** limen_tell_network: on standard error, where @model holds several @networks (nullable) and
 * none of them was asked for by name: which was taken; @file: the one without a name behind it */
void limen_tell_network (LimenTerminal *terminal, const char *model, const char *file,
                         const char *const *networks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenScoredSet, limen_scored_set_clear)

/* What a run of a method says for files: JSON, CSV, and the text inside a picture. */
#pragma once

#include "model/game/game-record.h"

#include <stdio.h>

/**
 * LimenGameReport:
 * @record: where it started and ended
 * @beside: (n_beside): other methods in the same picture
 * @payoff: the name of a game, or the path of its file
 * @projected: whether the start that was asked for lay outside
 * @told: (nullable): what was guessed of that file
 * @sha256: (nullable): of limen_hash_files(); without it no hash is told
 *
 * Everything but @told is borrowed.
 */
typedef struct {
  const LimenGameRecord *record;
  const LimenGameCurve *beside;
  guint n_beside;
  const char *payoff;
  gboolean projected;
  char *told;
  GHashTable *sha256;
} LimenGameReport;

void limen_game_report_clear (LimenGameReport *report);
/** limen_game_report_sentence: (transfer full): the result, read aloud */
char *limen_game_report_sentence (const LimenGameReport *report);
/** limen_game_report_json: (transfer full): one object and a newline; what is not known is null,
 * what is infinite "infinite" */
char *limen_game_report_json (const LimenGameReport *report);
/** limen_game_report_write_csv: a row for each of the record; what is not known is empty. FALSE
 * where @stream failed */
gboolean limen_game_report_write_csv (const LimenGameReport *report, FILE *stream);
/** limen_game_report_picture_text: (transfer full): NULL-terminated pairs of key and value for
 * LimenPicture */
char **limen_game_report_picture_text (const LimenGameReport *report);

/** limen_game_manner: how its method goes where there are several ways: " by Euler's steps", "
 * without projection", or nothing */
const char *limen_game_manner (const LimenDynamics *dynamics);
/** limen_game_threshold, limen_game_radius: limen_method_threshold() and limen_method_radius() of a
 * run */
double limen_game_threshold (const LimenDynamics *dynamics);
double limen_game_radius (const LimenDynamics *dynamics);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenGameReport, limen_game_report_clear)

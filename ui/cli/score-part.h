/* limen score --part: a share of the images, for machines or jobs that each do one. */
#pragma once

#include "model/flow/nice.h"
#include "ui/cli/images.h"
#include "ui/cli/option.h"

/** LimenPart: @which of @n, from 1 on; @n 0: all in one, without a word of parts */
typedef struct {
  guint which, n;
} LimenPart;

#define LIMEN_MOST_PARTS 1000000

/** limen_part_read: a LimenOptionReadFunc: "3/16" */
gboolean
limen_part_read (const LimenOption *option, const char *text, gpointer field, GError **error);
/** limen_part_share: images @begin to @end − 1 of @n_images: one behind another without gaps, of
 * the same length but for one */
void limen_part_share (LimenPart part, guint n_images, guint *begin, guint *end);

/**
 * limen_part_score: scores the share and writes it
 * @set: all images, loaded
 * @model: its path as it was given
 * @out: (nullable): a path; without it standard output, where only the first part has the names of
 * the columns, so that parts one behind another are one table
 */
gboolean
limen_part_score (LimenPart part, const LimenScoredSet *set, const LimenNice *nice,
                  const char *model, const char *out, LimenTerminal *terminal, GError **error);

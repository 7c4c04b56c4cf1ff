/* Scores side by side: a row each, one of which is the score of the page. */
#pragma once

#include "viz/detector/bench-picture.h"

#include <gtk/gtk.h>

/**
 * LimenBenchEntry: what a row tells
 * @name: of the score, by which it is known: "complexity"
 * @title: for people: "complexity-corrected code length (bits)"
 * @about: (nullable): what it is, in a sentence
 * @histogram, @numbers: what is known of it; scores are borrowed until the call returns
 * @progress: 0 to 1 while it is worked out; NaN: it is not
 * @lacks: (nullable): why there is nothing yet: "needs a VAE"
 * @button: (nullable): what gets it: "Open a VAE…": a press emits "wanted"
 * @recommended: the one that the program would take
 * @k: samples that it is made with, which a popover changes: a change emits "k-chosen"; 0: none
 */
typedef struct {
  const char *name, *title, *about;
  LimenScoreRow histogram;
  LimenBenchNumbers numbers;
  double progress;
  const char *lacks, *button;
  gboolean recommended;
  guint k;
} LimenBenchEntry;

/**
 * LimenBenchView:
 *
 * Signals: "chosen" (name): by the hand, the score that is to be that of the page; "wanted" (name):
 * its button was pressed; "k-chosen" (guint): with Enter, or when the popover is closed
 */
#define LIMEN_TYPE_BENCH_VIEW (limen_bench_view_get_type ())
G_DECLARE_FINAL_TYPE (LimenBenchView, limen_bench_view, LIMEN, BENCH_VIEW, GtkWidget)

/** limen_bench_view_new: (transfer floating): without rows */
GtkWidget *limen_bench_view_new (void);
/** limen_bench_view_set_entries: @entry: (n): rows stay, and what has the focus keeps it, as long
 * as their names do: cheap, for each step of a progress */
void limen_bench_view_set_entries (LimenBenchView *self, const LimenBenchEntry *entry, guint n);
/** limen_bench_view_set_chosen: no signal. @name: (nullable): none */
void limen_bench_view_set_chosen (LimenBenchView *self, const char *name);
/** limen_bench_view_get_chosen: (nullable) (transfer none) */
const char *limen_bench_view_get_chosen (LimenBenchView *self);
/** limen_bench_view_seen: (transfer container): @n: (out): rows as they are now, which borrow what
 * they say from the view */
LimenBenchPictureRow *limen_bench_view_seen (LimenBenchView *self, guint *n);

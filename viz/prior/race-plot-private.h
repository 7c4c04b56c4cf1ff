/* Shared by the files of the race's pictures, and their tests. */
#pragma once

#include "viz/prior/duel-plot-private.h"
#include "viz/prior/race-plot.h"

/** LimenRaceLines: what the line plot of a race borrows */
typedef struct {
  LimenLine line[LIMEN_RACE_MOST];
  LimenDots dots[LIMEN_RACE_MOST];
  LimenLevel best;
  char level[64]; /* its name */
} LimenRaceLines;

/** limen_race_line_plot: borrows @plot and @lines, which it fills */
LimenLinePlot limen_race_line_plot (const LimenRacePlot *plot, const LimenChartStyle *style,
                                    double width, LimenRaceLines *lines);

/**
 * LimenRaceLayout: planes with all their words
 * @frame: (n); @low, @high: (2): what is to be seen at least, in all of them
 * @beside: side by side; @foot: whether there are words below all; @name_rows: below each
 */
typedef struct {
  const LimenRacePlot *plot;
  const LimenChartStyle *style;
  double width, height;
  guint n;
  LimenFrame frame[LIMEN_RACE_MOST];
  double low[2], high[2];
  gboolean beside, foot;
  guint name_rows;
  LimenPlaces *places;
} LimenRaceLayout;

LimenRaceLayout *limen_race_layout_new (const LimenRacePlot *plot, const LimenChartStyle *style,
                                        double width, double height);
void limen_race_layout_free (LimenRaceLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenRaceLayout, limen_race_layout_free)

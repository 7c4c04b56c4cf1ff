/* What every threshold would cost, as a curve: receiver operating characteristic, detection error
 * tradeoff, or precision and recall; and hands on the point where the line stands. */
#pragma once

#include "ui/plot-area.h"
#include "ui/study/detector/session.h"

/**
 * LimenCurveView:
 *
 * A drag of the point moves the line, as arrow keys do: Right and Up to where the curve goes to the
 * right or up, Page Up and Page Down ten steps, Home and End to its ends. While the line is dragged
 * elsewhere the point goes along the curve.
 */
#define LIMEN_TYPE_CURVE_VIEW (limen_curve_view_get_type ())
G_DECLARE_FINAL_TYPE (LimenCurveView, limen_curve_view, LIMEN, CURVE_VIEW, GtkBox)

/** limen_curve_view_new: (transfer floating): follows @session while it is seen; @histogram: of the
 * same, is beside the curve where there is room for both */
GtkWidget *limen_curve_view_new (LimenDetectorSession *session, LimenPlotArea *histogram);

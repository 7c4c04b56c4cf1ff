/* Models beside the flow of the Detector page: they are opened, and a flow that was dropped becomes
 * one. */
#pragma once

#include "ui/page.h"
#include "ui/study/detector/bench-session.h"

/** limen_bench_actions_add: "open-vae", "open-reference", "second-flow" to the actions of @page,
 * which keeps the sessions */
void limen_bench_actions_add (GActionMap *actions, LimenPage *page, LimenDetectorSession *detector,
                              LimenBenchSession *bench);

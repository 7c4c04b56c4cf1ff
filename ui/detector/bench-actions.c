#include "ui/detector/bench-actions.h"

#include "ui/toasts.h"

#define KEY "limen-bench-actions"

/* Borrowed: the page has both. */
typedef struct {
  LimenDetectorSession *detector;
  LimenBenchSession *bench;
} Sessions;

static const Sessions *
sessions_of (gpointer page)
{
  return g_object_get_data (G_OBJECT (page), KEY);
}

static void
open_vae (LimenPage *page, const char *const *paths)
{
  limen_bench_session_open (sessions_of (page)->bench, LIMEN_BENCH_VAE, paths[0]);
}

static void
open_reference (LimenPage *page, const char *const *paths)
{
  limen_bench_session_open (sessions_of (page)->bench, LIMEN_BENCH_REFERENCE, paths[0]);
}

static void
open_vae_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  limen_page_choose (page, "Choose Weights of a VAE", FALSE, open_vae);
}

static void
open_reference_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  limen_page_choose (page, "Choose Weights of a Second Flow", FALSE, open_reference);
}

/* The flow that was there comes back, and the other one beside it. */
static void
second_flow_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  const Sessions *sessions = sessions_of (page);
  g_autofree char *path = g_strdup (limen_detector_session_second_flow (sessions->detector));
  if (!path)
    return;
  g_autofree char *base = g_path_get_basename (path), *shown = limen_display_name (base);
  g_autofree char *told = g_strdup_printf (
      "%s is the second flow: the view Scores has the likelihood ratio of both.", shown);
  limen_detector_session_undo (sessions->detector);
  limen_bench_session_open (sessions->bench, LIMEN_BENCH_REFERENCE, path);
  limen_toasts_tell (page, told);
}

void
limen_bench_actions_add (GActionMap *actions, LimenPage *page, LimenDetectorSession *detector,
                         LimenBenchSession *bench)
{
  static const GActionEntry entries[] = {
      {.name = "open-vae", .activate = open_vae_cb},
      {.name = "open-reference", .activate = open_reference_cb},
      {.name = "second-flow", .activate = second_flow_cb},
  };
  g_return_if_fail (G_IS_ACTION_MAP (actions) && LIMEN_IS_PAGE (page));
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (detector) && LIMEN_IS_BENCH_SESSION (bench));
  Sessions *sessions = g_new (Sessions, 1);
  *sessions = (Sessions){detector, bench};
  g_object_set_data_full (G_OBJECT (page), KEY, sessions, g_free);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), page);
}

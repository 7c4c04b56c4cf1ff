#include "ui/detector/examples-menu.h"

#include "model/data/examples.h"

GMenuModel *
limen_detector_examples_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GPtrArray) examples = limen_examples (NULL);
  for (guint i = 0; i < examples->len; i++) {
    const LimenExample *example = examples->pdata[i];
    g_autofree char *action = g_strdup_printf ("detector.show::%s", example->name);
    g_menu_append (menu, example->title, action);
  }
  return G_MENU_MODEL (menu);
}

/* (transfer full): files that the user opened: examples may lie beside them */
static char **
paths_of (LimenDetectorSession *session)
{
  const LimenExperiment *now = limen_detector_session_experiment (session);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  for (guint role = 0; role < LIMEN_N_SETS; role++)
    if (now->set_from[role])
      g_strv_builder_addv (paths, (const char **)now->set_from[role]->paths);
  if (now->flow_from)
    g_strv_builder_addv (paths, (const char **)now->flow_from->paths);
  return g_strv_builder_end (paths);
}

static void
read_example (LimenDetectorSession *session, const LimenExample *example)
{
  static const LimenReading usual = {0};
  const LimenDetectorPageState *now = limen_detector_session_state (session);
  g_autoptr (LimenOrigin) flow = limen_origin_new_path (example->flow);
  g_autoptr (LimenOrigin) normal = limen_origin_new_path (example->normal);
  g_autoptr (LimenOrigin) plain = limen_origin_new_path (example->anomaly);
  g_autoptr (LimenOrigin) anomaly = limen_origin_read_as (plain, &usual, example->inverts_anomaly);
  LimenOrigin *const sets[LIMEN_N_SETS] = {normal, anomaly};
  g_autoptr (LimenDetectorPageState) files = limen_detector_page_state_with_files (now, flow, sets);
  g_autoptr (LimenDetectorPageState) whole = limen_detector_page_state_with_range (files, 0, 0);
  g_autoptr (LimenDetectorPageState) next =
      limen_detector_page_state_with_first_rule (whole, LIMEN_USUAL_RULE);
  limen_detector_session_set_state (session, next);
}

void
limen_detector_examples_show (LimenDetectorSession *session, const char *name)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_SESSION (session) && name != NULL);
  g_auto (GStrv) near = paths_of (session);
  g_autoptr (GPtrArray) examples = limen_examples ((const char *const *)near);
  for (guint i = 0; i < examples->len; i++) {
    const LimenExample *example = examples->pdata[i];
    if (!g_str_equal (example->name, name))
      continue;
    if (example->missing)
      g_signal_emit_by_name (session, "notice", example->missing, NULL);
    else
      read_example (session, example);
    return;
  }
}

static gboolean
take_keys_cb (gpointer area)
{
  GtkRoot *root = gtk_widget_get_root (area);
  if (root && (!gtk_widget_get_mapped (area) || !gtk_widget_grab_focus (area)))
    gtk_root_set_focus (root, NULL);
  return G_SOURCE_REMOVE;
}

void
limen_detector_examples_let_go (GtkWidget *area)
{
  g_return_if_fail (GTK_IS_WIDGET (area));
  g_idle_add_full (G_PRIORITY_LOW, take_keys_cb, g_object_ref (area), g_object_unref);
}

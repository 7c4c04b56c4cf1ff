#include "ui/detector/files-group.h"

#include "model/base/number.h"
#include "model/data/builtin.h"
#include "ui/detector/examples-menu.h"
#include "ui/detector/reading-popover.h"
#include "ui/detector/table-row.h"
#include "ui/drop-zones.h"
#include "ui/networks-menu.h"
#include "ui/news.h"
#include "ui/rows.h"
#include "ui/widgets.h"

typedef struct {
  LimenDetectorSession *session;
  AdwActionRow *flow_row, *set_row[LIMEN_N_SETS];
  GtkWidget *undo, *invert[LIMEN_N_SETS];
  GtkMenuButton *reading[LIMEN_N_SETS];
  GMenu *flows;    /* other flows; */
  GMenu *networks; /* nullable: a section of it */
} FilesGroup;

/* -- what the session says -- */

static char *
describe_set (const LimenExperiment *experiment, LimenSetRole role)
{
  const LimenImageSet *set = experiment->set[role];
  g_autofree char *n = limen_format_number (limen_image_set_n_images (set), 0);
  guint left_out = experiment->n_not_finite[role];
  g_autofree char *without =
      left_out ? g_strdup_printf (" · %u without a finite score left out", left_out)
               : g_strdup ("");
  const char *polarity = experiment->seems_inverted[role] ? " · they look inverted to this flow"
                         : experiment->set_from[role]->inverted ? " · inverted"
                                                                : "";
  g_autofree char *told = limen_image_set_reading (set);
  return g_strconcat (limen_image_set_name (set), " · ", n, without, polarity, told ? "\n" : "",
                      told ? told : "", NULL);
}

/* (nullable): what is said of images without a truth: how many the line flags, and how many are
 * listed, which the line has no part in */
static char *
verdicts (FilesGroup *self)
{
  const LimenUnsorted *unsorted = limen_detector_session_unsorted (self->session);
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  if (!unsorted || !detector)
    return NULL;
  g_autofree char *flagged = limen_format_number (limen_unsorted_n_flagged (unsorted, detector), 0);
  g_autofree char *listed = limen_format_number (unsorted->n_listed, 0);
  return g_strdup_printf ("%s flagged by the line, %s listed as %s", flagged, listed,
                          unsorted->n_listed == 1 ? "an anomaly" : "anomalies");
}

/* Of what is not there: while it is read, its scores may be seen already. */
static const char *
absent (FilesGroup *self, LimenSetRole role)
{
  if (limen_detector_session_busy (self->session, NULL))
    return "being read";
  return role == LIMEN_SET_UNSORTED ? "without labels, to be judged" : "none yet";
}

/* What was refused waits for a word on how to read it, beside what is shown. */
static void
show_set (FilesGroup *self, const LimenExperiment *experiment, LimenSetRole role)
{
  const char *const *asks = limen_detector_session_asks (self->session, role);
  const LimenImageSet *set = experiment->set[role];
  g_autofree char *text = experiment->table ? limen_table_row_count (experiment, role)
                          : set             ? describe_set (experiment, role)
                                            : g_strdup (absent (self, role));
  g_autofree char *waiting = asks ? g_filename_display_basename (asks[0]) : NULL;
  g_autofree char *all =
      asks ? g_strdup_printf ("%s\n%s waits to be told how to read it", text, waiting) : NULL;
  g_autofree char *judged = role == LIMEN_SET_UNSORTED ? verdicts (self) : NULL;
  g_autofree char *whole = g_strjoin ("\n", all ? all : text, judged, NULL);
  g_autofree char *markup = g_markup_escape_text (whole, -1);
  adw_action_row_set_subtitle (self->set_row[role], markup);
  gtk_widget_set_visible (self->invert[role], set && experiment->seems_inverted[role]);
  gtk_widget_set_visible (
      GTK_WIDGET (self->reading[role]),
      asks || (set && experiment->set_from[role] && limen_image_set_n_read_as (set) > 0));
}

static void
show_flow (FilesGroup *self, const LimenExperiment *experiment)
{
  gtk_widget_set_visible (GTK_WIDGET (self->flow_row), !experiment->table);
  if (!experiment->flow) {
    limen_networks_menu (self->flows, &self->networks, NULL, NULL, NULL);
    adw_action_row_set_subtitle (self->flow_row, absent (self, LIMEN_N_SETS));
    return;
  }
  const char *const *networks = limen_nice_networks (experiment->flow);
  LimenNiceShape shape = limen_nice_shape (experiment->flow);
  const char *path = limen_nice_path (experiment->flow);
  g_autofree char *name =
      limen_is_builtin (path) ? g_strdup (limen_builtin_title (path)) : g_path_get_basename (path);
  g_autofree char *file = limen_display_name (name), *shown = limen_networks_label (file, networks);
  limen_networks_menu (self->flows, &self->networks, path, networks, "detector.use");
  g_autofree char *text =
      g_markup_printf_escaped ("%s · %u × %u, %u couplings, %u pixels", shown, shape.width,
                               shape.depth, shape.couplings, shape.dimension);
  adw_action_row_set_subtitle (self->flow_row, text);
}

static void
show_all (FilesGroup *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  show_flow (self, experiment);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    show_set (self, experiment, role);
  gtk_widget_set_visible (self->undo, limen_detector_session_can_undo (self->session));
}

static void
show_verdicts (FilesGroup *self)
{
  if (limen_detector_session_unsorted (self->session))
    show_set (self, limen_detector_session_experiment (self->session), LIMEN_SET_UNSORTED);
}

/* Work that ends without files leaves the rows to say so. */
static void
show_absent (FilesGroup *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  if (!experiment->flow)
    show_flow (self, experiment);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    if (!experiment->set[role])
      show_set (self, experiment, role);
}

/* -- the object -- */

static void
append_while_enabled (GMenu *menu, const char *label, const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static GMenu *
flows_menu (void)
{
  GMenu *menu = g_menu_new (), *own = g_menu_new (), *all = g_menu_new (), *train = g_menu_new ();
  GMenu *trained = g_menu_new ();
  g_menu_append (own, "Flow of generated digits", "detector.use::" LIMEN_BUILTIN_GLYPHS);
  g_menu_append (own, "Flow of MNIST", "detector.use::" LIMEN_BUILTIN_MNIST);
  g_menu_append (own, "Flow of Fashion-MNIST", "detector.use::" LIMEN_BUILTIN_FASHION);
  g_menu_append (own, "Flow of woven digits", "detector.use::" LIMEN_BUILTIN_CLOTH);
  g_menu_append (all, "Whole example", "detector.example");
  g_autoptr (GMenuModel) examples = limen_detector_examples_menu ();
  g_menu_append_submenu (all, "Examples", examples);
  append_while_enabled (trained, "Use the Trained Flow", "win.use-flow");
  append_while_enabled (trained, "Save Flow…", "win.save-flow");
  append_while_enabled (trained, "Save Flow As…", "win.save-flow-as");
  g_menu_append (train, "Train a Flow…", "win.train");
  g_menu_append_section (menu, "Brought along", G_MENU_MODEL (own));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  g_menu_append_section (menu, "Trained here", G_MENU_MODEL (trained));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (train));
  g_object_unref (own);
  g_object_unref (all);
  g_object_unref (trained);
  g_object_unref (train);
  return menu;
}

static void
add_set (FilesGroup *self, AdwPreferencesGroup *group, LimenSetRole role)
{
  static const struct {
    const char *title, *invert, *reading, *choose, *open, *zone;
  } words[LIMEN_N_SETS] = {
      {"Normal images", "detector.invert-normal", "How the normal images are read",
       "Choose normal images", "detector.open-normal", "normal"},
      {"Anomalies", "detector.invert-anomaly", "How the anomalies are read", "Choose anomalies",
       "detector.open-anomaly", "anomalies"},
      {"Unsorted images", "detector.invert-unsorted", "How the unsorted images are read",
       "Choose unsorted images", "detector.open-unsorted", "unsorted"}};
  GtkWidget *invert = self->invert[role] = gtk_button_new_with_label ("Invert");
  AdwActionRow *row = self->set_row[role] = limen_rows_row (group, words[role].title, invert);
  gtk_widget_set_tooltip_text (invert, "Exchange black and white");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (invert), words[role].invert);
  adw_action_row_set_subtitle_lines (row, 4);
  limen_drop_zones_add_row (row, words[role].zone);
  self->reading[role] = limen_rows_menu (row, "document-properties-symbolic", words[role].reading);
  gtk_menu_button_set_popover (self->reading[role],
                               limen_reading_popover_new (self->session, role));
  limen_rows_button (row, "document-open-symbolic", words[role].choose, words[role].open);
}

static void
add_ways (FilesGroup *self, AdwPreferencesGroup *group)
{
  GtkWidget *swap = gtk_button_new_with_label ("Swap sets");
  GtkWidget *ways = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_tooltip_text (swap, "Take the normal images for anomalies and the anomalies for "
                                     "normal images");
  gtk_widget_set_valign (swap, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (swap, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (swap), "detector.swap");
  self->undo = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_set_tooltip_text (self->undo, "Take the last files back");
  limen_name (self->undo, "Take the last files back");
  gtk_widget_set_valign (self->undo, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->undo, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo), "detector.undo");
  gtk_box_append (GTK_BOX (ways), self->undo);
  gtk_box_append (GTK_BOX (ways), swap);
  adw_preferences_group_set_header_suffix (group, ways);
}

static void
add_flow (FilesGroup *self, AdwPreferencesGroup *group)
{
  self->flows = flows_menu ();
  self->flow_row = limen_rows_row (group, "Flow", NULL);
  adw_action_row_set_subtitle_lines (self->flow_row, 3);
  limen_drop_zones_add_row (self->flow_row, "flow");
  gtk_menu_button_set_menu_model (
      limen_rows_menu (self->flow_row, "view-more-symbolic", "Other flows"),
      G_MENU_MODEL (self->flows));
  limen_rows_button (self->flow_row, "document-open-symbolic", "Choose weights of a flow",
                     "detector.open");
}

static void
files_group_free (gpointer data)
{
  FilesGroup *self = data;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->flows);
  g_clear_object (&self->networks);
  g_object_unref (self->session);
  g_free (self);
}

void
limen_files_group_add (GtkWidget *panel, LimenDetectorSession *session)
{
  g_return_if_fail (GTK_IS_WIDGET (panel) && LIMEN_IS_DETECTOR_SESSION (session));
  AdwPreferencesGroup *group = limen_rows_group (panel, "Files");
  FilesGroup *self = g_new0 (FilesGroup, 1);
  self->session = g_object_ref (session);
  add_ways (self, group);
  add_flow (self, group);
  limen_table_row_add (group, session);
  for (LimenSetRole role = 0; role < LIMEN_N_SETS; role++)
    add_set (self, group, role);
  limen_news_connect (session, "data-changed", G_CALLBACK (show_all), self);
  limen_news_connect (session, "busy-changed", G_CALLBACK (show_absent), self);
  limen_news_connect (session, "threshold-changed", G_CALLBACK (show_verdicts), self);
  g_object_set_data_full (G_OBJECT (group), "limen-files-group", self, files_group_free);
  show_all (self);
}

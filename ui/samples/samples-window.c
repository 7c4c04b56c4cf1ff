#include "ui/samples/samples-window.h"

#include "ui/child-window.h"
#include "ui/chooser.h"
#include "ui/fields.h"
#include "ui/samples/sample-grid.h"
#include "ui/study/latest.h"
#include "ui/study/train/samples.h"
#include "ui/toasts.h"
#include "ui/widgets.h"
#include "ui/wrap-layout.h"

struct _LimenSamplesWindow {
  AdwWindow parent_instance;

  AdwHeaderBar *header;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  LimenSampleGrid *grid, *strip;
  GtkAdjustment *temperature, *seed;
  GtkSpinButton *seed_spin;
  GtkWidget *pair_button, *export_button;

  LimenDetectorSession *session;
  GSimpleActionGroup *actions;
  LimenSamples *asked, *shown; /* shown: what came of an earlier asking; NULL: nothing yet */
  LimenLatest *work;
  guint next_end; /* which end of the path the next click chooses */
};

G_DEFINE_FINAL_TYPE (LimenSamplesWindow, limen_samples_window, ADW_TYPE_WINDOW)

static void
tell (LimenSamplesWindow *self, const char *message)
{
  if (self->toasts)
    limen_toasts_tell (GTK_WIDGET (self->toasts), message);
}

/* -- what is shown -- */

/* Where an end of the path is among the samples, or −1. */
static int
place_of_end (const LimenSamples *samples, guint end)
{
  return samples->end[end].set == samples->samples ? (int)samples->end[end].index : -1;
}

static void
show (LimenSamplesWindow *self)
{
  const LimenSamples *shown = self->shown;
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  gtk_stack_set_visible_child_name (self->stack, experiment->flow ? "samples" : "empty");
  gtk_widget_set_sensitive (self->export_button, shown != NULL);
  gtk_widget_set_sensitive (self->pair_button,
                            experiment->flow && experiment->set[LIMEN_SET_NORMAL]);
  limen_sample_grid_set_images (self->grid, shown ? shown->samples : NULL, 0);
  limen_sample_grid_set_images (self->strip, shown ? shown->path : NULL, LIMEN_N_STEPS);
  if (!shown)
    return;
  limen_sample_grid_set_marks (self->grid, place_of_end (shown, 0), place_of_end (shown, 1));
  limen_sample_grid_set_marks (self->strip, 0, LIMEN_N_STEPS - 1);
}

/* -- the work -- */

static gpointer
run_draw (gpointer data, const LimenRun *run, GError **error)
{
  g_autoptr (LimenSamples) drawn = limen_samples_copy (data);
  return limen_samples_draw (drawn, run->cancellable, error) ? g_steal_pointer (&drawn) : NULL;
}

static void
drawn_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenSamplesWindow *self = owner;
  g_autoptr (LimenSamples) drawn = result;
  if (drawn && drawn->flow == self->asked->flow) {
    for (guint i = 0; i < 2; i++) /* ends that were left to chance */
      if (!self->asked->end[i].set)
        limen_samples_set_end (self->asked, i, drawn->end[i].set, drawn->end[i].index);
    g_clear_pointer (&self->shown, limen_samples_free);
    self->shown = g_steal_pointer (&drawn);
    show (self);
  } else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, error->message);
}

/* Another path needs no other samples: those that are shown keep their marks. */
static LimenSamples *
what_to_draw (LimenSamplesWindow *self)
{
  LimenSamples *input = limen_samples_copy (self->asked), *shown = self->shown;
  if (shown && shown->seed == input->seed && shown->temperature == input->temperature)
    input->samples = limen_image_set_ref (shown->samples);
  return input;
}

static void
draw (LimenSamplesWindow *self)
{
  if (!self->asked->flow)
    return;
  self->asked->seed = (guint64)gtk_adjustment_get_value (self->seed);
  self->asked->temperature = gtk_adjustment_get_value (self->temperature);
  limen_latest_wish (self->work, what_to_draw (self));
}

/* -- what the user wants -- */

static void
picked_cb (LimenSampleGrid *grid, guint index, LimenSamplesWindow *self)
{
  if (!self->shown)
    return;
  limen_samples_set_end (self->asked, self->next_end, self->shown->samples, index);
  self->next_end = !self->next_end;
  draw (self);
}

static void
choose_pair (LimenSamplesWindow *self)
{
  LimenImageSet *normal = limen_detector_session_experiment (self->session)->set[LIMEN_SET_NORMAL];
  for (guint end = 0; end < 2; end++) {
    guint n = normal ? limen_image_set_n_images (normal) : 0;
    limen_samples_set_end (self->asked, end, normal,
                           n ? (guint)g_random_int_range (0, (gint32)MIN (n, G_MAXINT32)) : 0);
  }
  self->next_end = 0;
}

static void
pair_clicked_cb (LimenSamplesWindow *self)
{
  choose_pair (self);
  draw (self);
}

static void
new_clicked_cb (LimenSamplesWindow *self)
{
  gtk_adjustment_set_value (self->seed, gtk_adjustment_get_value (self->seed) + 1);
}

static void
session_changed_cb (LimenSamplesWindow *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  if (experiment->flow != self->asked->flow) {
    g_clear_pointer (&self->asked->flow, limen_nice_unref);
    self->asked->flow = experiment->flow ? limen_nice_ref (experiment->flow) : NULL;
    g_clear_pointer (&self->shown, limen_samples_free);
    choose_pair (self);
    draw (self);
  }
  show (self);
}

/* -- export -- */

typedef struct {
  LimenSamples *samples;
  gboolean path;
  char *file;
} Export;

static void
export_free (Export *export)
{
  limen_samples_free (export->samples);
  g_free (export->file);
  g_free (export);
}

static gpointer
run_export (gpointer data, const LimenRun *run, GError **error)
{
  Export *export = data;
  return limen_samples_save (export->samples, export->path, export->file, error)
             ? g_strdup (export->file)
             : NULL;
}

static void
exported_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenSamplesWindow *self = owner;
  g_autofree char *path = result;
  if (path && self->toasts)
    limen_toasts_tell_saved (GTK_WIDGET (self->toasts), path);
  else if (error)
    tell (self, error->message);
}

static void export(LimenSamplesWindow *self, const char *path, gboolean of_path)
{
  if (!self->shown)
    return;
  Export *export = g_new (Export, 1);
  export->samples = limen_samples_copy (self->shown);
  export->path = of_path;
  export->file = g_strconcat (path, g_str_has_suffix (path, ".png") ? NULL : ".png", NULL);
  limen_job_unref (
      limen_job_start (run_export, export, (GDestroyNotify)export_free, g_free, exported_cb, self));
}

static void
samples_place_cb (LimenSamplesWindow *self, const char *const *paths)
{
  export(self, paths[0], FALSE);
}

static void
path_place_cb (LimenSamplesWindow *self, const char *const *paths)
{
  export(self, paths[0], TRUE);
}

static void
export_samples_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  limen_choose (self, "Export Samples", GTK_FILE_CHOOSER_ACTION_SAVE, "limen-samples.png",
                (LimenChosenFunc)samples_place_cb);
}

static void
export_path_cb (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  limen_choose (self, "Export Path", GTK_FILE_CHOOSER_ACTION_SAVE, "limen-path.png",
                (LimenChosenFunc)path_place_cb);
}

/* -- the object -- */

static void
limen_samples_window_dispose (GObject *object)
{
  LimenSamplesWindow *self = LIMEN_SAMPLES_WINDOW (object);
  g_clear_pointer (&self->work, limen_latest_free);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_pointer (&self->asked, limen_samples_free);
  g_clear_pointer (&self->shown, limen_samples_free);
  self->toasts = NULL; /* a job may still have something to say */
  G_OBJECT_CLASS (limen_samples_window_parent_class)->dispose (object);
}

static void
limen_samples_window_class_init (LimenSamplesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_samples_window_dispose;
  g_type_ensure (LIMEN_TYPE_SAMPLE_GRID);
  g_type_ensure (LIMEN_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/limen_explorer/Limen/ui/samples-window.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, LimenSamplesWindow, name)
  BIND (header);
  BIND (toasts);
  BIND (stack);
  BIND (grid);
  BIND (strip);
  BIND (temperature);
  BIND (seed);
  BIND (seed_spin);
  BIND (pair_button);
  BIND (export_button);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pair_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, draw);
}

static void
limen_samples_window_init (LimenSamplesWindow *self)
{
  static const GActionEntry entries[] = {{"export-samples", export_samples_cb},
                                         {"export-path", export_path_cb}};
  self->asked = g_new0 (LimenSamples, 1);
  self->work = limen_latest_new (run_draw, (GDestroyNotify)limen_samples_free,
                                 (GDestroyNotify)limen_samples_free, LIMEN_OVERTAKEN_IS_SHOWN,
                                 drawn_cb, self);
  gtk_widget_init_template (GTK_WIDGET (self));
  limen_child_window_titles (self->header, "Samples of the Flow", "Samples");
  limen_child_window_part (GTK_WINDOW (self));
  limen_field_spin (self->seed_spin);
  limen_keep_menu_clear (GTK_MENU_BUTTON (self->export_button));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "samples", G_ACTION_GROUP (self->actions));
  limen_sample_grid_set_pickable (self->grid);
  limen_name (self->grid, "Samples of the flow");
  limen_name (self->strip, "Path through latent space");
}

void
limen_samples_window_present (GtkWindow *parent, LimenDetectorSession *session)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  LimenSamplesWindow *self =
      LIMEN_SAMPLES_WINDOW (limen_child_window_of (parent, LIMEN_TYPE_SAMPLES_WINDOW));
  if (!self->session) {
    self->session = g_object_ref (session);
    limen_follow (self, session, "data-changed", G_CALLBACK (session_changed_cb));
    session_changed_cb (self);
  }
  gtk_window_present (GTK_WINDOW (self));
}

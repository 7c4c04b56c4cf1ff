#include "ui/train/train-form.h"

#include "model/data/builtin.h"
#include "model/data/file-kind.h"
#include "ui/choices.h"
#include "ui/chooser.h"
#include "ui/fields.h"
#include "ui/rows.h"
#include "ui/study/detector/loader.h"
#include "model/base/number.h"
#include "ui/widgets.h"

#include <math.h>

enum { SIZE_SMALL, SIZE_COURSE, SIZE_OWN };
enum { END_EPOCHS, END_MINUTES };

struct _LimenTrainForm {
  AdwBin parent_instance;

  AdwActionRow *images_row, *start_row, *width_row, *depth_row, *couplings_row;
  AdwComboRow *side_row, *size_row;
  GtkSpinButton *width_spin, *depth_spin, *couplings_spin, *end_spin, *seed_spin;
  GtkDropDown *end_drop;
  GtkWidget *detector_button, *start_clear;

  LimenDetectorSession *session;
  char **paths;       /* of the user's own choice */
  LimenImageSet *set; /* of the detector, where there is no such choice */
  LimenOrigin *set_from;
  char *start;
  char *name; /* of the flow */
};

G_DEFINE_FINAL_TYPE (LimenTrainForm, limen_train_form, ADW_TYPE_BIN)

static guint changed_signal;

/* -- what is shown -- */

static char *
short_name (const char *path)
{
  g_autofree char *base =
      limen_is_builtin (path) ? g_strdup (limen_builtin_title (path)) : g_path_get_basename (path);
  return limen_display_name (base);
}

static void
set_row (AdwActionRow *row, const char *title, const char *subtitle)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (row, safe_subtitle);
}

static void
show_images (LimenTrainForm *self)
{
  if (self->paths) {
    g_autofree char *name = short_name (self->paths[0]);
    guint more = g_strv_length (self->paths) - 1;
    g_autofree char *rest = more ? g_strdup_printf ("and %u more", more) : NULL;
    set_row (self->images_row, name, rest ? rest : "your choice");
  } else if (self->set) {
    g_autofree char *count = limen_format_number (limen_image_set_n_images (self->set), 0);
    g_autofree char *text = g_strdup_printf ("%s images, the detector’s normal ones", count);
    set_row (self->images_row, limen_image_set_name (self->set), text);
  } else
    set_row (self->images_row, "No images yet",
             "Choose or drop a folder, an IDX or npy file, or an archive.");
  gtk_widget_set_visible (self->detector_button, self->paths && self->set);
}

static void
show_start (LimenTrainForm *self)
{
  gboolean own = adw_combo_row_get_selected (self->size_row) == SIZE_OWN && !self->start;
  g_autofree char *name = self->start ? short_name (self->start) : NULL;
  set_row (self->start_row, "Start from", self->start ? name : "new weights");
  gtk_widget_set_visible (self->start_clear, self->start != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->size_row), !self->start);
  gtk_widget_set_sensitive (GTK_WIDGET (self->side_row), !self->start);
  gtk_widget_set_visible (GTK_WIDGET (self->width_row), own);
  gtk_widget_set_visible (GTK_WIDGET (self->depth_row), own);
  gtk_widget_set_visible (GTK_WIDGET (self->couplings_row), own);
}

static void
changed (LimenTrainForm *self)
{
  show_images (self);
  show_start (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
session_changed_cb (LimenTrainForm *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  LimenImageSet *set = experiment->set[LIMEN_SET_NORMAL];
  if (set == self->set)
    return;
  g_clear_pointer (&self->set, limen_image_set_unref);
  self->set = set ? limen_image_set_ref (set) : NULL;
  limen_origin_put (&self->set_from, experiment->set_from[LIMEN_SET_NORMAL]);
  changed (self);
}

/* -- what the user chooses -- */

void
limen_train_form_take (LimenTrainForm *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_TRAIN_FORM (self) && paths != NULL);
  g_autoptr (GStrvBuilder) images = g_strv_builder_new ();
  for (guint i = 0; paths[i]; i++) {
    if (!limen_file_kind_is_weights (limen_file_kind (paths[i], NULL))) {
      g_strv_builder_add (images, paths[i]);
      continue;
    }
    g_free (self->start);
    self->start = g_strdup (paths[i]);
  }
  char **chosen = g_strv_builder_end (images);
  if (chosen[0]) {
    g_strfreev (self->paths);
    self->paths = chosen;
  } else
    g_strfreev (chosen);
  changed (self);
}

static void
choose (LimenTrainForm *self, const char *title, GtkFileChooserAction action)
{
  limen_choose (GTK_WIDGET (self), title, action, NULL, (LimenChosenFunc)limen_train_form_take);
}

static void
file_clicked_cb (LimenTrainForm *self)
{
  choose (self, "Choose Images to Train On", GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
folder_clicked_cb (LimenTrainForm *self)
{
  choose (self, "Choose a Folder of Images to Train On", GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
start_clicked_cb (LimenTrainForm *self)
{
  choose (self, "Continue from File", GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
detector_clicked_cb (LimenTrainForm *self)
{
  g_clear_pointer (&self->paths, g_strfreev);
  changed (self);
}

static void
start_clear_clicked_cb (LimenTrainForm *self)
{
  g_clear_pointer (&self->start, g_free);
  changed (self);
}

/* -- the plan -- */

static LimenNiceTrainerSettings
settings (LimenTrainForm *self)
{
  LimenNiceTrainerSettings all = limen_nice_trainer_defaults ();
  guint size = adw_combo_row_get_selected (self->size_row);
  double end = gtk_spin_button_get_value (self->end_spin);
  if (size == SIZE_COURSE) {
    all.width = 1000;
    all.depth = 5;
  } else if (size == SIZE_OWN) {
    all.width = (guint)gtk_spin_button_get_value_as_int (self->width_spin);
    all.depth = (guint)gtk_spin_button_get_value_as_int (self->depth_spin);
    all.couplings = (guint)gtk_spin_button_get_value_as_int (self->couplings_spin);
  }
  gboolean minutes = gtk_drop_down_get_selected (self->end_drop) == END_MINUTES;
  all.epochs = minutes ? 0 : (guint)end;
  all.minutes = minutes ? end : 0;
  all.seed = (guint64)gtk_spin_button_get_value (self->seed_spin);
  all.name = self->name;
  return all;
}

gboolean
limen_train_form_is_ready (LimenTrainForm *self)
{
  g_return_val_if_fail (LIMEN_IS_TRAIN_FORM (self), FALSE);
  return self->paths || self->set;
}

LimenTrainingPlan
limen_train_form_plan (LimenTrainForm *self)
{
  g_return_val_if_fail (LIMEN_IS_TRAIN_FORM (self), (LimenTrainingPlan){0});
  static const guint sides[] = {0, 28, 32, 64};
  char **paths = self->paths ? self->paths : self->set_from ? self->set_from->paths : NULL;
  g_autofree char *images = short_name (self->paths ? paths[0] : limen_image_set_name (self->set));
  g_free (self->name);
  self->name = g_strconcat ("a flow of ", images, NULL);
  return (LimenTrainingPlan){
      .paths = (const char *const *)paths,
      .set = self->paths ? NULL : self->set,
      .side = sides[MIN (adw_combo_row_get_selected (self->side_row), G_N_ELEMENTS (sides) - 1)],
      .invert = !self->paths && self->set_from && self->set_from->inverted,
      .start = self->start,
      .settings = settings (self),
  };
}

/* -- the object -- */

void
limen_train_form_set_session (LimenTrainForm *self, LimenDetectorSession *session)
{
  g_return_if_fail (LIMEN_IS_TRAIN_FORM (self));
  self->session = g_object_ref (session);
  limen_follow (self, session, "data-changed", G_CALLBACK (session_changed_cb));
  session_changed_cb (self);
  changed (self);
}

static void
limen_train_form_dispose (GObject *object)
{
  LimenTrainForm *self = LIMEN_TRAIN_FORM (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->paths, g_strfreev);
  g_clear_pointer (&self->set, limen_image_set_unref);
  limen_origin_put (&self->set_from, NULL);
  g_clear_pointer (&self->start, g_free);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (limen_train_form_parent_class)->dispose (object);
}

static void
limen_train_form_class_init (LimenTrainFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_train_form_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/limen_explorer/Limen/ui/train-form.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, LimenTrainForm, name)
  BIND (images_row);
  BIND (detector_button);
  BIND (side_row);
  BIND (size_row);
  BIND (width_row);
  BIND (depth_row);
  BIND (couplings_row);
  BIND (width_spin);
  BIND (depth_spin);
  BIND (couplings_spin);
  BIND (start_row);
  BIND (start_clear);
  BIND (end_spin);
  BIND (end_drop);
  BIND (seed_spin);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, file_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, detector_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_clear_clicked_cb);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
limen_train_form_init (LimenTrainForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  limen_choices_show_whole (self->side_row);
  limen_choices_show_whole (self->size_row);
  limen_rows_whole_words (GTK_WIDGET (self));
  limen_rows_give_way (GTK_WIDGET (self));
  GtkSpinButton *const spins[] = {self->width_spin, self->depth_spin, self->couplings_spin,
                                  self->end_spin, self->seed_spin};
  for (guint i = 0; i < G_N_ELEMENTS (spins); i++)
    limen_field_spin (spins[i]);
  g_signal_connect_swapped (self->size_row, "notify::selected", G_CALLBACK (show_start), self);
}

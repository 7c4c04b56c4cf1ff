#include "ui/detector/empty.h"

#include "model/data/builtin.h"

struct _LimenDetectorEmpty {
  AdwBin parent_instance;

  AdwStatusPage *page;
  GtkFlowBox *steps;

  LimenDetectorSession *session;
  char *failure; /* nullable */
  gboolean cancelled;
};

G_DEFINE_FINAL_TYPE (LimenDetectorEmpty, limen_detector_empty, ADW_TYPE_BIN)

/* A button; @action: with its target */
typedef struct {
  const char *label, *action;
} Step;

#define MOST_STEPS 5

/* @step: the first is the one that suggests itself; ends with one without a label */
typedef struct {
  const char *title, *description;
  Step step[MOST_STEPS + 1];
} State;

#define OPEN                                                                                       \
  {                                                                                                \
    "Open…", "win.open"                                                                            \
  }
#define EXAMPLE                                                                                    \
  {                                                                                                \
    "Show the Example", "detector.example"                                                         \
  }
#define TRAIN                                                                                      \
  {                                                                                                \
    "Train a Flow…", "win.train"                                                                   \
  }

static const State reading = {.title = "Reading…"};
static const State nothing = {
    "Which Images Are Anomalies?",
    "Drop the weights of a NICE flow (.pt, .safetensors) here, and two sets of images: "
    "normal ones and anomalies, as folders, IDX, npy or archives. Or a table (CSV) of scores that "
    "any program gave your images.",
    {OPEN, EXAMPLE}};
static const State no_flow = {
    "Now the Flow",
    "The images are here. Drop the weights of a NICE flow to score them, train one on your "
    "normal images, or take one that Limen brings along. A VAE alone tells some scores, too.",
    {OPEN,
     TRAIN,
     {"Open a VAE…", "detector.open-vae"},
     {"Flow of Generated Digits", "detector.use::" LIMEN_BUILTIN_GLYPHS},
     {"Flow of MNIST", "detector.use::" LIMEN_BUILTIN_MNIST}}};
static const State no_normal = {
    "Now the Normal Images",
    "The flow is ready. Drop a set of images of the kind that it learned.",
    {{"Choose Normal Images…", "detector.open-normal"},
     {"Generated Digits", "detector.use::" LIMEN_BUILTIN_DIGITS},
     EXAMPLE}};
static const State failed = {"Nothing Could Be Read", NULL, {OPEN, TRAIN, EXAMPLE}};
static const State cancelled = {"Reading Was Cancelled",
                                "Nothing was changed. Open the files again, or go on with others.",
                                {{"Read Again", "detector.read-again"}, OPEN, EXAMPLE}};

static const State *
state_of (LimenDetectorEmpty *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  const LimenImageSet *normal = experiment->set[LIMEN_SET_NORMAL];
  if (limen_detector_session_busy (self->session, NULL))
    return &reading;
  if (self->cancelled)
    return &cancelled;
  if (experiment->flow)
    return &no_normal;
  if (normal || experiment->set[LIMEN_SET_ANOMALY])
    return &no_flow;
  return self->failure ? &failed : &nothing;
}

static GtkWidget *
step_new (const Step *step, gboolean first)
{
  GtkWidget *button = gtk_button_new_with_label (step->label);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), step->action);
  gtk_widget_add_css_class (button, "pill");
  if (first)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
show_steps (LimenDetectorEmpty *self, const State *state)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))))
    gtk_flow_box_remove (self->steps, child);
  for (guint i = 0; state->step[i].label; i++) {
    GtkWidget *button = step_new (&state->step[i], i == 0);
    gtk_flow_box_append (self->steps, button);
    gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  }
}

void
limen_detector_empty_show (LimenDetectorEmpty *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_EMPTY (self));
  const State *state = state_of (self);
  const char *failure = state == &reading || state == &cancelled ? NULL : self->failure;
  g_autofree char *why = failure ? g_markup_escape_text (failure, -1) : NULL;
  adw_status_page_set_description (self->page, why ? why : state->description);
  if (g_strcmp0 (adw_status_page_get_title (self->page), state->title) == 0)
    return; /* its buttons are there, and one of them may have the keyboard */
  adw_status_page_set_title (self->page, state->title);
  show_steps (self, state);
}

void
limen_detector_empty_set_failure (LimenDetectorEmpty *self, const char *message)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_EMPTY (self));
  g_free (self->failure);
  self->failure = g_strdup (message);
  self->cancelled = FALSE;
  limen_detector_empty_show (self);
}

void
limen_detector_empty_set_cancelled (LimenDetectorEmpty *self)
{
  g_return_if_fail (LIMEN_IS_DETECTOR_EMPTY (self));
  g_clear_pointer (&self->failure, g_free);
  self->cancelled = TRUE;
  limen_detector_empty_show (self);
}

/* -- the object -- */

static void
limen_detector_empty_dispose (GObject *object)
{
  LimenDetectorEmpty *self = LIMEN_DETECTOR_EMPTY (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->failure, g_free);
  G_OBJECT_CLASS (limen_detector_empty_parent_class)->dispose (object);
}

static void
limen_detector_empty_class_init (LimenDetectorEmptyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_detector_empty_dispose;
}

static void
limen_detector_empty_init (LimenDetectorEmpty *self)
{
  self->steps = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->steps, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->steps, 2);
  gtk_flow_box_set_column_spacing (self->steps, 12);
  gtk_flow_box_set_row_spacing (self->steps, 12);
  gtk_flow_box_set_homogeneous (self->steps, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->steps), GTK_ALIGN_CENTER);
  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->page, "io.github.limen_explorer.Limen-symbolic");
  adw_status_page_set_child (self->page, GTK_WIDGET (self->steps));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

LimenDetectorEmpty *
limen_detector_empty_new (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  LimenDetectorEmpty *self = g_object_new (LIMEN_TYPE_DETECTOR_EMPTY, NULL);
  self->session = g_object_ref (session);
  limen_detector_empty_show (self);
  return self;
}

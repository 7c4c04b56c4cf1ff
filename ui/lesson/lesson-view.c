#include "ui/lesson/lesson-view.h"

#include "ui/lesson/formula-view.h"
#include "ui/settings.h"
#include "ui/widgets.h"

#define KEPT  "questions-done" /* in the settings: ids of steps */
#define BELOW 12               /* pixels below the step to be done next */

struct _LimenLessonView {
  GtkWidget parent_instance;

  LimenLessonGuide *guide;
  GtkWidget *box; /* holds all that follows */
  GtkWidget *back;
  GtkWidget *stack, *list, *steps, *scroller;
  GtkWidget *controls, *show, *skip;
  guint tick, settle, frames_to_settle; /* settle: 0: it did */
  gint64 last;                          /* frame time, microseconds */
};

G_DEFINE_FINAL_TYPE (LimenLessonView, limen_lesson_view, GTK_TYPE_WIDGET)

static const LimenLessonQuestion *
question_of (LimenLessonView *self)
{
  return &limen_lesson_guide_lesson (self->guide)
              ->question[limen_lesson_guide_question (self->guide)];
}

static GtkWidget *
words (const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
append_words (GtkWidget *box, const char *text, const char *style)
{
  if (text && *text)
    gtk_box_append (GTK_BOX (box), words (text, style));
}

static void
append_formula (GtkWidget *box, const char *source)
{
  if (source && *source)
    gtk_box_append (GTK_BOX (box), limen_formula_view_new (source));
}

/* -- the steps of a question -- */

static GtkWidget *
new_card (LimenLessonView *self, const char *style)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_add_css_class (card, "lesson-step");
  gtk_widget_add_css_class (card, style);
  gtk_box_append (GTK_BOX (self->steps), card);
  return card;
}

/* What was done, what was seen then, and what it stands for */
static void
append_done (LimenLessonView *self, guint index)
{
  const LimenLessonStep *step = &question_of (self)->step[index];
  GtkWidget *card = new_card (self, "done"), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gboolean done =
      limen_lesson_guide_is_done (self->guide, limen_lesson_guide_question (self->guide), index);
  GtkWidget *icon =
      gtk_image_new_from_icon_name (done ? "object-select-symbolic" : "go-next-symbolic");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  limen_name (icon, done ? "Done" : "Skipped");
  gtk_box_append (GTK_BOX (line), icon);
  GtkWidget *deed = words (step->deed, "dim-label");
  gtk_widget_set_hexpand (deed, TRUE);
  gtk_box_append (GTK_BOX (line), deed);
  gtk_box_append (GTK_BOX (card), line);
  append_words (card, limen_lesson_guide_seen (self->guide, index), "lesson-seen");
  append_words (card, step->argument, NULL);
  append_formula (card, step->formula);
}

static void
append_next (LimenLessonView *self, guint index)
{
  const LimenLessonQuestion *question = question_of (self);
  g_autofree char *place = g_strdup_printf ("Step %u of %u", index + 1, question->n_steps);
  GtkWidget *card = new_card (self, "next");
  append_words (card, place, "caption-heading");
  append_words (card, question->step[index].deed, NULL);
}

static void
append_proof (LimenLessonView *self)
{
  const LimenLessonQuestion *question = question_of (self);
  gboolean at_end = limen_lesson_guide_step (self->guide) == question->n_steps;
  GtkWidget *fold = gtk_expander_new ("The whole argument"),
            *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_add_css_class (fold, "lesson-proof");
  for (guint i = 0; i < question->n_lines; i++) {
    append_words (box, question->proof[i].words, NULL);
    append_formula (box, question->proof[i].formula);
  }
  gtk_expander_set_child (GTK_EXPANDER (fold), box);
  gtk_expander_set_expanded (GTK_EXPANDER (fold), at_end);
  gtk_box_append (GTK_BOX (self->steps), fold);
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

/* The step to be done next is seen, whatever was said above it: in the frame after the one that
 * laid it out. */
static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  LimenLessonView *self = LIMEN_LESSON_VIEW (widget);
  graphene_point_t at;
  if (--self->frames_to_settle > 0)
    return G_SOURCE_CONTINUE;
  self->settle = 0;
  for (GtkWidget *card = gtk_widget_get_first_child (self->steps); card;
       card = gtk_widget_get_next_sibling (card)) {
    GtkAdjustment *adjustment =
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
    double page = gtk_adjustment_get_page_size (adjustment);
    if (!gtk_widget_has_css_class (card, "next") ||
        !gtk_widget_compute_point (card, self->steps, &GRAPHENE_POINT_INIT (0, 0), &at))
      continue;
    gtk_adjustment_set_value (adjustment, at.y + gtk_widget_get_height (card) + BELOW - page);
  }
  return G_SOURCE_REMOVE;
}

static void
settle (LimenLessonView *self)
{
  self->frames_to_settle = 2;
  if (!self->settle)
    self->settle = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

static void
show_question (LimenLessonView *self)
{
  const LimenLessonQuestion *question = question_of (self);
  guint step = limen_lesson_guide_step (self->guide);
  clear_box (self->steps);
  append_words (self->steps, question->title, "title-4");
  for (guint i = 0; i < step; i++)
    append_done (self, i);
  if (step < question->n_steps)
    append_next (self, step);
  append_proof (self);
  settle (self);
}

static void
show_controls (LimenLessonView *self)
{
  gboolean ends = limen_lesson_guide_step (self->guide) == question_of (self)->n_steps;
  gboolean shows = limen_lesson_guide_is_showing (self->guide);
  guint n = limen_lesson_guide_lesson (self->guide)->n_questions;
  gboolean last = limen_lesson_guide_question (self->guide) + 1 == n;
  gtk_button_set_label (GTK_BUTTON (self->show), ends ? "Once More" : shows ? "Stop" : "Show Me");
  gtk_button_set_label (GTK_BUTTON (self->skip), !ends  ? "Skip"
                                                 : last ? "All Questions"
                                                        : "Next Question");
}

/* -- the list of questions -- */

static void
fill_list (LimenLessonView *self)
{
  const LimenLesson *lesson = limen_lesson_guide_lesson (self->guide);
  GtkListBoxRow *row;
  for (guint i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)i));
       i++) {
    guint n = limen_lesson_guide_n_done (self->guide, i), all = lesson->question[i].n_steps;
    g_autofree char *told = n == all ? g_strdup ("All steps done")
                            : n > 0  ? g_strdup_printf ("%u of %u steps done", n, all)
                                     : g_strdup_printf ("%u steps", all);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), told);
  }
}

static gboolean
is_list (LimenLessonView *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "list") == 0;
}

/* It watches only where its question is seen. */
static void
wake (LimenLessonView *self)
{
  limen_lesson_guide_set_awake (self->guide,
                                gtk_widget_get_mapped (GTK_WIDGET (self)) && !is_list (self));
}

static void
show_list (LimenLessonView *self)
{
  fill_list (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_widget_set_visible (self->back, FALSE);
  gtk_widget_set_visible (self->controls, FALSE);
  wake (self);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, LimenLessonView *self)
{
  limen_lesson_guide_set_question (self->guide, (guint)gtk_list_box_row_get_index (row));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "question");
  gtk_widget_set_visible (self->back, TRUE);
  gtk_widget_set_visible (self->controls, TRUE);
  wake (self);
  gtk_widget_grab_focus (self->show);
}

/* -- what the guide tells, and what it is told -- */

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  LimenLessonView *self = LIMEN_LESSON_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 passed = self->last > 0 ? MIN (now - self->last, G_USEC_PER_SEC / 4) : 0;
  self->last = now;
  if (limen_lesson_guide_tick (self->guide, (double)passed / G_USEC_PER_SEC))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
changed_cb (LimenLessonView *self)
{
  fill_list (self);
  show_question (self);
  show_controls (self);
  if (!limen_lesson_guide_is_showing (self->guide) || self->tick)
    return;
  self->last = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
done_cb (LimenLessonView *self, const char *id)
{
  GSettings *settings = limen_settings ();
  if (!settings)
    return;
  g_auto (GStrv) kept = g_settings_get_strv (settings, KEPT);
  if (g_strv_contains ((const char *const *)kept, id))
    return;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_strv_builder_addv (all, (const char **)kept);
  g_strv_builder_add (all, id);
  g_auto (GStrv) ids = g_strv_builder_end (all);
  g_settings_set_strv (settings, KEPT, (const char *const *)ids);
}

static void
show_cb (LimenLessonView *self)
{
  if (limen_lesson_guide_step (self->guide) == question_of (self)->n_steps)
    limen_lesson_guide_go_to (self->guide, 0);
  else if (limen_lesson_guide_is_showing (self->guide))
    limen_lesson_guide_stop (self->guide);
  else
    limen_lesson_guide_show (self->guide);
}

static void
skip_cb (LimenLessonView *self)
{
  guint step = limen_lesson_guide_step (self->guide),
        question = limen_lesson_guide_question (self->guide);
  if (step < question_of (self)->n_steps)
    limen_lesson_guide_go_to (self->guide, step + 1);
  else if (question + 1 < limen_lesson_guide_lesson (self->guide)->n_questions)
    limen_lesson_guide_set_question (self->guide, question + 1);
  else
    show_list (self);
}

/* -- the object -- */

static void
limen_lesson_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limen_lesson_view_parent_class)->map (widget);
  wake (LIMEN_LESSON_VIEW (widget));
}

static void
limen_lesson_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limen_lesson_view_parent_class)->unmap (widget);
  wake (LIMEN_LESSON_VIEW (widget));
}

static void
limen_lesson_view_dispose (GObject *object)
{
  LimenLessonView *self = LIMEN_LESSON_VIEW (object);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (limen_lesson_view_parent_class)->dispose (object);
}

static void
limen_lesson_view_class_init (LimenLessonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_lesson_view_dispose;
  widget_class->map = limen_lesson_view_map;
  widget_class->unmap = limen_lesson_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
icon_button (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  limen_name (button, name);
  return button;
}

static GtkWidget *
make_header (LimenLessonView *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = icon_button ("window-close-symbolic", "Close questions (F2)");
  self->back = icon_button ("go-previous-symbolic", "All questions");
  GtkWidget *heading = words ("Questions", "heading");
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "win.questions");
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (show_list), self);
  gtk_box_append (GTK_BOX (header), self->back);
  gtk_box_append (GTK_BOX (header), heading);
  gtk_box_append (GTK_BOX (header), close);
  gtk_widget_add_css_class (header, "lesson-header");
  return header;
}

static GtkWidget *
make_controls (LimenLessonView *self)
{
  self->controls = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->show = gtk_button_new_with_label ("Show Me");
  self->skip = gtk_button_new_with_label ("Skip");
  gtk_box_set_homogeneous (GTK_BOX (self->controls), TRUE);
  gtk_widget_add_css_class (self->controls, "lesson-header");
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (show_cb), self);
  g_signal_connect_swapped (self->skip, "clicked", G_CALLBACK (skip_cb), self);
  gtk_box_append (GTK_BOX (self->controls), self->show);
  gtk_box_append (GTK_BOX (self->controls), self->skip);
  return self->controls;
}

static void
limen_lesson_view_init (LimenLessonView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = gtk_list_box_new ();
  self->steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->stack = g_object_new (GTK_TYPE_STACK, "vhomogeneous", FALSE, "hhomogeneous", FALSE, NULL);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "propagate-natural-height", TRUE, "vexpand", TRUE, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self), "lesson");
  gtk_widget_add_css_class (self->steps, "lesson-steps");
  gtk_widget_add_css_class (self->stack, "lesson-body");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_stack_add_named (GTK_STACK (self->stack), self->list, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->steps, "question");
  limen_tell_seen (self->stack);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->stack);
  gtk_box_append (GTK_BOX (self->box), make_header (self));
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_box_append (GTK_BOX (self->box), make_controls (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  limen_name (self, "Questions about this page");
}

static void
add_rows (LimenLessonView *self)
{
  const LimenLesson *lesson = limen_lesson_guide_lesson (self->guide);
  for (guint i = 0; i < lesson->n_questions; i++) {
    GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "activatable", TRUE, "use-markup", FALSE,
                                   "title", lesson->question[i].title, NULL);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("go-next-symbolic"));
    gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  }
}

LimenLessonView *
limen_lesson_view_new (LimenLessonGuide *guide)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (guide), NULL);
  LimenLessonView *self = g_object_new (LIMEN_TYPE_LESSON_VIEW, NULL);
  GSettings *settings = limen_settings ();
  self->guide = guide;
  add_rows (self);
  if (settings) {
    g_auto (GStrv) kept = g_settings_get_strv (settings, KEPT);
    limen_lesson_guide_keep (guide, (const char *const *)kept);
  }
  limen_follow (self, guide, "changed", G_CALLBACK (changed_cb));
  limen_follow (self, guide, "done", G_CALLBACK (done_cb));
  changed_cb (self);
  show_list (self);
  return self;
}

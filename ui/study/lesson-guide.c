#include "ui/study/lesson-guide.h"

#define SHOW_SECONDS   2.0  /* that "Show me" takes for what is done in one go */
#define WAIT_SECONDS   30.0 /* that the page may take until it is where it was told to go */
#define MOST_QUESTIONS 16
#define MOST_STEPS     16

struct _LimenLessonGuide {
  GObject parent_instance;

  const LimenLesson *lesson;
  GObject *session;
  gboolean awake, looks;
  guint question, step[MOST_QUESTIONS];
  gboolean done[MOST_QUESTIONS][MOST_STEPS];
  char *seen[MOST_QUESTIONS][MOST_STEPS];
  LimenLessonMark mark;
  gboolean shows;
  double part, waited; /* of what is shown; seconds since all of it was */
};

G_DEFINE_FINAL_TYPE (LimenLessonGuide, limen_lesson_guide, G_TYPE_OBJECT)

enum { CHANGED, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const LimenLessonQuestion *
question_of (LimenLessonGuide *self)
{
  return &self->lesson->question[self->question];
}

static guint *
place_of (LimenLessonGuide *self)
{
  return &self->step[self->question];
}

static const LimenLessonStep *
next_step (LimenLessonGuide *self)
{
  guint step = *place_of (self);
  return step < question_of (self)->n_steps ? &question_of (self)->step[step] : NULL;
}

/* The next step begins with the page as it is now. */
static void
begin (LimenLessonGuide *self)
{
  const LimenLessonStep *step = next_step (self);
  self->mark = (LimenLessonMark){{0}};
  if (self->awake && step && step->begin)
    step->begin (self->session, &self->mark);
}

static void
go_on (LimenLessonGuide *self)
{
  const LimenLessonStep *step = next_step (self);
  guint place = *place_of (self);
  g_free (self->seen[self->question][place]);
  self->seen[self->question][place] = step->seen ? step->seen (self->session, &self->mark) : NULL;
  self->done[self->question][place] = TRUE;
  *place_of (self) = place + 1;
  self->shows = FALSE;
  begin (self);
  g_signal_emit (self, signals[DONE], 0, step->id);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* One deed is one step: what a step's end changes on the page is not looked at for the next. */
static void
look_cb (LimenLessonGuide *self)
{
  const LimenLessonStep *step = next_step (self);
  if (!self->awake || self->looks || !step)
    return;
  self->looks = TRUE;
  if (step->done (self->session, &self->mark))
    go_on (self);
  self->looks = FALSE;
}

/* -- the object -- */

static void
limen_lesson_guide_dispose (GObject *object)
{
  LimenLessonGuide *self = LIMEN_LESSON_GUIDE (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  for (guint i = 0; i < MOST_QUESTIONS; i++)
    for (guint k = 0; k < MOST_STEPS; k++)
      g_clear_pointer (&self->seen[i][k], g_free);
  G_OBJECT_CLASS (limen_lesson_guide_parent_class)->dispose (object);
}

static void
limen_lesson_guide_class_init (LimenLessonGuideClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = limen_lesson_guide_dispose;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
limen_lesson_guide_init (LimenLessonGuide *self)
{
}

LimenLessonGuide *
limen_lesson_guide_new (const LimenLesson *lesson, GObject *session)
{
  g_return_val_if_fail (lesson && G_IS_OBJECT (session), NULL);
  g_return_val_if_fail (lesson->n_questions > 0 && lesson->n_questions <= MOST_QUESTIONS, NULL);
  LimenLessonGuide *self = g_object_new (LIMEN_TYPE_LESSON_GUIDE, NULL);
  self->lesson = lesson;
  self->session = g_object_ref (session);
  for (guint i = 0; lesson->signals[i]; i++)
    g_signal_connect_swapped (session, lesson->signals[i], G_CALLBACK (look_cb), self);
  return self;
}

/* -- where it is -- */

void
limen_lesson_guide_set_awake (LimenLessonGuide *self, gboolean awake)
{
  g_return_if_fail (LIMEN_IS_LESSON_GUIDE (self));
  if (awake == self->awake)
    return;
  self->awake = awake;
  self->shows = FALSE;
  begin (self);
}

/* The first step that was not done is the next one. */
static void
find_steps (LimenLessonGuide *self)
{
  for (guint i = 0; i < self->lesson->n_questions; i++) {
    guint step = 0;
    while (step < self->lesson->question[i].n_steps && self->done[i][step])
      step++;
    self->step[i] = step;
  }
}

void
limen_lesson_guide_keep (LimenLessonGuide *self, const char *const *ids)
{
  g_return_if_fail (LIMEN_IS_LESSON_GUIDE (self) && ids);
  for (guint i = 0; i < self->lesson->n_questions; i++)
    for (guint k = 0; k < self->lesson->question[i].n_steps; k++)
      if (g_strv_contains (ids, self->lesson->question[i].step[k].id))
        self->done[i][k] = TRUE;
  find_steps (self);
  begin (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

const LimenLesson *
limen_lesson_guide_lesson (LimenLessonGuide *self)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), NULL);
  return self->lesson;
}

guint
limen_lesson_guide_question (LimenLessonGuide *self)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), 0);
  return self->question;
}

void
limen_lesson_guide_set_question (LimenLessonGuide *self, guint question)
{
  g_return_if_fail (LIMEN_IS_LESSON_GUIDE (self) && question < self->lesson->n_questions);
  self->question = question;
  self->shows = FALSE;
  begin (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
limen_lesson_guide_step (LimenLessonGuide *self)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), 0);
  return *place_of (self);
}

void
limen_lesson_guide_go_to (LimenLessonGuide *self, guint step)
{
  g_return_if_fail (LIMEN_IS_LESSON_GUIDE (self) && step <= question_of (self)->n_steps);
  *place_of (self) = step;
  self->shows = FALSE;
  begin (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
limen_lesson_guide_is_done (LimenLessonGuide *self, guint question, guint step)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), FALSE);
  g_return_val_if_fail (question < self->lesson->n_questions, FALSE);
  return step < self->lesson->question[question].n_steps && self->done[question][step];
}

guint
limen_lesson_guide_n_done (LimenLessonGuide *self, guint question)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), 0);
  guint n = 0;
  for (guint i = 0; i < self->lesson->question[question].n_steps; i++)
    n += self->done[question][i];
  return n;
}

const char *
limen_lesson_guide_seen (LimenLessonGuide *self, guint step)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self) && step < MOST_STEPS, NULL);
  return self->seen[self->question][step];
}

/* -- show me -- */

void
limen_lesson_guide_show (LimenLessonGuide *self)
{
  g_return_if_fail (LIMEN_IS_LESSON_GUIDE (self) && self->awake);
  if (!next_step (self))
    return;
  begin (self);
  self->shows = TRUE;
  self->part = self->waited = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
limen_lesson_guide_stop (LimenLessonGuide *self)
{
  g_return_if_fail (LIMEN_IS_LESSON_GUIDE (self));
  if (!self->shows)
    return;
  self->shows = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
limen_lesson_guide_is_showing (LimenLessonGuide *self)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), FALSE);
  return self->shows;
}

gboolean
limen_lesson_guide_tick (LimenLessonGuide *self, double seconds)
{
  g_return_val_if_fail (LIMEN_IS_LESSON_GUIDE (self), FALSE);
  const LimenLessonStep *step = next_step (self);
  if (!self->shows || !step)
    return FALSE;
  double next = CLAMP (self->part + seconds / SHOW_SECONDS, 1e-3, 1);
  gboolean moved = step->show (self->session, &self->mark, next);
  if (!self->shows)
    return FALSE; /* it was done on the way */
  self->waited = moved && next < 1 ? 0 : self->waited + seconds;
  self->part = moved ? next : self->part;
  look_cb (self); /* a page need not tell of what it did at once */
  if (self->shows && self->waited > WAIT_SECONDS)
    limen_lesson_guide_stop (self);
  return self->shows;
}

#include "ui/study/game/animation.h"

#include "model/base/number.h"
#include "model/game/game-report.h"
#include "ui/study/game/shown.h"
#include "viz/kit/animation.h"

#include <string.h>

#define MILLISECONDS 80       /* that a frame is seen: with more frames files are larger */
#define SHAPE        (0.5636) /* of a frame: its height over its width */
#define AT_LEAST     300      /* iterations */
#define BEGINNING    3000     /* iterations of which each is a point of the trail */
#define AT_MOST      1000000

/* One frame is drawn after the other: the method goes on between them. */
typedef struct {
  LimenGameShown *values;
  LimenOrigin *origin; /* of the payoffs */
  LimenDynamics start, run;
  guint64 iterations;
  LimenGameAnimation how;
  GArray *trail[2]; /* (element-type double): three an iterate */
  LimenScheme scheme;
  char *path;
} Work;

static void
work_free (Work *work)
{
  limen_game_shown_free (work->values);
  for (int b = 0; b < 2; b++)
    g_array_unref (work->trail[b]);
  limen_origin_unref (work->origin);
  g_free (work->path);
  g_free (work);
}

static void
add_to_trail (Work *work)
{
  g_array_append_vals (work->trail[0], work->run.x, 3);
  g_array_append_vals (work->trail[1], work->run.y, 3);
}

static void
restart (Work *work)
{
  work->run = work->start;
  for (int b = 0; b < 2; b++)
    g_array_set_size (work->trail[b], 0);
  add_to_trail (work);
}

/* A trail has as many points as a picture can show. */
static void
advance (Work *work, guint64 k)
{
  if (k < work->run.k) /* frames begin anew */
    restart (work);
  guint64 every = MAX (work->iterations / 6000, 1);
  while (work->run.k < k) {
    limen_dynamics_step (&work->run);
    if (work->run.k <= BEGINNING || work->run.k % every == 0 || work->run.k == k)
      add_to_trail (work);
  }
}

static guint
n_frames (const Work *work)
{
  return work->how.seconds * 1000 / MILLISECONDS;
}

static void
draw_frame (cairo_t *cr, double width, double height, guint index, gpointer data)
{
  Work *work = data;
  LimenGameShown *shown = work->values;
  advance (work, work->iterations * index / MAX (n_frames (work) - 1, 1));
  memcpy (shown->now[0], work->run.x, sizeof work->run.x);
  memcpy (shown->now[1], work->run.y, sizeof work->run.y);
  limen_dynamics_average (&work->run, shown->average[0], shown->average[1]);
  for (int b = 0; b < 2; b++) {
    shown->trail[b].p = (const double *)(void *)work->trail[b]->data;
    shown->trail[b].n = work->trail[b]->len / 3;
    shown->triangle[b].n_trails = shown->trail[b].n > 1;
    shown->triangle[b].average = work->run.k > 0 ? shown->average[b] : NULL;
  }
  g_autofree char *k = limen_format_number ((double)work->run.k, 0);
  g_autofree char *sentence =
      g_strdup_printf ("%s, iteration %s", limen_method_title (work->run.method), k);
  LimenExploit exploit = limen_exploit (&work->run.payoff, work->run.x, work->run.y);
  LimenGamePicture picture = {.scheme = work->scheme,
                              .sentence = sentence,
                              .a = &shown->triangle[0],
                              .b = &shown->triangle[1],
                              .exploit = &exploit,
                              .only_triangles = TRUE};
  limen_game_picture_draw (cr, width, height, &picture);
}

/* What limen game says of as many iterations: of where the last frame arrives */
static char **
text_of (const Work *work, const LimenRun *run, GError **error)
{
  const char *path = work->origin->paths[0];
  const LimenRun quiet = {.cancellable = run->cancellable}; /* the frames are what takes time */
  g_autoptr (LimenSolution) solution = limen_solve (&work->run.payoff, error);
  g_autoptr (LimenGameRecord) record =
      solution ? limen_game_record_new (&work->start, solution, work->iterations, &quiet, error)
               : NULL;
  const LimenGameReport report = {
      .record = record, .payoff = path ? path : work->origin->name, .sha256 = work->origin->sha256};
  return record ? limen_game_report_picture_text (&report) : NULL;
}

static gpointer
run_animation (gpointer data, const LimenRun *run, GError **error)
{
  Work *work = data;
  g_auto (GStrv) text = text_of (work, run, error);
  if (!text)
    return NULL;
  LimenAnimation animation = {.format = work->how.format,
                              .width = work->how.width,
                              .height = (guint)(SHAPE * work->how.width),
                              .n_frames = n_frames (work),
                              .milliseconds = MILLISECONDS,
                              .most_bytes = work->how.most_bytes,
                              .draw = draw_frame,
                              .user_data = work,
                              .text = (const char *const *)text};
  return limen_animation_save (&animation, work->path, run, error)
             ? g_bytes_new (work->path, strlen (work->path))
             : NULL;
}

LimenGameAnimation
limen_game_animation_usual (void)
{
  return (LimenGameAnimation){LIMEN_ANIMATION_GIF, 880, 6, 3000000};
}

LimenJob *
limen_game_animate (LimenGameSession *session, const LimenGameAnimation *how, LimenScheme scheme,
                    const char *path, LimenJobDoneFunc done, gpointer owner)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && how && path && done, NULL);
  const LimenGameState *state = limen_game_session_state (session);
  g_return_val_if_fail (limen_game_state_has_triangles (state), NULL);
  const LimenDynamics *now = limen_game_session_run (session);
  Work *work = g_new0 (Work, 1);
  work->values = limen_game_shown_copy (session);
  work->how = *how;
  work->iterations = CLAMP (now->k, AT_LEAST, AT_MOST);
  work->origin = limen_origin_ref (state->origin);
  work->scheme = scheme;
  work->path = g_strdup (path);
  for (int b = 0; b < 2; b++)
    work->trail[b] = g_array_new (FALSE, FALSE, sizeof (double));
  limen_dynamics_start (&work->start, &now->payoff, now->method, now->step, state->point[0],
                        state->point[1], NULL);
  work->start.integrator = now->integrator;
  restart (work);
  return limen_job_start (run_animation, work, (GDestroyNotify)work_free,
                          (GDestroyNotify)g_bytes_unref, done, owner);
}

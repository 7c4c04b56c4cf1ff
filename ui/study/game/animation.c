#include "ui/study/game/animation.h"

#include "model/base/number.h"
#include "model/game/game-report.h"
#include "ui/study/game/shown.h"
#include "viz/kit/animation.h"

#include <string.h>

#define FRAMES       120
#define MILLISECONDS 50
#define WIDTH        1100
#define HEIGHT       620
#define AT_LEAST     300  /* iterations */
#define BEGINNING    3000 /* iterations of which each is a point of the trail */
#define AT_MOST      1000000

/* One frame is drawn after the other: the method goes on between them. */
typedef struct {
  LimenGameShown *values;
  LimenOrigin *origin; /* of the payoffs */
  LimenDynamics run;
  guint64 iterations;
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

/* A trail has as many points as a picture can show. */
static void
advance (Work *work, guint64 k)
{
  guint64 every = MAX (work->iterations / 6000, 1);
  while (work->run.k < k) {
    limen_dynamics_step (&work->run);
    if (work->run.k <= BEGINNING || work->run.k % every == 0 || work->run.k == k)
      add_to_trail (work);
  }
}

static void
draw_frame (cairo_t *cr, double width, double height, guint index, gpointer data)
{
  Work *work = data;
  LimenGameShown *shown = work->values;
  advance (work, work->iterations * index / (FRAMES - 1));
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
      solution ? limen_game_record_new (&work->run, solution, work->iterations, &quiet, error)
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
  LimenAnimation animation = {.width = WIDTH,
                              .height = HEIGHT,
                              .scale = 1,
                              .n_frames = FRAMES,
                              .milliseconds = MILLISECONDS,
                              .draw = draw_frame,
                              .user_data = work,
                              .text = (const char *const *)text};
  return limen_animation_save (&animation, work->path, run, error)
             ? g_bytes_new (work->path, strlen (work->path))
             : NULL;
}

LimenJob *
limen_game_animate (LimenGameSession *session, LimenScheme scheme, const char *path,
                    LimenJobDoneFunc done, gpointer owner)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session) && path && done, NULL);
  const LimenGameState *state = limen_game_session_state (session);
  g_return_val_if_fail (limen_game_state_has_triangles (state), NULL);
  const LimenDynamics *now = limen_game_session_run (session);
  Work *work = g_new0 (Work, 1);
  work->values = limen_game_shown_copy (session);
  work->iterations = CLAMP (now->k, AT_LEAST, AT_MOST);
  work->origin = limen_origin_ref (state->origin);
  work->scheme = scheme;
  work->path = g_strdup (path);
  for (int b = 0; b < 2; b++)
    work->trail[b] = g_array_new (FALSE, FALSE, sizeof (double));
  limen_dynamics_start (&work->run, &now->payoff, now->method, now->step, state->point[0],
                        state->point[1], NULL);
  work->run.integrator = now->integrator;
  add_to_trail (work);
  return limen_job_start (run_animation, work, (GDestroyNotify)work_free,
                          (GDestroyNotify)g_bytes_unref, done, owner);
}

/* A WebM, by the desktop's GStreamer, which is looked for while the program runs: nothing of it is
 * needed to build Limen, or to start it. Frames go down a pipe into a pipeline, whose end writes
 * the file. */
#include "viz/kit/animation-private.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#define LIBRARY      "libgstreamer-1.0.so.0"
#define STATE_NULL   1 /* GstState */
#define PLAYING      4
#define FAILED       0 /* GstStateChangeReturn */
#define EOS          1 /* GstMessageType */
#define PROBLEM      2
#define A_WHILE      20 /* milliseconds between two looks whether all is well */
#define NANOSECONDS  1000000
#define MOST_BITRATE 6e6 /* bits a second */
#define ROOM         0.85

/* What is called of GStreamer 1.x, whose interface stays. */
typedef struct {
  int (*init_check) (int *argc, char ***argv, GError **error);
  gpointer (*factory_find) (const char *name);
  gpointer (*parse_launch) (const char *pipeline, GError **error);
  int (*set_state) (gpointer element, int state);
  gpointer (*get_bus) (gpointer element);
  gpointer (*timed_pop) (gpointer bus, guint64 nanoseconds, int types);
  void (*object_unref) (gpointer object);
  void (*message_unref) (gpointer message);
} Gst;

/* -- whether it is there -- */

static gboolean
load (Gst *gst)
{
  void *library = dlopen (LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  const struct {
    const char *name;
    gpointer place;
  } functions[] = {
      {"gst_init_check", &gst->init_check},     {"gst_element_factory_find", &gst->factory_find},
      {"gst_parse_launch", &gst->parse_launch}, {"gst_element_set_state", &gst->set_state},
      {"gst_element_get_bus", &gst->get_bus},   {"gst_bus_timed_pop_filtered", &gst->timed_pop},
      {"gst_object_unref", &gst->object_unref}, {"gst_mini_object_unref", &gst->message_unref},
  };
  for (guint i = 0; library && i < G_N_ELEMENTS (functions); i++) {
    *(void **)functions[i].place = dlsym (library, functions[i].name);
    if (!*(void **)functions[i].place)
      return FALSE;
  }
  return library && gst->init_check (NULL, NULL, NULL);
}

static gboolean
has_plugins (const Gst *gst)
{
  static const char *const needed[] = {"fdsrc",  "rawvideoparse", "videoconvert",
                                       "vp8enc", "webmmux",       "fdsink"};
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
    gpointer factory = gst->factory_find (needed[i]);
    if (!factory)
      return FALSE;
    gst->object_unref (factory);
  }
  return TRUE;
}

/* NULL: it is not there */
static const Gst *
find_gst (void)
{
  static Gst gst;
  static gsize once; /* 1: it is; 2: it is not */
  if (g_once_init_enter (&once))
    g_once_init_leave (&once, load (&gst) && has_plugins (&gst) ? 1 : 2);
  return once == 1 ? &gst : NULL;
}

gboolean
limen_webm_is_there (void)
{
  return find_gst () != NULL;
}

/* -- the pipeline -- */

typedef struct {
  const LimenFilm *film;
  const Gst *gst;
  gpointer pipeline, bus;
  int pipe[2]; /* to read from, and to write to; −1: closed */
} Writer;

static gboolean
fail (GError **error)
{
  return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                     "GStreamer could not make this WebM; choose GIF or PNG.");
}

static void
close_end (int *end)
{
  if (*end >= 0)
    close (*end);
  *end = -1;
}

static void
writer_free (gpointer writer)
{
  Writer *w = writer;
  close_end (&w->pipe[1]);
  if (w->pipeline)
    w->gst->set_state (w->pipeline, STATE_NULL);
  g_clear_pointer (&w->bus, w->gst->object_unref);
  g_clear_pointer (&w->pipeline, w->gst->object_unref);
  close_end (&w->pipe[0]);
  g_free (w);
}

/* In VP8 the size that is aimed at decides how fine it is. */
static char *
describe (const Writer *w)
{
  const LimenAnimation *a = w->film->animation;
  double seconds = 1e-3 * a->milliseconds * a->n_frames;
  double bits = a->most_bytes > 0 ? ROOM * 8 * (double)a->most_bytes / seconds : MOST_BITRATE;
  return g_strdup_printf (
      "fdsrc fd=%d blocksize=%u ! rawvideoparse format=%s width=%u height=%u framerate=1000/%u ! "
      "videoconvert ! vp8enc target-bitrate=%d deadline=100000 cpu-used=2 ! webmmux ! "
      "fdsink fd=%d sync=false",
      w->pipe[0], 4 * w->film->width * w->film->height,
      G_BYTE_ORDER == G_LITTLE_ENDIAN ? "bgrx" : "xrgb", w->film->width, w->film->height,
      a->milliseconds, (int)MIN (bits, MOST_BITRATE), fileno (w->film->stream));
}

static gpointer
begin (const LimenFilm *film, GError **error)
{
  Writer *w = g_new0 (Writer, 1);
  *w = (Writer){.film = film, .gst = find_gst (), .pipe = {-1, -1}};
  gboolean piped = w->gst && pipe2 (w->pipe, O_CLOEXEC) == 0;
  if (piped) {
    g_autofree char *description = describe (w);
    fcntl (w->pipe[1], F_SETFL, O_NONBLOCK);
    w->pipeline = w->gst->parse_launch (description, NULL);
  }
  if (w->pipeline)
    w->bus = w->gst->get_bus (w->pipeline);
  if (w->bus && w->gst->set_state (w->pipeline, PLAYING) != FAILED)
    return w;
  if (w->gst)
    writer_free (w);
  else
    g_free (w);
  fail (error);
  return NULL;
}

/* Whether a message of @type came, within @milliseconds */
static gboolean
heard (Writer *w, int type, guint milliseconds)
{
  gpointer message = w->gst->timed_pop (w->bus, (guint64)milliseconds * NANOSECONDS, type);
  if (message)
    w->gst->message_unref (message);
  return message != NULL;
}

static gboolean
is_well (Writer *w, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (w->film->cancellable, error) &&
         (!heard (w, PROBLEM, 0) || fail (error));
}

static gboolean
add (gpointer writer, const LimenFilmFrame *frame, GError **error)
{
  Writer *w = writer;
  const guint8 *at = (const guint8 *)frame->pixels;
  gsize left = (gsize)4 * w->film->width * w->film->height;
  while (left > 0) {
    ssize_t n = write (w->pipe[1], at, left);
    if (n > 0) {
      at += n;
      left -= (gsize)n;
      continue;
    }
    struct pollfd room = {.fd = w->pipe[1], .events = POLLOUT};
    if (errno != EAGAIN && errno != EINTR)
      return fail (error);
    if (!is_well (w, error))
      return FALSE;
    poll (&room, 1, A_WHILE);
  }
  return is_well (w, error);
}

static gboolean
end (gpointer writer, GError **error)
{
  Writer *w = writer;
  close_end (&w->pipe[1]); /* who reads sees that there is no more */
  while (!heard (w, EOS, A_WHILE))
    if (!is_well (w, error))
      return FALSE;
  w->gst->set_state (w->pipeline, STATE_NULL);
  return fseek (w->film->stream, 0, SEEK_END) == 0 || limen_film_full (error);
}

const LimenFilmWriter limen_film_webm = {FALSE, begin, add, end, writer_free};

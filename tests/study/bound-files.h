/* Files for the Bound page, made up in a folder of their own, and how to wait for a session. */
#pragma once

#include "tests/model/data-files.h"
#include "tests/model/random-vae.h"
#include "tests/study/heard.h"
#include "ui/study/bound/session.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define CASE_JSON                                                                                  \
  "{\"lambda1\":[0,0],\"lambda2\":[1,2],\"A\":[[1,0.5],[0.25,1]],\"b\":[0,0.5],\"sigma2\":0.5,"    \
  "\"x\":[1,-0.5],\"proposal\":{\"mean\":[0.5,0],\"covariance\":[[1,0.2],[0.2,1]]}}"
#define OTHER_CASE_JSON                                                                            \
  "{\"lambda1\":[1],\"lambda2\":[1],\"A\":[[1]],\"b\":[0],\"sigma2\":1,\"x\":[3],"                 \
  "\"proposal\":{\"mean\":[1],\"covariance\":[[0.5]]}}"

static char *
write_case (const char *folder, const char *name, const char *json)
{
  return write_file (folder, name, json, strlen (json));
}

/* 64 pixels, @latent variables */
static char *
write_vae (const char *folder, const char *name, guint latent, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenVae) vae = random_vae ((LimenVaeShape){64, 12, 12, latent}, 0, seed);
  char *path = g_build_filename (folder, name, NULL);
  limen_vae_save (vae, path, LIMEN_NUMBER_F32, &error);
  g_assert_no_error (error);
  return path;
}

static char *
hash_of_file (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
}

static void
open_one (LimenBoundSession *session, const char *path)
{
  limen_bound_session_open (session, (const char *[]){path, NULL});
}

static gboolean
is_idle (gpointer session)
{
  return !limen_bound_session_busy (session, NULL);
}

static void
open_and_wait (LimenBoundSession *session, const char *path)
{
  open_one (session, path);
  wait_until (is_idle, session);
}

/* The exact bound of the image, or of the case, is there */
static gboolean
is_exact (gpointer session)
{
  return limen_bound_session_study (session)->proposal[0].bound != NULL;
}

#pragma GCC diagnostic pop

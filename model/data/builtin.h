/* What Limen brings along: names that stand for files: "builtin:mnist"; "builtin:digits", or
 * "builtin:digits:20000:7" for 20,000 of them drawn from seed 7. */
#pragma once

#include "model/data/images.h"

#define LIMEN_BUILTIN_PREFIX      "builtin:"
#define LIMEN_BUILTIN_GLYPHS      LIMEN_BUILTIN_PREFIX "glyphs"
#define LIMEN_BUILTIN_MNIST       LIMEN_BUILTIN_PREFIX "mnist"
#define LIMEN_BUILTIN_VAE         LIMEN_BUILTIN_PREFIX "vae"
#define LIMEN_BUILTIN_MNIST_VAE   LIMEN_BUILTIN_PREFIX "mnist-vae"
#define LIMEN_BUILTIN_FASHION     LIMEN_BUILTIN_PREFIX "fashion"
#define LIMEN_BUILTIN_FASHION_VAE LIMEN_BUILTIN_PREFIX "fashion-vae"
#define LIMEN_BUILTIN_CLOTH       LIMEN_BUILTIN_PREFIX "cloth"
#define LIMEN_BUILTIN_WOVEN       LIMEN_BUILTIN_PREFIX "woven"
#define LIMEN_BUILTIN_PLAIN       LIMEN_BUILTIN_PREFIX "plain"
#define LIMEN_BUILTIN_DIGITS      LIMEN_BUILTIN_PREFIX "digits"
#define LIMEN_BUILTIN_HIRAGANA    LIMEN_BUILTIN_PREFIX "hiragana"

/** limen_is_builtin: whether @path is such a name, known or not */
gboolean limen_is_builtin (const char *path);
/** LimenBuiltin: a flow or a VAE, or images */
typedef enum { LIMEN_BUILTIN_UNKNOWN, LIMEN_BUILTIN_WEIGHTS, LIMEN_BUILTIN_IMAGES } LimenBuiltin;

/** limen_builtin_what: LIMEN_BUILTIN_UNKNOWN with LIMEN_ERROR_UNREADABLE for a name that Limen does
 * not have */
LimenBuiltin limen_builtin_what (const char *path, GError **error);
/** limen_builtin_names: (transfer full): all names of weights, or of images: "builtin:digits,
 * builtin:hiragana" */
char *limen_builtin_names (LimenBuiltin what);
/** limen_builtin_title: (transfer none): "generated digits" */
const char *limen_builtin_title (const char *path);
/** limen_builtin_is_anomaly: whether these images are there to be told from others: FALSE for
 * weights and unknown names */
gboolean limen_builtin_is_anomaly (const char *path);
/** limen_builtin_images: (transfer full): generated anew, always the same, of another seed than
 * those that the built-in flow learned from */
LimenImages *limen_builtin_images (const char *path, GCancellable *cancellable, GError **error);

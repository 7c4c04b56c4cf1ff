/* Python's pickle format as a little machine that builds plain values and runs nothing.
 *
 * A pickle is a program for a stack machine: instructions push numbers and texts, gather them into
 * tuples, lists and dictionaries, remember them in a memo, look up names in Python's modules and
 * call them. Here names and calls mean what a LimenPickleWorld says, and nothing else: no Python is
 * near. Source: Python's Lib/pickletools.py, which documents every instruction.
 */
#pragma once

#include "model/base/error.h"

typedef enum {
  LIMEN_PICKLE_OTHER,   /* None, floats, sets, and whatever else Limen has no use for */
  LIMEN_PICKLE_INTEGER, /* of 64 bits; True and False as 1 and 0 */
  LIMEN_PICKLE_TEXT,    /* not terminated by a zero, not always valid UTF-8 */
  LIMEN_PICKLE_BYTES,   /* byte strings, and the digits (base 256, little-endian) of longer integers
                         */
  LIMEN_PICKLE_TUPLE,
  LIMEN_PICKLE_LIST,
  LIMEN_PICKLE_DICT,
  LIMEN_PICKLE_NAME,    /* what a module exports */
  LIMEN_PICKLE_LATIN1,  /* bytes, written as the text that they are in ISO 8859-1 */
  LIMEN_PICKLE_STORAGE, /* what a persistent ID stands for */
  LIMEN_PICKLE_TENSOR,  /* of PyTorch */
  LIMEN_PICKLE_ARRAY,   /* of NumPy */
  LIMEN_PICKLE_DTYPE,   /* of NumPy: a type of numbers */
  LIMEN_PICKLE_PASSED,  /* holds numbers, but in a form that Limen does not read */
} LimenPickleKind;

/**
 * LimenPickleValue:
 * @n: bytes of a text, items of a container
 * @text: points into the pickle
 * @items: (n): of a dictionary keys and values in turn
 * @of: (nullable): a tuple: the arguments that a storage or a tensor was made from, the state of
 * an array, arguments and state of a dtype
 * @meaning: of a name, in its world
 * @what: of what is passed over: "sparse tensor"
 */
typedef struct LimenPickleValue LimenPickleValue;
struct LimenPickleValue {
  LimenPickleKind kind;
  guint n, capacity;
  union {
    gint64 integer;
    const char *text;
    LimenPickleValue **items;
    LimenPickleValue *of;
    gconstpointer meaning;
    const char *what;
  };
};

/** LimenPickle: the machine, and the owner of all values it builds: they may form cycles */
typedef struct LimenPickle LimenPickle;

/**
 * LimenPickleWorld:
 * @find: what "module.name" means, or NULL with @error set
 * @call: the value of a call with the tuple @arguments, or NULL with @error set
 * @build: gives @object, which a call made, its @state; what it is, it remains
 * @load: what a persistent ID stands for, or NULL with @error set
 */
typedef struct {
  gconstpointer (*find) (gpointer data, const LimenPickleValue *module,
                         const LimenPickleValue *name, GError **error);
  LimenPickleValue *(*call) (gpointer data, gconstpointer meaning, LimenPickleValue *arguments,
                             GError **error);
  void (*build) (gpointer data, LimenPickleValue *object, LimenPickleValue *state);
  LimenPickleValue *(*load) (gpointer data, LimenPickleValue *id, GError **error);
} LimenPickleWorld;

/** limen_pickle_new: @path: for messages; @advice: their last clause where a file holds more than
 * it should: "save ..." */
LimenPickle *limen_pickle_new (const char *path, const char *advice, const LimenPickleWorld *world,
                               gpointer data);
void limen_pickle_free (LimenPickle *pickle);

/**
 * limen_pickle_run:
 * @data: (n): must outlive the values
 * @used: (out): how many bytes the pickle took; more may follow
 *
 * Time and memory are in proportion to @n; at most 4 million instructions are followed
 * (LIMEN_ERROR_UNSAFE). Returns: the value, owned by @pickle, or NULL.
 */
LimenPickleValue *
limen_pickle_run (LimenPickle *pickle, const guint8 *data, gsize n, gsize *used, GError **error);

/** limen_pickle_n_steps: how many instructions were followed, in all runs */
guint limen_pickle_n_steps (const LimenPickle *pickle);

/** limen_pickle_value: a new empty value of @kind */
LimenPickleValue *limen_pickle_value (LimenPickle *pickle, LimenPickleKind kind);
void limen_pickle_append (LimenPickleValue *container, LimenPickleValue *item);
/** limen_pickle_is_text: whether @value is the text @expected */
gboolean limen_pickle_is_text (const LimenPickleValue *value, const char *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPickle, limen_pickle_free)

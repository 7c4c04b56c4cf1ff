#include "model/pickle/pickle.h"

#include <string.h>

#define MAX_STEPS  (1 << 22)
#define BLOCK_SIZE 256

struct LimenPickle {
  const char *path, *advice;
  const LimenPickleWorld *world;
  gpointer data;
  GPtrArray *blocks; /* of BLOCK_SIZE values */
  guint n_values, n_steps;
  LimenPickleValue other, stack, memo;
  GArray *marks; /* heights of the stack, guint */
  const guint8 *at, *end;
  gboolean stopped;
  GError **error; /* of the run */
};

/* Values */

LimenPickleValue *
limen_pickle_value (LimenPickle *pickle, LimenPickleKind kind)
{
  if (pickle->n_values % BLOCK_SIZE == 0)
    g_ptr_array_add (pickle->blocks, g_new0 (LimenPickleValue, BLOCK_SIZE));
  LimenPickleValue *block = g_ptr_array_index (pickle->blocks, pickle->n_values / BLOCK_SIZE);
  LimenPickleValue *value = &block[pickle->n_values++ % BLOCK_SIZE];
  value->kind = kind;
  return value;
}

void
limen_pickle_append (LimenPickleValue *container, LimenPickleValue *item)
{
  if (container->n == container->capacity) {
    container->capacity = MAX (2, container->capacity * 2);
    container->items = g_renew (LimenPickleValue *, container->items, container->capacity);
  }
  container->items[container->n++] = item;
}

gboolean
limen_pickle_is_text (const LimenPickleValue *value, const char *expected)
{
  return value->kind == LIMEN_PICKLE_TEXT && value->n == strlen (expected) &&
         memcmp (value->text, expected, value->n) == 0;
}

static gboolean
is_container (const LimenPickleValue *value)
{
  return value->kind == LIMEN_PICKLE_TUPLE || value->kind == LIMEN_PICKLE_LIST ||
         value->kind == LIMEN_PICKLE_DICT;
}

/* Operands and the stack. A step that can't be done returns FALSE with the error set. */

static gboolean
fail (LimenPickle *pickle, const char *reason)
{
  return limen_refuse (pickle->error, LIMEN_ERROR_DAMAGED, pickle->path,
                       "is damaged: its pickle %s; fetch or save it again", reason);
}

static const guint8 *
take (LimenPickle *pickle, guint64 n)
{
  const guint8 *taken = pickle->at;
  if (n > (gsize)(pickle->end - pickle->at)) {
    fail (pickle, "ends in the middle");
    return NULL;
  }
  pickle->at += n;
  return taken;
}

static gboolean
take_unsigned (LimenPickle *pickle, guint width, guint64 *value)
{
  const guint8 *digits = take (pickle, width);
  *value = 0;
  for (guint i = 0; digits && i < width; i++)
    *value |= (guint64)digits[i] << (8 * i);
  return digits != NULL;
}

static gboolean
push (LimenPickle *pickle, LimenPickleValue *value)
{
  if (value)
    limen_pickle_append (&pickle->stack, value);
  return value != NULL;
}

/* What was pushed since the last mark is the innermost container's; nothing below it can be popped.
 */
static guint
floor_of_stack (LimenPickle *pickle)
{
  return pickle->marks->len ? g_array_index (pickle->marks, guint, pickle->marks->len - 1) : 0;
}

static LimenPickleValue *
top (LimenPickle *pickle)
{
  if (pickle->stack.n > floor_of_stack (pickle))
    return pickle->stack.items[pickle->stack.n - 1];
  fail (pickle, "takes more than it has");
  return NULL;
}

static LimenPickleValue *
pop (LimenPickle *pickle)
{
  LimenPickleValue *value = top (pickle);
  pickle->stack.n -= value != NULL;
  return value;
}

/* Pops what was pushed since the last mark: valid until the next push. */
static gboolean
pop_marked (LimenPickle *pickle, LimenPickleValue ***items, guint *n)
{
  guint start = floor_of_stack (pickle);
  if (pickle->marks->len == 0)
    return fail (pickle, "takes more than it has");
  *items = start < pickle->stack.n ? pickle->stack.items + start : NULL;
  *n = pickle->stack.n - start;
  pickle->stack.n = start;
  g_array_set_size (pickle->marks, pickle->marks->len - 1);
  return TRUE;
}

/* Instructions: numbers and texts */

static gboolean
skip (LimenPickle *pickle, guint width)
{
  return take (pickle, width) != NULL;
}

static gboolean
push_other (LimenPickle *pickle, guint width)
{
  return take (pickle, width) && push (pickle, &pickle->other);
}

static gboolean
push_integer (LimenPickle *pickle, gint64 integer)
{
  LimenPickleValue *value = limen_pickle_value (pickle, LIMEN_PICKLE_INTEGER);
  value->integer = integer;
  return push (pickle, value);
}

static gboolean
push_unsigned (LimenPickle *pickle, guint width)
{
  guint64 integer;
  return take_unsigned (pickle, width, &integer) && push_integer (pickle, (gint64)integer);
}

static gboolean
push_int32 (LimenPickle *pickle, guint width)
{
  guint64 integer;
  return take_unsigned (pickle, width, &integer) && push_integer (pickle, (gint32)(guint32)integer);
}

static gboolean
push_true (LimenPickle *pickle, guint width)
{
  return push_integer (pickle, 1);
}

static gboolean
push_data (LimenPickle *pickle, LimenPickleKind kind, guint64 n)
{
  const guint8 *data = n <= G_MAXUINT32 ? take (pickle, n) : NULL;
  if (!data)
    return n <= G_MAXUINT32 ? FALSE : fail (pickle, "ends in the middle");
  LimenPickleValue *value = limen_pickle_value (pickle, kind);
  value->text = (const char *)data;
  value->n = (guint)n;
  return push (pickle, value);
}

static gboolean
push_text (LimenPickle *pickle, guint width)
{
  guint64 n;
  return take_unsigned (pickle, width, &n) && push_data (pickle, LIMEN_PICKLE_TEXT, n);
}

static gboolean
push_bytes (LimenPickle *pickle, guint width)
{
  guint64 n;
  return take_unsigned (pickle, width, &n) && push_data (pickle, LIMEN_PICKLE_BYTES, n);
}

/* An integer of n digits to base 256 in two's complement. */
static gboolean
push_long (LimenPickle *pickle, guint width)
{
  guint64 n, integer;
  if (!take_unsigned (pickle, width, &n))
    return FALSE;
  if (n > sizeof integer)
    return push_data (pickle, LIMEN_PICKLE_BYTES, n);
  if (!take_unsigned (pickle, (guint)n, &integer))
    return FALSE;
  if (n > 0 && n < sizeof integer && integer >> (8 * n - 1))
    integer |= G_MAXUINT64 << (8 * n);
  return push_integer (pickle, (gint64)integer);
}

/* Instructions: containers */

static gboolean
push_empty (LimenPickle *pickle, guint kind)
{
  return push (pickle, limen_pickle_value (pickle, kind));
}

static gboolean
push_mark (LimenPickle *pickle, guint width)
{
  g_array_append_val (pickle->marks, pickle->stack.n);
  return TRUE;
}

static gboolean
pop_one (LimenPickle *pickle, guint width)
{
  return pop (pickle) != NULL;
}

static gboolean
pop_mark (LimenPickle *pickle, guint width)
{
  LimenPickleValue **items = NULL;
  guint n = 0;
  return pop_marked (pickle, &items, &n);
}

/* To a set, say, things are added by forgetting them. */
static gboolean
add_items (LimenPickle *pickle, LimenPickleValue *container, LimenPickleValue **items, guint n)
{
  if (!container)
    return FALSE;
  if (container->kind == LIMEN_PICKLE_DICT && n % 2 == 1)
    return fail (pickle, "has a key without a value");
  for (guint i = 0; is_container (container) && i < n; i++)
    limen_pickle_append (container, items[i]);
  return TRUE;
}

static gboolean
push_marked (LimenPickle *pickle, guint kind)
{
  LimenPickleValue **items = NULL, *container = limen_pickle_value (pickle, kind);
  guint n = 0;
  return pop_marked (pickle, &items, &n) && add_items (pickle, container, items, n) &&
         push (pickle, container);
}

static gboolean
push_tuple (LimenPickle *pickle, guint n)
{
  LimenPickleValue *tuple = limen_pickle_value (pickle, LIMEN_PICKLE_TUPLE), *items[3] = {NULL};
  for (guint i = n; i > 0; i--)
    if (!(items[i - 1] = pop (pickle)))
      return FALSE;
  return add_items (pickle, tuple, items, n) && push (pickle, tuple);
}

static gboolean
add_one (LimenPickle *pickle, guint n)
{
  LimenPickleValue *items[2] = {NULL};
  for (guint i = n; i > 0; i--)
    if (!(items[i - 1] = pop (pickle)))
      return FALSE;
  return add_items (pickle, top (pickle), items, n);
}

static gboolean
add_marked (LimenPickle *pickle, guint width)
{
  LimenPickleValue **items = NULL;
  guint n = 0;
  return pop_marked (pickle, &items, &n) && add_items (pickle, top (pickle), items, n);
}

/* Instructions: the memo */

static gboolean
remember_as (LimenPickle *pickle, guint64 index)
{
  LimenPickleValue *value = top (pickle);
  if (!value)
    return FALSE;
  if (index > MAX_STEPS)
    return fail (pickle, "remembers more than it has");
  while (pickle->memo.n <= index)
    limen_pickle_append (&pickle->memo, NULL);
  pickle->memo.items[index] = value;
  return TRUE;
}

static gboolean
remember (LimenPickle *pickle, guint width)
{
  guint64 index;
  return take_unsigned (pickle, width, &index) && remember_as (pickle, index);
}

static gboolean
remember_next (LimenPickle *pickle, guint width)
{
  return remember_as (pickle, pickle->memo.n);
}

static gboolean
recall (LimenPickle *pickle, guint width)
{
  guint64 index;
  if (!take_unsigned (pickle, width, &index))
    return FALSE;
  if (index < pickle->memo.n && pickle->memo.items[index])
    return push (pickle, pickle->memo.items[index]);
  return fail (pickle, "recalls what it never remembered");
}

/* Instructions: names and calls, which the world decides */

static gboolean
push_name (LimenPickle *pickle, const LimenPickleValue *module, const LimenPickleValue *name)
{
  gconstpointer meaning = pickle->world->find (pickle->data, module, name, pickle->error);
  if (!meaning)
    return FALSE;
  LimenPickleValue *value = limen_pickle_value (pickle, LIMEN_PICKLE_NAME);
  value->meaning = meaning;
  return push (pickle, value);
}

static gboolean
take_line (LimenPickle *pickle, LimenPickleValue *line)
{
  const guint8 *newline = memchr (pickle->at, '\n', (gsize)(pickle->end - pickle->at));
  if (!newline || newline - pickle->at > G_MAXUINT16)
    return fail (pickle, "ends in the middle of a name");
  line->kind = LIMEN_PICKLE_TEXT;
  line->text = (const char *)pickle->at;
  line->n = (guint)(newline - pickle->at);
  pickle->at = newline + 1;
  return TRUE;
}

static gboolean
find_lines (LimenPickle *pickle, guint width)
{
  LimenPickleValue module, name;
  return take_line (pickle, &module) && take_line (pickle, &name) &&
         push_name (pickle, &module, &name);
}

static gboolean
find_texts (LimenPickle *pickle, guint width)
{
  LimenPickleValue *name = pop (pickle), *module = name ? pop (pickle) : NULL;
  if (!module)
    return FALSE;
  if (name->kind != LIMEN_PICKLE_TEXT || module->kind != LIMEN_PICKLE_TEXT)
    return fail (pickle, "looks up what is not a name");
  return push_name (pickle, module, name);
}

/* function(*arguments); with an object's keyword arguments, which nothing here needs */
static gboolean
call (LimenPickle *pickle, guint n_keywords)
{
  LimenPickleValue *keywords = n_keywords ? pop (pickle) : &pickle->other;
  LimenPickleValue *arguments = keywords ? pop (pickle) : NULL;
  LimenPickleValue *name = arguments ? pop (pickle) : NULL;
  if (!name)
    return FALSE;
  if (name->kind != LIMEN_PICKLE_NAME || arguments->kind != LIMEN_PICKLE_TUPLE)
    return fail (pickle, "calls what can't be called");
  return push (pickle, pickle->world->call (pickle->data, name->meaning, arguments, pickle->error));
}

static gboolean
load_persistent (LimenPickle *pickle, guint width)
{
  LimenPickleValue *id = pop (pickle);
  return id && push (pickle, pickle->world->load (pickle->data, id, pickle->error));
}

/* object.__setstate__(state): what that means, the world decides too */
static gboolean
build (LimenPickle *pickle, guint width)
{
  LimenPickleValue *state = pop (pickle), *object = state ? top (pickle) : NULL;
  if (object)
    pickle->world->build (pickle->data, object, state);
  return object != NULL;
}

static gboolean
stop (LimenPickle *pickle, guint width)
{
  pickle->stopped = TRUE;
  return top (pickle) != NULL;
}

/* The fixed list. What is not in it (the text instructions of protocol 0, extension codes, buffers
 * outside of the file) no torch.save writes. The number is the width of an operand in bytes, or as
 * named. */
static const struct {
  gboolean (*run) (LimenPickle *pickle, guint number);
  guint number;
} instructions[256] = {
    [0x80] = {skip, 1},                         /* PROTO */
    [0x95] = {skip, 8},                         /* FRAME */
    ['N'] = {push_other, 0},                    /* NONE */
    ['G'] = {push_other, 8},                    /* BINFLOAT */
    [0x88] = {push_true, 0},                    /* NEWTRUE */
    [0x89] = {push_unsigned, 0},                /* NEWFALSE */
    ['K'] = {push_unsigned, 1},                 /* BININT1 */
    ['M'] = {push_unsigned, 2},                 /* BININT2 */
    ['J'] = {push_int32, 4},                    /* BININT */
    [0x8a] = {push_long, 1},                    /* LONG1 */
    [0x8b] = {push_long, 4},                    /* LONG4 */
    ['U'] = {push_text, 1},                     /* SHORT_BINSTRING */
    ['T'] = {push_text, 4},                     /* BINSTRING */
    [0x8c] = {push_text, 1},                    /* SHORT_BINUNICODE */
    ['X'] = {push_text, 4},                     /* BINUNICODE */
    [0x8d] = {push_text, 8},                    /* BINUNICODE8 */
    ['C'] = {push_bytes, 1},                    /* SHORT_BINBYTES */
    ['B'] = {push_bytes, 4},                    /* BINBYTES */
    [0x8e] = {push_bytes, 8},                   /* BINBYTES8 */
    [0x96] = {push_bytes, 8},                   /* BYTEARRAY8 */
    [')'] = {push_empty, LIMEN_PICKLE_TUPLE},   /* EMPTY_TUPLE */
    [']'] = {push_empty, LIMEN_PICKLE_LIST},    /* EMPTY_LIST */
    ['}'] = {push_empty, LIMEN_PICKLE_DICT},    /* EMPTY_DICT */
    [0x8f] = {push_empty, LIMEN_PICKLE_OTHER},  /* EMPTY_SET */
    ['('] = {push_mark, 0},                     /* MARK */
    ['0'] = {pop_one, 0},                       /* POP */
    ['1'] = {pop_mark, 0},                      /* POP_MARK */
    ['t'] = {push_marked, LIMEN_PICKLE_TUPLE},  /* TUPLE */
    ['l'] = {push_marked, LIMEN_PICKLE_LIST},   /* LIST */
    ['d'] = {push_marked, LIMEN_PICKLE_DICT},   /* DICT */
    [0x91] = {push_marked, LIMEN_PICKLE_OTHER}, /* FROZENSET */
    [0x85] = {push_tuple, 1},                   /* TUPLE1: items */
    [0x86] = {push_tuple, 2},                   /* TUPLE2 */
    [0x87] = {push_tuple, 3},                   /* TUPLE3 */
    ['a'] = {add_one, 1},                       /* APPEND: items */
    ['s'] = {add_one, 2},                       /* SETITEM */
    ['e'] = {add_marked, 0},                    /* APPENDS */
    ['u'] = {add_marked, 0},                    /* SETITEMS */
    [0x90] = {add_marked, 0},                   /* ADDITEMS */
    ['q'] = {remember, 1},                      /* BINPUT */
    ['r'] = {remember, 4},                      /* LONG_BINPUT */
    [0x94] = {remember_next, 0},                /* MEMOIZE */
    ['h'] = {recall, 1},                        /* BINGET */
    ['j'] = {recall, 4},                        /* LONG_BINGET */
    ['c'] = {find_lines, 0},                    /* GLOBAL */
    [0x93] = {find_texts, 0},                   /* STACK_GLOBAL */
    ['R'] = {call, 0},                          /* REDUCE: keyword arguments */
    [0x81] = {call, 0},                         /* NEWOBJ */
    [0x92] = {call, 1},                         /* NEWOBJ_EX */
    ['b'] = {build, 0},                         /* BUILD */
    ['Q'] = {load_persistent, 0},               /* BINPERSID */
    ['.'] = {stop, 0},                          /* STOP */
};

/* The machine */

LimenPickle *
limen_pickle_new (const char *path, const char *advice, const LimenPickleWorld *world,
                  gpointer data)
{
  LimenPickle *pickle = g_new0 (LimenPickle, 1);
  pickle->path = path;
  pickle->advice = advice;
  pickle->world = world;
  pickle->data = data;
  pickle->blocks = g_ptr_array_new_with_free_func (g_free);
  pickle->marks = g_array_new (FALSE, FALSE, sizeof (guint));
  return pickle;
}

void
limen_pickle_free (LimenPickle *pickle)
{
  for (guint i = 0; i < pickle->n_values; i++) {
    LimenPickleValue *block = g_ptr_array_index (pickle->blocks, i / BLOCK_SIZE);
    if (is_container (&block[i % BLOCK_SIZE]))
      g_free (block[i % BLOCK_SIZE].items);
  }
  g_ptr_array_unref (pickle->blocks);
  g_array_unref (pickle->marks);
  g_free (pickle->stack.items);
  g_free (pickle->memo.items);
  g_free (pickle);
}

guint
limen_pickle_n_steps (const LimenPickle *pickle)
{
  return pickle->n_steps;
}

static gboolean
step (LimenPickle *pickle)
{
  const guint8 *code = take (pickle, 1);
  if (!code)
    return FALSE;
  if (++pickle->n_steps > MAX_STEPS)
    return limen_refuse (pickle->error, LIMEN_ERROR_UNSAFE, pickle->path,
                         "holds a pickle of more than 4 million instructions; %s", pickle->advice);
  if (!instructions[*code].run)
    return fail (pickle, "holds an instruction that torch.save never writes");
  return instructions[*code].run (pickle, instructions[*code].number);
}

LimenPickleValue *
limen_pickle_run (LimenPickle *pickle, const guint8 *data, gsize n, gsize *used, GError **error)
{
  pickle->stack.n = pickle->memo.n = 0;
  g_array_set_size (pickle->marks, 0);
  pickle->at = data;
  pickle->end = data + n;
  pickle->error = error;
  pickle->stopped = FALSE;
  while (!pickle->stopped)
    if (!step (pickle))
      return NULL;
  *used = (gsize)(pickle->at - data);
  return top (pickle);
}

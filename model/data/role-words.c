#include "model/data/role-words.h"

#include "model/base/text-table.h"

#include "limen-tables.h" /* generated from tables.gresource.xml */

#include <string.h>

#define MOST_WORDS     160 /* a name has at most 255 bytes */
#define MOST_ANOMALOUS 10  /* letters: "anomalous", "anomalien"; "anomalydetection" is two words */
#define GLUED_TO_WORDS                                                                             \
  4 /* letters that a word has at least to be found behind "non": "nonnormal" */

/* From NORMAL to ASIDE as the lines of the table */
typedef enum {
  OTHER, /* a word that is not in the table */
  NORMAL,
  ANOMALY,
  KIND, /* an anomaly, of a kind */
  TRAIN,
  NOT,   /* turns round what follows */
  FREE,  /* turns round what is before it; with "of" behind it, what follows */
  LESS,  /* turns round an anomaly before it */
  NONE,  /* turns round an anomaly before it, or what follows */
  ZERO,  /* turns round anomalies that follow */
  YES,   /* answers what the name above asks */
  MINUS, /* the other answer */
  NO,    /* a negation, or an answer, or "number" */
  DOUBT, /* with a role: not to be relied on */
  TOPIC, /* with a role: a subject and no set of images */
  STORE, /* with an anomaly: a collection about anomalies, or of them */
  FILLER,
  PLAIN,
  SPLIT,
  ASIDE,
  DIGITS,
} Class;

/* What "free" is said of without a word on images */
static const char *const free_of_charge[] = {"royalty",   "license", "licence",
                                             "copyright", "hands",   NULL};

typedef struct {
  char text[64];
  Class class;
} Word;

typedef struct {
  Word word[MOST_WORDS];
  guint n;
} Name;

/* Words */

/* char * → Class; a line of the table is "class: words of it" */
static GHashTable *
read_classes (void)
{
  g_auto (GStrv) lines = limen_text_table (limen_tables_get_resource (), "role-words");
  GHashTable *classes = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; lines[i]; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
    for (guint k = 1; words[k]; k++)
      g_hash_table_insert (classes, g_strdup (words[k]), GUINT_TO_POINTER (NORMAL + i));
  }
  return classes;
}

static Class
look_up (const char *word)
{
  static GHashTable *classes;
  if (g_once_init_enter (&classes))
    g_once_init_leave (&classes, read_classes ());
  Class class = GPOINTER_TO_UINT (g_hash_table_lookup (classes, word));
  if (class != OTHER)
    return class;
  gboolean anomal = g_str_has_prefix (word, "anomal") && strlen (word) <= MOST_ANOMALOUS;
  return anomal ? ANOMALY : OTHER;
}

static gboolean
is_role (Class class)
{
  return class == NORMAL || class == ANOMALY || class == KIND;
}

static Class
opposite (Class class)
{
  return class == NORMAL ? ANOMALY : NORMAL;
}

/* "nondefective", "unhealthy", "nogood": the class of what follows a prefix, turned round */
static Class
look_up_negated (const char *word)
{
  static const char *const prefixes[] = {"non", "not", "no", "un"};
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    const char *rest = word + strlen (prefixes[i]);
    if (!g_str_has_prefix (word, prefixes[i]) || strlen (rest) < GLUED_TO_WORDS)
      continue;
    Class class = look_up (rest);
    if (is_role (class))
      return opposite (class);
  }
  return OTHER;
}

/* "defectfree", "flawless" */
static Class
look_up_lacking (const char *word)
{
  static const char *const endings[] = {"free", "less", "frei"};
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    if (!g_str_has_suffix (word, endings[i]))
      continue;
    g_autofree char *rest = g_strndup (word, strlen (word) - strlen (endings[i]));
    Class class = look_up (rest);
    if (strlen (rest) >= GLUED_TO_WORDS && is_role (class) && class != NORMAL)
      return NORMAL;
  }
  return OTHER;
}

static Class
class_of (const char *word)
{
  Class class = look_up (word);
  if (class == OTHER)
    class = look_up_negated (word);
  return class == OTHER ? look_up_lacking (word) : class;
}

static void
add_word (Name *name, const char *begin, gsize length)
{
  if (name->n == MOST_WORDS || length == 0)
    return;
  Word *word = &name->word[name->n++];
  gsize kept = MIN (length, sizeof word->text - 1);
  for (gsize i = 0; i < kept; i++)
    word->text[i] = g_ascii_tolower (begin[i]);
  word->text[kept] = '\0';
  word->class = g_ascii_isdigit (*begin) ? DIGITS : class_of (word->text);
}

/* Whether a new word begins at @c: "notGood", "OKImages" */
static gboolean
is_hump (const char *c, const char *end)
{
  return g_ascii_isupper (c[0]) &&
         (!g_ascii_isupper (c[-1]) || (c + 1 < end && g_ascii_islower (c[1])));
}

/* A run of letters that is a word as it stands ("nOK") is not cut at its capitals. */
static void
add_letters (Name *name, const char *begin, const char *end)
{
  guint before = name->n;
  add_word (name, begin, (gsize)(end - begin));
  if (name->n == before || name->word[before].class != OTHER)
    return;
  name->n = before;
  for (const char *c = begin + 1; c < end; c++)
    if (is_hump (c, end)) {
      add_word (name, begin, (gsize)(c - begin));
      begin = c;
    }
  add_word (name, begin, (gsize)(end - begin));
}

/* Bytes of UTF-8 count as letters. */
static gboolean
is_letter (char c)
{
  return g_ascii_isalpha (c) || (guchar)c >= 128;
}

/* Bytes of the apostrophe at @text that a "t" ends a negation behind: "isn't", "can’t"; 0: there is
 * none. Others part words: "part's". */
static gsize
apostrophe_of_not (const char *text)
{
  gsize n = *text == '\'' ? 1 : g_str_has_prefix (text, "’") ? strlen ("’") : 0;
  return n > 0 && g_ascii_tolower (text[n]) == 't' && !is_letter (text[n + 1]) ? n : 0;
}

/* @text without those apostrophes, and all others plain; what it had of them stays a letter else */
static char *
without_apostrophes (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (gsize n; *text; text += MAX (n, 1)) {
    n = apostrophe_of_not (text);
    if (n == 0 && g_str_has_prefix (text, "’")) {
      g_string_append_c (out, '\'');
      n = strlen ("’");
    } else if (n == 0)
      g_string_append_c (out, *text);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
read_name (const char *with_apostrophes, Name *name)
{
  g_autofree char *plain = without_apostrophes (with_apostrophes);
  const char *text = plain;
  name->n = 0;
  while (*text) {
    const char *begin = text;
    if (is_letter (*text)) {
      while (is_letter (*text))
        text++;
      add_letters (name, begin, text);
    } else if (g_ascii_isdigit (*text)) {
      while (g_ascii_isdigit (*text))
        text++;
      add_word (name, begin, (gsize)(text - begin));
    } else
      text++;
  }
}

/* Sentences of words */

/* @said: [class]: how often
 * @turned: a negation waits for its word; @skipped: it met another word first
 * @last: the role that the word before said, or OTHER; @last_word: before it was turned round;
 * @negated: whether it was */
typedef struct {
  guint said[DIGITS + 1];
  gboolean turned, skipped, negated;
  Class last, last_word;
} Reading;

static void
say_role (Reading *reading, Class class)
{
  /* "no crack defects": one negation for both */
  gboolean same = (reading->last_word == NORMAL) == (class == NORMAL);
  gboolean goes_on = reading->negated && same && !reading->turned;
  gboolean negated = reading->turned || goes_on;
  if (reading->skipped)
    reading->said[DOUBT]++; /* "no-label_good": no word of what? */
  reading->last_word = class;
  reading->last = negated ? opposite (class) : class;
  reading->said[reading->last]++;
  reading->negated = negated;
  reading->turned = FALSE;
}

/* "defect-free" turns round what stands before it; "MT_Free", of an unknown word, is the end of its
 * name; "free-images" and "royalty-free" speak of something else. */
static void
say_free (Reading *reading, const Name *name, guint i)
{
  const char *before = i > 0 ? name->word[i - 1].text : "";
  gboolean ends = TRUE;
  for (guint k = i + 1; k < name->n; k++)
    ends = ends && (name->word[k].class == PLAIN || name->word[k].class == DIGITS);
  if (reading->last != OTHER) {
    reading->said[reading->last]--;
    reading->last = opposite (reading->last);
    reading->said[reading->last]++;
  } else if (reading->turned)
    reading->said[DOUBT]++;
  else if (ends && (i > 0 || name->n == 1) && !g_strv_contains (free_of_charge, before))
    reading->said[NORMAL]++;
}

/* "No. 5" is a number. */
static gboolean
is_number_sign (const Name *name, guint i)
{
  return i + 1 < name->n && name->word[i + 1].class == DIGITS;
}

/* "n_ok", as factories write; "n_defects" counts them. */
static gboolean
is_short_not (const Name *name, guint i)
{
  return g_str_equal (name->word[i].text, "n") && i + 1 < name->n &&
         name->word[i + 1].class == NORMAL;
}

static Class
class_behind (const Name *name, guint i)
{
  return i + 1 < name->n ? name->word[i + 1].class : OTHER;
}

/* "0_defects" may be their number, or that of a class */
static gboolean
counts_anomalies (const Name *name, guint i)
{
  const char *next = i + 1 < name->n ? name->word[i + 1].text : "";
  Class class = class_behind (name, i);
  return (class == ANOMALY || class == KIND) && g_str_has_suffix (next, "s");
}

/* What a word is where it stands */
static Class
class_at (const Reading *reading, const Name *name, guint i)
{
  const Word *word = &name->word[i];
  Class behind = class_behind (name, i);
  gboolean after_anomaly = reading->last == ANOMALY || reading->last == KIND;
  switch (word->class) {
  case NO:
    return is_number_sign (name, i) ? PLAIN : NO;
  case FREE: /* "free of defects", "free from" */
    return reading->last == OTHER && i + 1 < name->n &&
                   (g_str_equal (name->word[i + 1].text, "of") ||
                    g_str_equal (name->word[i + 1].text, "from"))
               ? NOT
               : FREE;
  case LESS:
    return after_anomaly ? FREE : is_role (behind) ? DOUBT : OTHER;
  case NONE:
    return after_anomaly ? FREE : is_role (behind) ? NOT : OTHER;
  case ZERO:
    return behind == ANOMALY || behind == KIND ? NOT : OTHER;
  case DIGITS:
    return g_str_equal (word->text, "0") && counts_anomalies (name, i) ? DOUBT : DIGITS;
  default:
    return is_short_not (name, i) ? NOT : word->class;
  }
}

static void
read_word (Reading *reading, const Name *name, guint i)
{
  Class class = class_at (reading, name, i);
  if (is_role (class)) {
    say_role (reading, class);
    return;
  }
  if (class == FREE)
    say_free (reading, name, i);
  else if (class == NOT || class == NO)
    reading->turned = !reading->turned;
  else if (class != FILLER && reading->turned) {
    reading->turned = FALSE;
    reading->skipped = TRUE;
  }
  if (class != FREE)
    reading->said[class]++;
  if (class != FILLER) {
    reading->last = OTHER;
    reading->negated = FALSE;
  }
}

static LimenNameSays
role_said (const Reading *reading)
{
  const guint *said = reading->said;
  gboolean anomaly = said[ANOMALY] || said[KIND], both = said[NORMAL] && anomaly;
  gboolean about = said[TOPIC] || (said[STORE] && anomaly);
  gboolean answered = said[MINUS] || (said[YES] && said[NORMAL]);
  if (both || about || answered || said[DOUBT] || reading->turned)
    return LIMEN_NAME_SAYS_UNCLEAR;
  if (said[NORMAL])
    return LIMEN_NAME_SAYS_NORMAL;
  return said[ANOMALY] ? LIMEN_NAME_SAYS_ANOMALY : LIMEN_NAME_SAYS_KIND;
}

/* "yes", "negative", "no": with another word beside it, nobody knows what it answers. */
static LimenNameSays
answer_said (const Reading *reading)
{
  const guint *said = reading->said;
  gboolean yes = said[YES] > 0, no = said[MINUS] > 0 || (said[NO] > 0 && reading->turned);
  gboolean more = said[OTHER] || said[DOUBT] || said[TOPIC] || said[TRAIN] || said[NOT];
  if (!yes && !no)
    return LIMEN_NAME_SAYS_NOTHING;
  if (yes == no || more)
    return LIMEN_NAME_SAYS_UNCLEAR;
  return yes ? LIMEN_NAME_SAYS_YES : LIMEN_NAME_SAYS_NO;
}

LimenNameSays
limen_name_says (const char *text)
{
  Name name;
  Reading reading = {.last = OTHER, .last_word = OTHER};
  read_name (text, &name);
  for (guint i = 0; i < name.n; i++)
    read_word (&reading, &name, i);
  if (reading.said[NORMAL] || reading.said[ANOMALY] || reading.said[KIND])
    return role_said (&reading);
  LimenNameSays answer = answer_said (&reading);
  if (answer != LIMEN_NAME_SAYS_NOTHING)
    return answer;
  if (!reading.said[TRAIN])
    return LIMEN_NAME_SAYS_NOTHING;
  gboolean unclear = reading.said[NOT] || reading.said[NO] || reading.said[SPLIT];
  return unclear ? LIMEN_NAME_SAYS_UNCLEAR : LIMEN_NAME_SAYS_TRAIN;
}

gboolean
limen_name_is_plain (const char *text)
{
  Name name;
  read_name (text, &name);
  for (guint i = 0; i < name.n; i++)
    if (name.word[i].class != PLAIN && name.word[i].class != DIGITS)
      return FALSE;
  return TRUE;
}

gboolean
limen_name_is_aside (const char *text)
{
  Name name;
  read_name (text, &name);
  for (guint i = 0; i < name.n; i++)
    if (name.word[i].class == ASIDE)
      return TRUE;
  return FALSE;
}

static gboolean
is_unsorted_word (const char *word)
{
  static const char *const words[] = {"unsorted", "mixed", "unlabelled", "unlabeled", NULL};
  return g_strv_contains (words, word);
}

gboolean
limen_name_is_unsorted (const char *text)
{
  Name name;
  gboolean found = FALSE;
  read_name (text, &name);
  for (guint i = 0; i < name.n; i++) {
    Class class = name.word[i].class;
    gboolean unsorted = is_unsorted_word (name.word[i].text);
    gboolean silent = class == PLAIN || class == DIGITS || class == FILLER;
    if (!unsorted && !silent && class != SPLIT && class != TRAIN)
      return FALSE;
    found = found || unsorted;
  }
  return found;
}

gboolean
limen_name_is_split (const char *text)
{
  Name name;
  gboolean found = FALSE;
  read_name (text, &name);
  for (guint i = 0; i < name.n; i++) {
    gboolean split = name.word[i].class == SPLIT || name.word[i].class == TRAIN;
    if (!split && name.word[i].class != PLAIN && name.word[i].class != DIGITS)
      return FALSE;
    found = found || split;
  }
  return found;
}

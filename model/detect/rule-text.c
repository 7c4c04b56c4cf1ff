/* Rules as they are written and read. */
#include "model/base/number.h"
#include "model/detect/rule.h"

#include <math.h>
#include <string.h>

#define USUAL_CONFIDENCE 0.95
#define MOST_NUMBERS     3

/* @least, @most: numbers that may stand behind the colon */
static const struct {
  const char *name;
  LimenRuleKind kind;
  guint least, most;
} kinds[] = {
    {"sigmas", LIMEN_RULE_SIGMAS, 1, 1},
    {"value", LIMEN_RULE_VALUE, 1, 1},
    {"nats", LIMEN_RULE_VALUE, 1, 1},
    {"false-alarms", LIMEN_RULE_FALSE_ALARMS, 1, 2},
    {"conformal", LIMEN_RULE_CONFORMAL, 1, 1},
    {"cost", LIMEN_RULE_COST, 3, 3},
    {"least-errors", LIMEN_RULE_LEAST_ERRORS, 0, 0},
};

static double *
number_of (LimenRule *rule, guint i)
{
  return i == 0 ? &rule->value : i == 1 ? &rule->second : &rule->third;
}

/* -- reading -- */

static gboolean
read_numbers (const char *text, LimenRule *rule, guint *n)
{
  g_auto (GStrv) part = g_strsplit (text, ",", -1);
  *n = g_strv_length (part);
  for (guint i = 0; i < *n && i < MOST_NUMBERS; i++) {
    char *end;
    *number_of (rule, i) = g_ascii_strtod (g_strstrip (part[i]), &end);
    if (end == part[i] || *end || isnan (*number_of (rule, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_share (double value)
{
  return value > 0 && value < 1;
}

/* (nullable): what its numbers must be, where they are not */
static const char *
find_fault (LimenRule rule)
{
  switch (rule.kind) {
  case LIMEN_RULE_SIGMAS:
    return isfinite (rule.value) ? NULL : "a number of standard deviations, for example sigmas:3";
  case LIMEN_RULE_FALSE_ALARMS:
    return is_share (rule.value) && is_share (rule.second)
               ? NULL
               : "a rate and a confidence between 0 and 1, for example false-alarms:0.01,0.95";
  case LIMEN_RULE_CONFORMAL:
    return is_share (rule.value) ? NULL : "a number between 0 and 1, for example conformal:0.01";
  case LIMEN_RULE_COST:
    return rule.value >= 0 && rule.second >= 0 && rule.third >= 0 && rule.third <= 1 &&
                   isfinite (rule.value + rule.second) && rule.value + rule.second > 0
               ? NULL
               : "the costs of a false alarm and of a miss, not below 0 and not both 0, and the "
                 "share of anomalies from 0 to 1, for example cost:10,1,0.05";
  default:
    return NULL;
  }
}

gboolean
limen_rule_parse (const char *text, LimenRule *rule, GError **error)
{
  g_return_val_if_fail (text != NULL && rule != NULL, FALSE);
  const char *colon = strchr (text, ':');
  g_autofree char *name = g_strndup (text, colon ? (gsize)(colon - text) : strlen (text));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (!g_str_equal (name, kinds[i].name))
      continue;
    LimenRule read = {kinds[i].kind, 0, 0, 0};
    guint n = 0;
    if (read.kind == LIMEN_RULE_FALSE_ALARMS)
      read.second = USUAL_CONFIDENCE;
    gboolean numbers = !colon || read_numbers (colon + 1, &read, &n);
    if (!numbers || n < kinds[i].least || n > kinds[i].most)
      return limen_fail (error, LIMEN_ERROR_ARGUMENT,
                         "The rule “%s” does not have the numbers it takes; give one of %s.", text,
                         LIMEN_RULES_HELP);
    const char *fault = find_fault (read);
    if (fault)
      return limen_fail (error, LIMEN_ERROR_ARGUMENT, "The rule “%s” takes %s.", text, fault);
    *rule = read;
    return TRUE;
  }
  return limen_fail (error, LIMEN_ERROR_ARGUMENT, "There is no rule “%s”; give one of %s.", text,
                     LIMEN_RULES_HELP);
}

/* -- writing -- */

/* The shortest that is read as the same number */
static void
add_number (GString *text, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (number, sizeof number, formats[i], value);
    if (g_ascii_strtod (number, NULL) == value)
      break;
  }
  g_string_append (text, number);
}

static guint
find_kind (LimenRule rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == rule.kind)
      return i;
  g_return_val_if_reached (0);
}

char *
limen_rule_text (LimenRule rule)
{
  guint kind = find_kind (rule);
  GString *text = g_string_new (kinds[kind].name);
  for (guint i = 0; i < kinds[kind].most; i++) {
    g_string_append_c (text, i == 0 ? ':' : ',');
    add_number (text, *number_of (&rule, i));
  }
  return g_string_free (text, FALSE);
}

gboolean
limen_rule_equal (LimenRule a, LimenRule b)
{
  if (a.kind != b.kind)
    return FALSE;
  for (guint i = 0; i < kinds[find_kind (a)].most; i++)
    if (*number_of (&a, i) != *number_of (&b, i))
      return FALSE;
  return TRUE;
}

/* -- for people -- */

#define DIGITS 6

static char *
percent (double share)
{
  return limen_format_significant (100 * share, DIGITS);
}

static char *
name_sigmas (LimenRule rule, LimenSide side)
{
  const char *sign = side == LIMEN_SIDE_BOTH                         ? "±"
                     : (rule.value < 0) == (side == LIMEN_SIDE_HIGH) ? "\u2212"
                                                                     : "+";
  g_autofree char *sigmas = limen_format_significant (fabs (rule.value), DIGITS);
  return g_strdup_printf ("mean %s %s standard deviation%s", sign, sigmas,
                          g_str_equal (sigmas, "1") ? "" : "s");
}

static char *
name_cost (LimenRule rule)
{
  g_autofree char *alarm = limen_format_significant (rule.value, DIGITS);
  g_autofree char *miss = limen_format_significant (rule.second, DIGITS);
  g_autofree char *share = percent (rule.third);
  return g_strdup_printf ("least cost: %s for a false alarm, %s for a miss, %s %% anomalies", alarm,
                          miss, share);
}

char *
limen_rule_name (LimenRule rule, LimenSide side)
{
  g_autofree char *share = percent (rule.value), *confidence = percent (rule.second);
  g_autofree char *value = limen_format_significant (rule.value, DIGITS);
  switch (rule.kind) {
  case LIMEN_RULE_SIGMAS:
    return name_sigmas (rule, side);
  case LIMEN_RULE_FALSE_ALARMS:
    return g_strdup_printf ("at most %s %% false alarms with %s %% confidence", share, confidence);
  case LIMEN_RULE_CONFORMAL:
    return g_strdup_printf ("conformal p-value of at most %s", value);
  case LIMEN_RULE_COST:
    return name_cost (rule);
  case LIMEN_RULE_LEAST_ERRORS:
    return g_strdup ("least errors");
  default:
    return g_strdup ("threshold as given");
  }
}

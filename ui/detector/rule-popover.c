#include "ui/detector/rule-popover.h"

#include "model/detect/rule.h"
#include "model/detect/sentences-rule.h"
#include "ui/quiet-row.h"
#include "ui/rows.h"
#include "ui/widgets.h"

#define WIDTH        330
#define MOST_HEIGHT  680 /* pixels */
#define N_RULES      (LIMEN_RULE_LEAST_ERRORS + 1)
#define MOST_NUMBERS 3

#define LIMEN_TYPE_RULE_POPOVER (limen_rule_popover_get_type ())
G_DECLARE_FINAL_TYPE (LimenRulePopover, limen_rule_popover, LIMEN, RULE_POPOVER, GtkPopover)

struct _LimenRulePopover {
  GtkPopover parent_instance;

  GtkCheckButton *choice[N_RULES];
  GtkSpinButton *number[N_RULES][MOST_NUMBERS]; /* NULL where the rule has fewer */
  GtkLabel *said;

  LimenDetectorSession *session;
  LimenRule rule[N_RULES]; /* with the numbers that each had last */
  gboolean showing;        /* widgets are being set to what the session says */
};

G_DEFINE_FINAL_TYPE (LimenRulePopover, limen_rule_popover, GTK_TYPE_POPOVER)

/* @shown: how many of it are one; percent of a share are 100 */
typedef struct {
  const char *title, *unit;
  double low, high, step, shown;
  guint digits;
} Number;

/* by LimenRuleKind. Shares of 0 and 1 are no rules: as far as the spin button goes is near enough
 */
static const struct {
  const char *title, *about;
  LimenRule usual;
  Number number[MOST_NUMBERS];
} rules[N_RULES] = {
    {"Standard deviations",
     "from the mean of the validation scores",
     {LIMEN_RULE_SIGMAS, LIMEN_USUAL_SIGMAS},
     {{"From the mean", "standard deviations", -1000, 10000, 0.1, 1, 2}}},
    {"A value", "where the hand puts the line", {LIMEN_RULE_VALUE}, {{NULL}}},
    {"A bound on false alarms",
     "held with a confidence of your own",
     {LIMEN_RULE_FALSE_ALARMS, 0.01, 0.95},
     {{"False alarms, at most", "% of all normal images", 0.01, 99.9, 0.1, 100, 2},
      {"Confidence", "%", 1, 99.99, 1, 100, 2}}},
    {"Conformal",
     "a bound on false alarms, on average over validation sets",
     {LIMEN_RULE_CONFORMAL, 0.01},
     {{"α", "% of all normal images", 0.01, 99.9, 0.1, 100, 2}}},
    {"Least cost",
     "of false alarms and misses",
     {LIMEN_RULE_COST, 10, 1, 0.05},
     {{"A false alarm costs", NULL, 0, 1e6, 1, 1, 2},
      {"A miss costs", NULL, 0, 1e6, 1, 1, 2},
      {"Anomalies to expect", "% of all images", 0.01, 99.99, 0.5, 100, 2}}},
    {"Least errors", "false alarms and misses together", {LIMEN_RULE_LEAST_ERRORS}, {{NULL}}},
};

/* -- what the session says -- */

static double *
number_of (LimenRule *rule, guint i)
{
  double *const numbers[MOST_NUMBERS] = {&rule->value, &rule->second, &rule->third};
  return numbers[i];
}

static void
show_numbers (LimenRulePopover *self, LimenRuleKind now)
{
  for (guint kind = 0; kind < N_RULES; kind++)
    for (guint i = 0; i < MOST_NUMBERS; i++) {
      GtkSpinButton *spin = self->number[kind][i];
      if (!spin)
        continue;
      gtk_widget_set_visible (GTK_WIDGET (limen_rows_row_of (spin)), kind == now);
      gtk_spin_button_set_value (spin,
                                 *number_of (&self->rule[kind], i) * rules[kind].number[i].shown);
    }
}

static void
show (LimenRulePopover *self)
{
  const LimenDetector *detector = limen_detector_session_detector (self->session);
  const LimenDetectorPageState *state = limen_detector_session_state (self->session);
  LimenRule rule = state->rule;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->rule[LIMEN_RULE_COST].third = state->share;
  self->rule[rule.kind] = rule;
  self->showing = TRUE;
  gtk_check_button_set_active (self->choice[rule.kind], TRUE);
  show_numbers (self, rule.kind);
  self->showing = FALSE;
  g_autofree char *said = detector ? limen_rule_promise (detector) : g_strdup ("");
  gtk_label_set_text (self->said, said);
}

/* -- what the user says -- */

static void
take (LimenRulePopover *self, LimenRuleKind kind)
{
  if (kind == LIMEN_RULE_VALUE)
    limen_detector_session_set_threshold (self->session,
                                          limen_detector_session_threshold (self->session));
  else
    limen_detector_session_set_rule (self->session, self->rule[kind]);
}

static void
chosen_cb (LimenRulePopover *self)
{
  for (guint kind = 0; kind < N_RULES && !self->showing; kind++)
    if (gtk_check_button_get_active (self->choice[kind])) {
      take (self, kind);
      return;
    }
}

static void
number_cb (LimenRulePopover *self)
{
  LimenRuleKind kind = limen_detector_session_state (self->session)->rule.kind;
  if (self->showing)
    return;
  for (guint i = 0; i < MOST_NUMBERS; i++)
    if (self->number[kind][i])
      *number_of (&self->rule[kind], i) =
          gtk_spin_button_get_value (self->number[kind][i]) / rules[kind].number[i].shown;
  take (self, kind);
}

/* Up and down within the list: GTK's own looks for the next one where it is on the screen. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
        LimenRulePopover *self)
{
  GtkWidget *now = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  int by = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1
           : key == GDK_KEY_Up || key == GDK_KEY_KP_Up   ? -1
                                                         : 0;
  for (int kind = 0; kind < N_RULES && by != 0; kind++)
    if (GTK_WIDGET (self->choice[kind]) == now) {
      int next = CLAMP (kind + by, 0, N_RULES - 1);
      gtk_check_button_set_active (self->choice[next], TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->choice[next]));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* -- the object -- */

static void
add_choice (LimenRulePopover *self, AdwPreferencesGroup *group, LimenRuleKind kind)
{
  GtkWidget *choice = gtk_check_button_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  AdwActionRow *row = g_object_new (LIMEN_TYPE_QUIET_ROW, "title", rules[kind].title, NULL);
  self->choice[kind] = GTK_CHECK_BUTTON (choice);
  gtk_check_button_set_group (self->choice[kind], kind > 0 ? self->choice[0] : NULL);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  adw_action_row_set_subtitle (row, rules[kind].about);
  adw_action_row_add_prefix (row, choice);
  adw_action_row_set_activatable_widget (row, choice);
  adw_preferences_group_add (group, GTK_WIDGET (row));
  limen_describe (choice, rules[kind].about);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (choice, keys);
  limen_follow (self, choice, "toggled", G_CALLBACK (chosen_cb));
}

static void
add_number (LimenRulePopover *self, AdwPreferencesGroup *group, LimenRuleKind kind, guint i)
{
  const Number *number = &rules[kind].number[i];
  GtkAdjustment *adjustment =
      gtk_adjustment_new (0, number->low, number->high, number->step, 10 * number->step, 0);
  GtkSpinButton *spin = limen_rows_spin (group, number->title, adjustment, number->digits);
  g_autofree char *name = number->unit ? g_strdup_printf ("%s, %s", number->title, number->unit)
                                       : g_strdup (number->title);
  self->number[kind][i] = spin;
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 8);
  if (number->unit)
    adw_action_row_set_subtitle (limen_rows_row_of (spin), number->unit);
  limen_name (spin, name);
  limen_follow (self, spin, "value-changed", G_CALLBACK (number_cb));
}

static void
limen_rule_popover_dispose (GObject *object)
{
  LimenRulePopover *self = LIMEN_RULE_POPOVER (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (limen_rule_popover_parent_class)->dispose (object);
}

static void
limen_rule_popover_class_init (LimenRulePopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_rule_popover_dispose;
}

/* Large text makes it higher than a screen. */
static GtkWidget *
scroller_of (GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkScrolledWindow *window = GTK_SCROLLED_WINDOW (scroller);
  gtk_scrolled_window_set_policy (window, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (window, TRUE);
  gtk_scrolled_window_set_max_content_height (window, MOST_HEIGHT);
  gtk_scrolled_window_set_child (window, box);
  return scroller;
}

static void
limen_rule_popover_init (LimenRulePopover *self)
{
  GtkWidget *box = limen_rows_panel (), *said = gtk_label_new (NULL);
  AdwPreferencesGroup *choices = limen_rows_group (box, "The line is set by");
  AdwPreferencesGroup *numbers = limen_rows_group (box, "");
  for (guint kind = 0; kind < N_RULES; kind++) {
    self->rule[kind] = rules[kind].usual;
    add_choice (self, choices, kind);
    for (guint i = 0; i < MOST_NUMBERS && rules[kind].number[i].title; i++)
      add_number (self, numbers, kind, i);
  }
  self->said = GTK_LABEL (said);
  gtk_label_set_wrap (self->said, TRUE);
  gtk_label_set_xalign (self->said, 0);
  gtk_label_set_max_width_chars (self->said, 40);
  gtk_widget_add_css_class (said, "caption");
  gtk_box_append (GTK_BOX (box), said);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self), scroller_of (box));
}

GtkWidget *
limen_rule_popover_new (LimenDetectorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  static const char *const signals[] = {"data-changed", "threshold-changed", "settings-changed"};
  LimenRulePopover *self = g_object_new (LIMEN_TYPE_RULE_POPOVER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect (self, "map", G_CALLBACK (show), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    limen_follow (self, session, signals[i], G_CALLBACK (show));
  return GTK_WIDGET (self);
}

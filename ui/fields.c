#include "ui/fields.h"

#include "model/base/number.h"
#include "ui/study/typed-number.h"
#include "ui/widgets.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define SHOWN       "limen-shown"   /* of a field: the text of its value */
#define TAKE        "limen-take"    /* of an entry */
#define MESSAGE     "limen-message" /* of a field: its popover */
#define WIDEST      44              /* characters of a line of a message */
#define MOST_QUOTED 30
#define LEAST_MS    4000
#define LETTER_MS   50 /* to read a letter, at leisure */

/* -- what is said beside a field -- */

/* What places popovers among its children: a row, a grid, a box */
static GtkWidget *
host_of (GtkWidget *field)
{
  GtkWidget *host = gtk_widget_get_parent (field);
  while (host && !gtk_widget_get_layout_manager (host))
    host = gtk_widget_get_parent (host);
  return host;
}

static void
quiet (GtkWidget *field)
{
  g_object_set_data (G_OBJECT (field), MESSAGE, NULL);
}

static void
popover_free (gpointer data)
{
  GtkWidget *popover = data;
  guint timer = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "timer"));
  if (timer)
    g_source_remove (timer);
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
  g_object_unref (popover);
}

static GtkWidget *
message_label (const char *message)
{
  GtkWidget *label = gtk_label_new (message);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDEST);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/* The timer is forgotten before it runs, or the popover would remove it from within. */
static gboolean
timer_cb (gpointer field)
{
  GtkWidget *popover = g_object_get_data (G_OBJECT (field), MESSAGE);
  if (popover)
    g_object_set_data (G_OBJECT (popover), "timer", NULL);
  quiet (field);
  return G_SOURCE_REMOVE;
}

void
limen_field_tell (GtkWidget *field, const char *message)
{
  g_return_if_fail (GTK_IS_WIDGET (field) && message != NULL);
  GtkWidget *host = host_of (field), *popover;
  graphene_rect_t at;
  quiet (field);
  if (!host || !gtk_widget_get_mapped (field) || !gtk_widget_compute_bounds (field, host, &at))
    return;
  popover = g_object_ref_sink (gtk_popover_new ());
  gtk_popover_set_autohide (GTK_POPOVER (popover), FALSE); /* the keyboard stays where it is */
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (popover), message_label (message));
  gtk_popover_set_pointing_to (
      GTK_POPOVER (popover),
      &(GdkRectangle){(int)at.origin.x, (int)at.origin.y, (int)at.size.width, (int)at.size.height});
  gtk_widget_set_parent (popover, host);
  guint ms = LEAST_MS + LETTER_MS * (guint)g_utf8_strlen (message, -1);
  g_object_set_data (G_OBJECT (popover), "timer",
                     GUINT_TO_POINTER (g_timeout_add (ms, timer_cb, field)));
  g_object_set_data_full (G_OBJECT (field), MESSAGE, popover, popover_free);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* -- what fields have in common -- */

/* A text that the program wrote is no step of an undo: what was typed before is over with it. */
void
limen_field_show (gpointer field, const char *text)
{
  g_return_if_fail (GTK_IS_EDITABLE (field) && text != NULL);
  GtkEditable *editable = GTK_EDITABLE (field);
  char *shown = g_strdup (text); /* @text may be what was shown */
  g_object_set_data_full (G_OBJECT (field), SHOWN, shown, g_free);
  if (g_str_equal (gtk_editable_get_text (editable), shown))
    return;
  gtk_editable_set_enable_undo (editable, FALSE);
  gtk_editable_set_text (editable, shown);
  gtk_editable_set_enable_undo (editable, TRUE);
}

static const char *
shown_in (gpointer field)
{
  const char *shown = g_object_get_data (G_OBJECT (field), SHOWN);
  return shown ? shown : "";
}

/* Escape brings the old text back; where it is there, the key is for the window. */
static gboolean
key_pressed_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state)
{
  GtkWidget *field = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  quiet (field);
  if (key != GDK_KEY_Escape ||
      g_str_equal (gtk_editable_get_text (GTK_EDITABLE (field)), shown_in (field)))
    return GDK_EVENT_PROPAGATE;
  limen_field_show (field, shown_in (field));
  return GDK_EVENT_STOP;
}

static void
unmapped_cb (GtkWidget *field)
{
  quiet (field);
}

static void
watch (GtkWidget *field)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  g_signal_connect (field, "unmap", G_CALLBACK (unmapped_cb), NULL);
  gtk_widget_add_controller (field, keys);
}

gboolean
limen_field_number (const char *text, double *value, char **told)
{
  g_return_val_if_fail (text != NULL && value != NULL, FALSE);
  return limen_typed_number (text, g_str_equal (localeconv ()->decimal_point, ","), value, told);
}

char *
limen_field_refusal (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  gboolean is_long = g_utf8_strlen (text, -1) > MOST_QUOTED;
  g_autofree char *quoted = is_long ? g_utf8_substring (text, 0, MOST_QUOTED) : g_strdup (text);
  if (!*g_strstrip (quoted))
    return g_strdup ("A number belongs here, such as 1200 or \u22125.5.");
  return g_strdup_printf ("“%s%s” is no number; write one such as 1200 or \u22125.5.", quoted,
                          is_long ? "…" : "");
}

/* -- numbers with buttons to change them -- */

/* As it is written in the entry: with a real minus sign, and a point whatever the locale */
static char *
spin_text (GtkSpinButton *spin)
{
  double value = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
  char format[8], text[512];
  g_snprintf (format, sizeof format, "%%.%uf", gtk_spin_button_get_digits (spin));
  g_ascii_formatd (text, sizeof text, format, fabs (value));
  gboolean negative = value < 0 && strspn (text, "0.") < strlen (text);
  return g_strconcat (negative ? "\u2212" : "", text, NULL);
}

static gboolean
spin_output_cb (GtkSpinButton *spin)
{
  g_autofree char *text = spin_text (spin);
  limen_field_show (spin, text);
  return TRUE;
}

/* (transfer full) (nullable): why @value can't be that of @spin, or what becomes of it */
static char *
spin_judge (GtkSpinButton *spin, double *value)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (spin);
  double low = gtk_adjustment_get_lower (adjustment), high = gtk_adjustment_get_upper (adjustment);
  guint digits = gtk_spin_button_get_digits (spin);
  if (digits == 0 && *value != rint (*value)) {
    *value = gtk_adjustment_get_value (adjustment);
    return g_strdup ("Only whole numbers go here.");
  }
  gboolean below = *value<low, beyond = *value> high;
  if (!below && !beyond)
    return NULL;
  *value = below ? low : high;
  g_autofree char *limit = limen_format_number (*value, digits);
  return g_strdup_printf (
      below ? "%s is the least that goes here." : "%s is the most that goes here.", limit);
}

/* A value that is only shown rounded stays what it is when the focus goes on. */
static int
spin_input_cb (GtkSpinButton *spin, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  g_autofree char *told = NULL, *judged = NULL;
  double typed;
  *value = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
  if (g_str_equal (text, shown_in (spin)))
    return TRUE;
  if (!limen_field_number (text, &typed, &told)) {
    g_autofree char *refusal = limen_field_refusal (text);
    limen_field_tell (GTK_WIDGET (spin), refusal);
    return TRUE;
  }
  judged = spin_judge (spin, &typed);
  *value = typed;
  if (judged || told)
    limen_field_tell (GTK_WIDGET (spin), judged ? judged : told);
  return TRUE;
}

void
limen_field_spin (GtkSpinButton *spin)
{
  g_return_if_fail (GTK_IS_SPIN_BUTTON (spin));
  gtk_spin_button_set_numeric (spin, FALSE); /* it would not let a comma in */
  g_signal_connect (spin, "input", G_CALLBACK (spin_input_cb), NULL);
  g_signal_connect (spin, "output", G_CALLBACK (spin_output_cb), NULL);
  watch (GTK_WIDGET (spin));
  spin_output_cb (spin);
}

/* -- other texts -- */

typedef struct {
  LimenFieldFunc take;
  gpointer data;
} Take;

void
limen_field_done (GtkWidget *entry)
{
  g_return_if_fail (GTK_IS_EDITABLE (entry));
  const Take *take = g_object_get_data (G_OBJECT (entry), TAKE);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  if (!take || g_str_equal (text, shown_in (entry)))
    return;
  g_autofree char *refusal = take->take (entry, text, take->data);
  if (!refusal)
    return;
  limen_field_show (entry, shown_in (entry));
  limen_field_tell (entry, refusal);
}

static void
entry_left_cb (GtkEventController *focus)
{
  limen_field_done (gtk_event_controller_get_widget (focus));
}

void
limen_field_entry (GtkWidget *entry, LimenFieldFunc take, gpointer data)
{
  g_return_if_fail (GTK_IS_EDITABLE (entry) && take != NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Take *own = g_new (Take, 1);
  *own = (Take){take, data};
  g_object_set_data_full (G_OBJECT (entry), TAKE, own, g_free);
  g_signal_connect (entry, "activate", G_CALLBACK (limen_field_done), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (entry_left_cb), NULL);
  gtk_widget_add_controller (entry, focus);
  watch (entry);
}

void
limen_field_forget (GtkWidget *entry)
{
  g_return_if_fail (GTK_IS_WIDGET (entry));
  g_object_set_data (G_OBJECT (entry), TAKE, NULL);
}

#include "ui/toasts.h"

#include "ui/show-file.h"

#include "model/base/error.h"
#include "ui/appearance.h"

#define LEAST_US  (5 * G_USEC_PER_SEC)
#define LETTER_US (G_USEC_PER_SEC / 20) /* to read a letter, at leisure */
#define LETTERS   120                   /* of a toast with a widget for a title */
#define LINES     4
#define FEWEST    6   /* characters of a line, where there is no room for more; */
#define MOST      64  /* and where there is, */
#define WIDEST    480 /* which takes so many pixels at the usual size of text, as */
#define AROUND    100 /* around the words, with the button that closes it, */
#define BUTTON    100 /* and another one */
#define BOLD      0.93
#define COMING_US (G_USEC_PER_SEC / 2) /* until a toast has come up */
#define KEY       "limen-told"
#define GONE      "limen-gone"

/* What an overlay shows. Its toasts come up one by one: AdwToastOverlay (1.2) works with freed
 * memory where one is dismissed before it has come up. */
typedef struct {
  AdwToastOverlay *overlay; /* borrowed: it owns this */
  AdwToast *toast;          /* (nullable): weak: the overlay has it */
  AdwToast *next;           /* (nullable): takes its place once it has come up */
  gboolean goes;            /* it goes then */
  gint64 until;             /* there is time to read it */
  gint64 first_frame;       /* of its coming up; 0: not drawn yet */
  guint tick;               /* while it comes up */
} Told;

static gboolean
is_gone (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), GONE) != NULL;
}

/* What goes already must not be asked to go again: its overlay would let go of it twice. */
static void
dismissed_cb (AdwToast *toast)
{
  g_object_set_data (G_OBJECT (toast), GONE, toast);
}

static gboolean tick_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer data);

/* How many lines @text takes in @width pixels, in somewhat larger type, and how high one is */
static guint
count_lines (GtkWidget *label, const char *text, int width, int *line)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, text);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int)(BOLD * MAX (width, 1) * PANGO_SCALE));
  guint n = (guint)MAX (pango_layout_get_line_count (layout), 1);
  pango_layout_get_pixel_size (layout, NULL, line);
  *line = (*line + (int)n - 1) / (int)n;
  return n;
}

/* An overlay asks its toasts how high they are before it knows how wide, and one line is what a
 * label answers (libadwaita 1.2): so it is told. */
GtkWidget *
limen_toasts_line (GtkWidget *widget, const char *text, guint lines, int taken)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget) && text != NULL && lines > 0, NULL);
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), (int)lines);
  gtk_label_set_width_chars (GTK_LABEL (label), FEWEST);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST);
  double scale = limen_appearance_text_scale (widget);
  int line, room = gtk_widget_get_width (widget) - (int)((AROUND + taken) * scale);
  guint n = count_lines (label, text, MIN (room, (int)(WIDEST * scale)), &line);
  if (n > 1)
    gtk_widget_set_size_request (label, -1, (int)MIN (n, lines) * line);
  return label;
}

/* A title of AdwToast has one line, which a narrow window cuts off. */
static void
break_lines (Told *told, AdwToast *toast, const char *title)
{
  g_autofree char *text = NULL;
  int taken = adw_toast_get_button_label (toast) ? BUTTON : 0;
  if (!pango_parse_markup (title, -1, 0, NULL, &text, NULL, NULL))
    return;
  GtkWidget *label = limen_toasts_line (GTK_WIDGET (told->overlay), text, LINES, taken);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
}

static void
show (Told *told, AdwToast *toast)
{
  const char *title = adw_toast_get_title (toast); /* NULL: a widget is in its place */
  glong letters = title && *title ? g_utf8_strlen (title, -1) : LETTERS;
  if (title && *title)
    break_lines (told, toast, title);
  g_set_weak_pointer (&told->toast, toast);
  g_signal_connect (toast, "dismissed", G_CALLBACK (dismissed_cb), NULL);
  told->until = g_get_monotonic_time () + LEAST_US + LETTER_US * letters;
  told->first_frame = 0;
  told->tick = gtk_widget_add_tick_callback (GTK_WIDGET (told->overlay), tick_cb, told, NULL);
  adw_toast_overlay_add_toast (told->overlay, toast);
}

/* What is wished for comes about as soon as what stands there has come up. */
static void
advance (Told *told)
{
  gboolean comes_up = told->tick > 0 && gtk_widget_get_mapped (GTK_WIDGET (told->overlay));
  if ((told->toast && comes_up) || (!told->next && !told->goes))
    return;
  if (told->toast && !is_gone (told->toast))
    adw_toast_dismiss (told->toast);
  g_clear_weak_pointer (&told->toast);
  told->goes = FALSE;
  if (told->next)
    show (told, g_steal_pointer (&told->next));
}

static gboolean
tick_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  Told *told = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  if (told->first_frame == 0)
    told->first_frame = now;
  if (now - told->first_frame < COMING_US)
    return G_SOURCE_CONTINUE;
  told->tick = 0;
  advance (told);
  return G_SOURCE_REMOVE;
}

static void
dismiss (Told *told)
{
  g_clear_object (&told->next);
  told->goes = told->toast != NULL;
  advance (told);
}

/* Its own buttons are for it to answer. */
static gboolean
is_on_toast (Told *told, GdkEvent *event)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (told->overlay));
  GtkWidget *child = adw_toast_overlay_get_child (told->overlay);
  double x, y, dx, dy;
  if (!root || !gdk_event_get_position (event, &x, &y))
    return FALSE;
  gtk_native_get_surface_transform (GTK_NATIVE (root), &dx, &dy);
  GtkWidget *at = gtk_widget_pick (GTK_WIDGET (root), x - dx, y - dy, GTK_PICK_DEFAULT);
  return at && at != GTK_WIDGET (told->overlay) &&
         gtk_widget_is_ancestor (at, GTK_WIDGET (told->overlay)) && at != child &&
         !gtk_widget_is_ancestor (at, child);
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, Told *told)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gboolean by_hand = type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN ||
                     type == GDK_SCROLL;
  if (by_hand && g_get_monotonic_time () > told->until && !is_on_toast (told, event))
    dismiss (told);
  return GDK_EVENT_PROPAGATE;
}

static void
told_free (Told *told)
{
  g_clear_weak_pointer (&told->toast);
  g_clear_object (&told->next);
  g_free (told);
}

static Told *
told_of (AdwToastOverlay *overlay)
{
  Told *told = g_object_get_data (G_OBJECT (overlay), KEY);
  if (told)
    return told;
  told = g_new0 (Told, 1);
  told->overlay = overlay;
  g_object_set_data_full (G_OBJECT (overlay), KEY, told, (GDestroyNotify)told_free);
  GtkEventController *events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), told);
  gtk_widget_add_controller (GTK_WIDGET (overlay), events);
  return told;
}

static Told *
told_above (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  return overlay ? told_of (ADW_TOAST_OVERLAY (overlay)) : NULL;
}

void
limen_toasts_add (GtkWidget *widget, AdwToast *toast)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  Told *told = told_above (widget);
  if (!told) {
    g_object_unref (toast);
    return;
  }
  g_object_set_data (G_OBJECT (toast), KEY, told);
  adw_toast_set_timeout (toast, 0);
  g_clear_object (&told->next);
  told->next = toast;
  advance (told);
}

void
limen_toasts_dismiss_one (AdwToast *toast)
{
  g_return_if_fail (ADW_IS_TOAST (toast));
  Told *told = g_object_get_data (G_OBJECT (toast), KEY);
  if (told && told->next == toast)
    g_clear_object (&told->next);
  else if (told && told->toast == toast) {
    told->goes = TRUE;
    advance (told);
  }
}

void
limen_toasts_tell (GtkWidget *widget, const char *message)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && message != NULL);
  g_autofree char *title = g_markup_escape_text (message, -1);
  limen_toasts_add (widget, adw_toast_new (title));
}

static void
show_in_folder_cb (AdwToast *toast, const char *path)
{
  limen_show_in_folder (path);
}

void
limen_toasts_tell_saved (GtkWidget *widget, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && path != NULL);
  g_autofree char *base = g_path_get_basename (path), *shown = limen_display_name (base);
  g_autofree char *message = g_strdup_printf ("Saved as %s", shown);
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, "Show in Folder");
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_in_folder_cb), g_strdup (path),
                         (GClosureNotify)(void (*) (void))g_free, 0);
  limen_toasts_add (widget, toast);
}

AdwToast *
limen_toasts_shown (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  Told *told = told_above (widget);
  if (!told || told->next)
    return told ? told->next : NULL;
  return told->toast && !told->goes && !is_gone (told->toast) ? told->toast : NULL;
}

void
limen_toasts_dismiss (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  Told *told = told_above (widget);
  if (told)
    dismiss (told);
}

#include "ui/detector/redraw-window.h"

#include "ui/appearance.h"
#include "ui/child-window.h"
#include "ui/plot-area.h"
#include "ui/steady-label.h"
#include "ui/study/detector/redraw-words.h"
#include "ui/widgets.h"
#include "viz/detector/redraw-dots.h"

#include <math.h>

#define WIDTH  640 /* pixels at the usual size of text, as */
#define HEIGHT 600

struct _LimenRedrawWindow {
  AdwWindow parent_instance;

  LimenPlotArea *area;
  LimenSteadyLabel *said;
  GtkLabel *truth;
  GtkProgressBar *progress;
  GtkButton *button; /* draws, or cancels what is being drawn */

  LimenRedrawSession *session; /* owned */
  char *failure;               /* nullable */
  int needed;                  /* height of the dots, pixels */
  guint fit;
};

G_DEFINE_FINAL_TYPE (LimenRedrawWindow, limen_redraw_window, ADW_TYPE_WINDOW)

/* -- what the session says -- */

static LimenRedrawDots
dots_of (LimenRedrawWindow *self)
{
  const LimenRedrawn *redrawn = self->session ? limen_redraw_session_result (self->session) : NULL;
  return redrawn ? (LimenRedrawDots){redrawn->one, redrawn->n_sets, redrawn->n_sets}
                 : (LimenRedrawDots){NULL, 0, LIMEN_REDRAW_SETS};
}

/* The area becomes as high as its dots need, which takes another layout. */
static gboolean
fit_cb (gpointer data)
{
  LimenRedrawWindow *self = data;
  GtkBorder margin; /* which a request is with */
  gtk_style_context_get_margin (gtk_widget_get_style_context (GTK_WIDGET (self->area)), &margin);
  self->fit = 0;
  gtk_widget_set_size_request (GTK_WIDGET (self->area), -1,
                               self->needed + margin.top + margin.bottom);
  return G_SOURCE_REMOVE;
}

static void
draw_base_cb (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
              double height, gpointer data)
{
  LimenRedrawWindow *self = data;
  LimenRedrawDots dots = dots_of (self);
  int needed = (int)ceil (limen_redraw_dots_height (&dots, style, width));
  limen_redraw_dots_draw (&dots, cr, style, width, height);
  if (needed == self->needed)
    return;
  self->needed = needed;
  if (!self->fit)
    self->fit = g_idle_add (fit_cb, self);
}

static void
show_words (LimenRedrawWindow *self, const LimenRedrawn *redrawn, gboolean busy)
{
  const char *waits = busy ? "Sets are being drawn." : "The line or the images are others now.";
  g_autofree char *truth = redrawn ? limen_redrawn_truth (redrawn) : g_strdup ("");
  g_autofree char *said = redrawn         ? limen_redrawn_sentence (redrawn)
                          : self->failure ? g_strdup (self->failure)
                                          : g_strdup (waits);
  g_autofree char *true_rate = limen_keep_percent (truth), *seen = limen_keep_percent (said);
  gtk_label_set_text (self->truth, true_rate);
  gtk_label_set_text (limen_steady_label_label (self->said), seen);
  limen_plot_area_describe (self->area, said);
}

static void
show (LimenRedrawWindow *self)
{
  double fraction = 0;
  const LimenRedrawn *redrawn = limen_redraw_session_result (self->session);
  gboolean busy = limen_redraw_session_busy (self->session, &fraction);
  gboolean can = limen_redraw_session_can_draw (self->session);
  show_words (self, redrawn, busy);
  gtk_button_set_label (self->button, busy ? "_Cancel" : "_Draw 200 Others");
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), busy || can);
  gtk_progress_bar_set_fraction (self->progress, busy ? fraction : 0);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), busy); /* it keeps its place */
  limen_plot_area_changed (self->area);
}

static void
notice_cb (LimenRedrawWindow *self, const char *message)
{
  g_free (self->failure);
  self->failure = g_strdup (message);
  show (self);
}

/* -- what the user says -- */

static void
draw (LimenRedrawWindow *self)
{
  g_clear_pointer (&self->failure, g_free);
  limen_redraw_session_draw (self->session, LIMEN_REDRAW_SETS);
}

static void
clicked_cb (LimenRedrawWindow *self)
{
  if (limen_redraw_session_busy (self->session, NULL))
    limen_redraw_session_cancel (self->session);
  else
    draw (self);
}

/* -- the object -- */

static void
limen_redraw_window_dispose (GObject *object)
{
  LimenRedrawWindow *self = LIMEN_REDRAW_WINDOW (object);
  g_clear_handle_id (&self->fit, g_source_remove);
  if (self->session)
    limen_redraw_session_cancel (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->failure, g_free);
  G_OBJECT_CLASS (limen_redraw_window_parent_class)->dispose (object);
}

static void
limen_redraw_window_class_init (LimenRedrawWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_redraw_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

static GtkWidget *
foot_of (LimenRedrawWindow *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->button = GTK_BUTTON (gtk_button_new_with_mnemonic ("_Draw 200 Others"));
  gtk_widget_set_margin_start (foot, 18);
  gtk_widget_set_margin_end (foot, 18);
  gtk_widget_set_margin_top (foot, 6);
  gtk_widget_set_margin_bottom (foot, 18);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  limen_name (self->progress, "Sets that are drawn");
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->button));
  limen_follow (self, self->button, "clicked", G_CALLBACK (clicked_cb));
  return foot;
}

static GtkWidget *
content_of (LimenRedrawWindow *self)
{
  static const LimenPlotAreaFuncs funcs = {.draw_base = draw_base_cb};
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->said = limen_steady_label_new ("body");
  self->area = limen_plot_area_new ("Other sets of normal images", &funcs, self);
  self->truth = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->truth, TRUE);
  gtk_label_set_xalign (self->truth, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->truth), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->truth), "dim-label");
  limen_plot_area_set_least (self->area, 100);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->area));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->truth));
  return box;
}

static void
limen_redraw_window_init (LimenRedrawWindow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_box_append (GTK_BOX (column), adw_header_bar_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content_of (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (column), scroller);
  gtk_box_append (GTK_BOX (column), foot_of (self));
  gtk_window_set_title (GTK_WINDOW (self), "Other Validation Sets");
  adw_window_set_content (ADW_WINDOW (self), column);
  limen_child_window_part (GTK_WINDOW (self));
}

void
limen_redraw_window_present (GtkWindow *parent, LimenDetectorSession *detector)
{
  g_return_if_fail (GTK_IS_WINDOW (parent) && LIMEN_IS_DETECTOR_SESSION (detector));
  LimenRedrawWindow *self =
      LIMEN_REDRAW_WINDOW (limen_child_window_of (parent, LIMEN_TYPE_REDRAW_WINDOW));
  if (!self->session) {
    double scale = limen_appearance_text_scale (GTK_WIDGET (parent));
    gtk_window_set_default_size (GTK_WINDOW (self), (int)(WIDTH * scale), (int)(HEIGHT * scale));
    self->session = limen_redraw_session_new (detector);
    limen_follow (self, self->session, "changed", G_CALLBACK (show));
    limen_follow (self, self->session, "notice", G_CALLBACK (notice_cb));
  }
  if (!limen_redraw_session_result (self->session) &&
      !limen_redraw_session_busy (self->session, NULL))
    draw (self);
  show (self);
  gtk_window_present (GTK_WINDOW (self));
}

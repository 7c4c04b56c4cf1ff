#include "ui/page-head.h"

#include "ui/appearance.h"
#include "ui/selectable.h"
#include "ui/steady-label.h"
#include "ui/widgets.h"

#define BELOW 18 /* pixels from the end of a page without a head */
#define BAR   80 /* pixels that the bar of what is under way has beside the least */

struct _LimenPageHead {
  GtkWidget parent_instance;

  LimenSteadyLabel *steady; /* of the sentence */
  GtkLabel *sentence, *invitation;
  GtkStack *line; /* the invitation, a button that brings it back, or nothing: of one height */
  GtkRevealer *busy;
  GtkProgressBar *bar;
  GtkLabel *what;     /* is under way */
  gboolean asked_for; /* the invitation was brought back: it stays */
};

G_DEFINE_FINAL_TYPE (LimenPageHead, limen_page_head, GTK_TYPE_WIDGET)

static void
limen_page_head_dispose (GObject *object)
{
  limen_unparent_children (object);
  G_OBJECT_CLASS (limen_page_head_parent_class)->dispose (object);
}

static int
height_of (gpointer child, int width)
{
  int natural;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* What is under way has room there. */
static int
height_of_line (LimenPageHead *self, int width)
{
  return MAX (height_of (self->line, width), self->busy ? height_of (self->busy, -1) : 0);
}

static void
limen_page_head_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  LimenPageHead *self = LIMEN_PAGE_HEAD (widget);
  int least, most;
  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = *natural = height_of (self->steady, for_size) + height_of_line (self, for_size);
    return;
  }
  gtk_widget_measure (GTK_WIDGET (self->steady), orientation, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->line), orientation, -1, &least, &most, NULL, NULL);
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, most);
}

static void
limen_page_head_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenPageHead *self = LIMEN_PAGE_HEAD (widget);
  int above = height_of (self->steady, width);
  gtk_widget_size_allocate (GTK_WIDGET (self->steady), &(GtkAllocation){0, 0, width, above}, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->line),
                            &(GtkAllocation){0, above, width, MAX (height - above, 0)}, -1);
}

static GtkSizeRequestMode
limen_page_head_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
limen_page_head_class_init (LimenPageHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_page_head_dispose;
  GTK_WIDGET_CLASS (klass)->measure = limen_page_head_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = limen_page_head_size_allocate;
  GTK_WIDGET_CLASS (klass)->get_request_mode = limen_page_head_get_request_mode;
}

static GtkLabel *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 10);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
hint_clicked_cb (LimenPageHead *self)
{
  self->asked_for = TRUE;
  gtk_stack_set_visible_child_name (self->line, "invitation");
}

static GtkStack *
new_line (LimenPageHead *self)
{
  GtkWidget *line = gtk_stack_new (), *back = gtk_button_new_with_label ("Hint");
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_add_css_class (back, "small");
  gtk_widget_add_css_class (back, "dim-label");
  gtk_widget_set_halign (back, GTK_ALIGN_START);
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (back, "Show again what to try on this page");
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (hint_clicked_cb), self);
  gtk_stack_set_transition_type (GTK_STACK (line), GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_add_named (GTK_STACK (line), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "nothing");
  gtk_stack_add_named (GTK_STACK (line), GTK_WIDGET (self->invitation), "invitation");
  gtk_stack_add_named (GTK_STACK (line), back, "back");
  return GTK_STACK (line);
}

static void
limen_page_head_init (LimenPageHead *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  self->steady = limen_steady_label_new ("sentence");
  self->sentence = limen_steady_label_label (self->steady);
  self->invitation = new_label ("invitation");
  gtk_widget_add_css_class (GTK_WIDGET (self->invitation), "dim-label");
  limen_selectable (self->sentence);
  self->line = new_line (self);
  gtk_widget_set_parent (GTK_WIDGET (self->steady), widget);
  gtk_widget_set_parent (GTK_WIDGET (self->line), widget);
}

LimenPageHead *
limen_page_head_new (void)
{
  return g_object_new (LIMEN_TYPE_PAGE_HEAD, NULL);
}

void
limen_page_head_reserve (LimenPageHead *self, const char *longest)
{
  g_return_if_fail (LIMEN_IS_PAGE_HEAD (self) && longest != NULL);
  limen_steady_label_reserve (self->steady, longest);
}

void
limen_page_head_set_marked (LimenPageHead *self, const char *sentence, const LimenPageMark *mark,
                            guint n)
{
  g_return_if_fail (LIMEN_IS_PAGE_HEAD (self));
  char *markup = g_markup_escape_text (sentence, -1);
  for (guint i = 0; i < n; i++) {
    g_autofree char *plain = markup;
    g_autofree char *css = limen_palette_css (limen_appearance_scheme (), mark[i].colour);
    g_autofree char *span = g_strdup_printf ("<span color=\"%s\" weight=\"bold\">\\0</span>", css);
    g_autoptr (GRegex) regex = g_regex_new (mark[i].pattern, 0, 0, NULL);
    markup = g_regex_replace (regex, plain, -1, 0, span, 0, NULL);
  }
  gtk_label_set_markup (self->sentence, markup);
  g_free (markup);
}

void
limen_page_head_set_sentence (LimenPageHead *self, const char *sentence, const char *pattern,
                              LimenColour colour)
{
  g_return_if_fail (LIMEN_IS_PAGE_HEAD (self));
  const LimenPageMark mark = {pattern, colour};
  limen_page_head_set_marked (self, sentence, &mark, pattern != NULL);
}

void
limen_page_head_invite (LimenPageHead *self, const char *invitation)
{
  g_return_if_fail (LIMEN_IS_PAGE_HEAD (self));
  const char *known = gtk_label_get_text (self->invitation);
  self->asked_for = self->asked_for && (!invitation || g_str_equal (invitation, known));
  if (invitation)
    gtk_label_set_text (self->invitation, invitation);
  gtk_stack_set_visible_child_name (self->line, invitation || self->asked_for ? "invitation"
                                                : *known                      ? "back"
                                                                              : "nothing");
}

/* Beside the line of the invitation, which steps back meanwhile: there it covers nothing. Where the
 * head is not seen, in the middle below. */
static gboolean
place_busy_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place, LimenPageHead *self)
{
  graphene_rect_t line;
  GtkRequisition wanted;
  int width = gtk_widget_get_width (GTK_WIDGET (overlay)),
      height = gtk_widget_get_height (GTK_WIDGET (overlay));
  gtk_widget_get_preferred_size (child, NULL, &wanted);
  wanted.width = MAX (wanted.width, MIN (wanted.width + BAR, width - 2 * BELOW)); /* or less */
  *place = (GdkRectangle){(width - wanted.width) / 2, height - wanted.height - BELOW, wanted.width,
                          wanted.height};
  if (gtk_widget_get_mapped (GTK_WIDGET (self->line)) &&
      gtk_widget_compute_bounds (GTK_WIDGET (self->line), GTK_WIDGET (overlay), &line)) {
    place->x = (int)(line.origin.x + (line.size.width - (float)wanted.width) / 2);
    place->y = (int)(line.origin.y + (line.size.height - (float)wanted.height) / 2);
  }
  place->x = MAX (place->x, 0);
  place->y = MAX (place->y, 0);
  return TRUE;
}

GtkWidget *
limen_page_head_overlay (LimenPageHead *self, GtkWidget *content, const char *cancel)
{
  g_return_val_if_fail (LIMEN_IS_PAGE_HEAD (self), NULL);
  static const char *const styles[] = {"osd", "toolbar", "busy", NULL};
  GtkWidget *overlay = gtk_overlay_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_progress_bar_new (), *button = gtk_button_new_with_label ("Cancel");
  GtkWidget *what = gtk_label_new (NULL);
  self->bar = GTK_PROGRESS_BAR (bar);
  self->busy = GTK_REVEALER (gtk_revealer_new ());
  self->what = GTK_LABEL (what);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_add_css_class (button, "small");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), cancel);
  gtk_widget_set_css_classes (box, (const char **)styles);
  gtk_box_append (GTK_BOX (box), what);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), button);
  gtk_revealer_set_transition_type (self->busy, GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (self->busy, box);
  g_signal_connect (overlay, "get-child-position", G_CALLBACK (place_busy_cb), self);
  gtk_widget_set_can_target (GTK_WIDGET (self->busy), FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), content);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->busy));
  return overlay;
}

void
limen_page_head_set_busy (LimenPageHead *self, gboolean busy, double fraction, const char *what)
{
  g_return_if_fail (LIMEN_IS_PAGE_HEAD (self));
  gtk_revealer_set_reveal_child (self->busy, busy);
  gtk_widget_set_opacity (GTK_WIDGET (self->line), busy ? 0 : 1);
  gtk_widget_set_can_target (GTK_WIDGET (self->line), !busy);
  gtk_widget_set_can_target (GTK_WIDGET (self->busy), busy);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (fraction, 0, 1));
  gtk_label_set_text (self->what, what);
  limen_name (self->bar, what);
}

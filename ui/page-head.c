#include "ui/page-head.h"

#include "ui/appearance.h"
#include "ui/widgets.h"

struct _LimenPageHead {
  GtkWidget parent_instance;

  GtkLabel *sentence, *invitation;
  GtkRevealer *revealer, *busy;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (LimenPageHead, limen_page_head, GTK_TYPE_WIDGET)

static void
limen_page_head_dispose (GObject *object)
{
  limen_unparent_children (object);
  G_OBJECT_CLASS (limen_page_head_parent_class)->dispose (object);
}

static void
limen_page_head_class_init (LimenPageHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_page_head_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkLabel *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
limen_page_head_init (LimenPageHead *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (widget)),
                                  GTK_ORIENTATION_VERTICAL);
  self->sentence = new_label ("sentence");
  self->invitation = new_label ("invitation");
  gtk_widget_add_css_class (GTK_WIDGET (self->invitation), "dim-label");
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, GTK_WIDGET (self->invitation));
  gtk_widget_set_parent (GTK_WIDGET (self->sentence), widget);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), widget);
}

LimenPageHead *
limen_page_head_new (void)
{
  return g_object_new (LIMEN_TYPE_PAGE_HEAD, NULL);
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
  if (invitation)
    gtk_label_set_text (self->invitation, invitation);
  gtk_revealer_set_reveal_child (self->revealer, invitation != NULL);
}

GtkWidget *
limen_page_head_overlay (LimenPageHead *self, GtkWidget *content, const char *cancel)
{
  g_return_val_if_fail (LIMEN_IS_PAGE_HEAD (self), NULL);
  static const char *const styles[] = {"osd", "toolbar", "busy", NULL};
  GtkWidget *overlay = gtk_overlay_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_progress_bar_new (), *button = gtk_button_new_with_label ("Cancel");
  self->bar = GTK_PROGRESS_BAR (bar);
  self->busy = GTK_REVEALER (gtk_revealer_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (bar, 160, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), cancel);
  gtk_widget_set_css_classes (box, (const char **)styles);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), button);
  gtk_revealer_set_transition_type (self->busy, GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_child (self->busy, box);
  gtk_widget_set_valign (GTK_WIDGET (self->busy), GTK_ALIGN_END);
  gtk_widget_set_halign (GTK_WIDGET (self->busy), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->busy), 18);
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
  gtk_widget_set_can_target (GTK_WIDGET (self->busy), busy);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (fraction, 0, 1));
  gtk_progress_bar_set_text (self->bar, what);
}

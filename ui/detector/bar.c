#include "ui/detector/bar.h"

#include "ui/appearance.h"

/* What has slid away is not there: a screen reader would still find its words. */
static void
revealed_cb (GtkRevealer *bar)
{
  gtk_widget_set_visible (GTK_WIDGET (bar), gtk_revealer_get_reveal_child (bar) ||
                                                gtk_revealer_get_child_revealed (bar));
}

/* -- icon, words and a button, which goes below where the words would be squeezed -- */

#define GAP         12
#define LEAST_WORDS 220 /* pixels at the usual size of text */

static void
measure_width (GtkWidget *child, int *least, int *usual)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, least, usual, NULL, NULL);
}

static int
height_of (GtkWidget *child, int width)
{
  int natural;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

typedef struct {
  GtkWidget *icon, *words, *button;
  int icon_width, button_width;
} Parts;

static Parts
parts_of (GtkWidget *box)
{
  Parts parts = {.icon = gtk_widget_get_first_child (box)};
  int least;
  parts.words = gtk_widget_get_next_sibling (parts.icon);
  parts.button = gtk_widget_get_next_sibling (parts.words);
  measure_width (parts.icon, &least, &parts.icon_width);
  measure_width (parts.button, &least, &parts.button_width);
  return parts;
}

/* The width of the words beside the button, or 0 */
static int
words_beside (GtkWidget *box, const Parts *parts, int width)
{
  int room = width - parts->icon_width - parts->button_width - 2 * GAP;
  return room >= LEAST_WORDS * limen_appearance_text_scale (box) ? room : 0;
}

static void
measure_cb (GtkWidget *box, GtkOrientation orientation, int for_size, int *minimum, int *natural,
            int *minimum_baseline, int *natural_baseline)
{
  Parts parts = parts_of (box);
  int least, usual, words = for_size >= 0 ? words_beside (box, &parts, for_size) : 0;
  measure_width (parts.words, &least, &usual);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MAX (parts.icon_width + GAP + least, parts.button_width);
    *natural = parts.icon_width + usual + parts.button_width + 2 * GAP;
  } else if (words > 0 || for_size < 0)
    *minimum = *natural = MAX (height_of (parts.words, words > 0 ? words : usual),
                               height_of (parts.button, parts.button_width));
  else
    *minimum = *natural = height_of (parts.words, for_size - parts.icon_width - GAP) + GAP / 2 +
                          height_of (parts.button, parts.button_width);
}

static void
place (GtkWidget *box, GtkWidget *child, int x, int y, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL;
  int from = rtl ? gtk_widget_get_width (box) - x - width : x;
  gtk_widget_size_allocate (child, &(GtkAllocation){from, y, width, height}, -1);
}

static void
allocate_cb (GtkWidget *box, int width, int height, int baseline)
{
  Parts parts = parts_of (box);
  int beside = words_beside (box, &parts, width), x = parts.icon_width + GAP;
  int words = beside > 0 ? beside : width - x;
  int button = height_of (parts.button, parts.button_width);
  int above = beside > 0 ? height : height - button - GAP / 2;
  place (box, parts.icon, 0, 0, parts.icon_width, above);
  place (box, parts.words, x, 0, words, above);
  place (box, parts.button, width - parts.button_width, beside > 0 ? 0 : height - button,
         parts.button_width, beside > 0 ? height : button);
}

static GtkSizeRequestMode
request_mode_cb (GtkWidget *box)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

GtkRevealer *
limen_detector_bar_new (GtkLabel **label, GtkButton *button)
{
  g_return_val_if_fail (label != NULL && GTK_IS_BUTTON (button), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_revealer_new ();
  *label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (*label, 0);
  gtk_label_set_wrap (*label, TRUE);
  gtk_widget_set_layout_manager (box,
                                 gtk_custom_layout_new (request_mode_cb, measure_cb, allocate_cb));
  gtk_widget_set_valign (GTK_WIDGET (button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "polarity");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (button));
  gtk_revealer_set_child (GTK_REVEALER (bar), box);
  gtk_widget_set_visible (bar, FALSE);
  g_signal_connect (bar, "notify::reveal-child", G_CALLBACK (revealed_cb), NULL);
  g_signal_connect (bar, "notify::child-revealed", G_CALLBACK (revealed_cb), NULL);
  return GTK_REVEALER (bar);
}

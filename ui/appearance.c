#include "ui/appearance.h"

#include <adwaita.h>

LimenScheme
limen_appearance_scheme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  return limen_scheme (adw_style_manager_get_dark (manager),
                       adw_style_manager_get_high_contrast (manager));
}

/* -- how large -- */

#define USUAL_TEXT (11 * 96 / 72.0) /* pixels: what sizes were chosen for */
#define MAGNIFIED  1.6              /* pictures that are seen from the last row */

/* How much larger pictures are than the rest */
static GtkAdjustment *
magnification (void)
{
  static GtkAdjustment *factor;
  if (!factor)
    factor = g_object_ref_sink (gtk_adjustment_new (1, 1, MAGNIFIED, 0.1, 0.1, 0));
  return factor;
}

void
limen_appearance_set_presentation (gboolean on)
{
  gtk_adjustment_set_value (magnification (), on ? MAGNIFIED : 1);
}

gboolean
limen_appearance_is_presentation (void)
{
  return gtk_adjustment_get_value (magnification ()) > 1;
}

/* Of its own style, so that the size that a style class gives it counts too */
static double
text_pixels (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double pixels = pango_font_description_get_size (font) / (double)PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    pixels *= pango_cairo_context_get_resolution (context) / 72;
  return pixels;
}

double
limen_appearance_text_scale (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), 1);
  return CLAMP (text_pixels (widget) / USUAL_TEXT, 1, 4);
}

double
limen_appearance_picture_scale (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), 1);
  return limen_appearance_text_scale (widget) * gtk_adjustment_get_value (magnification ());
}

LimenChartStyle
limen_appearance_chart_style (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), (LimenChartStyle){0});
  LimenChartStyle style = limen_chart_style (limen_appearance_scheme ());
  PangoContext *context = gtk_widget_get_pango_context (widget);
  double factor = 0.85 * gtk_adjustment_get_value (magnification ());
  style.font_family =
      pango_font_description_get_family (pango_context_get_font_description (context));
  style.font_size = CLAMP (text_pixels (widget) * factor, 9, 60);
  return style;
}

void
limen_appearance_connect (GtkWidget *widget, LimenAppearanceFunc changed)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (changed), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (changed), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-font-name",
                           G_CALLBACK (changed), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi",
                           G_CALLBACK (changed), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (magnification (), "value-changed", G_CALLBACK (changed), widget,
                           G_CONNECT_SWAPPED);
}

static void
load_colours (GtkCssProvider *provider)
{
  LimenScheme scheme = limen_appearance_scheme ();
  g_autofree char *first = limen_palette_css (scheme, LIMEN_COLOUR_FIRST);
  g_autofree char *second = limen_palette_css (scheme, LIMEN_COLOUR_SECOND);
  g_autofree char *hand = limen_palette_css (scheme, LIMEN_COLOUR_HAND);
  g_autofree char *css = g_strdup_printf (
      ".first { color: %s; } .second { color: %s; } .hand { color: %s; }", first, second, hand);
  gtk_css_provider_load_from_data (provider, css, -1);
}

void
limen_appearance_install (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  load_colours (provider);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (load_colours), provider,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (load_colours), provider,
                           G_CONNECT_SWAPPED);
}

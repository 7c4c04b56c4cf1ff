#include "ui/appearance.h"

#include <adwaita.h>

LimenScheme
limen_appearance_scheme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  return limen_scheme (adw_style_manager_get_dark (manager),
                       adw_style_manager_get_high_contrast (manager));
}

LimenChartStyle
limen_appearance_chart_style (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), (LimenChartStyle){0});
  LimenChartStyle style = limen_chart_style (limen_appearance_scheme ());
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double pixels = pango_font_description_get_size (font) / (double)PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    pixels *= pango_cairo_context_get_resolution (context) / 72;
  style.font_family = pango_font_description_get_family (font);
  style.font_size = CLAMP (pixels * 0.85, 9, 40);
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

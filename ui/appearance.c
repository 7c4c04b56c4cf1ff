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
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (changed), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (changed), widget,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-font-name",
                           G_CALLBACK (changed), widget, G_CONNECT_SWAPPED);
}

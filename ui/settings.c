#include "ui/settings.h"

/* An installed schema is found by itself; that of a program started from its build folder is there.
 */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) source =
      g_settings_schema_source_new_from_directory (LIMEN_SCHEMA_DIR, installed, TRUE, NULL);
  GSettingsSchemaSource *best = source ? source : installed;
  g_autoptr (GSettingsSchema) schema =
      best ? g_settings_schema_source_lookup (best, LIMEN_APP_ID, TRUE) : NULL;
  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

GSettings *
limen_settings (void)
{
  static GSettings *settings;
  static gsize once;
  if (g_once_init_enter (&once)) {
    settings = open_settings ();
    g_once_init_leave (&once, 1);
  }
  return settings;
}

/* Fields to type into: what is no number is refused beside the field, where nothing moves for it;
 * the old value comes back; Ctrl+Z undoes what was typed, and nothing that the program wrote. */
#pragma once

#include <gtk/gtk.h>

/** limen_field_spin: @spin shows a real minus sign, takes what limen_typed_number() does, whole
 * numbers alone where it shows no decimals, and keeps a value that is only shown rounded */
void limen_field_spin (GtkSpinButton *spin);

/** LimenFieldFunc: takes over what was typed into @entry. Returns: (nullable) (transfer full): why
 * it can't be taken */
typedef char *(*LimenFieldFunc) (GtkWidget *entry, const char *text, gpointer data);
/** limen_field_entry: @take is called when the user is done with a text that is not what
 * limen_field_show() wrote, which comes back where it is refused. Borrows @data, which must outlive
 * @entry or call limen_field_forget() */
void limen_field_entry (GtkWidget *entry, LimenFieldFunc take, gpointer data);
/** limen_field_done: as if the user were done with @entry now */
void limen_field_done (GtkWidget *entry);
/** limen_field_forget: nothing is taken over any more */
void limen_field_forget (GtkWidget *entry);

/** limen_field_show: writes @text, which is the value, into @field, an editable, where it is not
 * there yet */
void limen_field_show (gpointer field, const char *text);
/** limen_field_number: as limen_typed_number(), in the locale of the program */
gboolean limen_field_number (const char *text, double *value, char **told);
/** limen_field_refusal: (transfer full): that @text is no number, and what one looks like */
char *limen_field_refusal (const char *text);
/** limen_field_tell: @message beside @field, over everything, until it was read or the next key in
 * it */
void limen_field_tell (GtkWidget *field, const char *message);

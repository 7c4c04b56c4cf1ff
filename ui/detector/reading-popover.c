#include "ui/detector/reading-popover.h"

#include "model/kinds/kinds.h"
#include "ui/rows.h"

#define WIDTH 340

#define LIMEN_TYPE_READING_POPOVER (limen_reading_popover_get_type ())
G_DECLARE_FINAL_TYPE (LimenReadingPopover, limen_reading_popover, LIMEN, READING_POPOVER,
                      GtkPopover)

struct _LimenReadingPopover {
  GtkPopover parent_instance;

  GtkLabel *line, *notes, *complaint;
  AdwComboRow *member_row, *unit_row, *label_row, *channels_row;
  AdwEntryRow *range_row;
  GtkSwitch *transposed, *inverted;
  GtkWidget *scores; /* reads them as such */

  LimenDetectorSession *session;
  LimenSetRole role;
  gboolean showing; /* widgets are being set to what the set says */
};

G_DEFINE_FINAL_TYPE (LimenReadingPopover, limen_reading_popover, GTK_TYPE_POPOVER)

/* in the order of the enumerations */
static const char *const units[] = {"Decided",       "A row",     "A column", "A plane",
                                    "A plane, last", "All of it", NULL};
static const char *const labels[] = {"Decided", "None", "First in a row", "Last in a row", NULL};
static const char *const channels[] = {"Decided", "None", "Before the pixels", "With each pixel",
                                       NULL};

/* -- what the set says -- */

/* The first array of the set; NULL where it has none, or waits */
static const LimenReadAs *
shown_array (LimenReadingPopover *self)
{
  const LimenImageSet *set = limen_detector_session_experiment (self->session)->set[self->role];
  gboolean asks = limen_detector_session_asks (self->session, self->role) != NULL;
  return set && !asks && limen_image_set_n_read_as (set) > 0 ? limen_image_set_read_as (set, 0)
                                                             : NULL;
}

static void
show_told (LimenReadingPopover *self)
{
  const LimenReadAs *read_as = shown_array (self);
  g_autofree char *line =
      read_as ? limen_read_as_line (read_as) : g_strdup ("It can be read in more than one way");
  g_auto (GStrv) notes = read_as ? limen_read_as_notes (read_as) : g_new0 (char *, 1);
  g_autofree char *all = g_strjoinv ("\n", notes);
  g_autofree char *start = g_utf8_substring (line, 0, 1), *upper = g_utf8_strup (start, -1);
  g_autofree char *title = read_as && read_as->member
                               ? g_strdup (line)
                               : g_strconcat (upper, line + strlen (start), NULL);
  gtk_label_set_text (self->line, title);
  gtk_label_set_text (self->notes, all);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), *all != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->complaint), FALSE);
}

/* Numbers that may be scores as well, and are no picture among others */
static void
show_scores (LimenReadingPopover *self)
{
  const LimenReadAs *read_as = shown_array (self);
  const char *const *asks = limen_detector_session_asks (self->session, self->role);
  LimenKinds kinds = 0;
  if (asks) /* of whose file the beginning tells */
    kinds = limen_kinds_of_file (asks[0], NULL, NULL);
  else if (read_as && !read_as->member && read_as->n_dims > 0)
    kinds = limen_kinds_of_shape (read_as->type, read_as->n_dims, read_as->dims);
  gtk_widget_set_visible (self->scores, (kinds & LIMEN_KIND_SCORES) != 0);
}

/* The arrays of the file: those of the first path, one of which is shown */
static void
show_members (LimenReadingPopover *self)
{
  const LimenReadAs *read_as = shown_array (self);
  const char *const *members = read_as ? (const char *const *)read_as->members : NULL;
  gboolean several = members && members[0] && members[1];
  gtk_widget_set_visible (GTK_WIDGET (self->member_row), several);
  if (!several)
    return;
  g_autoptr (GtkStringList) list = gtk_string_list_new (members);
  adw_combo_row_set_model (self->member_row, G_LIST_MODEL (list));
  for (guint i = 0; members[i]; i++)
    if (g_str_equal (members[i], read_as->member))
      adw_combo_row_set_selected (self->member_row, i);
}

static void
show_cb (LimenReadingPopover *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  const LimenOrigin *from = experiment->set_from[self->role];
  const LimenReading decided = {0}, *reading = from ? &from->reading : &decided;
  g_autofree char *range = reading->black == reading->white
                               ? g_strdup ("")
                               : limen_range_text (reading->black, reading->white);
  self->showing = TRUE;
  show_told (self);
  show_members (self);
  show_scores (self);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->range_row)), range))
    gtk_editable_set_text (GTK_EDITABLE (self->range_row), range); /* else it waits to be applied */
  adw_combo_row_set_selected (self->unit_row, reading->unit);
  adw_combo_row_set_selected (self->label_row, reading->label);
  adw_combo_row_set_selected (self->channels_row, reading->channels);
  gtk_switch_set_active (self->transposed, reading->transposed);
  gtk_switch_set_active (self->inverted, from && from->inverted);
  self->showing = FALSE;
}

/* -- what the user says -- */

static gboolean
take_range (LimenReadingPopover *self, LimenReading *reading)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->range_row));
  g_autoptr (GError) error = NULL;
  gboolean ok = !*text || limen_reading_set_range (reading, text, &error);
  g_autofree char *complaint = ok ? NULL : g_strdup_printf ("The range %s", error->message);
  gtk_label_set_text (self->complaint, complaint ? complaint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->complaint), !ok);
  return ok;
}

static void
read_again (LimenReadingPopover *self, const char *member)
{
  LimenReading reading = {.unit = adw_combo_row_get_selected (self->unit_row),
                          .label = adw_combo_row_get_selected (self->label_row),
                          .channels = adw_combo_row_get_selected (self->channels_row),
                          .transposed = gtk_switch_get_active (self->transposed)};
  if (!self->showing && take_range (self, &reading))
    limen_detector_session_read (self->session, self->role, &reading, member);
}

static void
chosen_cb (LimenReadingPopover *self)
{
  read_again (self, NULL);
}

static void
member_chosen_cb (LimenReadingPopover *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->member_row);
  if (chosen && !self->showing)
    read_again (self, gtk_string_object_get_string (chosen));
}

static void
inverted_cb (LimenReadingPopover *self)
{
  if (!self->showing)
    limen_detector_session_invert (self->session, self->role);
}

static void
scores_cb (LimenReadingPopover *self)
{
  const LimenExperiment *experiment = limen_detector_session_experiment (self->session);
  const LimenOrigin *from = experiment->set_from[self->role];
  const char *const *asks = limen_detector_session_asks (self->session, self->role);
  const char *const *paths = asks ? asks : from ? (const char *const *)from->paths : NULL;
  gtk_popover_popdown (GTK_POPOVER (self));
  if (paths)
    limen_detector_session_open (self->session, paths, LIMEN_AS_SCORES);
}

/* What was asked for is there, or was refused again. */
static void
data_changed_cb (LimenReadingPopover *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_cb (self);
}

/* -- the object -- */

static GtkLabel *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
add_rows (LimenReadingPopover *self, AdwPreferencesGroup *group)
{
  static const char *const no_members[] = {NULL};
  self->member_row = limen_rows_combo (group, "Array", no_members);
  self->range_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->range_row),
                                 "Black and white, such as 0..255");
  adw_entry_row_set_show_apply_button (self->range_row, TRUE);
  adw_preferences_group_add (group, GTK_WIDGET (self->range_row));
  self->unit_row = limen_rows_combo (group, "An image is", units);
  self->label_row = limen_rows_combo (group, "Labels", labels);
  self->channels_row = limen_rows_combo (group, "Colours", channels);
  self->transposed = limen_rows_switch (group, "Rows for columns", "As in the files of EMNIST");
  self->inverted = limen_rows_switch (group, "Black for white", NULL);
}

static void
connect_rows (LimenReadingPopover *self)
{
  AdwComboRow *combos[] = {self->unit_row, self->label_row, self->channels_row};
  for (guint i = 0; i < G_N_ELEMENTS (combos); i++)
    g_signal_connect_swapped (combos[i], "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->member_row, "notify::selected", G_CALLBACK (member_chosen_cb),
                            self);
  g_signal_connect_swapped (self->range_row, "apply", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->transposed, "notify::active", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->inverted, "notify::active", G_CALLBACK (inverted_cb), self);
  g_signal_connect_swapped (self->scores, "clicked", G_CALLBACK (scores_cb), self);
  g_signal_connect (self, "show", G_CALLBACK (show_cb), NULL);
}

static void
limen_reading_popover_dispose (GObject *object)
{
  LimenReadingPopover *self = LIMEN_READING_POPOVER (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (limen_reading_popover_parent_class)->dispose (object);
}

static void
limen_reading_popover_class_init (LimenReadingPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_reading_popover_dispose;
}

static void
limen_reading_popover_init (LimenReadingPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_size_request (box, WIDTH, -1);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  self->line = add_label (box, "heading");
  self->notes = add_label (box, "caption");
  add_rows (self, limen_rows_group (box, ""));
  self->complaint = add_label (box, "error");
  self->scores = gtk_button_new_with_mnemonic ("Read as _Scores");
  gtk_box_append (GTK_BOX (box), self->scores);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  connect_rows (self);
}

GtkWidget *
limen_reading_popover_new (LimenDetectorSession *session, LimenSetRole role)
{
  g_return_val_if_fail (LIMEN_IS_DETECTOR_SESSION (session), NULL);
  LimenReadingPopover *self = g_object_new (LIMEN_TYPE_READING_POPOVER, NULL);
  self->session = g_object_ref (session);
  self->role = role;
  g_signal_connect_swapped (session, "data-changed", G_CALLBACK (data_changed_cb), self);
  return GTK_WIDGET (self);
}

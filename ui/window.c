#include "ui/window.h"

#include "ui/appearance.h"
#include "ui/bound/page.h"
#include "ui/detector/page.h"
#include "ui/drop-zones.h"
#include "ui/game/page.h"
#include "ui/page.h"
#include "ui/prior/page.h"
#include "ui/samples/samples-window.h"
#include "ui/problems.h"
#include "ui/recent.h"
#include "ui/header-words.h"
#include "ui/settings.h"
#include "ui/party-question.h"
#include "ui/study/door.h"
#include "ui/toasts.h"
#include "ui/train/flow-actions.h"
#include "ui/train/train-window.h"
#include "ui/widgets.h"

struct _LimenWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwViewStack *stack;
  AdwViewSwitcherTitle *switcher;
  AdwViewSwitcherBar *switcher_bar;
  LimenDetectorPage *detector;
  LimenTrainedFlow *trained;
  AdwSplitButton *open_button;
  GMenu *recent; /* a section of its menu */
  GtkMenuButton *export_button, *menu_button;
  GtkWidget *questions_button;

  GQueue coming; /* Coming: files; those of the first are looked at by */
  LimenJob *look;

  gboolean narrow, wordless, presentation, questions;
  int words_from; /* pixels of a window whose header bar has room for words */
  guint fit;
  gulong page_seen; /* the handler; the window may be disposed of more than once */
};

#define MOST_PAGES   32   /* bits */
#define NARROW_BELOW 560  /* pixels at the usual size of text, as */
#define WORDS_FROM   1000 /* with four pages named between them */
#define LARGE_TEXT   1.4
#define WORD_ROOM    24 /* pixels more than where a word lost letters */

G_DEFINE_FINAL_TYPE (LimenWindow, limen_window, ADW_TYPE_APPLICATION_WINDOW)

/* -- files that come in -- */

/* @chosen: in a dialog of the page that is seen; @start: named at a start of the program, alone or
 * with others; @page, @zone: (nullable): the place where they were dropped */
typedef struct {
  char **paths;
  LimenComing how;
  LimenPage *page;
  const LimenZone *zone;
} Coming;

static void
coming_free (gpointer data)
{
  Coming *coming = data;
  g_strfreev (coming->paths);
  g_free (coming);
}

/* @zone: (nullable). A start that names several files does what the first start does; one file
 * joins what is there. */
static void
open_on (LimenWindow *self, GtkWidget *page, const GPtrArray *paths, const LimenZone *zone,
         gboolean shown, gboolean start)
{
  const char *const *files = (const char *const *)paths->pdata;
  for (guint i = 0; i < paths->len; i++)
    limen_recent_add (paths->pdata[i]);
  if (shown)
    adw_view_stack_set_visible_child (self->stack, page);
  if (zone)
    limen_page_open_in (LIMEN_PAGE (page), zone, files);
  else
    (start ? limen_page_start : limen_page_open) (LIMEN_PAGE (page), files);
}

static AdwViewStackPage *
nth_page (LimenWindow *self, guint i)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->stack);
  g_autoptr (AdwViewStackPage) page = g_list_model_get_item (G_LIST_MODEL (pages), i);
  return page; /* the stack has it */
}

static const LimenZone *
zone_for (LimenPage *page, LimenKinds kind)
{
  for (const LimenZone *zone = limen_page_zones (page); zone && zone->name; zone++)
    if (zone->takes == kind)
      return zone;
  return NULL;
}

/* What is taken for images goes the way of all images; scores and points have a place. */
static void
kind_chosen_cb (GtkWindow *window, const LimenPartyChoice *choice, const GPtrArray *paths)
{
  LimenWindow *self = LIMEN_WINDOW (window);
  GtkWidget *page = adw_view_stack_page_get_child (nth_page (self, choice->page));
  const LimenZone *zone =
      choice->kind == LIMEN_KIND_IMAGES ? NULL : zone_for (LIMEN_PAGE (page), choice->kind);
  open_on (self, page, paths, zone, TRUE, FALSE);
}

static void
page_answered_cb (AdwMessageDialog *dialog, const char *response, LimenWindow *self)
{
  GtkWidget *page = adw_view_stack_get_child_by_name (self->stack, response);
  if (page) /* which "cancel" is not */
    open_on (self, page, g_object_get_data (G_OBJECT (dialog), "paths"), NULL, TRUE,
             g_object_get_data (G_OBJECT (dialog), "start") != NULL);
}

static void
ask_for_page (LimenWindow *self, const LimenParty *party, gboolean start)
{
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), "On Which Page?", NULL));
  g_autofree char *base = g_path_get_basename (party->paths->pdata[0]),
                  *shown = limen_display_name (base), *what = limen_kinds_text (party->kinds);
  adw_message_dialog_format_body (dialog,
                                  party->paths->len > 1
                                      ? "%s and the other files hold %s, which several pages open."
                                      : "%s holds %s, which several pages open.",
                                  shown, what);
  adw_message_dialog_add_response (dialog, "cancel", "_Cancel");
  for (guint i = 0; i < MOST_PAGES; i++)
    if (party->pages & 1u << i) {
      AdwViewStackPage *page = nth_page (self, i);
      g_autofree char *label = g_strconcat ("_", adw_view_stack_page_get_title (page), NULL);
      adw_message_dialog_add_response (dialog, adw_view_stack_page_get_name (page), label);
    }
  g_object_set_data_full (G_OBJECT (dialog), "paths", g_ptr_array_ref (party->paths),
                          (GDestroyNotify)g_ptr_array_unref);
  g_object_set_data (G_OBJECT (dialog), "start", GINT_TO_POINTER (start));
  g_signal_connect_object (dialog, "response", G_CALLBACK (page_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The page that is seen stays where anything is for it. */
static void
let_in (LimenWindow *self, const GPtrArray *arrivals, const Coming *coming)
{
  GtkWidget *seen = adw_view_stack_get_visible_child (self->stack), *page[MOST_PAGES];
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->stack);
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (pages)), MOST_PAGES), in_view = 0;
  LimenKinds takes[MOST_PAGES];
  gboolean stays = FALSE, start = coming->how == LIMEN_COMING_NAMED && arrivals->len > 1;
  for (guint i = 0; i < n; i++) {
    page[i] = adw_view_stack_page_get_child (nth_page (self, i));
    takes[i] = limen_page_takes (LIMEN_PAGE (page[i]));
    in_view = page[i] == seen ? i : in_view;
  }
  g_autoptr (GPtrArray) parties =
      limen_door_sort (arrivals, takes, n, in_view, coming->how, problems);
  limen_toasts_dismiss (GTK_WIDGET (self->toasts)); /* what was wrong with others */
  for (guint i = 0; i < parties->len; i++)
    stays |= ((const LimenParty *)parties->pdata[i])->pages == 1u << in_view;
  for (guint i = 0; i < parties->len; i++) {
    const LimenParty *party = parties->pdata[i];
    guint at = (guint)g_bit_nth_lsf (party->pages, -1);
    if (party->n_choices > 0)
      limen_party_ask_kind (GTK_WINDOW (self), party, kind_chosen_cb);
    else if (party->pages != 1u << at)
      ask_for_page (self, party, start);
    else
      open_on (self, page[at], party->paths, NULL, !stays, start);
  }
  if (problems->len > 0)
    g_object_unref (limen_problems_tell (GTK_WIDGET (self->toasts), NULL, problems));
}

/* To the place that the user chose, and nowhere else */
static void
let_in_place (LimenWindow *self, const GPtrArray *arrivals, const Coming *coming)
{
  const LimenZone *zone = coming->zone;
  g_autoptr (GPtrArray) problems = limen_problems_new ();
  g_autoptr (GPtrArray) paths = limen_door_place (arrivals, zone->takes, zone->title, problems);
  limen_toasts_dismiss (GTK_WIDGET (self->toasts));
  if (paths->len > 0)
    limen_page_open_in (coming->page, zone, (const char *const *)paths->pdata);
  if (problems->len > 0)
    g_object_unref (limen_problems_tell (GTK_WIDGET (self->toasts), NULL, problems));
}

static void look_at_next (LimenWindow *self);

static void
looked_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenWindow *self = owner;
  g_autoptr (GPtrArray) arrivals = result;
  g_clear_pointer (&self->look, limen_job_unref);
  if (!arrivals) /* the window is gone */
    return;
  Coming *coming = g_queue_pop_head (&self->coming);
  (coming->zone ? let_in_place : let_in) (self, arrivals, coming);
  coming_free (coming);
  look_at_next (self);
}

/* What is looked at is the head of the queue. */
static void
look_at_next (LimenWindow *self)
{
  const Coming *coming = g_queue_peek_head (&self->coming);
  if (coming && !self->look)
    self->look =
        limen_job_start (limen_door_look, g_strdupv (coming->paths), (GDestroyNotify)g_strfreev,
                         (GDestroyNotify)g_ptr_array_unref, looked_cb, self);
}

static void
let_come (LimenWindow *self, Coming coming)
{
  g_queue_push_tail (&self->coming, g_memdup2 (&coming, sizeof coming));
  look_at_next (self);
}

void
limen_window_open (LimenWindow *self, const char *const *paths)
{
  g_return_if_fail (LIMEN_IS_WINDOW (self) && paths != NULL);
  if (paths[0])
    let_come (self, (Coming){g_strdupv ((char **)paths), .how = LIMEN_COMING_NAMED});
}

static void
take (GtkWidget *widget, const char *name, GVariant *parameter)
{
  let_come (LIMEN_WINDOW (widget),
            (Coming){g_variant_dup_bytestring_array (parameter, NULL), .how = LIMEN_COMING_CHOSEN});
}

/* -- what was opened before -- */

/* It comes in as any other file does. */
static void
open_recent (GtkWidget *widget, const char *name, GVariant *parameter)
{
  limen_window_open (LIMEN_WINDOW (widget),
                     (const char *const[]){g_variant_get_bytestring (parameter), NULL});
}

static void
show_recent (LimenWindow *self)
{
  limen_recent_fill (self->recent, G_OBJECT (self), "win.open-recent");
}

static void
forget_recent (GtkWidget *widget, const char *name, GVariant *parameter)
{
  limen_recent_forget ();
  show_recent (LIMEN_WINDOW (widget));
}

void
limen_window_show_example (LimenWindow *self)
{
  g_return_if_fail (LIMEN_IS_WINDOW (self));
  limen_detector_page_show_example (self->detector);
}

static const LimenZone *
zone_of (LimenPage *page, const char *name)
{
  for (const LimenZone *zone = limen_page_zones (page); zone && zone->name; zone++)
    if (g_str_equal (zone->name, name))
      return zone;
  return NULL;
}

/* @parameter: the name of a zone of the page that is seen, or "", and the paths of local files */
static void
drop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LimenWindow *self = LIMEN_WINDOW (widget);
  const char *place;
  g_auto (GStrv) paths = NULL;
  g_variant_get (parameter, "(&s^aay)", &place, &paths);
  LimenPage *page = LIMEN_PAGE (adw_view_stack_get_visible_child (self->stack));
  if (paths[0])
    let_come (self,
              (Coming){g_steal_pointer (&paths), .page = page, .zone = zone_of (page, place)});
  else
    limen_toasts_tell (GTK_WIDGET (self->toasts),
                       "Only files on this computer can be read; save them first.");
}

/* Actions of the window are those of the page that is seen. */
static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LimenWindow *self = LIMEN_WINDOW (widget);
  g_autofree char *action = g_strconcat (adw_view_stack_get_visible_child_name (self->stack), ".",
                                         name + strlen ("win."), NULL);
  gtk_widget_activate_action_variant (adw_view_stack_get_visible_child (self->stack), action, NULL);
}

/* Only one page has pictures that move. The page is there again at the next start. */
static void
page_seen_cb (LimenWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);
  if (name && limen_settings ())
    g_settings_set_string (limen_settings (), "page", name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-animation",
                                 g_strcmp0 (name, "game") == 0);
}

/* @parameter: its number in the view switcher, from 1 */
static void
show_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LimenWindow *self = LIMEN_WINDOW (widget);
  AdwViewStackPage *page = nth_page (self, (guint)g_variant_get_int32 (parameter) - 1);
  if (page)
    adw_view_stack_set_visible_child (self->stack, adw_view_stack_page_get_child (page));
}

static void
train (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LimenWindow *self = LIMEN_WINDOW (widget);
  limen_train_window_present (GTK_WINDOW (widget), limen_detector_page_session (self->detector),
                              self->trained);
}

static void
show_samples (GtkWidget *widget, const char *name, GVariant *parameter)
{
  limen_samples_window_present (GTK_WINDOW (widget),
                                limen_detector_page_session (LIMEN_WINDOW (widget)->detector));
}

/* -- presentation -- */

enum { PROP_PRESENTATION = 1, PROP_QUESTIONS };

static void
set_presentation (LimenWindow *self, gboolean on)
{
  if (on == self->presentation)
    return;
  self->presentation = on;
  limen_appearance_set_presentation (on);
  if (on) {
    gtk_widget_add_css_class (GTK_WIDGET (self), "presentation");
    gtk_window_fullscreen (GTK_WINDOW (self));
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self), "presentation");
    gtk_window_unfullscreen (GTK_WINDOW (self));
  }
  g_object_notify (G_OBJECT (self), "presentation");
}

/* -- questions -- */

/* The button is pointed out until they were seen once. */
static void
point_out_questions (LimenWindow *self)
{
  GSettings *settings = limen_settings ();
  if (settings && self->questions)
    g_settings_set_boolean (settings, "questions-known", TRUE);
  if (settings && !g_settings_get_boolean (settings, "questions-known"))
    gtk_widget_add_css_class (self->questions_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->questions_button, "suggested-action");
}

static void
set_questions (LimenWindow *self, gboolean on)
{
  if (on == self->questions)
    return;
  self->questions = on;
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page;
       page = gtk_widget_get_next_sibling (page))
    limen_page_frame_ask (LIMEN_PAGE_FRAME (page), on);
  point_out_questions (self);
  g_object_notify (G_OBJECT (self), "questions");
}

static void
limen_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_PRESENTATION)
    set_presentation (LIMEN_WINDOW (object), g_value_get_boolean (value));
  else
    set_questions (LIMEN_WINDOW (object), g_value_get_boolean (value));
}

static void
limen_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LimenWindow *self = LIMEN_WINDOW (object);
  g_value_set_boolean (value, id == PROP_PRESENTATION ? self->presentation : self->questions);
}

/* -- the header bar: words where there is room, icons where there is not -- */

/* Pages are named below where they are not above; a switcher that is hidden does not find out how
 * much room it has. One page needs no names. */
static void
show_switcher_bar (LimenWindow *self)
{
  gboolean many = adw_view_switcher_title_get_view_switcher_enabled (self->switcher);
  gboolean above = !self->narrow && !adw_view_switcher_title_get_title_visible (self->switcher);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, many && !above);
}

static gboolean
fit_header_cb (gpointer data)
{
  LimenWindow *self = data;
  self->fit = 0;
  adw_split_button_set_child (
      self->open_button, limen_word_or_icon (self->wordless, "Open", "document-open-symbolic"));
  gtk_menu_button_set_child (
      self->export_button, limen_word_or_icon (self->wordless, "Export", "document-save-symbolic"));
  gtk_menu_button_set_always_show_arrow (self->export_button, !self->wordless);
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), !self->narrow);
  show_switcher_bar (self);
  return G_SOURCE_REMOVE;
}

static void
limen_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LimenWindow *self = LIMEN_WINDOW (widget);
  GTK_WIDGET_CLASS (limen_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (limen_word_is_cut (adw_split_button_get_child (self->open_button)) ||
      limen_word_is_cut (gtk_menu_button_get_child (self->export_button)))
    self->words_from = width + WORD_ROOM;
  gboolean narrow = width < NARROW_BELOW * limen_appearance_text_scale (widget);
  gboolean wordless = width < self->words_from;
  if (narrow == self->narrow && wordless == self->wordless)
    return;
  self->narrow = narrow;
  self->wordless = wordless; /* not inside of a layout */
  if (!self->fit)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH, fit_header_cb, self, NULL);
}

/* Text that is smaller now may leave room for words. Four pages named in very large type are wider
 * than a narrow window. */
static void
appearance_changed_cb (LimenWindow *self)
{
  double scale = limen_appearance_text_scale (GTK_WIDGET (self));
  self->words_from = (int)(WORDS_FROM * scale);
  if (scale > LARGE_TEXT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "large-text");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "large-text");
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
limen_window_dispose (GObject *object)
{
  LimenWindow *self = LIMEN_WINDOW (object);
  if (self->look)
    limen_job_cancel (self->look);
  g_queue_clear_full (&self->coming, coming_free);
  g_clear_handle_id (&self->fit, g_source_remove);
  g_clear_object (&self->trained);
  g_clear_signal_handler (&self->page_seen, self->stack); /* pages that go are not seen */
  G_OBJECT_CLASS (limen_window_parent_class)->dispose (object);
}

static void
restore_page (LimenWindow *self, GSettings *settings)
{
  g_autofree char *page = g_settings_get_string (settings, "page");
  if (adw_view_stack_get_child_by_name (self->stack, page))
    adw_view_stack_set_visible_child_name (self->stack, page);
}

static void
restore_state (LimenWindow *self)
{
  GSettings *settings = limen_settings ();
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 840);
  if (!settings)
    return;
  restore_page (self, settings);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "presentation", self, "presentation", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "questions", self, "questions", G_SETTINGS_BIND_DEFAULT);
  point_out_questions (self);
}

static void
limen_window_class_init (LimenWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const page_actions[] = {"win.open",    "win.open-folder",     "win.export",
                                             "win.copy",    "win.export-scores",   "win.resample",
                                             "win.zoom-in", "win.zoom-out",        "win.zoom-reset",
                                             "win.cancel",  "win.export-animation"};
  G_OBJECT_CLASS (klass)->dispose = limen_window_dispose;
  G_OBJECT_CLASS (klass)->set_property = limen_window_set_property;
  G_OBJECT_CLASS (klass)->get_property = limen_window_get_property;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_PRESENTATION,
      g_param_spec_boolean ("presentation", NULL, NULL, FALSE, G_PARAM_READWRITE));
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_QUESTIONS,
      g_param_spec_boolean ("questions", NULL, NULL, FALSE, G_PARAM_READWRITE));
  widget_class->size_allocate = limen_window_size_allocate;
  g_type_ensure (LIMEN_TYPE_DETECTOR_PAGE);
  g_type_ensure (LIMEN_TYPE_BOUND_PAGE);
  g_type_ensure (LIMEN_TYPE_PRIOR_PAGE);
  g_type_ensure (LIMEN_TYPE_GAME_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/limen_explorer/Limen/ui/window.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, LimenWindow, name)
  BIND (toasts);
  BIND (stack);
  BIND (switcher);
  BIND (switcher_bar);
  BIND (detector);
  BIND (open_button);
  BIND (recent);
  BIND (export_button);
  BIND (menu_button);
  BIND (questions_button);
#undef BIND
  for (guint i = 0; i < G_N_ELEMENTS (page_actions); i++)
    gtk_widget_class_install_action (widget_class, page_actions[i], NULL, page_action);
  gtk_widget_class_install_property_action (widget_class, "win.presentation", "presentation");
  gtk_widget_class_install_property_action (widget_class, "win.questions", "questions");
  gtk_widget_class_install_action (widget_class, "win.page", "i", show_page);
  gtk_widget_class_install_action (widget_class, "win.take", "aay", take);
  gtk_widget_class_install_action (widget_class, "win.drop", "(saay)", drop);
  gtk_widget_class_install_action (widget_class, "win.open-recent", "ay", open_recent);
  gtk_widget_class_install_action (widget_class, "win.forget-recent", NULL, forget_recent);
  gtk_widget_class_install_action (widget_class, "win.train", NULL, train);
  gtk_widget_class_install_action (widget_class, "win.samples", NULL, show_samples);
}

static void
limen_window_init (LimenWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  limen_keep_menu_clear (self->export_button);
  limen_keep_menu_clear (self->menu_button);
  limen_appearance_connect (GTK_WIDGET (self), (LimenAppearanceFunc)appearance_changed_cb);
  appearance_changed_cb (self);
  gtk_widget_add_controller (GTK_WIDGET (self), limen_drop_zones_target (""));
  self->trained = limen_trained_flow_new ();
  limen_flow_actions_add (ADW_APPLICATION_WINDOW (self), self->toasts, self->trained,
                          limen_detector_page_session (self->detector));
  limen_name (gtk_widget_get_first_child (GTK_WIDGET (self->open_button)), "Open");
  limen_name (gtk_widget_get_last_child (GTK_WIDGET (self->open_button)), "Recent files");
  limen_follow (self, gtk_recent_manager_get_default (), "changed", G_CALLBACK (show_recent));
  limen_follow (self, adw_split_button_get_popover (self->open_button), "map",
                G_CALLBACK (show_recent));
  show_recent (self);
  /* one page needs no switcher */
  GtkSelectionModel *pages = adw_view_stack_get_pages (self->stack);
  gboolean many = g_list_model_get_n_items (G_LIST_MODEL (pages)) > 1;
  g_object_unref (pages);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, many);
  limen_follow (self, self->switcher, "notify::title-visible", G_CALLBACK (show_switcher_bar));
  show_switcher_bar (self);
  restore_state (self);
  self->page_seen = g_signal_connect_swapped (self->stack, "notify::visible-child",
                                              G_CALLBACK (page_seen_cb), self);
  page_seen_cb (self);
  limen_tell_seen (self->stack);
}

LimenWindow *
limen_window_new (AdwApplication *application)
{
  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);
  return g_object_new (LIMEN_TYPE_WINDOW, "application", application, NULL);
}

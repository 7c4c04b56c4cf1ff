#include "ui/bound/set-window.h"

#include "ui/child-window.h"
#include "ui/rows.h"
#include "ui/study/bound/source.h"
#include "ui/study/job.h"

#include "model/base/number.h"

#include <math.h>

#define N_K  5
#define TICK 100

static const guint all_k[N_K] = {1, 5, 50, 500, 5000};

/* What the work hands over while it goes on. */
typedef struct {
  gatomicrefcount references;
  LimenVae *vae;
  LimenImageSet *images;
  guint n;
  guint64 seed;
  GMutex lock; /* of what follows */
  LimenVaeSetBound table[N_K];
  guint n_done;
} Work;

#define LIMEN_TYPE_BOUND_SET_WINDOW (limen_bound_set_window_get_type ())
G_DECLARE_FINAL_TYPE (LimenBoundSetWindow, limen_bound_set_window, LIMEN, BOUND_SET_WINDOW,
                      AdwWindow)

struct _LimenBoundSetWindow {
  AdwWindow parent_instance;

  GtkLabel *mean[N_K], *status;
  AdwActionRow *row[N_K];
  GtkAdjustment *count, *seed;
  GtkButton *button;
  GtkProgressBar *bar;
  GtkWidget *settings;

  LimenVae *vae;
  LimenImageSet *images;
  LimenJob *job;
  Work *work;
  guint tick;
};

G_DEFINE_FINAL_TYPE (LimenBoundSetWindow, limen_bound_set_window, ADW_TYPE_WINDOW)

/* -- the work -- */

static Work *
work_ref (Work *work)
{
  g_atomic_ref_count_inc (&work->references);
  return work;
}

static void
work_unref (Work *work)
{
  if (!g_atomic_ref_count_dec (&work->references))
    return;
  limen_vae_unref (work->vae);
  limen_image_set_unref (work->images);
  g_mutex_clear (&work->lock);
  g_free (work);
}

static void
images_done_cb (const LimenVaeSetBound *table, guint n_k, guint n_images, gpointer data)
{
  Work *work = data;
  g_mutex_lock (&work->lock);
  memcpy (work->table, table, n_k * sizeof *table);
  work->n_done = n_images;
  g_mutex_unlock (&work->lock);
}

static gpointer
bound_all (gpointer data, const LimenRun *run, GError **error)
{
  Work *work = data;
  LimenVaeSetBound table[N_K];
  LimenVaeSetPlan plan = {.vae = work->vae,
                          .set = work->images,
                          .n = work->n,
                          .k = all_k,
                          .n_k = N_K,
                          .seed = work->seed,
                          .done = images_done_cb,
                          .done_data = work};
  if (!limen_vae_set_bound (&plan, table, run, error))
    return NULL;
  images_done_cb (table, N_K, work->n, work);
  return work_ref (work);
}

/* -- what is shown -- */

static void
show_table (LimenBoundSetWindow *self)
{
  LimenVaeSetBound table[N_K];
  g_mutex_lock (&self->work->lock);
  memcpy (table, self->work->table, sizeof table);
  guint n = self->work->n_done;
  g_mutex_unlock (&self->work->lock);
  g_autofree char *done = limen_format_number (n, 0), *of = limen_format_number (self->work->n, 0);
  g_autofree char *status = g_strdup_printf ("%s of %s images", done, of);
  gtk_label_set_text (self->status, status);
  for (guint i = 0; n > 0 && i < N_K; i++) {
    double error = table[i].bound.standard_error;
    g_autofree char *mean = limen_format_mean (table[i].bound.mean, error, 3);
    g_autofree char *monte_carlo =
        limen_format_digits ((LimenNumber){table[i].monte_carlo_error, 0}, 2);
    g_autofree char *subtitle =
        n < 2 ? g_strdup ("")
        : isnan (table[i].monte_carlo_error)
            ? g_strdup ("± standard error over images")
            : g_strdup_printf ("± standard error over images, of it %s from the draws",
                               monte_carlo);
    gtk_label_set_text (self->mean[i], mean);
    adw_action_row_set_subtitle (self->row[i], subtitle);
  }
}

static gboolean
tick_cb (gpointer data)
{
  LimenBoundSetWindow *self = data;
  gtk_progress_bar_set_fraction (self->bar, limen_job_fraction (self->job));
  show_table (self);
  return G_SOURCE_CONTINUE;
}

static void
show_running (LimenBoundSetWindow *self, gboolean running)
{
  gtk_button_set_label (self->button, running ? "Cancel" : "Compute");
  gtk_widget_set_sensitive (self->settings, !running);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
}

static void
done_cb (gpointer result, const GError *error, gpointer owner)
{
  LimenBoundSetWindow *self = owner;
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->job, limen_job_unref);
  if (self->work && self->button) {
    show_table (self);
    show_running (self, FALSE);
    if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      gtk_label_set_text (self->status, error->message);
  }
  g_clear_pointer ((Work **)&result, work_unref);
}

static void
clicked_cb (LimenBoundSetWindow *self)
{
  if (self->job) {
    limen_job_cancel (self->job);
    return;
  }
  g_clear_pointer (&self->work, work_unref);
  Work *work = self->work = g_new0 (Work, 1);
  g_atomic_ref_count_init (&work->references);
  g_mutex_init (&work->lock);
  work->vae = limen_vae_ref (self->vae);
  work->images = limen_image_set_ref (self->images);
  work->n = (guint)gtk_adjustment_get_value (self->count);
  work->seed = (guint64)gtk_adjustment_get_value (self->seed);
  self->job = limen_job_start (bound_all, work_ref (work), (GDestroyNotify)work_unref,
                               (GDestroyNotify)work_unref, done_cb, self);
  self->tick = g_timeout_add (TICK, tick_cb, self);
  show_running (self, TRUE);
}

/* -- the object -- */

static void
limen_bound_set_window_dispose (GObject *object)
{
  LimenBoundSetWindow *self = LIMEN_BOUND_SET_WINDOW (object);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->button = NULL;
  if (self->job)
    limen_job_cancel (self->job);
  g_clear_pointer (&self->job, limen_job_unref);
  g_clear_pointer (&self->work, work_unref);
  g_clear_pointer (&self->vae, limen_vae_unref);
  g_clear_pointer (&self->images, limen_image_set_unref);
  G_OBJECT_CLASS (limen_bound_set_window_parent_class)->dispose (object);
}

static gboolean
limen_bound_set_window_close_request (GtkWindow *window)
{
  LimenBoundSetWindow *self = LIMEN_BOUND_SET_WINDOW (window);
  if (self->job)
    limen_job_cancel (self->job);
  return GTK_WINDOW_CLASS (limen_bound_set_window_parent_class)->close_request (window);
}

static void
limen_bound_set_window_class_init (LimenBoundSetWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_bound_set_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = limen_bound_set_window_close_request;
}

static void
limen_bound_set_window_init (LimenBoundSetWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();
  GtkWidget *panel = limen_rows_panel (), *scroller = gtk_scrolled_window_new ();
  AdwPreferencesGroup *settings = limen_rows_group (panel, "Images");
  self->settings = GTK_WIDGET (settings);
  self->count = gtk_adjustment_new (100, 2, 2, 10, 100, 0);
  self->seed = gtk_adjustment_new (0, 0, 4294967295, 1, 10, 0);
  limen_rows_spin (settings, "How many", self->count, 0);
  limen_rows_spin (settings, "Seed of the draws", self->seed, 0);
  AdwPreferencesGroup *table = limen_rows_group (panel, "Mean VLB, nats");
  for (guint i = 0; i < N_K; i++) {
    g_autofree char *k = limen_format_number (all_k[i], 0);
    g_autofree char *title = g_strdup_printf ("K = %s", k);
    self->mean[i] = limen_rows_value (table, title, NULL);
    self->row[i] = limen_rows_row_of (self->mean[i]);
    gtk_label_set_text (self->mean[i], "–");
  }
  self->status = GTK_LABEL (gtk_label_new ("Weights of up to 5\u2009000 draws for each image."));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim-label");
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_box_append (GTK_BOX (panel), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (panel), GTK_WIDGET (self->bar));
  self->button = GTK_BUTTON (gtk_button_new_with_label ("Compute"));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), GTK_WIDGET (self->button));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), panel);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), "Bound Over a Set");
  limen_child_window_part (GTK_WINDOW (self));
  gtk_window_set_default_size (GTK_WINDOW (self), 420, 640);
  show_running (self, FALSE);
}

void
limen_bound_set_window_present (GtkWindow *parent, LimenBoundSession *session)
{
  LimenBoundSetWindow *self =
      g_object_new (LIMEN_TYPE_BOUND_SET_WINDOW, "transient-for", parent, NULL);
  LimenVae *vae = limen_bound_session_vae (session);
  g_return_if_fail (vae != NULL);
  self->vae = limen_vae_ref (vae);
  self->images = limen_image_set_ref (limen_bound_session_images (session));
  guint n = limen_image_set_n_images (self->images);
  gtk_adjustment_set_upper (self->count, n);
  gtk_adjustment_set_lower (self->count, MIN (2, n));
  gtk_adjustment_set_value (self->count, MIN (100, n));
  gtk_window_present (GTK_WINDOW (self));
}

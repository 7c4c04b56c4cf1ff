/* Two scores against each other, and side by side, in a window without a page, to be tried by a
 * pointer: what the hand does is told in a label. usage: scores-subject [--narrow |
 * --many] [NORMAL ANOMALY], files with two numbers a line; without them made-up ones, --many five
 * million of them: how long the main thread worked between two looks at events is told then. */
#include "tests/viz/scatter-draw.h"
#include "ui/appearance.h"
#include "ui/detector/bench-view.h"
#include "ui/detector/scatter-view.h"

#include <adwaita.h>
#include <time.h>

typedef struct {
  LimenScores *normal[2], *anomaly[2];
  LimenLines cut[2];
  LimenBenchNumbers numbers[2];
  GtkWidget *told;
  LimenScatterView *scatter;
  LimenBenchView *bench;
  gboolean narrow, many;
} Subject;

/* -- numbers -- */

static int
descending (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}

/* (n): the most unusual first */
static double *
unusual (const LimenScores *scores)
{
  double *value = g_new (double, scores->n + 1);
  for (guint i = 0; i < scores->n; i++)
    value[i] = scores->measure->side == LIMEN_SIDE_LOW ? -scores->value[i] : scores->value[i];
  qsort (value, scores->n, sizeof *value, descending);
  return value;
}

/* Of the program's own room for it other tests ask; here it is enough that numbers are those of the
 * scores. The interval is that of Hanley and McNeil (1982). */
static LimenBenchNumbers
numbers_of (const LimenScores *normal, const LimenScores *anomaly)
{
  g_autofree double *low = unusual (normal), *high = unusual (anomaly);
  LimenBenchNumbers numbers = {0};
  guint above = 0;
  for (guint k = 0; k < anomaly->n; k++) {
    while (above < normal->n && low[above] >= high[k])
      above++;
    numbers.auroc += 1 - (double)above / normal->n;
    numbers.aupr += (k + 1.0) / (k + 1 + above);
  }
  numbers.auroc /= anomaly->n;
  numbers.aupr /= anomaly->n;
  guint pass = 0;
  while (pass < anomaly->n && high[pass] > low[normal->n / 20])
    pass++;
  numbers.fpr = 1 - (double)pass / anomaly->n;
  double a = numbers.auroc, q = a / (2 - a), p = 2 * a * a / (1 + a), n = normal->n, m = anomaly->n;
  double variance = (a * (1 - a) + (m - 1) * (q - a * a) + (n - 1) * (p - a * a)) / (n * m);
  numbers.low = fmax (a - 1.96 * sqrt (variance), 0);
  numbers.high = fmin (a + 1.96 * sqrt (variance), 1);
  return numbers;
}

static void
read_scores (const char *path, LimenScores *scores[2])
{
  g_autofree char *text = NULL, *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenMeasure) up = complexity ();
  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  g_auto (GStrv) line = g_strsplit (text, "\n", -1);
  guint n = 0;
  g_autofree double *x = g_new (double, g_strv_length (line) + 1);
  g_autofree double *y = g_new (double, g_strv_length (line) + 1);
  for (char **one = line; *one; one++) {
    char *rest;
    x[n] = g_ascii_strtod (*one, &rest);
    y[n] = g_ascii_strtod (rest, NULL);
    n += rest > *one;
  }
  scores[0] = limen_scores_new (name, x, n);
  scores[1] = limen_scores_new_of (up, name, y, n);
}

static void
make_numbers (Subject *subject, int argc, char **argv)
{
  if (argc == 3) {
    read_scores (argv[1], subject->normal);
    read_scores (argv[2], subject->anomaly);
  } else {
    make_scores (LIMEN_SCATTER_NORMAL, subject->many ? 2500000 : 3000, 1, subject->normal);
    make_scores (LIMEN_SCATTER_ANOMALY, subject->many ? 2500000 : 2000, 1, subject->anomaly);
  }
  for (int i = 0; i < 2; i++) {
    double mean = limen_scores_mean (subject->normal[i]);
    double far = 3 * limen_scores_std (subject->normal[i]);
    subject->cut[i] =
        i == 0 ? (LimenLines){mean - far, INFINITY} : (LimenLines){-INFINITY, mean + far};
    subject->numbers[i] = numbers_of (subject->normal[i], subject->anomaly[i]);
  }
}

/* -- how long the window hangs -- */

static double worked_until, longest; /* seconds of processor of the main thread */

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int
poll_cb (GPollFD *files, guint n, int timeout)
{
  longest = MAX (longest, now () - worked_until);
  int result = g_poll (files, n, timeout);
  worked_until = now ();
  return result;
}

/* -- what the hand does -- */

static void
tell (Subject *subject, const char *what, const char *which)
{
  g_autofree char *hung = subject->many ? g_strdup_printf (" (%.1f ms)", 1000 * longest) : NULL;
  g_autofree char *text = g_strdup_printf ("%s: %s%s", what, which, hung ? hung : "");
  longest = 0;
  gtk_label_set_text (GTK_LABEL (subject->told), text);
}

static void
selection_changed_cb (LimenScatterView *view, Subject *subject)
{
  const LimenSelection *selection = limen_scatter_view_get_selection (view);
  g_autofree char *words = selection ? limen_selection_words (selection) : NULL;
  tell (subject, "selected", words ? words : "nothing");
}

static void
image_changed_cb (LimenScatterView *view, Subject *subject)
{
  LimenScatterHit hit;
  gboolean any = limen_scatter_view_get_image (view, &hit);
  g_autofree char *which =
      any ? g_strdup_printf ("%s %u", hit.set ? "anomaly" : "normal", hit.index) : NULL;
  tell (subject, "image", which ? which : "none");
}

static void
chosen_cb (LimenBenchView *view, const char *name, Subject *subject)
{
  tell (subject, "chosen", name);
}

static void
wanted_cb (LimenBenchView *view, const char *name, Subject *subject)
{
  tell (subject, "wanted", name);
}

/* -- the window -- */

static void
show_entries (Subject *subject, double progress)
{
  LimenScoreRow low = {subject->normal[0], subject->anomaly[0], subject->cut[0]};
  LimenScoreRow high = {subject->normal[1], subject->anomaly[1], subject->cut[1]};
  LimenBenchNumbers none = {NAN, NAN, NAN, NAN, NAN};
  LimenBenchEntry entries[] = {
      {"log-likelihood", "Log-likelihood (nats)", NULL, low, subject->numbers[0], NAN, NULL, NULL,
       FALSE},
      {"complexity", "Complexity-corrected (bits)",
       "How much longer the flow's code of an image is than what a compressor needs", high,
       subject->numbers[1], NAN, NULL, NULL, TRUE},
      {"nearest",
       "Distance to the nearest normal image",
       NULL,
       {NULL, NULL, {NAN, NAN}},
       none,
       progress,
       NULL,
       NULL,
       FALSE},
      {"iwae",
       "IWAE bound, K = 50 (nats)",
       NULL,
       {NULL, NULL, {NAN, NAN}},
       none,
       NAN,
       "Needs a VAE that has learned from the normal images.",
       "Open a VAE…",
       FALSE},
  };
  limen_bench_view_set_entries (subject->bench, entries, G_N_ELEMENTS (entries));
}

static GtkWidget *
new_content (Subject *subject)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *parts =
      gtk_box_new (subject->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new (), *bench = GTK_WIDGET (subject->bench);
  gtk_widget_add_css_class (all, "page");
  gtk_widget_set_hexpand (GTK_WIDGET (subject->scatter), TRUE);
  gtk_widget_set_valign (bench, GTK_ALIGN_START);
  gtk_widget_set_margin_start (bench, 2);
  gtk_widget_set_margin_end (bench, 2);
  gtk_widget_set_margin_top (bench, 14);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), bench);
  if (!subject->narrow)
    gtk_widget_set_size_request (scrolled, 340, -1);
  else
    gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (parts, TRUE);
  gtk_box_append (GTK_BOX (all), subject->told);
  gtk_box_append (GTK_BOX (parts), GTK_WIDGET (subject->scatter));
  gtk_box_append (GTK_BOX (parts), scrolled);
  gtk_box_append (GTK_BOX (all), parts);
  return all;
}

static void
activate_cb (GtkApplication *application, Subject *subject)
{
  const char *const close[] = {"<Control>q", NULL};
  LimenScatterPoints *points =
      limen_scatter_points_new (subject->normal, subject->anomaly, subject->cut);
  GtkWidget *window = adw_application_window_new (application);
  gtk_application_set_accels_for_action (application, "window.close", close);
  limen_appearance_install ();
  subject->told = gtk_label_new ("nothing yet");
  subject->scatter = LIMEN_SCATTER_VIEW (limen_scatter_view_new ());
  subject->bench = LIMEN_BENCH_VIEW (limen_bench_view_new ());
  limen_scatter_view_set_points (subject->scatter, points);
  limen_scatter_view_set_cuts (subject->scatter, subject->cut);
  show_entries (subject, 0.4);
  limen_bench_view_set_chosen (subject->bench, "log-likelihood");
  g_signal_connect (subject->scatter, "selection-changed", G_CALLBACK (selection_changed_cb),
                    subject);
  g_signal_connect (subject->scatter, "image-changed", G_CALLBACK (image_changed_cb), subject);
  g_signal_connect (subject->bench, "chosen", G_CALLBACK (chosen_cb), subject);
  g_signal_connect (subject->bench, "wanted", G_CALLBACK (wanted_cb), subject);
  gtk_window_set_title (GTK_WINDOW (window), "Scores");
  gtk_window_set_default_size (GTK_WINDOW (window), subject->narrow ? 360 : 1200, 720);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), new_content (subject));
  gtk_window_present (GTK_WINDOW (window));
  limen_scatter_points_unref (points);
}

int
main (int argc, char **argv)
{
  Subject subject = {.narrow = argc > 1 && g_str_equal (argv[1], "--narrow"),
                     .many = argc > 1 && g_str_equal (argv[1], "--many")};
  gboolean any = subject.narrow || subject.many;
  make_numbers (&subject, argc - any, argv + any);
  g_main_context_set_poll_func (NULL, poll_cb);
  g_autoptr (AdwApplication) application =
      adw_application_new (LIMEN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &subject);
  int status = g_application_run (G_APPLICATION (application), 1, argv);
  drop_scores (subject.normal);
  drop_scores (subject.anomaly);
  return status;
}

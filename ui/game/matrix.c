#include "ui/game/matrix.h"

#include "model/base/number.h"
#include "ui/fields.h"
#include "ui/news.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define SIDE 3

struct _LimenGameMatrix {
  AdwBin parent_instance;

  GtkGrid *grid;
  GtkLabel *words, *row_name[SIDE], *column_name[SIDE];
  GtkWidget *cell[SIDE * SIDE];

  LimenGameSession *session;
};

G_DEFINE_FINAL_TYPE (LimenGameMatrix, limen_game_matrix, ADW_TYPE_BIN)

/* -- what the session says -- */

static char *
cell_text (double value)
{
  g_autoptr (LimenRationals) fraction = limen_rationals_new (1);
  if (fabs (value) < 1e6 && limen_rational_from_double (value, fraction->at[0]) &&
      mpz_cmp_ui (mpq_denref (fraction->at[0]), 1000) <= 0)
    return limen_rational_text (fraction->at[0]);
  return g_strdup_printf (fabs (value) < 1e6 ? "%.12g" : "%.4g", value); /* as there is room */
}

static void
show_cell (LimenGameMatrix *self, const LimenPayoff *payoff, guint i, guint j)
{
  GtkWidget *cell = self->cell[SIDE * i + j];
  gboolean there = i < payoff->rows && j < payoff->columns;
  gtk_widget_set_visible (cell, there);
  if (!there)
    return;
  g_autofree char *text = cell_text (payoff->m[i * payoff->columns + j]);
  g_autofree char *name =
      g_strdup_printf ("Points for B: %s against %s", payoff->column_name[j], payoff->row_name[i]);
  limen_field_show (cell, text);
  limen_name (cell, name);
}

static void
game_changed_cb (LimenGameMatrix *self)
{
  const LimenPayoff *payoff = &limen_game_session_state (self->session)->payoff;
  gboolean fits = payoff->rows <= SIDE && payoff->columns <= SIDE;
  gtk_widget_set_visible (GTK_WIDGET (self->grid), fits);
  gtk_widget_set_visible (GTK_WIDGET (self->words), !fits);
  if (fits)
    for (guint i = 0; i < SIDE; i++) {
      gtk_label_set_text (self->row_name[i], i < payoff->rows ? payoff->row_name[i] : "");
      gtk_label_set_text (self->column_name[i], i < payoff->columns ? payoff->column_name[i] : "");
      for (guint j = 0; j < SIDE; j++)
        show_cell (self, payoff, i, j);
    }
  g_autofree char *words =
      g_strdup_printf ("%u × %u payoffs, as in the file", payoff->rows, payoff->columns);
  gtk_label_set_text (self->words, words);
}

/* -- what the user says -- */

static char *
take_cell (GtkWidget *cell, const char *text, gpointer data)
{
  LimenGameMatrix *self = data;
  const LimenGameState *state = limen_game_session_state (self->session);
  LimenPayoff payoff = state->payoff;
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "at"));
  double value;
  g_autofree char *told = NULL;
  if (!limen_field_number (text, &value, &told) || !(fabs (value) <= 1e9))
    return g_strdup_printf (
        "“%s” is no payoff; write a number up to 1 000 000 000, or a fraction such as 1/3.", text);
  if (told)
    limen_field_tell (cell, told);
  payoff.m[at / SIDE * payoff.columns + at % SIDE] = value;
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "your own payoffs");
  g_auto (LimenGameState) next = limen_game_state_with_payoff (state, &payoff, origin);
  if (!limen_game_session_set (self->session, &next))
    game_changed_cb (self);
  return NULL;
}

/* Up and Down: one more, one less, as in a spin button */
static gboolean
cell_key_cb (GtkEventController *keys, guint key, guint code, GdkModifierType state,
             LimenGameMatrix *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (keys);
  double value;
  int by = (key == GDK_KEY_Up) - (key == GDK_KEY_Down);
  if (by == 0 || !limen_field_number (gtk_editable_get_text (GTK_EDITABLE (cell)), &value, NULL))
    return GDK_EVENT_PROPAGATE;
  g_autofree char *text = cell_text (value + by);
  gtk_editable_set_text (GTK_EDITABLE (cell), text);
  limen_field_done (cell);
  return GDK_EVENT_STOP;
}

/* -- the object -- */

static void
limen_game_matrix_dispose (GObject *object)
{
  LimenGameMatrix *self = LIMEN_GAME_MATRIX (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->session = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (self->cell); i++)
    if (self->cell[i])
      limen_field_forget (self->cell[i]); /* a focus that goes says nothing any more */
  G_OBJECT_CLASS (limen_game_matrix_parent_class)->dispose (object);
}

static void
limen_game_matrix_class_init (LimenGameMatrixClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_game_matrix_dispose;
}

static GtkLabel *
name_label (LimenGameMatrix *self, int column, int row, float align)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), align);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, row == 0 ? "second" : "first");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static GtkWidget *
cell_entry (LimenGameMatrix *self, guint at)
{
  GtkWidget *cell = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_editable_set_width_chars (GTK_EDITABLE (cell), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (cell), 6);
  gtk_editable_set_alignment (GTK_EDITABLE (cell), 0.5);
  gtk_widget_add_css_class (cell, "numeric");
  g_object_set_data (G_OBJECT (cell), "at", GUINT_TO_POINTER (at));
  limen_field_entry (cell, take_cell, self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (cell_key_cb), self);
  gtk_widget_add_controller (cell, keys);
  return cell;
}

static void
limen_game_matrix_init (LimenGameMatrix *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *grid = gtk_grid_new ();
  self->grid = GTK_GRID (grid);
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_grid_set_row_spacing (self->grid, 4);
  gtk_grid_set_column_spacing (self->grid, 4);
  for (int i = 0; i < SIDE; i++) {
    self->column_name[i] = name_label (self, i + 1, 0, 0.5);
    self->row_name[i] = name_label (self, 0, i + 1, 1);
  }
  for (int i = 0; i < SIDE * SIDE; i++) {
    self->cell[i] = cell_entry (self, (guint)i);
    gtk_widget_set_hexpand (self->cell[i], TRUE);
    gtk_grid_attach (self->grid, self->cell[i], i % SIDE + 1, i / SIDE + 1, 1, 1);
  }
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 10);
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  adw_bin_set_child (ADW_BIN (self), box);
}

LimenGameMatrix *
limen_game_matrix_new (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), NULL);
  LimenGameMatrix *self = g_object_new (LIMEN_TYPE_GAME_MATRIX, NULL);
  self->session = session;
  limen_news_connect (session, "game-changed", G_CALLBACK (game_changed_cb), self);
  game_changed_cb (self);
  return self;
}

#include "ui/study/door.h"

/* Of these a page holds one at a time. */
#define ONE_AT_A_TIME                                                                              \
  (LIMEN_KIND_CASE | LIMEN_KIND_POINTS | LIMEN_KIND_PAYOFFS | LIMEN_KIND_VAE | LIMEN_KIND_FLOW)

/* -- what they are -- */

static void
arrival_free (gpointer data)
{
  LimenArrival *arrival = data;
  g_free (arrival->path);
  g_free (arrival->refusal);
  g_free (arrival);
}

gpointer
limen_door_look (gpointer paths, const LimenRun *run, GError **error)
{
  GCancellable *cancellable = limen_run_of (run).cancellable;
  g_return_val_if_fail (paths != NULL, NULL);
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new_with_free_func (arrival_free);
  for (char **path = paths; *path; path++) {
    g_autoptr (GError) refused = NULL;
    LimenArrival *arrival = g_new0 (LimenArrival, 1);
    g_ptr_array_add (arrivals, arrival);
    arrival->path = g_strdup (*path);
    arrival->kinds = limen_kinds_of_file (*path, cancellable, &refused);
    arrival->refusal = refused ? g_strdup (refused->message) : NULL;
  }
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL
                                                                   : g_steal_pointer (&arrivals);
}

/* -- where they go -- */

typedef struct {
  const LimenKinds *takes;
  guint n_pages;
  LimenKinds wanted; /* of these, names make no game */
  GPtrArray *parties, *problems;
} Door;

static LimenKinds
kinds_of (const Door *door, const LimenArrival *arrival)
{
  gboolean game = arrival->kinds & LIMEN_KIND_NAMED && !(door->wanted & LIMEN_KIND_POINTS);
  return game ? arrival->kinds & ~LIMEN_KIND_POINTS : arrival->kinds;
}

static guint
pages_of (const Door *door, const LimenArrival *arrival)
{
  guint pages = 0;
  for (guint i = 0; i < door->n_pages; i++)
    if (door->takes[i] & kinds_of (door, arrival))
      pages |= 1u << i;
  return pages;
}

static gboolean
is_one (guint pages)
{
  return pages && (pages & (pages - 1)) == 0;
}

static void
refuse (Door *door, const LimenArrival *arrival, gboolean second)
{
  g_autofree char *shown = limen_display_name (arrival->path);
  g_autofree char *what = limen_kinds_text (arrival->kinds);
  g_autofree char *sentence =
      arrival->refusal
          ? g_strdup (arrival->refusal)
          : g_strdup_printf (
                second ? "%s is left out, as it holds %s, which would take the place of what is "
                         "opened with it; open it alone."
                       : "%s holds %s, which no page opens; choose images, the weights "
                         "of a NICE flow or a VAE, a case, points, payoffs or scores.",
                shown, what);
  g_ptr_array_add (door->problems, limen_problem_new (arrival->path, sentence));
}

static void
party_free (gpointer data)
{
  LimenParty *party = data;
  g_ptr_array_unref (party->paths);
  g_free (party);
}

static LimenParty *
party_for (Door *door, guint pages)
{
  for (guint i = 0; i < door->parties->len; i++)
    if (((LimenParty *)door->parties->pdata[i])->pages == pages)
      return door->parties->pdata[i];
  LimenParty *party = g_new0 (LimenParty, 1);
  party->pages = pages;
  party->paths = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  g_ptr_array_add (door->parties, party);
  return party;
}

/* Whether what is @taken would take the place of what came @before: where a page learns points, its
 * images are points, too. */
static gboolean
takes_the_place (LimenKinds takes, LimenKinds taken, LimenKinds before)
{
  const LimenKinds data = LIMEN_KIND_POINTS | LIMEN_KIND_IMAGES;
  gboolean learned = takes & LIMEN_KIND_POINTS && taken & data && before & data;
  return taken & before & ONE_AT_A_TIME || (learned && !(taken & before & LIMEN_KIND_IMAGES));
}

static void
join (Door *door, const LimenArrival *arrival, guint pages)
{
  LimenParty *party = party_for (door, pages);
  LimenKinds taken = 0, takes = 0;
  for (guint i = 0; i < door->n_pages; i++)
    if (pages & 1u << i)
      takes |= door->takes[i];
  taken = takes & kinds_of (door, arrival);
  if (takes_the_place (takes, taken, party->kinds)) {
    refuse (door, arrival, TRUE);
    return;
  }
  party->kinds |= taken;
  g_ptr_array_add (party->paths, g_strdup (arrival->path));
}

/* -- what nothing tells -- */

/* Whether all are of the same kinds, and which of them is not told: beside others, these say it. */
static gboolean
are_unsure (const GPtrArray *arrivals)
{
  LimenKinds kinds = arrivals->len > 0 ? ((LimenArrival *)arrivals->pdata[0])->kinds : 0;
  for (guint i = 1; i < arrivals->len; i++)
    if (((LimenArrival *)arrivals->pdata[i])->kinds != kinds)
      return FALSE;
  return (kinds & LIMEN_KIND_UNSURE) != 0;
}

/* The page in view for what it takes; others for the rest where it takes nothing, or was not
 * chosen. */
static gboolean
find_page (const Door *door, LimenKinds kind, guint in_view, gboolean any, guint *page)
{
  *page = in_view;
  if (door->takes[in_view] & kind)
    return TRUE;
  for (*page = 0; any && *page < door->n_pages; ++*page)
    if (door->takes[*page] & kind)
      return TRUE;
  return FALSE;
}

/* FALSE where there is nothing to choose from */
static gboolean
ask_for_kind (Door *door, const GPtrArray *arrivals, guint in_view, LimenComing how)
{
  static const LimenKinds kinds[LIMEN_MOST_CHOICES] = {LIMEN_KIND_SCORES, LIMEN_KIND_IMAGES,
                                                       LIMEN_KIND_POINTS};
  LimenKinds all = ((LimenArrival *)arrivals->pdata[0])->kinds;
  gboolean any = how == LIMEN_COMING_NAMED || !(door->takes[in_view] & all);
  LimenParty choices = {.kinds = all};
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    LimenPartyChoice choice = {.kind = kinds[i]};
    if (all & kinds[i] && find_page (door, kinds[i], in_view, any, &choice.page)) {
      choices.choice[choices.n_choices++] = choice;
      choices.pages |= 1u << choice.page;
    }
  }
  if (choices.n_choices < 2)
    return FALSE;
  LimenParty *party = party_for (door, choices.pages);
  choices.paths = party->paths;
  *party = choices;
  for (guint i = 0; i < arrivals->len; i++)
    g_ptr_array_add (party->paths, g_strdup (((LimenArrival *)arrivals->pdata[i])->path));
  return TRUE;
}

GPtrArray *
limen_door_sort (const GPtrArray *arrivals, const LimenKinds *takes, guint n_pages, guint in_view,
                 LimenComing how, GPtrArray *problems)
{
  g_return_val_if_fail (arrivals && takes && in_view < n_pages && n_pages <= 32, NULL);
  Door door = {takes, n_pages, how == LIMEN_COMING_CHOSEN ? takes[in_view] : 0,
               g_ptr_array_new_with_free_func (party_free), problems};
  if (are_unsure (arrivals) && ask_for_kind (&door, arrivals, in_view, how))
    return door.parties;
  guint all = ~0u, certain = 0, seen = 1u << in_view;
  for (guint i = 0; i < arrivals->len; i++) {
    guint pages = pages_of (&door, arrivals->pdata[i]);
    all &= pages ? pages : ~0u;
    certain |= is_one (pages) ? pages : 0;
  }
  for (guint i = 0; i < arrivals->len; i++) {
    const LimenArrival *arrival = arrivals->pdata[i];
    guint pages = pages_of (&door, arrival);
    pages = pages ? (all ? all : pages) : arrivals->len == 1 && arrival->refusal ? seen : 0;
    pages = pages & seen ? seen : is_one (pages & certain) ? pages & certain : pages;
    if (pages)
      join (&door, arrival, pages);
    else
      refuse (&door, arrival, FALSE);
  }
  return door.parties;
}

static const struct {
  LimenKinds kind;
  const char *heading, *words, *answer;
} choice_words[] = {
    {LIMEN_KIND_SCORES, "Scores", "scores of images", "_Scores"},
    {LIMEN_KIND_IMAGES, "Images", "images", "_Images"},
    {LIMEN_KIND_POINTS, "Points", "points", "_Points"},
};

static guint
words_of (LimenKinds kind)
{
  guint i = 0;
  while (i + 1 < G_N_ELEMENTS (choice_words) && choice_words[i].kind != kind)
    i++;
  return i;
}

LimenDoorQuestion
limen_party_question (const LimenParty *party)
{
  LimenDoorQuestion question = {NULL};
  g_return_val_if_fail (party != NULL && party->n_choices > 0, question);
  g_autofree char *base = g_path_get_basename (party->paths->pdata[0]);
  g_autofree char *shown = limen_display_name (base);
  GString *heading = g_string_new (NULL), *body = g_string_new (shown);
  g_string_append (body, party->paths->len > 1 ? " and the other files may hold " : " may hold ");
  for (guint i = 0; i < party->n_choices; i++) {
    guint words = words_of (party->choice[i].kind);
    g_string_append_printf (heading, "%s%s", i > 0 ? " or " : "", choice_words[words].heading);
    g_string_append_printf (body, "%s%s", i > 0 ? " or " : "", choice_words[words].words);
    question.answer[i] = choice_words[words].answer;
  }
  g_string_append_c (heading, '?');
  g_string_append (body, ", and nothing in the numbers or above them tells which.");
  question.heading = g_string_free (heading, FALSE);
  question.body = g_string_free (body, FALSE);
  return question;
}

void
limen_door_question_clear (LimenDoorQuestion *question)
{
  g_return_if_fail (question != NULL);
  g_clear_pointer (&question->heading, g_free);
  g_clear_pointer (&question->body, g_free);
}

/* -- a place that was chosen -- */

static void
refuse_place (const LimenArrival *arrival, LimenKinds takes, const char *title, GPtrArray *problems)
{
  g_autofree char *base = g_path_get_basename (arrival->path);
  g_autofree char *shown = limen_display_name (base);
  g_autofree char *what = limen_kinds_text (arrival->kinds), *wanted = limen_kinds_text (takes);
  g_autofree char *sentence = arrival->refusal ? g_strdup (arrival->refusal)
                                               : g_strdup_printf ("%s holds %s; “%s” takes %s.",
                                                                  shown, what, title, wanted);
  g_ptr_array_add (problems, limen_problem_new (arrival->path, sentence));
}

GPtrArray *
limen_door_place (const GPtrArray *arrivals, LimenKinds takes, const char *title,
                  GPtrArray *problems)
{
  g_return_val_if_fail (arrivals && title && problems, NULL);
  GPtrArray *paths = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  Door door = {.problems = problems};
  for (guint i = 0; i < arrivals->len; i++) {
    const LimenArrival *arrival = arrivals->pdata[i];
    if (!(arrival->kinds & takes))
      refuse_place (arrival, takes, title, problems);
    else if (takes & ONE_AT_A_TIME && paths->len > 0)
      refuse (&door, arrival, TRUE);
    else
      g_ptr_array_add (paths, g_strdup (arrival->path));
  }
  return paths;
}

/* Where files go that come in together: one table of files, pages, and who gets what. */
#include "tests/model/data-files.h"
#include "ui/study/door.h"

enum { DETECTOR, BOUND, PRIOR, GAME, N_PAGES };

static const LimenKinds takes[N_PAGES] = {
    [DETECTOR] = LIMEN_KIND_FLOW | LIMEN_KIND_IMAGES | LIMEN_KIND_SCORES,
    [BOUND] = LIMEN_KIND_CASE | LIMEN_KIND_VAE | LIMEN_KIND_IMAGES,
    [PRIOR] = LIMEN_KIND_CASE | LIMEN_KIND_POINTS | LIMEN_KIND_IMAGES,
    [GAME] = LIMEN_KIND_PAYOFFS,
};

#define IMAGES  LIMEN_KIND_IMAGES
#define FLOW    (LIMEN_KIND_WEIGHTS | LIMEN_KIND_FLOW)
#define VAE     (LIMEN_KIND_WEIGHTS | LIMEN_KIND_VAE)
#define SCORES  LIMEN_KIND_SCORES
#define CASE    LIMEN_KIND_CASE
#define POINTS  LIMEN_KIND_POINTS
#define NUMBERS (LIMEN_KIND_POINTS | LIMEN_KIND_PAYOFFS)
#define GAMES   (NUMBERS | LIMEN_KIND_NAMED)

#define SCORES_OR_POINTS (SCORES | POINTS | LIMEN_KIND_UNSURE)
#define SCORES_OR_IMAGES (SCORES | IMAGES | LIMEN_KIND_UNSURE)

/* The files are called a, b and c. @goes: parties, "PAGES:FILES" or "PAGES?KINDS:FILES", pages and
 * kinds by their first letters, and what is refused behind "-" */
typedef struct {
  const char *what;
  guint in_view;
  LimenKinds kinds[4];
  const char *goes;
  LimenComing how;
} Row;

static const Row rows[] = {
    {"payoffs with names are no points", PRIOR, {GAMES}, "G:a"},
    {"unless they are chosen as such", PRIOR, {GAMES}, "P:a", LIMEN_COMING_CHOSEN},
    {"chosen on a page that takes neither they are a game",
     DETECTOR,
     {GAMES},
     "G:a",
     LIMEN_COMING_CHOSEN},
    {"numbers are for the page in view", PRIOR, {NUMBERS}, "P:a"},
    {"be it another", GAME, {NUMBERS}, "G:a"},
    {"else one is asked", DETECTOR, {NUMBERS}, "PG:a"},
    {"a case is for the page in view", PRIOR, {CASE}, "P:a"},
    {"a case is asked for elsewhere", GAME, {CASE}, "BP:a"},
    {"a flow has one page", PRIOR, {FLOW}, "D:a"},
    {"a VAE has one page", DETECTOR, {VAE}, "B:a"},
    {"images are for the page in view", BOUND, {IMAGES, IMAGES}, "B:ab"},
    {"images are asked for from a page without", GAME, {IMAGES, IMAGES}, "DBP:ab"},
    {"images go where their flow goes", PRIOR, {IMAGES, FLOW, IMAGES}, "D:abc"},
    {"images go where their VAE goes", DETECTOR, {IMAGES, VAE}, "B:ab"},
    {"a page that takes all has all", BOUND, {CASE, POINTS}, "P:ab"},
    {"not only the first counts", DETECTOR, {CASE, POINTS, IMAGES}, "P:ab -c"},
    {"each goes to its own", DETECTOR, {FLOW, POINTS, GAMES}, "D:a P:b G:c"},
    {"the page in view before others", BOUND, {IMAGES, FLOW, VAE}, "B:ac D:b"},
    {"where others must go before a question", GAME, {IMAGES, FLOW, GAMES}, "D:ab G:c"},
    {"a question where others must go to both", GAME, {IMAGES, FLOW, VAE}, "DBP:a D:b B:c"},
    {"numbers beside a game", BOUND, {NUMBERS, LIMEN_KIND_PAYOFFS}, "G:a -b"},
    {"one at a time", GAME, {GAMES, GAMES}, "G:a -b"},
    {"one of each at a time", PRIOR, {CASE, POINTS, CASE}, "P:ab -c"},
    {"of flows the first", DETECTOR, {FLOW, FLOW}, "D:a -b"},
    {"images learned take no points' place", PRIOR, {POINTS, IMAGES}, "P:a -b"},
    {"nor points theirs", PRIOR, {IMAGES, IMAGES, POINTS}, "P:ab -c"},
    {"scores have one page", GAME, {SCORES}, "D:a"},
    {"to which parts of them go together", PRIOR, {SCORES, SCORES, SCORES}, "D:abc"},
    {"a short column may be payoffs", BOUND, {SCORES | LIMEN_KIND_PAYOFFS}, "DG:a"},
    {"what may be scores or points is what the page in view takes",
     PRIOR,
     {SCORES_OR_POINTS},
     "P:a"},
    {"be it the other", DETECTOR, {SCORES_OR_POINTS}, "D:a"},
    {"a page that takes neither asks", GAME, {SCORES_OR_POINTS}, "DP?SP:a"},
    {"nobody chose the page of a start",
     DETECTOR,
     {SCORES_OR_POINTS},
     "DP?SP:a",
     LIMEN_COMING_NAMED},
    {"nor the other", PRIOR, {SCORES_OR_POINTS}, "DP?SP:a", LIMEN_COMING_NAMED},
    {"what may be scores or images is asked on one page", DETECTOR, {SCORES_OR_IMAGES}, "D?SI:a"},
    {"but not where it can be one only", PRIOR, {SCORES_OR_IMAGES}, "P:a"},
    {"from a page without it is asked", GAME, {SCORES_OR_IMAGES, SCORES_OR_IMAGES}, "D?SI:ab"},
    {"what comes with it tells", DETECTOR, {SCORES_OR_IMAGES, FLOW}, "D:ab"},
    {"other networks have none", DETECTOR, {LIMEN_KIND_WEIGHTS, IMAGES}, "D:b -a"},
    {"what is unknown and alone meets the page in view", PRIOR, {0}, "P:a"},
};

static GPtrArray *
arrivals_of (const Row *row)
{
  static const guint n_files[] = {1, 2, 3};
  GPtrArray *arrivals = g_ptr_array_new_with_free_func (g_free);
  guint n = 1;
  for (guint i = 0; i < G_N_ELEMENTS (n_files); i++)
    n = row->kinds[i] ? i + 1 : n;
  for (guint i = 0; i < n; i++) {
    static char paths[][2] = {"a", "b", "c"}, nothing[] = "a is nothing.";
    LimenArrival *arrival = g_new (LimenArrival, 1);
    *arrival = (LimenArrival){paths[i], row->kinds[i], row->kinds[i] ? NULL : nothing};
    g_ptr_array_add (arrivals, arrival);
  }
  return arrivals;
}

/* Behind "?" the kinds that are asked for, each on a page that takes it */
static void
add_choices (GString *text, const LimenParty *party)
{
  static const struct {
    LimenKinds kind;
    char letter;
    const char *answer;
  } kinds[] = {{SCORES, 'S', "_Scores"}, {IMAGES, 'I', "_Images"}, {POINTS, 'P', "_Points"}};
  g_auto (LimenDoorQuestion) question = limen_party_question (party);
  g_string_append_c (text, '?');
  for (guint i = 0; i < party->n_choices; i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      if (party->choice[i].kind == kinds[k].kind) {
        g_assert_true (takes[party->choice[i].page] & kinds[k].kind);
        g_assert_cmpstr (question.answer[i], ==, kinds[k].answer);
        g_string_append_c (text, kinds[k].letter);
      }
  g_assert_true (g_str_has_prefix (question.body, "a"));
  g_assert_true (g_str_has_suffix (question.heading, "?"));
}

static void
add_party (GString *text, const LimenParty *party)
{
  g_string_append (text, text->len > 0 ? " " : "");
  for (guint i = 0; i < N_PAGES; i++)
    if (party->pages & 1u << i)
      g_string_append_c (text, "DBPG"[i]);
  if (party->n_choices > 0)
    add_choices (text, party);
  g_string_append_c (text, ':');
  for (guint i = 0; i < party->paths->len; i++)
    g_string_append (text, party->paths->pdata[i]);
  g_assert_null (party->paths->pdata[party->paths->len]);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GPtrArray) arrivals = arrivals_of (row), problems = limen_problems_new ();
  g_autoptr (GPtrArray) parties =
      limen_door_sort (arrivals, takes, N_PAGES, row->in_view, row->how, problems);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < parties->len; i++)
    add_party (text, parties->pdata[i]);
  for (guint i = 0; i < problems->len; i++) {
    const LimenProblem *problem = problems->pdata[i];
    g_autofree char *base = g_path_get_basename (problem->path);
    GError error = {.message = problem->message};
    assert_sentence (&error, base);
    g_string_append_printf (text, "%s-%s", text->len > 0 ? " " : "", base);
  }
  g_assert_cmpstr (text->str, ==, row->goes);
}

/* What is nothing known among others is refused in the words of the look. */
static void
test_a_file_that_is_nothing_is_told_beside_others (void)
{
  LimenArrival image = {(char *)"/a.png", IMAGES, NULL},
               nothing = {(char *)"/b", 0, (char *)"b is nothing."};
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new (), problems = limen_problems_new ();
  g_ptr_array_add (arrivals, &image);
  g_ptr_array_add (arrivals, &nothing);
  g_autoptr (GPtrArray) parties =
      limen_door_sort (arrivals, takes, N_PAGES, GAME, LIMEN_COMING_DROPPED, problems);
  g_assert_cmpuint (parties->len, ==, 1);
  g_assert_cmphex (((LimenParty *)parties->pdata[0])->kinds, ==, IMAGES);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((LimenProblem *)problems->pdata[0])->message, ==, "b is nothing.");
}

static void
test_a_place_takes_what_belongs_there (void)
{
  LimenArrival image = {(char *)"/a.png", IMAGES, NULL}, case_ = {(char *)"/b", CASE, NULL},
               other = {(char *)"/c", CASE, NULL},
               nothing = {(char *)"/d", 0, (char *)"d is nothing."};
  gpointer all[] = {&image, &case_, &other, &nothing};
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new (), problems = limen_problems_new ();
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (arrivals, all[i]);
  g_autoptr (GPtrArray) paths = limen_door_place (arrivals, CASE, "Case", problems);
  g_assert_cmpuint (paths->len, ==, 1);
  g_assert_cmpstr (paths->pdata[0], ==, "/b");
  static const char *const told[] = {
      "a.png holds images; “Case” takes a case.",
      "/c is left out, as it holds a case, which would take the place "
      "of what is opened with it; open it alone.",
      "d is nothing."};
  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (told));
  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpstr (((LimenProblem *)problems->pdata[i])->message, ==, told[i]);
}

/* -- the look -- */

static void
test_all_files_are_looked_at (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *first = write_file (folder, "a", "1,2\n3,x\n", 8);
  g_autofree char *second = write_file (folder, "b", "prose", 5);
  char *paths[] = {first, second, folder, NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arrivals = limen_door_look (paths, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (arrivals->len, ==, 3);
  const LimenKinds kinds[] = {NUMBERS, 0, IMAGES};
  for (guint i = 0; i < 3; i++) {
    const LimenArrival *arrival = arrivals->pdata[i];
    g_assert_cmpstr (arrival->path, ==, paths[i]);
    g_assert_cmphex (arrival->kinds, ==, kinds[i]);
    g_assert_true ((arrival->refusal != NULL) == (kinds[i] == 0));
  }
  remove_folder (folder);
}

static void
test_a_look_is_cancelled (void)
{
  char *paths[] = {(char *)"/nonexistent", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (limen_door_look (paths, &(LimenRun){.cancellable = cancellable}, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/door/", rows[i].what, NULL);
    g_test_add_data_func (g_strdelimit (path, " ", '-'), &rows[i], test_row);
  }
  g_test_add_func ("/door/a-file-that-is-nothing-is-told-beside-others",
                   test_a_file_that_is_nothing_is_told_beside_others);
  g_test_add_func ("/door/a-place-takes-what-belongs-there", test_a_place_takes_what_belongs_there);
  g_test_add_func ("/door/all-files-are-looked-at", test_all_files_are_looked_at);
  g_test_add_func ("/door/a-look-is-cancelled", test_a_look_is_cancelled);
  return g_test_run ();
}

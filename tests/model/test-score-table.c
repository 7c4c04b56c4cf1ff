/* Scores of other programs: each way that they are written is read as it was meant, and told, or is
 * refused in one sentence with what to do. */
#include "model/data/score-table.h"
#include "model/data-files.h"

#include <math.h>

static const LimenScoreTableOptions found_out;

static LimenScoreTable *
parse (const char *text, const LimenScoreTableOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  return limen_score_table_parse (bytes, "some.csv", options ? options : &found_out, error);
}

/* The marks of what the rows are of: "na?vf" */
static char *
marks_of (const LimenScoreTable *table)
{
  static const char marks[] = "?navf";
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < table->n; i++)
    g_string_append_c (text, marks[table->of[i]]);
  return g_string_free (text, FALSE);
}

/* "a=1,2;b=3,4": all columns */
static char *
values_of (const LimenScoreTable *table)
{
  GString *text = g_string_new (NULL);
  for (guint k = 0; k < table->n_columns; k++) {
    g_string_append_printf (text, "%s%s=", k > 0 ? ";" : "", table->column[k].name);
    for (guint i = 0; i < table->n; i++)
      g_string_append_printf (text, "%s%g", i > 0 ? "," : "", table->column[k].value[i]);
  }
  return g_string_free (text, FALSE);
}

typedef struct {
  const char *what, *text, *values, *marks, *first_name, *told;
} Read;

static const Read reads[] = {
    {"Limen's own", "image,log_likelihood\na.png,-1.5\nb.png,2\n", "log_likelihood=-1.5,2", "??",
     "a.png", "scores from “log_likelihood”; no labels; names from “image”"},
    {"Limen's own, with sets",
     "set,image,log_likelihood,verdict\nvalidation,c,3,kept\nnormal,a,2,kept\nanomaly,b,1,"
     "flagged\n",
     "log_likelihood=3,2,1", "vna", "c",
     "scores from “log_likelihood”; labels from “set”; names from “image”; left out: “verdict”"},
    {"Limen's own, with p-values",
     "set,image,log_likelihood,verdict,p_value,p_value_conditional,listed\nvalidation,c,3,kept,,,\n"
     "normal,a,2,kept,,,\nanomaly,b,1,flagged,0.25,0.5,\n",
     "log_likelihood=3,2,1", "vna", "c",
     "scores from “log_likelihood”; labels from “set”; names from “image”; left out: “verdict”, "
     "“p_value”, “p_value_conditional” and “listed”"},
    {"Limen's own, with images that nobody sorted",
     "set,image,log_likelihood,verdict,p_value,p_value_conditional,listed\nfit,f,,,,,\n"
     "validation,c,3,kept,,,\nnormal,a,2,kept,,,\nunsorted,b,1,flagged,0.25,0.5,no\n"
     "picture,d,1,flagged,0.25,0.5,\n",
     "log_likelihood=nan,3,2,1,1", "fvn??", "f", "scores from “log_likelihood”; labels from “set”"},
    {"p-values are scores, too", "image,p_value\na,0.5\nb,0.25\n", "p_value=0.5,0.25", "??", "a",
     "scores from “p_value”"},
    {"Anomalib's",
     "image_path,gt_label,pred_label,pred_score\n/d/good/0.png,0,0,0.25\n/d/bad/1.png,1,1,0.75\n",
     "pred_score=0.25,0.75", "na", "/d/good/0.png",
     "scores from “pred_score”; labels from “gt_label”, 1 being an anomaly; names from "
     "“image_path”; "
     "left out: “pred_label”"},
    {"pandas' index", ",score,label\n0,0.5,0\n1,0.25,1\n2,0.75,0\n", "score=0.5,0.25,0.75", "nan",
     NULL, "left out: “column 1”"},
    {"pandas' columns", ",0,1\n0,0.5,9\n1,0.25,8\n2,0.75,7\n", "0=0.5,0.25,0.75;1=9,8,7", "???",
     NULL, "scores from “0” and “1”"},
    {"PyOD's", "decision_scores,y_true,y_pred\n0.5,0,0\n3.5,1,1\n", "decision_scores=0.5,3.5", "na",
     NULL, "left out: “y_pred”"},
    {"scikit-learn's", "score,y\n0.5,1\n-0.5,-1\n", "score=0.5,-0.5", "na", NULL,
     "labels from “y”, numbers below 0 being anomalies"},
    {"pytorch-ood's", "score;label\n0.5;7\n-0.5;-1\n2;3\n", "score=0.5,-0.5,2", "nan", NULL,
     "numbers below 0 being anomalies"},
    {"several scores", "file,knn,iforest,vae loss\na,1,2,3\nb,4,5,6\n",
     "knn=1,4;iforest=2,5;vae loss=3,6", "??", "a", "scores from “knn”, “iforest” and “vae loss”"},
    {"numbers alone", "0.5\n1.5\n2.5\n", "some=0.5,1.5,2.5", "???", NULL,
     "scores from “some”; no labels; no names of columns"},
    {"one number", "0.5", "some=0.5", "?", NULL, NULL},
    {"names and numbers", "a.png,0.5\nb.png,1\n", "column 2=0.5,1", "??", "a.png",
     "names from “column 1”"},
    {"true and false", "score,is_anomaly\n1,True\n2,False\n", "score=1,2", "an", NULL,
     "true being an anomaly"},
    {"turned round", "score,normal\n1,true\n2,FALSE\n", "score=1,2", "na", NULL,
     "true being normal"},
    {"turned round in digits", "score,is_good\n1,1\n2,0\n", "score=1,2", "na", NULL,
     "1 being normal"},
    {"words of roles", "score,label\n1,good\n2,defect\n3,OK\n4,NG\n", "score=1,2,3,4", "nana", NULL,
     "labels from “label”"},
    {"kinds beside good", "score,class\n1,good\n2,squeeze\n3,poke\n", "score=1,2,3", "naa", NULL,
     "being an anomaly beside normal ones"},
    {"ood and another", "score,label\n1,id\n2,ood\n", "score=1,2", "na", NULL,
     "“id” being normal beside anomalies"},
    {"one class only", "score,label\n1,0\n2,0\n", "score=1,2", "nn", NULL, "1 being an anomaly"},
    {"no label here and there", "score,label\n1,good\n2,\n3,bad\n", "score=1,2,3", "n?a", NULL,
     NULL},
    {"folders in names", "path,score\ntest/good/0.png,1\ntest/crack/0.png,2\n", "score=1,2", "na",
     "test/good/0.png", "from the folders in names"},
    {"folders that tell nothing", "path,score\ntest/0/0.png,1\ntest/1/0.png,2\n", "score=1,2", "??",
     "test/0/0.png", "no labels"},
    {"parts of the data", "score,split,label\n1,train,0\n2,val,0\n3,test,0\n4,test,1\n",
     "score=1,2,3,4", "fvna", NULL, "validation and training images from “split”"},
    {"semicolons, decimal commas", "name;score\na;0,5\nb;-1,25\n", "score=0.5,-1.25", "??", "a",
     "decimal commas"},
    {"decimal commas in quotes", "name,score\na,\"0,5\"\nb,\"-1,25\"\n", "score=0.5,-1.25", "??",
     "a", "decimal commas"},
    {"tabs", "name\tscore\na b\t0.5\nc\t1\n", "score=0.5,1", "??", "a b", NULL},
    {"a mark of UTF-8", "\xEF\xBB\xBFscore,label\n1,0\n2,1\n", "score=1,2", "na", NULL, NULL},
    {"quotes", "\"image, path\",\"score\"\n\"a \"\"1\"\".png\",\"0.5\"\n\"b,c\",\"1\"\n",
     "score=0.5,1", "??", "a \"1\".png", "names from “image, path”"},
    {"CRLF", "name,score\r\na,1\r\nb,2\r\n", "score=1,2", "??", "a", NULL},
    {"a remark", "# made by hand\nname,score\na,1\n", "score=1", "?", "a", NULL},
    {"sep=", "sep=;\nname;score\na;1\n", "score=1", "?", "a", NULL},
    {"empty rows", "\nname,score\n\na,1\n\n\nb,2\n\n", "score=1,2", "??", "a", NULL},
    {"separators at the end", "name,score,\na,1,\nb,2,\n", "score=1,2", "??", "a", NULL},
    {"no number here and there", "name,score\na,1\nb,\nc,NaN\nd,n/a\n", "score=1,nan,nan,nan",
     "????", "a", "3 rows without a number in “score”"},
    {"infinite", "name,score\na,1\nb,inf\nc,-Infinity\n", "score=1,inf,-inf", "???", "a",
     "2 infinite in “score”"},
    {"exponents", "score\n1e-3\n-2.5E+2\n", "score=0.001,-250", "??", NULL, NULL},
    {"whole numbers", "score,label\n3,0\n4,1\n", "score=3,4", "na", NULL, NULL},
    {"a header once more", "name,score\na,1\nname,score\nb,2\n", "score=1,2", "??", "a",
     "names of columns repeated in 1 row"},
    {"names that repeat", "name,score\na,1\na,2\nb,3\n", "score=1,2,3", "???", "a",
     "1 row with a name that another has, too"},
    {"numbers as names", "image_id,score\n17,1\n5,2\n", "score=1,2", "??", "17",
     "names from “image_id”"},
    {"what is aside", "name,score,threshold,width\na,1,0.5,28\nb,2,0.5,28\n", "score=1,2", "??",
     "a", "left out: “threshold” and “width”"},
    {"anomaly as a score", "name,anomaly\na,0.25\nb,0.5\n", "anomaly=0.25,0.5", "??", "a", NULL},
};

static void
test_reads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reads); i++) {
    const Read *read = &reads[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table = parse (read->text, NULL, &error);
    g_test_message ("%s: %s", read->what, table ? table->told : error->message);
    g_assert_no_error (error);
    g_autofree char *values = values_of (table), *marks = marks_of (table);
    g_assert_cmpstr (values, ==, read->values);
    g_assert_cmpstr (marks, ==, read->marks);
    g_assert_cmpstr (table->names ? limen_name_list_at (table->names, 0) : NULL, ==,
                     read->first_name);
    if (read->told && !strstr (table->told, read->told))
      g_error ("%s: “%s” does not say “%s”", read->what, table->told, read->told);
  }
}

typedef struct {
  const char *what, *text;
  LimenError code;
  const char *says;
} Refused;

static const Refused refused[] = {
    {"nothing", "", LIMEN_ERROR_FORMAT, "is empty"},
    {"blank rows", "\n\n  \n", LIMEN_ERROR_FORMAT, "is empty"},
    {"no numbers", "a,b\nc,d\ne,f\n", LIMEN_ERROR_FORMAT, "no column of numbers"},
    {"prose", "This is a letter, and no table.\nIt has two lines.\n", LIMEN_ERROR_FORMAT,
     "no column of numbers"},
    {"a header alone", "name,score\n", LIMEN_ERROR_FORMAT, "no row below"},
    {"two headers", "name,score\nfile,nats\na,1\nb,2\n", LIMEN_ERROR_FORMAT, "rows 1 and 2"},
    {"shorter", "name,score,label\na,1,0\nb,2\n", LIMEN_ERROR_DAMAGED, "fewer cells in row 3 (2)"},
    {"longer", "name,score\na,1\nb,2,3\n", LIMEN_ERROR_DAMAGED, "more cells in row 3 (3)"},
    {"a word", "name,score\na,1\nb,2\nc,3\nd,4\ne,5\nf,6\ng,7\nh,8\ni,9\nj,10\nk,high\n",
     LIMEN_ERROR_DAMAGED, "text in row 12 (“high”), column 2"},
    {"a slip", "name,score\na,1\nb,2O\n", LIMEN_ERROR_DAMAGED, "(“2O”), column 2"},
    {"a percentage", "name,score\na,50 %\nb,20 %\n", LIMEN_ERROR_DAMAGED, "percentage"},
    {"both marks", "name;score\na;0,5\nb;0.5\n", LIMEN_ERROR_DAMAGED, "decimal comma in row 2"},
    {"one that may be both", "name;score\na;1,234\nb;2\n", LIMEN_ERROR_DAMAGED, "“1,234” in row 2"},
    {"only missing", "name,score\na,nan\nb,nan\nc,\n", LIMEN_ERROR_DAMAGED, "no number in “score”"},
    {"three words", "score,label\n1,cat\n2,dog\n3,bird\n", LIMEN_ERROR_MISMATCH,
     "(cat, dog, bird) in “label”"},
    {"digits of classes", "score,label\n1,7\n2,3\n3,0\n", LIMEN_ERROR_MISMATCH, "(7, 3, 0)"},
    {"a mark that is not closed", "name,score\n\"a,1\nb,2\n", LIMEN_ERROR_DAMAGED, "never closed"},
    {"bytes", "\x89PNG\r\n\x1a\n", LIMEN_ERROR_FORMAT, "not a table"},
    {"a page", "<html><table>", LIMEN_ERROR_FORMAT, "is a page"},
    {"JSON", "{\"score\": [1, 2]}", LIMEN_ERROR_FORMAT, "is JSON"},
};

static void
test_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table = parse (refused[i].text, NULL, &error);
    g_test_message ("%s: %s", refused[i].what, table ? table->told : error->message);
    g_assert_null (table);
    g_assert_error (error, LIMEN_ERROR, (int)refused[i].code);
    assert_sentence (error, "some.csv");
    if (!strstr (error->message, refused[i].says))
      g_error ("“%s” does not say “%s”", error->message, refused[i].says);
  }
}

/* A row of images has more numbers than a detector has scores. */
static void
test_refuses_images (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < 3 * 784; i++)
    g_string_append_printf (text, "%d%c", i % 251, i % 784 == 783 ? '\n' : ',');
  g_assert_null (parse (text->str, NULL, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_FORMAT);
  assert_sentence (error, "784 columns");
}

/* -- what the user says -- */

static void
test_options (void)
{
  static const char text[] = "file,a,b,c,kind\nx,1,2,0,cat\ny,3,4,1,dog\nz,5,6,1,cow\n";
  const struct {
    LimenScoreTableOptions options;
    const char *values, *marks, *first_name;
  } cases[] = {
      {{.columns = (const char *const[]){"b", NULL}, .no_labels = TRUE}, "b=2,4,6", "???", "x"},
      {{.columns = (const char *const[]){"B", "a", NULL}, .labels = "c"},
       "b=2,4,6;a=1,3,5",
       "naa",
       "x"},
      {{.columns = (const char *const[]){"2", NULL}, .labels = "5", .normal_label = "Cat"},
       "a=1,3,5",
       "naa",
       "x"},
      {{.columns = (const char *const[]){"column 2", NULL}, .no_labels = TRUE}, NULL, NULL, NULL},
      {{.names = "kind", .no_labels = TRUE, .columns = (const char *const[]){"a", NULL}},
       "a=1,3,5",
       "???",
       "cat"},
      {{.labels = "kind", .normal_label = "horse"}, NULL, NULL, NULL},
      {{.labels = "sort"}, NULL, NULL, NULL},
      {{.names = "9"}, NULL, NULL, NULL},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LimenScoreTable) table = parse (text, &cases[i].options, &error);
    g_test_message ("%zu: %s", i, table ? table->told : error->message);
    if (!cases[i].values) {
      g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
      assert_sentence (error, "some.csv");
      continue;
    }
    g_assert_no_error (error);
    g_autofree char *values = values_of (table), *marks = marks_of (table);
    g_assert_cmpstr (values, ==, cases[i].values);
    g_assert_cmpstr (marks, ==, cases[i].marks);
    g_assert_cmpstr (limen_name_list_at (table->names, 0), ==, cases[i].first_name);
  }
}

static void
test_find (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenScoreTable) table = parse ("knn,anomaly_score,time\n1,2,3\n", NULL, NULL);
  guint column;
  g_assert_cmpuint (table->best, ==, 1);
  g_assert_true (limen_score_table_find (table, "KNN", &column, NULL));
  g_assert_cmpuint (column, ==, 0);
  g_assert_false (limen_score_table_find (table, "time", &column, &error));
  g_assert_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT);
  assert_sentence (error, "“knn” and “anomaly_score”");
}

static void
test_image_paths (void)
{
  static const char text[] = "image_path,score\nimages/a.png,1\nimages/b.png,2\n";
  g_autofree char *folder = make_folder (), *picture = write_file (folder, "images/a.png", "x", 1);
  g_autofree char *path = write_file (folder, "scores.csv", text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (LimenScoreTable) table =
      limen_score_table_load ((const char *const *)&path, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *found = limen_score_table_image_path (table, 0);
  g_assert_cmpstr (found, ==, picture);
  g_assert_null (limen_score_table_image_path (table, 1));
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score-table/reads", test_reads);
  g_test_add_func ("/score-table/refuses", test_refuses);
  g_test_add_func ("/score-table/refuses-images", test_refuses_images);
  g_test_add_func ("/score-table/options", test_options);
  g_test_add_func ("/score-table/find", test_find);
  g_test_add_func ("/score-table/image-paths", test_image_paths);
  return g_test_run ();
}

/* Names of folders and files, as data sets and their owners have them, and what they say. */
#include "model/data/role-words.h"

#include <string.h>

static void
assert_all_say (const char *const *names, LimenNameSays says)
{
  for (; *names; names++)
    if (limen_name_says (*names) != says)
      g_error ("“%s” says %d, not %d", *names, limen_name_says (*names), says);
}

static void
test_normal (void)
{
  const char *const names[] = {"good",
                               "Good",
                               "GOOD",
                               "good_",
                               "_good",
                               "good images",
                               "good-images",
                               "01_good",
                               "good01",
                               "ok",
                               "OK",
                               "okay",
                               "OK_front",
                               "ok_front",
                               "images_ok",
                               "okImages",
                               "OKImages",
                               "all.ok",
                               "normal",
                               "Normal",
                               "NORMAL",
                               "normals",
                               "my-normal-images",
                               "normal.zip",
                               "normal.tar.gz",
                               "normal_dataset",
                               "train_good",
                               "good_train",
                               "test-normal",
                               "normal (2)",
                               "healthy",
                               "Healthy_Leaf",
                               "inlier",
                               "inliers",
                               "intact",
                               "nominal",
                               "passed",
                               "pass",
                               "perfect",
                               NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_NORMAL);
}

static void
test_normal_by_negation (void)
{
  const char *const names[] = {"no_defect",
                               "no-defects",
                               "no defect",
                               "NoDefect",
                               "noDefects",
                               "nodefect",
                               "non-defective",
                               "non_defect",
                               "nonDefective",
                               "nondefective",
                               "not_defective",
                               "not-a-defect",
                               "without_defects",
                               "without any defects",
                               "no_visible_defects",
                               "un-damaged",
                               "undamaged",
                               "unbroken",
                               "uncracked",
                               "Non-cracked",
                               "not_broken",
                               "no_anomaly",
                               "no-anomalies",
                               "non-anomalous",
                               "not_anomalous",
                               "not_abnormal",
                               "non_abnormal",
                               "no_crack_defects",
                               "not_bad",
                               "not-ng",
                               "no_scratches",
                               "not_faulty",
                               "defect-free",
                               "defect_free",
                               "DefectFree",
                               "defectfree",
                               "Defects.Free",
                               "flawless",
                               "faultless",
                               "free",
                               "MT_Free",
                               "MTFree",
                               "mt-free-01",
                               "crack-free",
                               "free_of_cracks",
                               "free from any scratches",
                               "parts-free-of-defects",
                               "zero_faults",
                               "ZeroDefects",
                               "crack-less",
                               "defect_less_parts",
                               "scratches_none",
                               "defects-none",
                               "none_defective",
                               "hasn't cracks",
                               "doesn't have defects",
                               "isn’t_broken",
                               "aren't-bad",
                               "keine_defekte",
                               "Kein Defekt",
                               "ohne-defekt",
                               "defektfrei",
                               "defekt-frei",
                               "sans_defects",
                               "has_no_cracks",
                               "good_not_bad",
                               "ok_no_defects",
                               "good_no-flash",
                               "normal_no_2",
                               NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_NORMAL);
}

static void
test_anomaly (void)
{
  const char *const names[] = {"def",
                               "def_front",
                               "DEF",
                               "defect",
                               "DEFECT",
                               "Defects",
                               "defective",
                               "some defects",
                               "defects2",
                               "02defect",
                               "train_defect",
                               "bad",
                               "Bad-ones",
                               "bad.npz",
                               "ko",
                               "KO",
                               "img_ko",
                               "ng",
                               "NG",
                               "NG_0001.png",
                               "NG-parts",
                               "nok",
                               "NOK",
                               "nOK",
                               "NotOK",
                               "notok",
                               "not_ok",
                               "n_ok",
                               "faulty",
                               "fault",
                               "outlier",
                               "Outliers",
                               "ood",
                               "abnormal",
                               "Abnormality",
                               "anormal",
                               "anomaly",
                               "anomalies",
                               "anomalous",
                               "Anomalie",
                               "anomal",
                               "defect_crack",
                               "fail",
                               "failed",
                               "rejects",
                               "diseased",
                               "defect_no_5",
                               "Tile-Defect",
                               "anomaly_images",
                               NULL};
  const char *const kinds[] = {"damaged", "broken",    "broken_large", "crack", "Cracks",
                               "cracked", "scratched", "Scratch_02",   "dents", "contaminated",
                               NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_ANOMALY);
  assert_all_say (kinds, LIMEN_NAME_SAYS_KIND);
}

static void
test_anomaly_by_negation (void)
{
  const char *const names[] = {"isn't ok",
                               "wasn’t good",
                               "can't_be_normal",
                               "CAN'T_BE_OK",
                               "not_free_of_faults",
                               "isn't free from defects",
                               "doesn't look good",
                               "part's_defects",
                               "0_defect",
                               "defects_0",
                               "nicht_defektfrei",
                               "keine-ok",
                               "not_good",
                               "not-good",
                               "notGood",
                               "NotGood",
                               "notgood",
                               "not good",
                               "no_good",
                               "nogood",
                               "non-normal",
                               "non_normal",
                               "nonnormal",
                               "NonNormal",
                               "not_normal",
                               "un-healthy",
                               "unhealthy",
                               "not_healthy",
                               "not-intact",
                               "not_perfect",
                               "imperfect",
                               "ab-normal",
                               "not-defect-free",
                               "not_defect_free",
                               "not_so_good",
                               "NOT_OK_parts",
                               "not_passed",
                               "bad_not_good",
                               "without_good",
                               NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_ANOMALY);
}

static void
test_train (void)
{
  const char *const names[] = {"train",   "Train",     "training",  "train-images-idx3-ubyte.gz",
                               "train_2", "train (1)", "train.zip", NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_TRAIN);
}

static void
test_answers (void)
{
  const char *const yes[] = {"yes",         "Yes", "positive",         "Positive",
                             "positives",   "pos", "positive_samples", "positive images",
                             "01_positive", NULL};
  const char *const no[] = {"no",        "NO",  "negative",         "Negative",
                            "negatives", "neg", "negative-samples", "02_negative",
                            NULL};
  assert_all_say (yes, LIMEN_NAME_SAYS_YES);
  assert_all_say (no, LIMEN_NAME_SAYS_NO);
}

static void
test_unclear (void)
{
  const char *const names[] = {"good_and_bad",
                               "0_defects", /* how many, or which class */
                               "0 cracks",
                               "less_defective",
                               "less-good",
                               "normal-and-defect",
                               "ok_ng",
                               "OK_NG",
                               "good_or_bad",
                               "normal_vs_abnormal",
                               "maybe-defect",
                               "possible_defects",
                               "pseudo_defect",
                               "false_defect",
                               "near-normal",
                               "semi-good",
                               "anomaly-detection",
                               "AnomalyDetection",
                               "defect_detection",
                               "surface-defect-inspection",
                               "defect-segmentation",
                               "normal_detection",
                               "defect_dataset",
                               "NEU surface defect database",
                               "not_train",
                               "train_test_split",
                               "positive_negative",
                               "yes_no",
                               "yes_tumor",
                               "false_positive",
                               "true_negative",
                               "defect_no",
                               "defect_negative",
                               "normal_positive",
                               "no_label_good",
                               NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_UNCLEAR);
}

static void
test_nothing (void)
{
  const char *const names[] = {"",
                               "0",
                               "001",
                               "images",
                               "data",
                               "test",
                               "validation",
                               "ground_truth",
                               "x",
                               "PNEUMONIA",
                               "pneumonia.zip",
                               "MT_Blowhole",
                               "contamination",
                               "goodness",
                               "goods",
                               "paranormal",
                               "gooddefect",
                               "normality",
                               "token",
                               "book",
                               "look",
                               "Bangkok",
                               "kong",
                               "Tokyo",
                               "okra",
                               "defend",
                               "definition",
                               "definite",
                               "undefined",
                               "undef",
                               "badge",
                               "trains",
                               "strain",
                               "constrain",
                               "broke",
                               "note",
                               "node",
                               "nook",
                               "knowledge",
                               "union",
                               "number",
                               "freedom",
                               "free-images",
                               "royalty-free",
                               "license_free",
                               "notable",
                               "nonfiction",
                               "unlock",
                               "yesterday",
                               "position",
                               "negate",
                               "t10k-images-idx3-ubyte.gz",
                               "kmnist",
                               "img_no_12.png",
                               "no_tumor",
                               "no-flash",
                               "not_labelled_yet",
                               "failsafe",
                               "passport",
                               "cat",
                               "dog",
                               "\303\251good",
                               NULL};
  assert_all_say (names, LIMEN_NAME_SAYS_NOTHING);
}

/* Names of any bytes and lengths are read to their end, and say something. */
static void
test_any_bytes (void)
{
  char name[256];
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (guint i = 0; i < 20000; i++) {
    static const char letters[] = "nogdbaefrtNOGDB_-. 019\xc3\xa9\xff";
    guint length = (guint)g_rand_int_range (rand, 0, 256);
    for (guint k = 0; k < length; k++)
      name[k] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
    name[length] = '\0';
    g_assert_cmpint (limen_name_says (name), <=, LIMEN_NAME_SAYS_UNCLEAR);
  }
  memset (name, 'a', 255);
  name[255] = '\0';
  g_assert_cmpint (limen_name_says (name), ==, LIMEN_NAME_SAYS_NOTHING);
  for (guint i = 0; i < 255; i += 2)
    memcpy (name + i, "n-", 2);
  memcpy (name + 248, "-ng", 4); /* the last of 125 words */
  g_assert_cmpint (limen_name_says (name), ==, LIMEN_NAME_SAYS_ANOMALY);
}

static void
test_plain_aside_split (void)
{
  g_assert_true (limen_name_is_plain ("0"));
  g_assert_true (limen_name_is_plain ("images_01.png"));
  g_assert_false (limen_name_is_plain ("PNEUMONIA"));
  g_assert_true (limen_name_is_aside ("ground_truth"));
  g_assert_true (limen_name_is_aside ("Labels"));
  g_assert_false (limen_name_is_aside ("scratch"));
  g_assert_true (limen_name_is_split ("test"));
  g_assert_true (limen_name_is_split ("train2"));
  g_assert_true (limen_name_is_split ("test_images"));
  g_assert_false (limen_name_is_split ("latest"));
  g_assert_false (limen_name_is_split ("my-test"));
  g_assert_false (limen_name_is_split ("images"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/role-words/normal", test_normal);
  g_test_add_func ("/role-words/normal-by-negation", test_normal_by_negation);
  g_test_add_func ("/role-words/anomaly", test_anomaly);
  g_test_add_func ("/role-words/anomaly-by-negation", test_anomaly_by_negation);
  g_test_add_func ("/role-words/train", test_train);
  g_test_add_func ("/role-words/answers", test_answers);
  g_test_add_func ("/role-words/unclear", test_unclear);
  g_test_add_func ("/role-words/nothing", test_nothing);
  g_test_add_func ("/role-words/any-bytes", test_any_bytes);
  g_test_add_func ("/role-words/plain-aside-split", test_plain_aside_split);
  return g_test_run ();
}

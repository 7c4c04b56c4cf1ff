#include "ui/study/detector/measure-words.h"

#define INVITATION(line) "Drag " line " until no normal image is flagged. What does it cost?"

static const LimenMeasureWords words_of_side[] = {
    [LIMEN_SIDE_LOW] = {.beside = "Below the mean",
                        .deviations = "Standard deviations below the mean",
                        .squeezed = "Squeezed far below",
                        .auroc = "The probability that a normal image scores above an anomaly: 1 "
                                 "separates perfectly, 0.5 not at all.",
                        .invitation = INVITATION ("the line"),
                        .back = "Put the threshold 3 standard deviations below the mean of the "
                                "validation scores"},
    [LIMEN_SIDE_HIGH] = {.beside = "Above the mean",
                         .deviations = "Standard deviations above the mean",
                         .squeezed = "Squeezed far above",
                         .auroc = "The probability that an anomaly scores above a normal image: 1 "
                                  "separates perfectly, 0.5 not at all.",
                         .invitation = INVITATION ("the line"),
                         .back = "Put the threshold 3 standard deviations above the mean of the "
                                 "validation scores"},
    [LIMEN_SIDE_BOTH] = {.beside = "From the mean",
                         .deviations = "Standard deviations from the mean",
                         .squeezed = "Squeezed on both sides",
                         .auroc = "The probability that an anomaly scores farther from the mean of "
                                  "the validation scores than a normal image: 1 separates "
                                  "perfectly, 0.5 not at all.",
                         .invitation = INVITATION ("a line"),
                         .back = "Put the lines 3 standard deviations from the mean of the "
                                 "validation scores, on either side"},
};

LimenMeasureWords
limen_measure_words (const LimenMeasure *measure)
{
  g_return_val_if_fail (measure != NULL, (LimenMeasureWords){0});
  LimenMeasureWords words = words_of_side[measure->side];
  gboolean own = measure == limen_measure_log_likelihood (), unit = *measure->unit != '\0';
  words.histogram = g_strconcat ("Histogram of ", measure->title, own ? "s" : "", NULL);
  words.threshold = g_strconcat ("Threshold", unit ? " in " : "", measure->unit, NULL);
  words.validation = g_strconcat ("mean ± std", unit ? ", " : "", measure->unit, NULL);
  return words;
}

void
limen_measure_words_clear (LimenMeasureWords *words)
{
  g_return_if_fail (words != NULL);
  g_free (words->histogram);
  g_free (words->threshold);
  g_free (words->validation);
}

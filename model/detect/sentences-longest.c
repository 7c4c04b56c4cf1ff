/* How long what is said of a rule can get, for those who keep room for it. */
#include "model/detect/sentences-rule.h"

#define TESTED                                                                                     \
  "; of the normal test images it flags 99.99 % (95 % wherever the line is: 99.99–99.99 %)"

const char *
limen_rule_longest_promise (LimenRuleKind kind)
{
  switch (kind) {
  case LIMEN_RULE_SIGMAS:
    return "Mean − 3.25 standard deviations flags 0.135 % of Gaussian scores, and promises nothing "
           "of others" TESTED ": their tail is heavier than that of the Gaussian fitted to the "
           "validation scores.";
  case LIMEN_RULE_FALSE_ALARMS:
    return "With 99.99 % confidence at most 99.99 % of all normal images are flagged, if they are "
           "drawn as the 10 000 validation images were: the line stands at the 1 000th most "
           "unusual of these" TESTED ", more than that: by bad luck, or since they are not drawn "
           "as the validation images were.";
  case LIMEN_RULE_CONFORMAL:
    return "On average over validation sets, and not with each of them, at most 99.99 % of all "
           "normal images are flagged, if they are drawn as the 10 000 validation images "
           "were" TESTED ", more than that: by bad luck, or since they are not drawn as the "
           "validation images were.";
  case LIMEN_RULE_COST:
    return "The line was found by looking at the anomalies: an image costs 0.000123 on average "
           "among them and the validation images, the least there is, and more is to be expected "
           "among others" TESTED "; the share of the anomalies that are kept is of those that set "
           "the line, and too low to be expected of others.";
  case LIMEN_RULE_LEAST_ERRORS:
    return "The line was found by looking at the anomalies: 1 000 of 10 000 validation images are "
           "flagged and 1 000 of 10 000 anomalies are kept, the fewest errors there are, and more "
           "are to be expected among others" TESTED "; the share of the anomalies that are kept "
           "is of those that set the line, and too low to be expected of others.";
  default:
    return "A threshold that is given promises nothing beforehand" TESTED ".";
  }
}

const char *
limen_rule_longest_anywhere (void)
{
  return "The rule has seen none of the images that it is tested with, and the intervals hold, "
         "each with 95 % confidence, where it was chosen before they were looked at.";
}

#include "ui/study/detector/picture-marks.h"

void
limen_picture_marks_fill (LimenPictureMarks *marks, const LimenPictures *pictures,
                          const LimenDetector *detector)
{
  g_return_if_fail (marks != NULL && pictures != NULL);
  *marks = (LimenPictureMarks){0};
  for (guint i = 0; i < limen_pictures_n (pictures) && marks->n < LIMEN_MOST_MARKS; i++) {
    const LimenSinglePicture *one = limen_pictures_at (pictures, i);
    if (!limen_picture_is_among (one, detector))
      continue;
    LimenSingle single = limen_picture_single (one, detector);
    char *said = marks->said[marks->n] = limen_picture_line (one, detector);
    marks->mark[marks->n++] = (LimenHistogramMark){one->name,
                                                   said,
                                                   one->path ? i + 1 : 0,
                                                   one->score,
                                                   detector && limen_single_is_flagged (&single),
                                                   one->path == NULL};
  }
}

void
limen_picture_marks_clear (LimenPictureMarks *marks)
{
  g_return_if_fail (marks != NULL);
  for (guint i = 0; i < marks->n; i++)
    g_free (marks->said[i]);
  *marks = (LimenPictureMarks){0};
}

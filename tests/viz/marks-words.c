#include "marks.h"

#include <math.h>

/* --- Texts --- */

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return fmin (a->x + a->width, b->x + b->width) - fmax (a->x, b->x) > 0.5 &&
         fmin (a->y + a->height, b->y + b->height) - fmax (a->y, b->y) > 0.5;
}

/* By the edge of the picture, or a clip. */
static gboolean
is_cut (const LimenMarkedText *text)
{
  const LimenRect *ink = &text->ink, *clip = &text->clip;
  return ink->x < clip->x - 0.5 || ink->y < clip->y - 0.5 ||
         ink->x + ink->width > clip->x + clip->width + 0.5 ||
         ink->y + ink->height > clip->y + clip->height + 0.5;
}

static char *
sentence (const LimenMarkedText *text, const char *what, const char *other)
{
  const LimenRect *ink = &text->ink;
  return g_strdup_printf ("“%s” at %.1f %.1f %.1f × %.1f %s%s", text->string, ink->x, ink->y,
                          ink->width, ink->height, what, other);
}

GPtrArray *
limen_marks_crowded (const LimenMarks *marks)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < marks->text->len; i++) {
    const LimenMarkedText *text = g_ptr_array_index (marks->text, i);
    if (is_cut (text))
      g_ptr_array_add (out, sentence (text, "is cut", ""));
    for (guint j = 0; j < i; j++) {
      const LimenMarkedText *other = g_ptr_array_index (marks->text, j);
      if (overlap (&text->ink, &other->ink))
        g_ptr_array_add (out, sentence (text, "lies over ", other->string));
    }
  }
  return out;
}

/* --- Lines --- */

static gboolean
ends_a_word (char c)
{
  return c == '\0' || c == ' ' || c == ',';
}

/* Both at a number that stands alone: how many bytes each takes; FALSE: compare letters. */
static gboolean
numbers_are_near (const char **a, const char **b, gboolean *near)
{
  char *end_a, *end_b;
  double x = g_ascii_strtod (*a, &end_a), y = g_ascii_strtod (*b, &end_b);
  if (end_a == *a || end_b == *b || !ends_a_word (*end_a) || !ends_a_word (*end_b))
    return FALSE;
  *near = fabs (x - y) < 0.15;
  *a = end_a;
  *b = end_b;
  return TRUE;
}

static gboolean
colours_are_near (const char **a, const char **b, gboolean *near)
{
  if (**a != '#' || **b != '#')
    return FALSE;
  char *end_a, *end_b;
  guint64 x = g_ascii_strtoull (*a + 1, &end_a, 16), y = g_ascii_strtoull (*b + 1, &end_b, 16);
  *near = end_a - *a == end_b - *b;
  for (int shift = 0; shift < 32; shift += 8)
    *near &= ABS ((int)(x >> shift & 255) - (int)(y >> shift & 255)) < 3;
  *a = end_a;
  *b = end_b;
  return TRUE;
}

gboolean
limen_mark_line_is (const char *line, const char *other)
{
  gboolean quoted = FALSE, word = TRUE, near = TRUE;
  const char *a = line, *b = other;
  while (near && (*a || *b)) {
    if (!quoted && word && (numbers_are_near (&a, &b, &near) || colours_are_near (&a, &b, &near))) {
      word = FALSE;
      continue;
    }
    near = *a == *b;
    quoted ^= *a == '"';
    word = *a == ' ';
    a += *a != '\0';
    b += *b != '\0';
  }
  return near;
}

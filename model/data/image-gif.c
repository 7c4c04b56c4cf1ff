#include "model/data/image-file-private.h"

#include <gif_lib.h>
#include <string.h>

typedef struct {
  LimenDecoder *decoder;
  const guchar *data;
  gsize size, at;
  GifFileType *gif;
  GifColorType colours[256];
  guint n_colours;
  LimenImages *images;
} Gif;

/* Called by giflib */
static int
read_cb (GifFileType *gif, GifByteType *out, int n)
{
  Gif *self = gif->UserData;
  gsize step = MIN ((gsize)MAX (n, 0), self->size - self->at);
  memcpy (out, self->data + self->at, step);
  self->at += step;
  return (int)step;
}

/* A graphic control extension says which colour the background shows through, until the next frame.
 */
static gboolean
pass_extension (Gif *self, int *transparent)
{
  int code;
  GifByteType *block; /* a length and as many bytes */
  if (DGifGetExtension (self->gif, &code, &block) != GIF_OK)
    return FALSE;
  if (code == GRAPHICS_EXT_FUNC_CODE && block && block[0] >= 4)
    *transparent = block[1] & 1 ? block[4] : -1;
  while (block)
    if (DGifGetExtensionNext (self->gif, &block) != GIF_OK)
      return FALSE;
  return TRUE;
}

/* Stops before the pixels of the first frame. */
static gboolean
find_frame (Gif *self, int *transparent)
{
  GifRecordType type;
  do
    if (DGifGetRecordType (self->gif, &type) != GIF_OK)
      return FALSE;
  while (type == EXTENSION_RECORD_TYPE && pass_extension (self, transparent));
  return type == IMAGE_DESC_RECORD_TYPE && DGifGetImageDesc (self->gif) == GIF_OK;
}

/* Of the frame, or of the whole; what shows through is white. */
static gboolean
read_colours (Gif *self, int transparent)
{
  const ColorMapObject *map =
      self->gif->Image.ColorMap ? self->gif->Image.ColorMap : self->gif->SColorMap;
  if (!map)
    return FALSE;
  self->n_colours = (guint)map->ColorCount;
  for (guint i = 0; i < self->n_colours; i++)
    self->colours[i] = map->Colors[i];
  if (transparent >= 0) {
    self->colours[transparent] = (GifColorType){255, 255, 255};
    self->n_colours = MAX (self->n_colours, (guint)transparent + 1);
  }
  return TRUE;
}

/* What lies beside the screen is not seen. */
static gboolean
put_row (const Gif *self, GifByteType *row, guint y)
{
  const GifImageDesc *frame = &self->gif->Image;
  LimenImages *images = self->images;
  if (g_cancellable_is_cancelled (self->decoder->cancellable) ||
      DGifGetLine (self->gif, row, frame->Width) != GIF_OK)
    return FALSE;
  for (guint i = 0, x = (guint)frame->Left; i < (guint)frame->Width; i++, x++) {
    if (row[i] >= self->n_colours)
      return FALSE;
    const GifColorType *colour = &self->colours[row[i]];
    if (y < images->height && x < images->width)
      limen_put_u8 (images, (gsize)y * images->width + x, colour->Red, colour->Green, colour->Blue,
                    255);
  }
  return TRUE;
}

/* Of an interlaced frame each eighth row comes first, then those between. */
static gboolean
put_frame (const Gif *self)
{
  static const int firsts[] = {0, 4, 2, 1, 0}, steps[] = {8, 8, 4, 2, 1};
  const GifImageDesc *frame = &self->gif->Image;
  g_autofree GifByteType *row = g_malloc ((gsize)frame->Width + 1);
  for (guint pass = frame->Interlace ? 0 : 4; pass < (frame->Interlace ? 4 : 5); pass++)
    for (int y = firsts[pass]; y < frame->Height; y += steps[pass])
      if (!put_row (self, row, (guint)(frame->Top + y)))
        return FALSE;
  return TRUE;
}

/* A screen of no size is as large as its frame. */
static gboolean
make_screen (Gif *self, GError **error)
{
  const GifImageDesc *frame = &self->gif->Image;
  guint width = (guint)(self->gif->SWidth ? self->gif->SWidth : frame->Width);
  guint height = (guint)(self->gif->SHeight ? self->gif->SHeight : frame->Height);
  if (!limen_decoder_admit (self->decoder, MAX (width, (guint)frame->Width),
                            MAX (height, (guint)frame->Height), error))
    return FALSE;
  self->images = limen_decoder_images (self->decoder, width, height, LIMEN_PIXELS_U8, error);
  if (self->images)
    memset (self->images->u8, 255, (gsize)width * height * (self->images->is_colour ? 3 : 1));
  return self->images != NULL;
}

LimenImages *
limen_decode_gif (LimenDecoder *decoder, GError **error)
{
  Gif self = {decoder};
  int transparent = -1;
  self.data = g_bytes_get_data (decoder->bytes, &self.size);
  self.gif = DGifOpen (&self, read_cb, NULL);
  if (!self.gif || !find_frame (&self, &transparent))
    limen_decoder_set_damaged (decoder, "its first frame is cut off", error);
  else if (!read_colours (&self, transparent))
    limen_decoder_set_damaged (decoder, "it has no colours", error);
  else if (make_screen (&self, error) && !put_frame (&self)) {
    limen_decoder_set_damaged (decoder, "its first frame is cut off or damaged", error);
    g_clear_pointer (&self.images, limen_images_free);
  }
  if (self.gif)
    DGifCloseFile (self.gif, NULL);
  return self.images;
}

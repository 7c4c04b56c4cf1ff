/* A set on its way from files into memory: what its load knows, and what becomes of one file.
 * image-set-load.c goes through paths, folders and archives, image-set-item.c reads what it finds.
 * Only they need it, and photos-load.c, which keeps what is found in its own way. */
#pragma once

#include "model/data/file-kind.h"
#include "model/data/image-set-private.h"
#include "model/data/left-out.h"
#include "model/data/pixel-budget.h"

/** LIMEN_MAX_PICTURE_BYTES: of a picture's file, and of a member of an archive */
#define LIMEN_MAX_PICTURE_BYTES ((gsize)256 << 20)

typedef struct LimenSetLoad LimenSetLoad;
typedef struct LimenSetItem LimenSetItem;

/**
 * LimenSetAddFunc: keeps images of their own size
 * @item: where they come from; it has neither path nor bytes where that is a page of a stack
 * @images: (transfer full): without pixels where they are more than load->most_pixels
 *
 * Returns: FALSE with @error where there is no room for any more
 */
typedef gboolean (*LimenSetAddFunc) (LimenSetLoad *load, const LimenSetItem *item,
                                     LimenImages *images, gboolean is_array, GError **error);

/* What a load knows on its way. */
struct LimenSetLoad {
  LimenImageSetOptions options;  /* the size is known from the first image on */
  LimenImageSetBuilder *builder; /* takes the images, or only what is told of them where there is */
  LimenSetAddFunc add;           /* nullable: that keeps them instead, for */
  gpointer add_data;
  guint64 most_pixels; /* of a picture that is kept; 0: any number */
  guint n_images;      /* that were found */
  GPtrArray *problems;
  gboolean full;                     /* no further image has room */
  LimenPixelBudget budget;           /* of the current path */
  gboolean budget_is_spent;          /* on another path */
  GError *over;                      /* nullable: it is used up */
  GPtrArray *left_out[LIMEN_N_LEFT]; /* names of files of the current path */
  char *whole; /* nullable: a sentence: what a member says the current path is */
  guint path_index, n_paths;
  double shown_progress;
  LimenRun run;
};

/* One file, or one member of an archive. */
struct LimenSetItem {
  const LimenSetLoad *load;
  char *path;    /* NULL for a member, */
  GBytes *bytes; /* whose content this is */
  char *name;    /* in the set */
  char *shown;   /* in messages */
  LimenFileKind kind;
  gboolean is_gzipped; /* what is of @kind is packed in @bytes */
  gboolean is_stack;   /* of pages, which are decoded when it joins the set */
  LimenPixelCharge charge;
  LimenImages *images;
  gboolean resampled;
  GError *error;
};

/** limen_set_load_paths: walks through @paths, of a load of which options, builder, problems, run
 * and what keeps the images are set. Returns: (transfer full): what was built, or NULL with @error
 * where no image was found or it was cancelled */
LimenImageSet *limen_set_load_paths (LimenSetLoad *load, const char *const *paths, GError **error);

/** limen_set_load_report: adds a problem about @path, unless nobody wants to know any more */
void limen_set_load_report (LimenSetLoad *load, const char *path, const char *message);
/** limen_set_load_is_done: no further image is wanted, or has room */
gboolean limen_set_load_is_done (const LimenSetLoad *load);

/**
 * limen_set_item_new:
 * @path: (nullable): of a file; of a member @bytes is the content instead
 * @name: in the set; @shown: in messages
 */
LimenSetItem *limen_set_item_new (LimenSetLoad *load, const char *path, GBytes *bytes,
                                  const char *name, const char *shown);
void limen_set_item_free (LimenSetItem *item);

/** limen_set_item_decode: finds its kind and, of a picture, the image, or item->error; of many
 * items on many threads */
void limen_set_item_decode (LimenSetItem *item);
/** limen_set_item_join: adds the images of an item that was decoded and is no archive. Returns:
 * FALSE with @error where there are none, or with load->over where the budget is used up */
gboolean limen_set_item_join (LimenSetItem *item, LimenSetLoad *load, GError **error);
/** limen_set_item_join_array: adds @images (transfer full) (nullable) as "name #0", "name #1", …
 * Returns: FALSE where there are none, or with @error where there is no room */
gboolean limen_set_item_join_array (const LimenSetItem *item, LimenSetLoad *load,
                                    LimenImages *images, GError **error);

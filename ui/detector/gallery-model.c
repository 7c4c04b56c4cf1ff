#include "ui/detector/gallery-model.h"

struct _LimenGalleryModel {
  GObject parent_instance;

  LimenGallery *gallery; /* nullable */
};

static void limen_gallery_model_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LimenGalleryModel, limen_gallery_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      limen_gallery_model_list_init))

static GType
get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
n_of (const LimenGallery *gallery)
{
  return gallery ? gallery->n : 0;
}

static guint
get_n_items (GListModel *list)
{
  return n_of (LIMEN_GALLERY_MODEL (list)->gallery);
}

static gpointer
get_item (GListModel *list, guint position)
{
  return position < get_n_items (list) ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static gboolean
is_same (const LimenGallery *a, guint i, const LimenGallery *b, guint j)
{
  return a->item[i].key.role == b->item[j].key.role && a->item[i].key.index == b->item[j].key.index;
}

void
limen_gallery_model_take (LimenGalleryModel *self, LimenGallery *gallery)
{
  g_return_if_fail (LIMEN_IS_GALLERY_MODEL (self));
  LimenGallery *old = self->gallery;
  guint n_old = n_of (old), n = n_of (gallery), first = 0, last = 0, most = MIN (n_old, n);
  while (first < most && is_same (old, first, gallery, first))
    first++;
  while (last < most - first && is_same (old, n_old - 1 - last, gallery, n - 1 - last))
    last++;
  self->gallery = gallery ? limen_gallery_ref (gallery) : NULL;
  g_clear_pointer (&old, limen_gallery_unref);
  if (n_old != n || first < n)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n_old - first - last, n - first - last);
}

LimenGallery *
limen_gallery_model_gallery (LimenGalleryModel *self)
{
  g_return_val_if_fail (LIMEN_IS_GALLERY_MODEL (self), NULL);
  return self->gallery;
}

/* -- the object -- */

static void
limen_gallery_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
limen_gallery_model_dispose (GObject *object)
{
  g_clear_pointer (&LIMEN_GALLERY_MODEL (object)->gallery, limen_gallery_unref);
  G_OBJECT_CLASS (limen_gallery_model_parent_class)->dispose (object);
}

static void
limen_gallery_model_class_init (LimenGalleryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limen_gallery_model_dispose;
}

static void
limen_gallery_model_init (LimenGalleryModel *self)
{
}

LimenGalleryModel *
limen_gallery_model_new (void)
{
  return g_object_new (LIMEN_TYPE_GALLERY_MODEL, NULL);
}

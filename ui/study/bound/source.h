/* Reads where x, p and q come from: files become a case, or a VAE and its images. */
#pragma once

#include "model/bound/vae-bound.h"
#include "model/latent/gaussian-model.h"
#include "ui/study/origin.h"

/**
 * LimenVaeSource:
 * @map: (nullable): NULL where the latent space has more than two dimensions
 * @vae_from, @images_from: with the hashes of their files
 */
typedef struct {
  LimenVae *vae;
  LimenVaeMap *map;
  LimenImageSet *images;
  LimenOrigin *vae_from, *images_from;
} LimenVaeSource;

LimenVaeSource *limen_vae_source_copy (const LimenVaeSource *source);
void limen_vae_source_free (LimenVaeSource *source);

/**
 * LimenBoundFiles: what came of a reading: a case, or a VAE with images, or both
 * @case_from: with the hash of its file; NULL as @gaussian_case
 */
typedef struct {
  LimenGaussianCase *gaussian_case;
  LimenOrigin *case_from;
  LimenVaeSource *vae;
} LimenBoundFiles;

void limen_bound_files_free (LimenBoundFiles *files);

/**
 * limen_bound_files_read:
 * @paths: NULL-terminated: a case (JSON), by which nothing else is needed; the weights of a VAE,
 * and images for it; what is not among them stays as in @before (nullable), or is what Limen brings
 * along
 *
 * Returns: (transfer full): or NULL with one sentence, or G_IO_ERROR_CANCELLED
 */
LimenBoundFiles *limen_bound_files_read (const char *const *paths, const LimenVaeSource *before,
                                         GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeSource, limen_vae_source_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenBoundFiles, limen_bound_files_free)

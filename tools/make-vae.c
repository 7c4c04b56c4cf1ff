/* make-vae FILE: trains the small VAE that Limen brings along and writes it.
 * make-vae FILE IMAGES: a larger one of those images, with 20 latent variables, 400 hidden units
 * and greys as they are.
 *
 * Some minutes at most; the same processor gives the same bytes, on any number of cores. */
#include "model/latent/vae-trainer.h"

#include <stdio.h>

/* A plane to look at, and what PyTorch's example makes. */
static const LimenVaeTrainerSettings plane = {
    .latent = 2, .hidden = 200, .batch = 200, .epochs = 40, .learning_rate = 0.005, .seed = 5};
static const LimenVaeTrainerSettings usual = {.latent = 20,
                                              .hidden = 400,
                                              .batch = 200,
                                              .epochs = 12,
                                              .learning_rate = 0.001,
                                              .greys = TRUE,
                                              .seed = 5};

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  double elbo = 0;
  if (argc != 2 && argc != 3) {
    fputs ("usage: make-vae FILE [IMAGES]\n", stderr);
    return 2;
  }
  const char *paths[] = {argc == 3 ? argv[2] : "builtin:digits:50000:1", NULL};
  g_autoptr (LimenImageSet) images = limen_image_set_load (paths, NULL, NULL, NULL, &error);
  g_autoptr (LimenVae) vae =
      images ? limen_vae_train (argc == 3 ? &usual : &plane, images, &elbo, NULL, &error) : NULL;
  if (!vae || !limen_vae_save (vae, argv[1], LIMEN_NUMBER_F16, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  printf ("%s: evidence lower bound %.2f nats\n", argv[1], elbo);
  return 0;
}

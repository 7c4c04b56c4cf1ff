/* make-vae FILE: trains the VAE that Limen brings along and writes it. Half a minute or two; the
 * same processor gives the same bytes, on any number of cores. */
#include "model/latent/vae-trainer.h"

#include <stdio.h>

static LimenImageSet *
load_digits (GError **error)
{
  const char *paths[] = {"builtin:digits:50000:1", NULL};
  return limen_image_set_load (paths, NULL, NULL, NULL, error);
}

int
main (int argc, char **argv)
{
  static const LimenVaeTrainerSettings settings = {
      .latent = 2, .hidden = 200, .batch = 200, .epochs = 40, .learning_rate = 0.005, .seed = 5};
  g_autoptr (GError) error = NULL;
  double elbo = 0;
  if (argc != 2) {
    fputs ("usage: make-vae FILE\n", stderr);
    return 2;
  }
  g_autoptr (LimenImageSet) digits = load_digits (&error);
  g_autoptr (LimenVae) vae =
      digits ? limen_vae_train (&settings, digits, &elbo, NULL, &error) : NULL;
  if (!vae || !limen_vae_save (vae, argv[1], LIMEN_NUMBER_F16, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  printf ("%s: evidence lower bound %.2f nats\n", argv[1], elbo);
  return 0;
}

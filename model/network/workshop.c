#include "model/network/workshop.h"

#include "model/base/matrix.h"

#include <stdlib.h>

LimenWorkshop
limen_workshop_new (LimenCrew *crew, guint units, guint batch)
{
  guint n_workers = limen_crew_n_workers (crew);
  LimenWorkshop workshop = {
      .crew = crew,
      .batch = batch,
      .y = limen_floats_new ((gsize)units * batch),
      .d = {limen_floats_new ((gsize)units * batch), limen_floats_new ((gsize)units * batch)},
      .awake = g_new0 (guint8, units),
      .tile = g_new0 (LimenTileScratch, n_workers),
  };
  for (guint i = 0; i < n_workers; i++)
    workshop.tile[i] = (LimenTileScratch){
        .weight = limen_floats_new ((gsize)units * LIMEN_TILE),
        .gradient = limen_floats_new ((gsize)units * LIMEN_TILE),
        .row = limen_floats_new (MAX (units, batch)),
    };
  return workshop;
}

void
limen_workshop_clear (LimenWorkshop *workshop)
{
  for (guint i = 0; i < limen_crew_n_workers (workshop->crew); i++) {
    free (workshop->tile[i].weight);
    free (workshop->tile[i].gradient);
    free (workshop->tile[i].row);
  }
  g_free (workshop->tile);
  g_free (workshop->awake);
  free (workshop->y);
  free (workshop->d[0]);
  free (workshop->d[1]);
  *workshop = (LimenWorkshop){0};
}

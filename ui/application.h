/* The program on the desktop: one instance, one window, its menu's actions. */
#pragma once

#include <adwaita.h>

/** limen_application_run: the program with a window; returns the exit status */
int limen_application_run (int argc, char **argv);

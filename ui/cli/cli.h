/* The command line: the same model and pictures without a display. */
#pragma once

#include <glib.h>

/**
 * limen_cli_wants: whether the arguments are for the command line: a command, --help, --version, or
 * a word that is meant as a command; anything else is for the window.
 */
gboolean limen_cli_wants (int argc, char **argv);
/** limen_cli_main: returns: the exit status: 0; 1 refused input or failed output; 2 wrong usage;
 * 128 + signal */
int limen_cli_main (int argc, char **argv);

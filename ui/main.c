/* Limen: with files or nothing a window, with a command no window at all. */
#include "ui/application.h"
#include "ui/cli/cli.h"

int
main (int argc, char **argv)
{
  return limen_cli_wants (argc, argv) ? limen_cli_main (argc, argv)
                                      : limen_application_run (argc, argv);
}

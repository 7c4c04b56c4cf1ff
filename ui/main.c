#include "ui/cli/cli.h"

int
main (int argc, char **argv)
{
  return limen_cli_main (argc, argv);
}

/* One option of a command: a row of its table, how the text of a value is read, and the rows that
 * commands share. */
#pragma once

#include <glib.h>
#include <stddef.h>

/**
 * LimenOptionKind: how the text of a value is read
 * @FLAG: takes none
 * @PATHS: all words up to the next option, into a GPtrArray
 * @TEXT: as it is, into a const char *
 * @NUMBER: into a double, within @low and @high
 * @POSITIVE: into a double, finite and above 0
 * @COUNT: a whole number, into a guint, within @low and @high
 * @LONG_COUNT: the same into a guint64; "1e9" is one, too
 * @COUNTS: "1,5,50": as many of them as fit into a LimenCounts
 * @SEED: into a guint64
 * @CHOICE: one of @words, its place into an int
 * @FILE_TYPE: a path that ends in one of @words, into a const char *
 * @RANGE, @LAYOUT: "0..255", "rows,label-first", into a LimenReading
 * @SIZE: "800x600", into two guint, each within @low and @high
 * @OWN: as @read of the row does
 * @HELP: --help, which is looked for before all others
 */
typedef enum {
  LIMEN_OPTION_FLAG,
  LIMEN_OPTION_PATHS,
  LIMEN_OPTION_TEXT,
  LIMEN_OPTION_NUMBER,
  LIMEN_OPTION_POSITIVE,
  LIMEN_OPTION_COUNT,
  LIMEN_OPTION_LONG_COUNT,
  LIMEN_OPTION_COUNTS,
  LIMEN_OPTION_SEED,
  LIMEN_OPTION_CHOICE,
  LIMEN_OPTION_FILE_TYPE,
  LIMEN_OPTION_RANGE,
  LIMEN_OPTION_LAYOUT,
  LIMEN_OPTION_SIZE,
  LIMEN_OPTION_OWN,
  LIMEN_OPTION_HELP,
} LimenOptionKind;

#define LIMEN_MOST_COUNTS 64

/** LimenCounts: whole numbers, rising, none twice */
typedef struct {
  guint n, value[LIMEN_MOST_COUNTS];
} LimenCounts;

/**
 * LimenOption: what is said of it, help.txt has
 * @field: offset in the command's struct of options
 * @value: (nullable): what stands for the value in --help
 * @needs: (nullable): the option without which this one means nothing
 */
typedef struct LimenOption LimenOption;
typedef gboolean (*LimenOptionReadFunc) (const LimenOption *option, const char *text,
                                         gpointer field, GError **error);
struct LimenOption {
  const char *name;
  LimenOptionKind kind;
  gsize field;
  const char *value;
  gboolean required;
  const char *needs;
  double low, high;
  LimenOptionReadFunc read;
  const char *words[8];
};

/** limen_option_read: @text into @field. Returns: FALSE with one sentence */
gboolean
limen_option_read (const LimenOption *option, const char *text, gpointer field, GError **error);
/** limen_option_refuse: FALSE, always, with LIMEN_ERROR_ARGUMENT: @word and what is wrong with it
 */
gboolean limen_option_refuse (GError **error, const char *word, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Rows that commands share, of a @type with a const char *json, a LimenPlotOptions plot, a
 * LimenReading reading. */

/* clang-format off */
#define LIMEN_OPTION_JSON_ROW(type)                                                                \
  { "--json", LIMEN_OPTION_TEXT, offsetof (type, json), "FILE|-" }

#define LIMEN_OPTION_PLOT_ROWS(type)                                                               \
  { "--plot", LIMEN_OPTION_FILE_TYPE, offsetof (type, plot.path), "FILE.png|.svg|.pdf",            \
    .words = { ".png", ".svg", ".pdf" } },                                                         \
  { "--size", LIMEN_OPTION_SIZE, offsetof (type, plot.size), "WxH",                                \
    .needs = "--plot", .low = 100, .high = 10000 },                                                \
  { "--scale", LIMEN_OPTION_NUMBER, offsetof (type, plot.scale), "S",                              \
    .needs = "--plot", .low = 1, .high = 4 },                                                      \
  { "--dark", LIMEN_OPTION_FLAG, offsetof (type, plot.dark), .needs = "--plot" }

#define LIMEN_OPTION_READING_ROWS(type)                                                            \
  { "--range", LIMEN_OPTION_RANGE, offsetof (type, reading), "BLACK..WHITE" },                     \
  { "--layout", LIMEN_OPTION_LAYOUT, offsetof (type, reading), "WORD,..." }

#define LIMEN_OPTION_HELP_ROW                                                                      \
  { "--help", LIMEN_OPTION_HELP, 0 }
/* clang-format on */

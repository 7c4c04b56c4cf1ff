/* Runs the built program as a user would, and the small files it is run on. */
#pragma once

#include <glib.h>

/**
 * RunResult:
 * @status: exit status; −1 where a signal ended it
 * @out, @err: all that it printed
 */
typedef struct {
  int status;
  char *out, *err;
} RunResult;

/** run_limen: @words: NULL-terminated, without the name of the program */
RunResult run_limen (const char *const *words);
/** run_line: the same; @line: words with one space between them */
RunResult run_line (const char *line);
/** run_shell: @command for sh, where "$0" is the program */
RunResult run_shell (const char *command);
/** lines_of: (transfer full): of an output that ends with a line's end */
char **lines_of (const char *text);
/** assert_says: that @line ends with @status, prints nothing, and on standard error has all of
 * @says, which "|" parts */
void assert_says (const char *line, int status, const char *says);
void run_result_clear (RunResult *result);
const char *limen_binary (void);

/** write_idx: @n images of @side × @side, pixels as floor (256 · uniform · @brightness) from a
 * stream of @seed */
void write_idx (const char *path, guint n, guint side, double brightness, guint64 seed);
/**
 * write_flow: safetensors of a flow with D = @side², width 6, depth 2, 2 couplings
 * Returns: (transfer full): its numbers in the order of the file, for reference_log_likelihood()
 */
float *write_flow (const char *path, guint side);
/** write_vae: safetensors of a VAE of @side² pixels */
void write_vae (const char *path, guint side, guint hidden, guint latent);
/** reference_log_likelihood: slow and plain, in float64. @pixels: (side²), 0 to 255 */
double reference_log_likelihood (const float *flow, guint side, const guint8 *pixels);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunResult, run_result_clear)

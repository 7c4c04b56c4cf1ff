/* Preloaded into tests built with ThreadSanitizer: GLib's locks are made of futexes inside a
 * library that ThreadSanitizer does not see into, so it is told here what each lock orders. */
#include <dlfcn.h>
#include <gio/gio.h>

/* Weak: a program that is started by a test has no ThreadSanitizer. */
void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

static void
acquire (void *address)
{
  if (__tsan_acquire)
    __tsan_acquire (address);
}

static void
release (void *address)
{
  if (__tsan_release)
    __tsan_release (address);
}

#define REAL(function) ((typeof (&(function)))dlsym (RTLD_NEXT, #function))

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);
  if (locked)
    acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  release (mutex);
  gboolean signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  acquire (mutex);
  return signalled;
}

gboolean (g_once_init_enter) (volatile void *location)
{
  gboolean first = REAL (g_once_init_enter) (location);
  if (!first)
    acquire ((void *)location);
  return first;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  release ((void *)location);
  REAL (g_once_init_leave) (location, result);
}

/* Who lets go last has what the others did before. */
gboolean (g_atomic_ref_count_dec) (gatomicrefcount *references)
{
  release (references);
  gboolean last = REAL (g_atomic_ref_count_dec) (references);
  if (last)
    acquire (references);
  return last;
}

/* What a task is given it has before it runs, and what it returns it has made before. */

static GTaskThreadFunc *
func_of (GTask *task)
{
  static const char key[] = "glib-for-tsan";
  GTaskThreadFunc *func = g_object_get_data (G_OBJECT (task), key);
  if (!func)
    g_object_set_data_full (G_OBJECT (task), key, func = g_new0 (GTaskThreadFunc, 1), g_free);
  return func;
}

static void
run_ordered (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  acquire (task);
  (*func_of (task)) (task, source, data, cancellable);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  *func_of (task) = func;
  release (task);
  REAL (g_task_run_in_thread) (task, run_ordered);
}

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify free_result)
{
  release (task);
  REAL (g_task_return_pointer) (task, result, free_result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  release (task);
  REAL (g_task_return_error) (task, error);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  gpointer result = REAL (g_task_propagate_pointer) (task, error);
  acquire (task);
  return result;
}

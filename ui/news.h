/* What the rows of a panel are told while they are aimed at: a row that files are dragged to must
 * stay where it is until they are let go. */
#pragma once

#include <glib-object.h>

/** limen_news_connect: as g_signal_connect_swapped(), of a signal that carries nothing; while news
 * are held, @callback waits, and is called once when they are not any more. Without @data there is
 * none: it may be disconnected by it, or go with it */
void limen_news_connect (gpointer source, const char *signal, GCallback callback, gpointer data);
/** limen_news_follow: the same as long as @self, a GObject, is there */
void limen_news_follow (gpointer self, gpointer source, const char *signal, GCallback callback);
/** limen_news_hold: of all panels: there is one pointer that drags. Each TRUE is to be followed by
 * one FALSE */
void limen_news_hold (gboolean held);

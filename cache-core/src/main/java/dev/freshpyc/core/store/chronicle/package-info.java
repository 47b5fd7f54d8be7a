/**
 * Holds the changed records of a draft, all but a few in an off-heap map of Chronicle Map, and publishes them. Only {@link
 * dev.freshpyc.core.store.chronicle.OffHeapMap} imports Chronicle.
 *
 * <p>An off-heap map takes changes from many threads without work for the garbage collector. A draft whose map has
 * reached a fixed number of bytes writes its changes, sorted, to a temporary file and begins a new map. So a run needs
 * the same memory for a thousand sources and for a million. A publication merges the sorted layers: the map, the
 * temporary files and the previous generation.
 *
 * <p>Chronicle's own persisted maps were tried and rejected as index files. A get writes its lock into the file, so
 * other users could not read root's index, and a killed reader left the index locked. A full disk or a truncated file
 * caused a SIGBUS. A damaged file made the process hang, or looked like an empty map. An image of a map's memory, read
 * with plain reads, had none of these faults, but it had to be copied into memory as a whole: 290 MB for a million
 * sources.
 */
@NullMarked
package dev.freshpyc.core.store.chronicle;

import org.jspecify.annotations.NullMarked;

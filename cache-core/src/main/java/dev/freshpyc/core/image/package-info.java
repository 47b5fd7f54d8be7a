/**
 * The formats of container images that need no file system: tar archives, and the names that remove files of lower
 * layers.
 *
 * <p>A tar archive is a sequence of members. Each has a header of 512 bytes and a content, padded to a multiple of 512
 * bytes. Values that do not fit into the header are in members before the member: records of POSIX (types {@code x} and
 * {@code g}), or long names of GNU (types {@code L} and {@code K}). Names are bytes: a layer may hold names that are
 * not UTF-8.
 *
 * <p>No library is used, because archives are hostile input: the reader limits names and records before it takes memory
 * for them, and it keeps names as bytes.
 */
@NullMarked
package dev.freshpyc.core.image;

import org.jspecify.annotations.NullMarked;

/**
 * The formats of container images that need no file system: tar archives, and the names that remove files of lower layers.
 *
 * <p>A tar archive is a sequence of members. Each has a header of 512 bytes and its content, filled up to a multiple of 512. What
 * the header cannot hold stands in members before it: records of POSIX (types {@code x} and {@code g}), or long names of GNU (types
 * {@code L} and {@code K}). Names are bytes: a layer may hold names that are not UTF-8.
 *
 * <p>The reader is written here, and no library is used, because archives are hostile input: names and records are bounded before
 * memory is taken for them, and names stay bytes.
 */
@NullMarked
package dev.freshpyc.core.image;

import org.jspecify.annotations.NullMarked;

/** Paths and names as raw bytes, since file names need not be UTF-8, and their escaping for terminals. */
@NullMarked
package dev.freshpyc.core.path;

import org.jspecify.annotations.NullMarked;

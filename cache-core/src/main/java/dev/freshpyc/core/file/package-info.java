/** What a file system says of a file: its stamp, its bytes read at a position, error numbers. */
@NullMarked
package dev.freshpyc.core.file;

import org.jspecify.annotations.NullMarked;

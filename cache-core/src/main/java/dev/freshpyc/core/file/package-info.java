/** What a file system says of a file: its stamp, its bytes read at a position, error numbers; and files without a name. */
@NullMarked
package dev.freshpyc.core.file;

import org.jspecify.annotations.NullMarked;

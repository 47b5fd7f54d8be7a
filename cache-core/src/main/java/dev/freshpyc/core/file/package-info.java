/** Files: their stamps, bytes at a position, owners, errors of the system, and temporary files without a name. */
@NullMarked
package dev.freshpyc.core.file;

import org.jspecify.annotations.NullMarked;

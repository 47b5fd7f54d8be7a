/** Places that an index cannot be written to, or is not to be. */
@NullMarked
package dev.freshpyc.cli.place;

import org.jspecify.annotations.NullMarked;

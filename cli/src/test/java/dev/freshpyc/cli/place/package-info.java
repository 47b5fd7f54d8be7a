/** Tests of directories to which an index cannot or must not be written, and of names that are hard to express. */
@NullMarked
package dev.freshpyc.cli.place;

import org.jspecify.annotations.NullMarked;

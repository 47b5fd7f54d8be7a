/** Tests of directories to which an index cannot or must not be written. */
@NullMarked
package dev.freshpyc.cli.place;

import org.jspecify.annotations.NullMarked;

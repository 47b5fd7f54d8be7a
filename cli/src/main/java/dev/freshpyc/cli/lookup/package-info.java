/** Looks up paths in the indexes, for the command line and the service. */
@NullMarked
package dev.freshpyc.cli.lookup;

import org.jspecify.annotations.NullMarked;

/** The client of a hash-equivalence server. The server is in {@link dev.freshpyc.cli.serve}. */
@NullMarked
package dev.freshpyc.cli.equivalence;

import org.jspecify.annotations.NullMarked;

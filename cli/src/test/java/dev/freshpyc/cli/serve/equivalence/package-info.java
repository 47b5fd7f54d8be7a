/** Tests of the store of hash equivalences. */
@NullMarked
package dev.freshpyc.cli.serve.equivalence;

import org.jspecify.annotations.NullMarked;

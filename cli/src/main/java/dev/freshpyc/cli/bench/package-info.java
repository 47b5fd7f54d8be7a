/** The output of {@code bench}, and the comparison with an earlier bench. */
@NullMarked
package dev.freshpyc.cli.bench;

import org.jspecify.annotations.NullMarked;

/** Compares the computed {@code sys.path} with real interpreters, and tests the commands for whole environments. */
@NullMarked
package dev.freshpyc.cli.environment;

import org.jspecify.annotations.NullMarked;

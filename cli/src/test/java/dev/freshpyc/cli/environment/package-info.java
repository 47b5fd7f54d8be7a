/** The computed {@code sys.path}, and the commands that work on whole environments, against real interpreters. */
@NullMarked
package dev.freshpyc.cli.environment;

import org.jspecify.annotations.NullMarked;

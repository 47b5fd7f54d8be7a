/** Runs of the program that are killed. */
@NullMarked
package dev.freshpyc.cli.kill;

import org.jspecify.annotations.NullMarked;

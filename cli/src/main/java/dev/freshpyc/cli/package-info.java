/** The program: its commands and their output. */
@NullMarked
package dev.freshpyc.cli;

import org.jspecify.annotations.NullMarked;

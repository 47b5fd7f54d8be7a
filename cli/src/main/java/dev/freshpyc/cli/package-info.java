/** The program: the commands and what they print. */
@NullMarked
package dev.freshpyc.cli;

import org.jspecify.annotations.NullMarked;

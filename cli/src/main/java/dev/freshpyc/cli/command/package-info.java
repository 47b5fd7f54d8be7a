/** The commands, their options and exit codes. */
@NullMarked
package dev.freshpyc.cli.command;

import org.jspecify.annotations.NullMarked;

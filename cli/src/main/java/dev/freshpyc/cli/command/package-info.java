/** The commands: each declares its options, runs the indexer, and prints the result. */
@NullMarked
package dev.freshpyc.cli.command;

import org.jspecify.annotations.NullMarked;

/**
 * The options of the command line: declares options that several commands share, and converts the user's words into
 * values of the indexer. A wrong word is reported by a {@link dev.freshpyc.cli.option.CommandFailure} with one line for
 * the user.
 */
@NullMarked
package dev.freshpyc.cli.option;

import org.jspecify.annotations.NullMarked;

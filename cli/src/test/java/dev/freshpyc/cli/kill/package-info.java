/** Kills runs of the program at random moments and checks the index and the snapshots. */
@NullMarked
package dev.freshpyc.cli.kill;

import org.jspecify.annotations.NullMarked;

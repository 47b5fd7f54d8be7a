/**
 * Hooks: scripts that other tools run after they have changed files, and that bring the index up to date. A script never fails
 * the tool that runs it: it ends with 0, or with the exit code of the hook that it replaced, and writes errors to a log.
 */
@NullMarked
package dev.freshpyc.indexer.hook;

import org.jspecify.annotations.NullMarked;

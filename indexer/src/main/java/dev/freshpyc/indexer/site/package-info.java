/**
 * Computes from files alone what {@code sys.path} an interpreter has when it starts, and what is odd about it. Nothing is
 * started, and nothing of what is read is run.
 *
 * <p>{@link dev.freshpyc.indexer.site.InterpreterLayout} finds the prefixes of an executable as CPython's {@code getpath} does;
 * {@link dev.freshpyc.indexer.site.ComputedPath} adds site-packages, {@code .pth} and {@code .start} files as that
 * interpreter's {@code site.py} does ({@link dev.freshpyc.indexer.site.SiteRules}). What code in these files would do at the
 * start is not known: each such line is a {@link dev.freshpyc.indexer.site.PathFinding}.
 */
@NullMarked
package dev.freshpyc.indexer.site;

import org.jspecify.annotations.NullMarked;

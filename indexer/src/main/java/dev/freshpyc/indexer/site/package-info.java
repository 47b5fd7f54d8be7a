/**
 * Computes the {@code sys.path} of an interpreter from files alone, and findings about the path. No program is started,
 * and no code in the files is run.
 *
 * <p>{@link dev.freshpyc.indexer.site.LayoutSearch} finds the prefixes of an executable as CPython's {@code
 * getpath} does; {@link dev.freshpyc.indexer.site.ComputedPath} adds site-packages, {@code .pth} and {@code .start}
 * files as that interpreter's {@code site.py} does ({@link dev.freshpyc.indexer.site.SiteRules}). The effect of code in
 * these files is not known: each line of code is a {@link dev.freshpyc.indexer.site.PathFinding}.
 */
@NullMarked
package dev.freshpyc.indexer.site;

import org.jspecify.annotations.NullMarked;

/**
 * Verdicts and evidence. {@link Classifier} turns an observation into a verdict, step by step as CPython's import does;
 * {@link Verdict} says how the index, a manifest or a repair changes it. All is pure: no clock, no I/O. No other package makes
 * a verdict by hand, so audit, explain, refresh and repair cannot disagree.
 */
@NullMarked
package dev.freshpyc.core.verdict;

import org.jspecify.annotations.NullMarked;

/**
 * Verdicts and evidence. {@link Classifier} turns an observation into a verdict, step by step as CPython's import does;
 * {@link Verdict} has the changes of a verdict by the index, a manifest or a repair. The package is pure: no clock, no
 * I/O. No other package has rules for verdicts, so audit, explain, refresh and repair cannot disagree.
 */
@NullMarked
package dev.freshpyc.core.verdict;

import org.jspecify.annotations.NullMarked;

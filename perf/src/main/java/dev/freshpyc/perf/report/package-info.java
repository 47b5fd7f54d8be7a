/** Writes the figures of benches as Markdown with pictures. */
@NullMarked
package dev.freshpyc.perf.report;

import org.jspecify.annotations.NullMarked;

/** Programs of Debian's packages, and read-only images of the Python that starts them. */
@NullMarked
package dev.freshpyc.perf.application;

import org.jspecify.annotations.NullMarked;

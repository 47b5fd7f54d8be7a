/** What an interpreter does with what was observed, and whether the bytecode is the source's. */
@NullMarked
package dev.freshpyc.core.verdict;

import org.jspecify.annotations.NullMarked;

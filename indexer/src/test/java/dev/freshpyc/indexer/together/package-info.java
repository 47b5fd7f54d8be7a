/** Many runs on one index at once. */
@NullMarked
package dev.freshpyc.indexer.together;

import org.jspecify.annotations.NullMarked;

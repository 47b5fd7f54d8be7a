/** {@code java.nio.file} behind the contract of a scan: slower, for systems where the native one does not run. */
@NullMarked
package dev.freshpyc.indexer.fs.nio;

import org.jspecify.annotations.NullMarked;

/**
 * What the system under this program can do. Chooses the implementations of the reading and the writing port: system calls on
 * Linux, {@code java.nio.file} elsewhere, where nothing is written. Only this package imports {@code fs.linux} and {@code
 * fs.nio}.
 */
@NullMarked
package dev.freshpyc.indexer.host;

import org.jspecify.annotations.NullMarked;

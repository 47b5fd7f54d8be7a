/**
 * Chooses the implementations of the reading port and the writing port for the system: system calls on Linux, and
 * elsewhere {@code java.nio.file}, which only reads. Only this package imports {@code fs.linux} and {@code fs.nio}.
 */
@NullMarked
package dev.freshpyc.indexer.host;

import org.jspecify.annotations.NullMarked;

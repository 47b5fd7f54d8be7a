/**
 * Keeps the answers of interpreters about themselves in the index directory, so that the next run need not start them.
 *
 * <p>An answer is kept only if its dependencies are known, and is used only while they are unchanged. An answer depends
 * on:
 *
 * <ul>
 *   <li>the executable, the libraries and modules that the interpreter had loaded, and all files that determine {@code
 *       sys.path}: {@code pyvenv.cfg}, site directories, {@code .pth} and {@code .start} files, the files that their
 *       lines name, and every entry of the path; each with its stamp, or the fact that it is absent;
 *   <li>the environment variables that an interpreter reads; all variables and the working directory if code of {@code
 *       .pth} files or of {@code sitecustomize} runs at the start.
 * </ul>
 *
 * <p>The path that is computed from these files must also be the path that the interpreter reported. So a wrapper is
 * asked at every run, and so is an interpreter whose path is changed by code.
 *
 * <p>The file of an answer, big-endian, version {@value dev.freshpyc.indexer.answer.KeptAnswer#VERSION}; raise it when
 * the script or the format changes:
 *
 * <pre>
 * file    = "FPAN" version:int question:text surroundings:text real:text line:text count:int state* crc32c:int
 * text    = length:int byte*
 * state   = path:text present:byte [mtime:long nanos:int ctime:long nanos:int size:long inode:long device:long]
 * </pre>
 */
@NullMarked
package dev.freshpyc.indexer.answer;

import org.jspecify.annotations.NullMarked;

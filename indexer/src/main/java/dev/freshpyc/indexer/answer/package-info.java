/**
 * Keeps what interpreters said of themselves, in the index directory, so that the next run starts none of them.
 *
 * <p>An answer is kept only where it is known what it depends on, and used only while all of that is unchanged:
 *
 * <ul>
 *   <li>the executable, the libraries and modules that it had loaded, and all files that {@code sys.path} follows from: {@code
 *       pyvenv.cfg}, site directories, {@code .pth} and {@code .start} files, what their lines name, and every entry of the path;
 *       each with its stamp, or the fact that it is absent;
 *   <li>the variables that an interpreter reads. Where code of {@code .pth} files or of {@code sitecustomize} runs at the start:
 *       all variables, and the working directory;
 *   <li>that the path computed from those files is the path that the interpreter reported. A wrapper, or code that changes the
 *       path, is asked at every run.
 * </ul>
 *
 * <p>A file of an answer, big-endian, version {@value dev.freshpyc.indexer.answer.KeptAnswer#VERSION}; raise it when the script
 * or the format changes:
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

/**
 * Compiles sources with a {@linkplain dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter located
 * interpreter}.
 *
 * <p>A {@link dev.freshpyc.indexer.compile.WorkerPool} keeps worker processes for many files. A worker is the
 * interpreter running {@code worker.py}, isolated from the user's settings, environment variables, site-packages and
 * current directory. A worker compiles and marshals a source; it never runs or imports the source.
 *
 * <p>Worker and pool exchange JSON objects, one a line, in ASCII; bytes are base64. A name is the {@code
 * co_filename} as it is marshalled: UTF-8, a lone surrogate in three bytes; for Python 2 the bytes of the file's name. The
 * worker sends the first line:
 *
 * <pre>
 * hello   := {"magic": bytes}                          the four bytes of its magic number
 * request := {"id": n, "name": bytes, "source": bytes, "levels": [0, 1, 2], "limit": n}
 * reply   := {"id": n, "bodies": [bytes, ...]}         in the order of the levels: the bytes after the header of a .pyc
 *          | {"id": n, "large": limit}                 the bodies take more than the limit, in bytes of base64
 *          | {"id": n, "syntax": message, "line": n or null}
 *          | {"id": n, "refused": exception, "message": message}
 * </pre>
 *
 * <p>A reply repeats the id of its request: a reply left over from another request would otherwise be written as the
 * bytecode of the wrong source. The length of every line and the time of every wait are limited; a worker that breaks
 * the protocol is killed. A worker limits its own memory, and {@link dev.freshpyc.indexer.compile.CompileMemory} the
 * memory of the sources and bodies in this process, so that only the source that needs too much memory fails.
 */
@NullMarked
package dev.freshpyc.indexer.compile;

import org.jspecify.annotations.NullMarked;

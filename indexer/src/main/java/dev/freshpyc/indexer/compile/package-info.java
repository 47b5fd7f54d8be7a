/**
 * Compiles sources with the interpreter whose bytecode is wanted, in processes that are kept for many files.
 *
 * <p>{@link dev.freshpyc.indexer.compile.Compilers} finds the interpreter, {@link
 * dev.freshpyc.indexer.compile.CompileWorkers} runs it. A worker is that interpreter running {@code worker.py}, cut off
 * from the user's settings, environment, site-packages and current directory. It compiles and marshals; it never runs or
 * imports what it is handed.
 *
 * <p>The protocol is one JSON object a line, in ASCII; bytes are base64. The worker speaks first:
 *
 * <pre>
 * hello   := {"magic": bytes}                          the four bytes of its magic number
 * request := {"id": n, "name": bytes, "source": bytes, "levels": [0, 1, 2]}
 * reply   := {"id": n, "bodies": [bytes, ...]}         in the order of the levels, each what follows the header of a .pyc
 *          | {"id": n, "syntax": message, "line": n or null}
 *          | {"id": n, "refused": exception, "message": message}
 * </pre>
 *
 * <p>The id is the request's: a reply that was left over from another request would be written as the bytecode of the
 * wrong source. Every line is bounded, every wait too, and a worker that breaks the protocol is killed.
 */
@NullMarked
package dev.freshpyc.indexer.compile;

import org.jspecify.annotations.NullMarked;

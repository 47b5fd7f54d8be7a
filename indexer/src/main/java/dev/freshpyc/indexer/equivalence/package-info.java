/**
 * Asks a hash-equivalence server which code an interpreter makes of a source, and tells the server what was proven here. So one machine
 * compiles and compares, and others take its word: evidence {@code equivalence}.
 *
 * <p>In the words of the protocol:
 *
 * <pre>
 * method    freshpyc1/MAGIC, or freshpyc1/MAGIC/opt-LEVEL; MAGIC is the number in the low 16 bits of a pyc's first four bytes
 * taskhash  SHA-256, in hexadecimal digits, of what goes into the code, all but the method:
 *             "freshpyc task 1\n"
 *             SHA-256 of the source, 32 bytes
 *             flags of the compilation, 4 bytes: 0, since interpreters compile modules without flags
 *             co_filename as it is marshalled, to the end
 * outhash   SHA-256 of the code, in hexadecimal digits, by {@link dev.freshpyc.core.marshal.SharedDigester}
 * unihash   the first outhash that was reported
 * </pre>
 *
 * <p>A pair is vouched for when its code has the digest that the server has for its task. Another digest says nothing: a compilation with
 * flags, or a client that is wrong, may have been the first.
 *
 * <p>A server that is down, slow or answers nonsense is left alone for the rest of the run, which then goes on without it.
 */
@NullMarked
package dev.freshpyc.indexer.equivalence;

import org.jspecify.annotations.NullMarked;

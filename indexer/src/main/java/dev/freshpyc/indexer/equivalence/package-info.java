/**
 * Asks a hash-equivalence server which code an interpreter makes of a source, and reports locally proven pairs to the
 * server. So one machine compiles and compares, and other machines use the result: evidence {@code equivalence}.
 *
 * <p>In the words of the protocol:
 *
 * <pre>
 * method    freshpyc2/MAGIC, or freshpyc2/MAGIC/opt-LEVEL; MAGIC is the low 16 bits of a pyc's first four bytes
 * taskhash  SHA-256, in hexadecimal digits, of all inputs of the compilation except the method:
 *             "freshpyc task 1\n"
 *             SHA-256 of the source, 32 bytes
 *             flags of the compilation, 4 bytes: 0, since interpreters compile modules without flags
 *             the marshalled co_filename, to the end
 * outhash   SHA-256 of the code, in hexadecimal digits, by {@link dev.freshpyc.core.marshal.SharedDigester}
 * unihash   the first outhash that was reported
 * </pre>
 *
 * <p>A pair is vouched for if its code has the digest that the server has for its task. Another digest proves nothing:
 * the first report may come from a compilation with flags, or from a faulty client.
 *
 * <p>A server that is down, slow or gives an invalid answer is not asked again in the run, which goes on without the
 * server.
 */
@NullMarked
package dev.freshpyc.indexer.equivalence;

import org.jspecify.annotations.NullMarked;

/**
 * Proofs by content: which bodies were compiled from which contents of sources, at any path and on any machine. An
 * index proves a pair of files at one path; a proof by content also holds for copies of the two files.
 *
 * <p>A proof says: an interpreter with this magic makes this body of this source at this optimization level. That is a
 * fact about bytes, so a proof never becomes false, and proofs of several runs and machines can be merged.
 *
 * <p>Most evidence is weaker than a comparison of the code, so it may be wrong: somebody may have written another body before the file was looked at. Where a
 * comparison finds other code, the store keeps a refutation in the place of the proof. A refutation overrides every proof of its
 * pair, whatever file has it and wherever that file comes from.
 *
 * <p>A comparison may be wrong about a body, too: several releases of an interpreter have one magic number and compile some sources to
 * different code, and the release that made the body may have been missing. So a later comparison on this machine that finds equal code
 * restores the pair, and one that finds other code refutes the pair again. Each of these rows has a turn: 0 for a refutation, and one
 * more than the row that it contradicts. The last turn of all files counts, so that files can still be merged in any order. Even
 * turns are refutations, odd turns are proofs. The turn never leaves the machine: an exported file and a sealed store have turn 0 for a
 * refutation and a proof without a turn for a restored pair, and an import reads every file that way. So nothing that comes from
 * elsewhere restores a refuted pair.
 *
 * <p>The proofs of an index directory are in files named {@code proofs-TOKEN.table}, whose order does not matter. A
 * file is published by an atomic rename and never changed. A run with new proofs writes one file, which also gets the
 * rows of smaller files; the run deletes the smaller files after the rename. So publishers need no locks: a file that
 * another run publishes meanwhile stays, and a crash leaves a proof in two files at most. A reader whose file was
 * deleted lists the directory again.
 *
 * <p>A file, numbers little-endian:
 *
 * <pre>
 *  0 magic "freshprf"            8 bytes
 *  8 format                      4: {@value ProofHeader#RESTORING} if a row has a turn above 0, else {@value ProofHeader#REFUTING} if
 *                                a row is a refutation, else {@value ProofHeader#PLAIN}
 * 12 length of the header        4, up to and with its checksum; at most 64 KiB
 * 16 rows                        8
 * 24 length of the table         8
 * 32 length of the block index   4
 * 36 CRC-32C of the block index  4
 * 40 number of origins           4, 1 to 255
 * 44 origins                     length 2, UTF-8; in the order of their numbers, from 0
 *    CRC-32C                     4, of all bytes of the header before
 *    table                       blocks of 4 KiB, as {@link dev.freshpyc.core.store.table} describes them
 *    block index                 an index of the blocks, as described there
 *
 * key of a row
 *  0 SHA-256 of the source       its first 24 bytes
 * 24 magic                       2, the number in the low 16 bits
 * 26 SHA-256 of the body         its first 24 bytes
 * 50 level                       letters and digits; none for no optimization
 *
 * value of a row
 *  0 confirmed                   2, days since 1970; 0 in an exported file
 *  2 evidence                    1, as {@link ProofRow} numbers it; for a row with a turn, 127 less the turn
 *  3 origin                      1, its number
 * </pre>
 *
 * <p>Digests are cut to 192 bits, so that a row takes less than 60 bytes. To find two contents with equal first 192
 * bits takes 2<sup>96</sup> tries, which nobody can make.
 *
 * <p>{@code freshpyc proofs export} writes the same format, so an import reads a file as the store reads its own files.
 * An export has all rows in one file and no day, so equal proofs make equal bytes.
 */
@NullMarked
package dev.freshpyc.core.proof;

import org.jspecify.annotations.NullMarked;

/**
 * Encodes records, seals and counts of verdicts as bytes. No serialization library is used: an index has millions of
 * records, every byte counts, and the bytes to decode may be damaged.
 *
 * <p>The bytes of a record, format {@value RecordCodec#VERSION}. There is no padding, and every value has one encoding:
 *
 * <pre>
 * record   = flags:byte [device stamp] [sha256] count:number pyc*count
 *            flags: 1 device and stamp follow · 2 the stamp is UNSETTLED, nothing follows · 4 a content follows
 * pyc      = flags:byte tag level [[device] stamp] head [body:sha256] [provenFor:sha256] verdict [hash]
 *            flags: 1 the stamp is UNSETTLED, nothing follows · 2 a body follows · 4 provenFor is the record's content,
 *                   nothing follows · 8 another provenFor follows · 16 the body is known to be complete ·
 *                   32 the source's hash follows · 64 the hash is the header's, nothing follows ·
 *                   128 a device follows, since it is not the source's
 * tag      = 0 | 1 text | 2 minor:number | 3 minor:number       none · any · cpython-3{minor} · pypy3{minor}
 * level    = 0 | 1 | 2 | 3 text                                 none · opt-1 · opt-2 · any
 * device   = number
 * stamp    = mtime ctime size:number inode:number               mtime, ctime = seconds:signed nanos:number
 * head     = length:byte byte*length                            length: 0 to 16
 * verdict  = kind:byte evidence:byte reason                     kind: verdict + 16 * interpreter's answer;
 *                                                               evidence: the verdict's + 16 * that of provenFor
 * reason   = 0 text | code:byte                                 codes in {@link VerdictCodec}
 * hash     = byte*8                                             as a hash-based header has it
 * text     = length:number byte*length                          UTF-8, a tag as raw bytes
 * sha256   = 32 bytes                                           as digests are written
 * seals    = count:number (directory:text seal)*count           in the order of the directories
 * seal     = fingerprint:sha256 records:number unproven:number verdicts
 * sum      = unproven:number verdicts                           over all records of an index
 * verdicts = kinds:number (kind:byte count:number)*kinds        in the order of their codes
 * number   = 7 bits a byte, least significant first, 128 added to all but the last; shortest form; 64 bits, unsigned
 * signed   = number                                             zigzag: 0, -1, 1, -2 … are 0, 1, 2, 3 …
 * </pre>
 *
 * <p>Numbers have variable lengths, because most numbers are small: a source with one pyc takes about 126 bytes, 80 of
 * them for the two digests and the header. Raise {@link RecordCodec#VERSION} when any of this changes, also when a code
 * is added to or moved in {@link VerdictCodec}, when a body that counted as whole may no longer count as whole, and when
 * code that counted as different may now count as equal. An index of another version is made anew, so this package never
 * reads an old version.
 */
@NullMarked
package dev.freshpyc.core.record.codec;

import org.jspecify.annotations.NullMarked;

/**
 * Reads marshalled bodies by their grammar, without executing or trusting them.
 *
 * <p>A body is the part of a pyc after the header: one object in the format of CPython's {@code Python/marshal.c},
 * all numbers little-endian.
 *
 * <pre>
 * object   = type payload          one type byte; its high bit (FLAG_REF, 3.4 on) gives the object a reference slot
 * type     = 0 N F T S .           the absent object, None, False, True, StopIteration, Ellipsis: no payload
 *          | i I g y               4, 8, 8 and 16 bytes
 *          | f x                   one and two short strings (count u8, bytes): numbers as text, formats 0 and 1
 *          | l                     count i32, then |count| digits of 15 bits in u16; negative count: negative number
 *          | s u t a A             count i32, bytes          (t a A: 3.4 on; in 2.7 t also enters the string table)
 *          | z Z                   count u8, bytes           (3.4 on)
 *          | ( [ &lt; &gt;               count i32, objects
 *          | )                     count u8, objects         (3.4 on)
 *          | {                     key, value, key, value … the absent object
 *          | }                     as {                      (3.15 on)
 *          | :                     three objects             (3.14 on)
 *          | c                     a code object: {@link dev.freshpyc.core.marshal.MarshalDialect}
 *          | r                     slot i32: an earlier object (3.4 on)
 *          | R                     index i32: an earlier t     (2.7)
 * </pre>
 *
 * {@link dev.freshpyc.core.marshal.MarshalDialect} says which part of the grammar an interpreter reads, {@link
 * dev.freshpyc.core.marshal.MarshalWalker} walks a body, and {@link dev.freshpyc.core.marshal.MarshalBody} is the
 * result. {@link dev.freshpyc.core.marshal.CodeDigester} computes a {@link dev.freshpyc.core.marshal.CodeDigest}, which
 * tells whether two bodies have equal code. {@link dev.freshpyc.core.marshal.FileNameFinder} finds the path of the source that a body
 * names.
 */
@NullMarked
package dev.freshpyc.core.marshal;

import org.jspecify.annotations.NullMarked;

/**
 * The journal of a repair or a clean: its file, the end of a run, recovery after a killed run, and undo.
 *
 * <p>A journal is named {@code TIME-RANDOM.running} and is locked while its run goes on. It becomes {@code
 * TIME-RANDOM.journal} when the run ends; {@code TIME-RANDOM.journal.kept} beside it holds the old contents of the
 * files that the run replaced as a whole, one after the other, without separators. {@code TIME-RANDOM.journal.link-N}
 * keeps an old file whose links the run broke, or a file or directory that the run removed. A file is kept as a hard
 * link; a removed file that cannot be linked, for example since the journal is on another file system, as a copy with
 * the same owner, permissions, extended attributes and mtime. A directory is kept as an empty directory with the same
 * owner, permissions and extended attributes. An undo has a journal of its own while it runs, which lists directories
 * and no change.
 *
 * <p>A journal file, all numbers big-endian:
 *
 * <pre>
 * journal   = magic:8 frame*                           "freshjn4"; "freshjn5" of a clean
 * frame     = length:int crc:int entry                 length of the entry in bytes; CRC-32C of the entry
 * entry     = operation:text directory:path name:path temporary:path before:state after:state
 *             oldHead:head newHead:head keptAt:long    keptAt: position in the kept contents, -1 for none
 *             keptLink:path                            a name beside the journal, empty for none
 *             source:path prior:record                 of a pyc: its source and its record before; of a TIME
 *                                                      entry: the source and its record; empty for none
 * operation = RESTAMPED | REPLACED | CREATED | LINK_REPLACED | TIME | MADE | BEGUN | TREE
 *           | REMOVED | DIRECTORY_REMOVED              in a clean's journal only
 * text      = length:short byte*length                 modified UTF-8, as DataOutput.writeUTF
 * path      = length:int byte*length                   raw bytes, at most 65,536
 * state     = inode:long size:long mtimeSeconds:long mtimeNanos:int      all 0 where there is no file
 * record    = length:int byte*length                   a record of the index, with the one pyc or none
 * head      = length:byte low:long high:long           the first bytes of a pyc, 0 to 16: low and high as HeaderBytes
 * </pre>
 *
 * <p>A TREE entry has the root directory of the system that the tree belongs to as {@code temporary}; empty for this system.
 *
 * <p>A REPLACED entry without a source, with the name RECORD, is about the RECORD of a wheel; heads are its first
 * bytes.
 *
 * <p>Every entry is in the file before its change is made. A reader stops at the first frame that is cut off or whose
 * checksum is wrong: the change of such an entry was not begun. A removed file or directory is kept beside the journal,
 * under {@code keptLink}, before its entry is written, and {@code after} is all 0. Raise the digit in the magic when
 * anything of this changes; a reader refuses other magics, so that no entry is misread.
 */
@NullMarked
package dev.freshpyc.indexer.repair.journal;

import org.jspecify.annotations.NullMarked;

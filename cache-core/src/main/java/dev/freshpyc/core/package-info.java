/**
 * The terms that all of the code uses, each for one thing.
 *
 * <dl>
 *   <dt>source, pyc, tag, level<dd>a {@code .py} file; a bytecode file; {@code cpython-312} in its name; its optimization level
 *   <dt>header, body<dd>the first 8, 12 or 16 bytes of a pyc; the marshalled code behind them
 *   <dt>legacy pyc<dd>a {@code foo.pyc} that lies where its source would, outside {@code __pycache__}
 *   <dt>path entry<dd>a directory on {@code sys.path}, or one that the user named; each has an index of its own
 *   <dt>stamp<dd>what statx(2) says of a file's content: mtime, ctime, size, inode, device; compared for equality only
 *   <dt>settled<dd>a stamp so old when it was taken that no later change can leave an equal one; racy is the opposite
 *   <dt>sighting<dd>the file at which a scan has arrived: a pyc, or a pyc that is expected and absent
 *   <dt>observation<dd>what was read of a source and one pyc, with the time before the first stat
 *   <dt>verdict<dd>what the interpreter does with a pyc, and whether the pyc is its source's
 *   <dt>evidence<dd>what a verdict rests on: a recompilation, a hash, the index, a manifest, the header
 *   <dt>proof<dd>evidence that a body was compiled from its source's present content
 *   <dt>proof by content<dd>a proof that holds for every copy of the two contents, at any path and on any machine
 *   <dt>manifest<dd>a package manager's list of files and digests: RECORD, md5sums, the RPM database
 *   <dt>record<dd>what the index holds of one source and its pycs
 *   <dt>content facts<dd>what reading a whole file showed: that a body is complete, a source's hash
 *   <dt>fingerprint<dd>a digest over the names and stamps of a directory's sources and pycs
 *   <dt>seal<dd>a directory's fingerprint in the index: while it matches, no record of the directory is read
 *   <dt>generation<dd>one published state of an index; never changed, only replaced
 *   <dt>overlay<dd>a small file with the records that have changed since an index file was written
 *   <dt>draft<dd>the next generation while it is written; published by an atomic rename
 *   <dt>restamp<dd>write a new header over an unchanged body
 *   <dt>recompile<dd>compile the source with the pyc's own interpreter and write the whole file
 *   <dt>clean<dd>remove bytecode files that no interpreter reads, and the directories that are empty then
 *   <dt>plan<dd>what a repair will do, decided before the first write
 *   <dt>outcome<dd>what became of one file in a refresh, a repair, a clean or an undo
 *   <dt>skip reason<dd>why a repair leaves a file as it is
 *   <dt>journal<dd>what one repair or clean changed, written before each change; {@code undo} reads it
 * </dl>
 */
@NullMarked
package dev.freshpyc.core;

import org.jspecify.annotations.NullMarked;

/**
 * The terms of the code. Each term has one meaning.
 *
 * <dl>
 *   <dt>source, pyc, tag, level<dd>a {@code .py} file; bytecode file; {@code cpython-312} in a name; optimization level
 *   <dt>header, body<dd>the first 8, 12 or 16 bytes of a pyc; the marshalled code after the header
 *   <dt>legacy pyc<dd>a {@code foo.pyc} in the directory of its source, outside {@code __pycache__}
 *   <dt>path entry<dd>a directory or archive on {@code sys.path}, or one that the user named; each has its own index
 *   <dt>stamp<dd>mtime, ctime, size, inode and device of a file, from statx(2); compared for equality only
 *   <dt>settled<dd>a stamp taken so long after the last change that any later change gives another stamp; else racy
 *   <dt>sighting<dd>a file that a scan visits: a pyc, or a pyc that is expected and absent
 *   <dt>observation<dd>the facts read about a source and one pyc, with the time before the first stat
 *   <dt>verdict<dd>what the interpreter does with a pyc, and whether the pyc was compiled from its source
 *   <dt>evidence<dd>what a verdict rests on: a recompilation, a hash, the index, a manifest, the header
 *   <dt>proof<dd>evidence that a body was compiled from its source's present content
 *   <dt>proof by content<dd>a proof that holds for every copy of the two contents, at any path and on any machine
 *   <dt>manifest<dd>a package manager's list of files and digests: RECORD, md5sums, the RPM database
 *   <dt>record<dd>the entry of an index about one source and its pycs
 *   <dt>content facts<dd>facts that need a whole file: that a body is complete, the hash of a source
 *   <dt>fingerprint<dd>a digest over the names and stamps of a directory's sources and pycs
 *   <dt>seal<dd>a directory's fingerprint in the index; if the fingerprint matches, no record of the directory is read
 *   <dt>generation<dd>one published state of an index; never changed, only replaced
 *   <dt>overlay<dd>a small file with the records that have changed since an index file was written
 *   <dt>draft<dd>the next generation before it is published by an atomic rename
 *   <dt>restamp<dd>write a new header over an unchanged body
 *   <dt>recompile<dd>compile the source with the pyc's own interpreter and write the whole file
 *   <dt>clean<dd>remove bytecode files that no interpreter reads, and directories that become empty
 *   <dt>plan<dd>the actions of a repair, decided before the first write
 *   <dt>outcome<dd>the result of a refresh, a repair, a clean or an undo for one file
 *   <dt>skip reason<dd>why a repair leaves a file as it is
 *   <dt>journal<dd>the changes of one repair or clean, each listed before it is made; {@code undo} reads the journal
 * </dl>
 */
@NullMarked
package dev.freshpyc.core;

import org.jspecify.annotations.NullMarked;

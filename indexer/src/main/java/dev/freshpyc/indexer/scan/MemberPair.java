package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.archive.ArchiveMember;
import java.util.Optional;

/**
 * Bytecode in an archive with its source, as the archive lists both: what a plan to write the archive anew needs to know.
 *
 * @param archive the stamp of the archive
 * @param source empty where the archive has none
 * @param reader the version that the bytecode is judged for: the one that was asked, or the one that wrote it; empty where none is
 *     known
 */
public record MemberPair(
        FileStamp archive, ArchiveMember pyc, Optional<ArchiveMember> source, Optional<PythonVersion> reader) {}

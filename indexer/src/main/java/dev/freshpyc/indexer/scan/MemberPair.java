package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.indexer.archive.ArchiveMember;
import java.util.Optional;

/**
 * Bytecode in an archive with its source, as the archive lists both. A plan to write the archive anew needs these facts.
 *
 * @param archive the stamp of the archive
 * @param source empty where the archive has no source
 * @param reader the version that the bytecode is judged for: that of the interpreter that the user asked about, otherwise the version
 *     that wrote the bytecode; empty where neither is known
 */
public record MemberPair(
        FileStamp archive, ArchiveMember pyc, Optional<ArchiveMember> source, Optional<PythonVersion> reader) {}

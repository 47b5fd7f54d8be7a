package dev.freshpyc.indexer.archive;

/** The result of reading an archive's central directory. */
public sealed interface ArchiveReading {

    /** The members. */
    record Listed(CentralDirectory directory) implements ArchiveReading {}

    /** The archive was refused. */
    record Refused(ArchiveFault fault) implements ArchiveReading {}
}

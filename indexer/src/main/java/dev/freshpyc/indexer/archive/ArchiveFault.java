package dev.freshpyc.indexer.archive;

/** Why an archive cannot be read, and what zipimport does with such an archive. */
public enum ArchiveFault {
    /** No end record: not an archive, or one that is cut. The entry is passed over ({@code ZipImportError}). */
    NOT_AN_ARCHIVE,
    /** Numbers that contradict one another. The entry is passed over ({@code ZipImportError}). */
    CONTRADICTORY,
    /** The central directory is cut or garbled: every import that gets to the entry ends with another exception. */
    BROKEN,
    /** More members, or a longer directory, than this reader takes. */
    TOO_LARGE,
    /** The system could not read the file. */
    UNREADABLE
}

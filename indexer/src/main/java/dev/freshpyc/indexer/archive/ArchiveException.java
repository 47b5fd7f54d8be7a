package dev.freshpyc.indexer.archive;

/** An archive is refused; becomes an {@link ArchiveReading.Refused} before it leaves this package. */
final class ArchiveException extends Exception {

    private static final long serialVersionUID = 1;

    private final ArchiveFault fault;

    ArchiveException(ArchiveFault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    ArchiveFault fault() {
        return fault;
    }
}

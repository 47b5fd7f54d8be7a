package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.archive.ArchiveFault;
import dev.freshpyc.indexer.archive.ArchiveReading;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.OpenDirectory.Opening;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.scan.SourceScan.Order;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Shows the bytecode in archives to one worker's visitor. An archive is one directory: recognized, shown and finished as a whole. */
final class ArchiveScan {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Endings of files that are meant to be archives. A file with another ending and without an end record is no archive. */
    private static final List<String> ENDINGS = List.of(".zip", ".egg", ".whl", ".pyz", ".pyzw");

    private final TreeReader files;
    private final ScanOptions options;
    private final ScanVisitor visitor;
    private final StampTrust trust;
    private final FileStat stat = new FileStat();

    ArchiveScan(TreeReader files, ScanOptions options, ScanVisitor visitor) {
        this.files = files;
        this.options = options;
        this.visitor = visitor;
        this.trust = new StampTrust(files);
    }

    /** Shows the archive; of its bytecode, the members of these sources. */
    void scan(PathEntry.Archive entry, Predicate<RawPath> sources) {
        long takenAt = options.clock().millis() * NANOS_PER_MILLI;
        switch (files.openFile(entry.file(), stat)) {
            case FileContents.Opening.Refused(int code) ->
                visitor.refused(entry, RawPath.EMPTY, code == TreeReader.NOT_A_FILE ? Errno.ENOTDIR : new Errno(-code));
            case FileContents.Opening.Open(FileContents contents) -> {
                try (contents) {
                    scan(entry, sources, new OpenArchive(contents, stat.toStamp(), isStable(entry), takenAt));
                }
            }
        }
    }

    /** The source of a name in an archive. */
    static SourceState source(TreeReader files, ScanOptions options, PathEntry.Archive entry, RawPath name) {
        FileStat stat = new FileStat();
        if (!(files.openFile(entry.file(), stat) instanceof FileContents.Opening.Open(FileContents contents))) {
            return SourceState.ABSENT;
        }
        try (contents) {
            return read(contents, options) instanceof ArchiveReading.Listed(CentralDirectory directory)
                    ? directory
                            .file(entry.inner().resolve(name))
                            .<SourceState>map(member -> SourceState.present(ObservedMember.sourceStamp(
                                    stat.toStamp(), member, options.zone().get().getRules())))
                            .orElse(SourceState.ABSENT)
                    : SourceState.ABSENT;
        }
    }

    /** The place of a source in the order of finders, as the reader of its bytecode sees it. */
    static Order order(TreeReader files, ScanOptions options, PathEntry.Archive entry, RawPath source) {
        FileStat stat = new FileStat();
        if (!(files.openFile(entry.file(), stat) instanceof FileContents.Opening.Open(FileContents contents))) {
            return Order.PLAIN;
        }
        try (contents) {
            long takenAt = options.clock().millis() * NANOS_PER_MILLI;
            return read(contents, options) instanceof ArchiveReading.Listed(CentralDirectory directory)
                    ? order(
                            entry,
                            new OpenArchive(contents, stat.toStamp(), false, takenAt),
                            directory,
                            options,
                            source)
                    : Order.PLAIN;
        }
    }

    private static Order order(
            PathEntry.Archive entry,
            OpenArchive archive,
            CentralDirectory directory,
            ScanOptions options,
            RawPath source) {
        try (MemberReader members =
                new MemberReader(archive.contents(), asked(options).orElse(ZipRules.NEWEST))) {
            return new ArchiveReaders(entry, archive, directory, options, members).order(source);
        }
    }

    /** The verdict on an archive as a whole that imports cannot read. Reads the list of the members, and no member. */
    static Optional<Verdict> flaw(TreeReader files, ScanOptions options, PathEntry.Archive entry) {
        if (!(files.openFile(entry.file(), new FileStat())
                instanceof FileContents.Opening.Open(FileContents contents))) {
            return Optional.empty();
        }
        try (contents) {
            return read(contents, options) instanceof ArchiveReading.Refused(ArchiveFault fault)
                    ? verdict(entry, fault)
                    : Optional.empty();
        }
    }

    /** Whether the file has neither the contents nor the name of an archive: imports pass over it. */
    static boolean isNone(TreeReader files, PathEntry.Archive entry) {
        if (isNamedArchive(entry)
                || !(files.openFile(entry.file(), new FileStat())
                        instanceof FileContents.Opening.Open(FileContents contents))) {
            return false;
        }
        try (contents) {
            return CentralDirectory.read(contents, ZipRules.NEWEST)
                            instanceof ArchiveReading.Refused(ArchiveFault fault)
                    && fault == ArchiveFault.NOT_AN_ARCHIVE;
        }
    }

    private static boolean isNamedArchive(PathEntry.Archive entry) {
        return ENDINGS.stream().anyMatch(entry.file()::endsWith);
    }

    /** The rules of the interpreter that the user asked about. */
    private static Optional<ZipRules> asked(ScanOptions options) {
        return options.interpreter().map(known -> ZipRules.of(known.version()));
    }

    private static ArchiveReading read(FileContents contents, ScanOptions options) {
        Optional<ZipRules> asked = asked(options);
        ArchiveReading reading = CentralDirectory.read(contents, asked.orElse(ZipRules.NEWEST));
        if (asked.isEmpty() && reading instanceof ArchiveReading.Refused) {
            ArchiveReading older = CentralDirectory.read(contents, ZipRules.BEFORE_ZIP64);
            return older instanceof ArchiveReading.Listed ? older : reading;
        }
        return reading;
    }

    /** An open archive, with its stamp. */
    record OpenArchive(FileContents contents, FileStamp stamp, boolean stable, long takenAtNanos) {}

    private boolean isStable(PathEntry.Archive entry) {
        RawPath parent = entry.file().parent();
        if (!(files.openRoot(parent.equals(RawPath.EMPTY) ? RawPath.of(".") : parent)
                instanceof Opening.Open(OpenDirectory directory))) {
            return false;
        }
        try {
            return trust.isStable(directory, stat.device());
        } finally {
            files.close(directory);
        }
    }

    private void scan(PathEntry.Archive entry, Predicate<RawPath> sources, OpenArchive archive) {
        if (!visitor.recognizes(entry, RawPath.EMPTY, () -> fingerprint(archive))) {
            show(entry, sources, archive);
        }
        visitor.finished(entry, RawPath.EMPTY);
    }

    private void show(PathEntry.Archive entry, Predicate<RawPath> sources, OpenArchive archive) {
        Optional<ZipRules> asked = asked(options);
        switch (read(archive.contents(), options)) {
            case ArchiveReading.Refused(ArchiveFault fault) -> refuse(entry, fault);
            case ArchiveReading.Listed(CentralDirectory directory) -> {
                directory.duplicate().ifPresent(name -> flaw(entry, name, Reason.DUPLICATE_NAME));
                directory.unsafe().ifPresent(name -> flaw(entry, name, Reason.UNSAFE_NAME));
                try (MemberObserver observer = new MemberObserver(entry, archive, directory, options, asked)) {
                    observer.show(sources, visitor);
                }
            }
        }
    }

    private void flaw(PathEntry.Archive entry, RawPath name, Reason reason) {
        visitor.flawed(entry, name, Verdict.unusable(reason, false));
    }

    private void refuse(PathEntry.Archive entry, ArchiveFault fault) {
        verdict(entry, fault)
                .ifPresentOrElse(
                        verdict -> visitor.flawed(entry, RawPath.EMPTY, verdict),
                        () -> visitor.refused(entry, RawPath.EMPTY, Errno.ENOTDIR));
    }

    /** The verdict on an archive with a fault; empty for a file that nobody means to be an archive. */
    private static Optional<Verdict> verdict(PathEntry.Archive entry, ArchiveFault fault) {
        return switch (fault) {
            case NOT_AN_ARCHIVE ->
                isNamedArchive(entry) ? Optional.of(Verdict.unusable(Reason.NO_ARCHIVE, false)) : Optional.empty();
            case CONTRADICTORY -> Optional.of(Verdict.unusable(Reason.NO_ARCHIVE, false));
            case BROKEN -> Optional.of(Verdict.unusable(Reason.NO_ARCHIVE, true));
            case TOO_LARGE -> Optional.of(Verdict.unreadable(null, Errno.EFBIG));
            case UNREADABLE -> Optional.of(Verdict.unreadable(null, Errno.EIO));
        };
    }

    /** A digest of the archive's stamp and the time zone: verdicts depend on both. */
    private Optional<Sha256> fingerprint(OpenArchive archive) {
        if (!archive.stable()) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte('z');
            archive.stamp().writeTo(out);
            out.writeUTF(options.zone().get().getId());
        } catch (IOException impossible) {
            throw new AssertionError("bytes in memory can be written", impossible);
        }
        MessageDigest digest = Sha256.newDigest();
        return Optional.of(Sha256.of(digest.digest(bytes.toByteArray())));
    }
}

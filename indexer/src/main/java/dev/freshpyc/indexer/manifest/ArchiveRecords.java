package dev.freshpyc.indexer.manifest;

import dev.freshpyc.core.manifest.Manifests;
import dev.freshpyc.core.manifest.WantedFiles;
import dev.freshpyc.core.manifest.WheelRecord;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.archive.ArchiveMember;
import dev.freshpyc.indexer.archive.ArchiveReading;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.Unpacked;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the RECORD of each {@code *.dist-info} directory at the top of an archive, such as a wheel. Its rows vouch for members as
 * those of a RECORD in a directory do for files.
 */
public final class ArchiveRecords {

    private static final String DIST_INFO = ".dist-info";

    private final RawPath archive;
    private final RawPath inner;
    private final Manifests manifests = new Manifests(WantedFiles.ALL);
    private long left = ManifestFile.MAX_SIZE;

    private ArchiveRecords(RawPath archive, RawPath inner) {
        this.archive = archive;
        this.inner = inner;
    }

    /**
     * What an archive records of its members.
     *
     * @param archive a file, without links
     * @param inner the directory in the archive that paths are relative to; {@link RawPath#EMPTY} for the whole archive
     */
    public static Manifests of(RawPath archive, RawPath inner) {
        ArchiveRecords records = new ArchiveRecords(archive, inner);
        try (TreeReader files = HostFiles.readers().get()) {
            if (files.openFile(archive, new FileStat()) instanceof FileContents.Opening.Open(FileContents contents)) {
                records.read(contents);
            }
        }
        return records.manifests;
    }

    private void read(FileContents contents) {
        try (contents;
                MemberReader reader = new MemberReader(contents, ZipRules.NEWEST)) {
            if (CentralDirectory.read(contents, ZipRules.NEWEST)
                    instanceof ArchiveReading.Listed(CentralDirectory directory)) {
                sorted(directory).forEach(record -> read(reader, record));
            }
        }
    }

    /** The RECORDs by name, so that the result does not depend on their order in the archive. */
    private static List<ArchiveMember> sorted(CentralDirectory directory) {
        return directory.files().values().stream()
                .filter(member -> isRecord(member.name()))
                .sorted(Comparator.comparing(ArchiveMember::name))
                .toList();
    }

    private static boolean isRecord(RawPath name) {
        RawPath info = name.parent();
        return name.name().equals(WheelRecord.NAME)
                && info.endsWith(DIST_INFO)
                && info.parent().equals(RawPath.EMPTY);
    }

    private void read(MemberReader reader, ArchiveMember record) {
        if (manifests.isFull() || left <= 0 || !(reader.all(record) instanceof Unpacked.Bytes bytes)) {
            manifests.countRefused();
            left -= MemberReader.MAX_SIZE;
            return;
        }
        left -= bytes.length();
        WheelRecord parser = new WheelRecord(
                archive.resolve(record.name()),
                (path, expected) -> Manifests.inside(archive, path)
                        .flatMap(member -> member.relativeTo(inner))
                        .ifPresent(member -> manifests.add(member, expected)));
        parser.take(bytes.bytes(), 0, bytes.length());
        parser.end();
        manifests.count(parser);
    }
}

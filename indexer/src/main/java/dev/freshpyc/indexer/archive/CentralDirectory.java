package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one archive, as {@code zipimport._read_directory} lists them: of members with one name, the last. */
public final class CentralDirectory {

    /** Archives with more members are refused. */
    static final int MAX_MEMBERS = 1_000_000;

    /** Longer central directories are refused, in bytes. */
    static final long MAX_LENGTH = 256L << 20;

    private static final int SIGNATURE = 0x02014b50;
    private static final int HEADER = 46;
    private static final int UTF8_FLAG = 0x800;

    private final Map<RawPath, ArchiveMember> files = new LinkedHashMap<>();
    private final Set<RawPath> directories = new HashSet<>();
    private @Nullable RawPath duplicate;
    private @Nullable RawPath unsafe;

    private CentralDirectory() {}

    /** Reads the central directory. */
    public static ArchiveReading read(FileContents archive, ZipRules rules) {
        try {
            EndRecord end = EndRecord.find(archive, archive.size(), rules);
            long length = archive.size() - end.directoryAt();
            if (length > MAX_LENGTH) {
                return new ArchiveReading.Refused(ArchiveFault.TOO_LARGE);
            }
            byte[] bytes = new byte[(int) length];
            if (!archive.readFully(end.directoryAt(), bytes, bytes.length)) {
                return new ArchiveReading.Refused(ArchiveFault.UNREADABLE);
            }
            CentralDirectory directory = new CentralDirectory();
            directory.add(bytes, end, rules);
            return new ArchiveReading.Listed(directory);
        } catch (ArchiveException refused) {
            return new ArchiveReading.Refused(refused.fault());
        } catch (IOException unreadable) {
            return new ArchiveReading.Refused(ArchiveFault.UNREADABLE);
        }
    }

    /** The files by name, in the order of the central directory. */
    public Map<RawPath, ArchiveMember> files() {
        return files;
    }

    /** The file of that name. */
    public Optional<ArchiveMember> file(RawPath name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Whether the archive has an entry for the directory itself, which some tools leave out. */
    public boolean hasDirectory(RawPath name) {
        return directories.contains(name);
    }

    /** A name that several members have; empty where there is none. */
    public Optional<RawPath> duplicate() {
        return Optional.ofNullable(duplicate);
    }

    /** A name that leads out of the archive, or that no import can ask for; empty where there is none. */
    public Optional<RawPath> unsafe() {
        return Optional.ofNullable(unsafe);
    }

    private void add(byte[] bytes, EndRecord end, ZipRules rules) throws ArchiveException {
        int at = 0;
        int count = 0;
        while (true) {
            if (bytes.length - at < Integer.BYTES) {
                throw new ArchiveException(ArchiveFault.BROKEN);
            }
            if (LittleEndian.word(bytes, at) != SIGNATURE) {
                break;
            }
            if (bytes.length - at < HEADER) {
                throw new ArchiveException(ArchiveFault.BROKEN);
            }
            if (count == MAX_MEMBERS) {
                throw new ArchiveException(ArchiveFault.TOO_LARGE);
            }
            int next = at
                    + HEADER
                    + LittleEndian.half(bytes, at + 28)
                    + LittleEndian.half(bytes, at + 30)
                    + LittleEndian.half(bytes, at + 32);
            addMember(bytes, at, next, count, end, rules);
            at = next;
            count++;
        }
        if (end.members() >= 0 && end.members() != count) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
    }

    private void addMember(byte[] bytes, int at, int next, int index, EndRecord end, ZipRules rules)
            throws ArchiveException {
        MemberSizes sizes = new MemberSizes(
                LittleEndian.unsignedWord(bytes, at + 24),
                LittleEndian.unsignedWord(bytes, at + 20),
                LittleEndian.unsignedWord(bytes, at + 42));
        int nameAt = at + HEADER;
        int nameEnd = nameAt + LittleEndian.half(bytes, at + 28);
        boolean utf8 = (LittleEndian.half(bytes, at + 8) & UTF8_FLAG) != 0;
        if (!rules.zip64() && isBeyond(sizes.headerAt(), end)) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
        if (next > bytes.length) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
        RawPath name = rules.text() ? MemberName.of(bytes, nameAt, nameEnd, utf8) : RawPath.of(bytes, nameAt, nameEnd);
        if (rules.zip64()) {
            sizes = sizes.extended(bytes, nameEnd, next);
            if (isBeyond(sizes.headerAt(), end)) {
                throw new ArchiveException(ArchiveFault.CONTRADICTORY);
            }
        }
        add(new ArchiveMember(
                name,
                index,
                LittleEndian.half(bytes, at + 10),
                sizes.packed(),
                sizes.size(),
                sizes.headerAt() + end.prefix(),
                LittleEndian.half(bytes, at + 14),
                LittleEndian.half(bytes, at + 12)));
    }

    private static boolean isBeyond(long headerAt, EndRecord end) {
        return Long.compareUnsigned(headerAt, end.recordedAt()) > 0;
    }

    private void add(ArchiveMember member) {
        byte[] name = member.name().toBytes();
        if (MemberName.isUnsafe(member.name())) {
            unsafe = Objects.requireNonNullElse(unsafe, member.name());
        } else if (name[name.length - 1] == '/') {
            directories.add(RawPath.of(name, 0, name.length - 1));
        } else {
            if (files.put(member.name(), member) != null) {
                duplicate = Objects.requireNonNullElse(duplicate, member.name());
            }
        }
    }
}

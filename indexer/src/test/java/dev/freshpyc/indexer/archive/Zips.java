package dev.freshpyc.indexer.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip archives, written by the JDK. */
final class Zips {

    private Zips() {}

    /** An archive with the given members in their order, compressed by deflate. */
    static byte[] of(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** An archive with one member, which declares a compression method and holds {@code packed} unchanged. */
    static byte[] of(String name, int method, byte[] packed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            CRC32 crc = new CRC32();
            crc.update(packed);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(packed.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(packed);
        }
        byte[] archive = bytes.toByteArray();
        int record = 30 + name.length() + packed.length; // where the central directory begins
        archive[8] = (byte) method;
        archive[record + 10] = (byte) method;
        return archive;
    }

    /** An archive's bytes as an open file. */
    static MemberContents opened(byte[] bytes) {
        return new MemberContents(new Unpacked.Bytes(bytes, bytes.length));
    }

    static CentralDirectory listed(byte[] bytes) {
        if (CentralDirectory.read(opened(bytes), ZipRules.NEWEST)
                instanceof ArchiveReading.Listed(CentralDirectory all)) {
            return all;
        }
        throw new AssertionError("the archive was refused");
    }
}

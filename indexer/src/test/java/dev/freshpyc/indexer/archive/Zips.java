package dev.freshpyc.indexer.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives made by Java's own writer. */
final class Zips {

    private Zips() {}

    /** An archive with these members, deflated, in their order. */
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

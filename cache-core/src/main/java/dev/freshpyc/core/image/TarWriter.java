package dev.freshpyc.core.image;

import dev.freshpyc.core.image.TarMember.Attribute;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a tar archive of files and directories. Equal members give equal bytes. Each header is a ustar header; values that do not
 * fit in it are written as POSIX records before it. Not thread-safe.
 */
public final class TarWriter {

    private static final int NAME = 100;
    private static final long MAX_ID = 07777777;
    private static final long MAX_NUMBER = 077777777777L;
    private static final RawPath RECORDS = RawPath.of("PaxHeaders/records");

    private final OutputStream out;

    /** @param out gets the archive; not closed */
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins a member; {@link TarMember#size()} bytes of content must follow, and then {@link #end}. */
    public void begin(TarMember member) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        if (member.name().length() > NAME) {
            record(records, "path", member.name());
        }
        number(records, "uid", member.user(), MAX_ID);
        number(records, "gid", member.group(), MAX_ID);
        number(records, "mtime", member.mtimeSeconds(), MAX_NUMBER);
        for (Attribute attribute : member.attributes()) {
            record(records, attribute.key(), attribute.value());
        }
        if (records.size() > 0) {
            header(RECORDS, 'x', 0644, 0, 0, 0, records.size());
            out.write(records.toByteArray());
            end(records.size());
        }
        char type = member.type() == MemberType.DIRECTORY ? '5' : '0';
        header(member.name(), type, member.mode(), member.user(), member.group(), member.mtimeSeconds(), member.size());
    }

    /** Ends a member with {@code size} bytes of content: fills its last block with zeros. */
    public void end(long size) throws IOException {
        out.write(new byte[(int) (-size & (TarReader.BLOCK - 1))]);
    }

    /** Ends the archive. */
    public void finish() throws IOException {
        out.write(new byte[2 * TarReader.BLOCK]);
    }

    private void header(RawPath name, char type, int mode, long user, long group, long mtime, long size)
            throws IOException {
        byte[] block = new byte[TarReader.BLOCK];
        byte[] bytes = name.toBytes();
        System.arraycopy(bytes, 0, block, 0, Math.min(bytes.length, NAME));
        octal(block, 100, 8, mode);
        octal(block, 108, 8, fitting(user, MAX_ID));
        octal(block, 116, 8, fitting(group, MAX_ID));
        octal(block, 124, 12, size);
        octal(block, 136, 12, fitting(mtime, MAX_NUMBER));
        block[156] = (byte) type;
        byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, block, 257, magic.length);
        long sum = 8 * ' ';
        for (byte one : block) {
            sum += one & 0xff;
        }
        octal(block, 148, 7, sum);
        block[155] = ' ';
        out.write(block);
    }

    private static void octal(byte[] block, int at, int length, long value) {
        String digits = Long.toOctalString(value);
        String field = "0".repeat(length - 1 - digits.length()) + digits;
        System.arraycopy(field.getBytes(StandardCharsets.US_ASCII), 0, block, at, field.length());
    }

    private static long fitting(long value, long most) {
        return value < 0 || value > most ? 0 : value;
    }

    private static void number(ByteArrayOutputStream records, String key, long value, long most) {
        if (value < 0 || value > most) {
            record(records, key, RawPath.of(Long.toString(value)));
        }
    }

    /** Writes a record. The length at its beginning includes the digits of the length itself. */
    private static void record(ByteArrayOutputStream records, String key, RawPath value) {
        byte[] text = RawPath.of(" " + key + "=").toBytes();
        int rest = text.length + value.length() + 1;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length = Integer.toString(length).length() + rest;
        }
        records.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        records.writeBytes(text);
        records.writeBytes(value.toBytes());
        records.write('\n');
    }
}

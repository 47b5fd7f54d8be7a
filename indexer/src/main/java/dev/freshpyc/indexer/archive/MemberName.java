package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.path.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the names of members as zipimport does. */
final class MemberName {

    /** The upper half of code page 437, which zipimport brings along since it cannot import encodings from an archive. */
    private static final String CP437 =
            "ÇüéâäàåçêëèïîìÄÅ" + "ÉæÆôöòûùÿÖÜ¢£¥₧ƒ" + "áíóúñÑªº¿⌐¬½¼¡«»" + "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧"
                    + "╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" + "αßΓπΣσµτΦΘΩδ∞φε∩" + "≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

    private static final RawPath HERE = RawPath.of(".");
    private static final RawPath UP = RawPath.of("..");

    private MemberName() {}

    /**
     * The name as imports ask for it.
     *
     * @param utf8 whether the archive declares the name as UTF-8; otherwise it is in code page 437
     * @throws ArchiveException for a name that is declared as UTF-8 and is not: {@code UnicodeDecodeError} ends the import
     */
    static RawPath of(byte[] bytes, int from, int to, boolean utf8) throws ArchiveException {
        if (isAscii(bytes, from, to)) {
            return RawPath.of(bytes, from, to);
        }
        if (!utf8) {
            StringBuilder text = new StringBuilder(to - from);
            for (int at = from; at < to; at++) {
                text.append(bytes[at] >= 0 ? (char) bytes[at] : CP437.charAt(bytes[at] & 0x7f));
            }
            return RawPath.of(text.toString());
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return RawPath.of(bytes, from, to);
        } catch (CharacterCodingException garbled) {
            throw new ArchiveException(ArchiveFault.BROKEN);
        }
    }

    /** Whether the name leads out of the archive, or is one that no import can ask for: absolute, with dots or empty names. */
    static boolean isUnsafe(RawPath name) {
        byte[] bytes = name.toBytes();
        int slashes = 0;
        for (byte one : bytes) {
            if (one == 0) {
                return true;
            }
            slashes += one == '/' ? 1 : 0;
        }
        List<RawPath> names = name.names();
        boolean directory = bytes.length > 0 && bytes[bytes.length - 1] == '/';
        return names.size() != slashes + (directory ? 0 : 1) || names.contains(HERE) || names.contains(UP);
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }
}

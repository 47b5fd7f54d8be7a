package dev.freshpyc.core.image;

import dev.freshpyc.core.image.TarMember.Attribute;
import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records {@code LENGTH KEY=VALUE\n} of POSIX.1-2001 that stand before a member, and the long names of GNU tar. */
final class PaxRecords {

    /** The most bytes of the records of one member: extended attributes are at most 64 KiB each. */
    static final int MAX_SIZE = 1 << 20;

    private static final int NANO_DIGITS = 9;

    private final List<Attribute> attributes = new ArrayList<>();
    private @Nullable RawPath name;
    private @Nullable RawPath link;
    private @Nullable Long size;
    private @Nullable Long user;
    private @Nullable Long group;
    private @Nullable Long mtimeSeconds;
    private int mtimeNanos;
    private boolean sparse;

    void setName(RawPath longName) {
        name = longName;
    }

    void setLink(RawPath longTarget) {
        link = longTarget;
    }

    /** Reads the records of one member. */
    void read(byte[] text, long length) throws BadArchiveException {
        int at = 0;
        while (at < length && text[at] != 0) {
            int blank = at;
            int count = 0;
            while (blank < length && text[blank] >= '0' && text[blank] <= '9' && count <= MAX_SIZE) {
                count = count * 10 + text[blank++] - '0';
            }
            int end = at + count - 1;
            int equals = blank + 1;
            while (equals < length && text[equals] != '=') {
                equals++;
            }
            boolean valid = blank < length && text[blank] == ' ' && end < length && equals < end && text[end] == '\n';
            if (!valid) {
                throw new BadArchiveException("has a damaged record before a member");
            }
            String key = new String(text, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
            set(key, RawPath.of(text, equals + 1, end));
            at = end + 1;
        }
    }

    private void set(String key, RawPath value) throws BadArchiveException {
        switch (key) {
            case "path" -> name = value;
            case "linkpath" -> link = value;
            case "size" -> size = number(value);
            case "uid" -> user = number(value);
            case "gid" -> group = number(value);
            case "mtime" -> setMtime(value.toPython());
            default -> {
                if (key.startsWith("GNU.sparse.")) {
                    sparse = true;
                } else if (key.startsWith(Attribute.PREFIX)) {
                    attributes.removeIf(known -> known.key().equals(key));
                    attributes.add(new Attribute(key, value));
                }
            }
        }
    }

    /** Seconds with a fraction; before 1970, the fraction counts backward: -1.5 is half a second before -1. */
    private void setMtime(String text) throws BadArchiveException {
        int dot = text.indexOf('.');
        long seconds = number(RawPath.of(dot < 0 ? text : text.substring(0, dot)));
        int nanos = 0;
        if (dot >= 0) {
            String digits = (text.substring(dot + 1) + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS);
            nanos = (int) number(RawPath.of(digits));
        }
        boolean negative = text.startsWith("-") && nanos > 0;
        mtimeSeconds = negative ? seconds - 1 : seconds;
        mtimeNanos = negative ? 1_000_000_000 - nanos : nanos;
    }

    private static long number(RawPath text) throws BadArchiveException {
        try {
            return Long.parseLong(text.toPython());
        } catch (NumberFormatException wrong) {
            throw new BadArchiveException("has a record with a damaged number: " + text.shown());
        }
    }

    Optional<RawPath> name() {
        return Optional.ofNullable(name);
    }

    Optional<RawPath> link() {
        return Optional.ofNullable(link);
    }

    Optional<Long> size() {
        return Optional.ofNullable(size);
    }

    Optional<Long> user() {
        return Optional.ofNullable(user);
    }

    Optional<Long> group() {
        return Optional.ofNullable(group);
    }

    Optional<Long> mtimeSeconds() {
        return Optional.ofNullable(mtimeSeconds);
    }

    int mtimeNanos() {
        return mtimeNanos;
    }

    boolean isSparse() {
        return sparse;
    }

    List<Attribute> attributes() {
        return attributes;
    }
}

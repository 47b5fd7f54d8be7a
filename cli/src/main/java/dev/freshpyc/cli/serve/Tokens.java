package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.OptionFile;
import dev.freshpyc.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that let a client write. A file has the SHA-256 of each secret, as {@code sha256sum} prints it, so that a copy of the file
 * lets nobody in. Every check compares with all digests, in a time that does not depend on their bytes.
 */
public final class Tokens {

    /** Every client may write: the service listens on the loopback interface alone. */
    public static final Tokens NOT_NEEDED = new Tokens(Optional.empty());

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})(?:\\s.*)?");
    private static final Pattern HEADER = Pattern.compile("Bearer ([\\x21-\\x7e]{1,512})");

    private final Optional<List<byte[]>> digests;

    private Tokens(Optional<List<byte[]>> digests) {
        this.digests = digests;
    }

    /**
     * Reads a file of digests: each line has 64 hexadecimal digits, and a comment may follow after a blank.
     *
     * @throws CommandFailure when the file cannot be read, has no line, or has a line of another form
     */
    public static Tokens read(OptionFile file) {
        List<byte[]> digests = new ArrayList<>();
        for (String line :
                new String(file.read(), StandardCharsets.ISO_8859_1).lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (match.matches()) {
                digests.add(HexFormat.of().parseHex(match.group(1)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw file.unusable("a line is not the SHA-256 of a token: make it with 'sha256sum'");
            }
        }
        if (digests.isEmpty()) {
            throw file.unusable("there is no token: make one with 'openssl rand -hex 32'");
        }
        return new Tokens(Optional.of(digests));
    }

    /** Whether only a client with a token may write. */
    public boolean areNeeded() {
        return digests.isPresent();
    }

    /** Whether a request with this {@code Authorization} header may write. */
    boolean allow(@Nullable String authorization) {
        if (digests.isEmpty()) {
            return true;
        }
        Matcher match = HEADER.matcher(authorization == null ? "" : authorization);
        return match.matches() && has(match.group(1));
    }

    /** Whether a text is one of the secrets. */
    public boolean has(String secret) {
        byte[] asked = Sha256.newDigest().digest(secret.getBytes(StandardCharsets.UTF_8));
        boolean found = false;
        for (byte[] digest : digests.orElse(List.of())) {
            found |= MessageDigest.isEqual(digest, asked);
        }
        return found;
    }
}

package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that let a client write. A file has the SHA-256 of each, so that a copy of the file lets nobody in: {@code sha256sum}
 * makes such lines. Every comparison looks at all of them, in a time that does not depend on their bytes.
 */
public final class Tokens {

    /** Every client may write: the service listens on the loopback interface alone. */
    public static final Tokens NOT_NEEDED = new Tokens(Optional.empty());

    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})(?:\\s.*)?");
    private static final Pattern HEADER = Pattern.compile("Bearer ([\\x21-\\x7e]{1,512})");

    private final Optional<List<byte[]>> digests;

    private Tokens(Optional<List<byte[]>> digests) {
        this.digests = digests;
    }

    /**
     * Reads a file of digests: 64 hexadecimal digits in each line, and what follows a blank is a comment.
     *
     * @throws CommandFailure when the file cannot be read, has no line, or has a line of another form
     */
    public static Tokens read(String file) {
        List<byte[]> digests = new ArrayList<>();
        for (String line : lines(file)) {
            Matcher match = LINE.matcher(line);
            if (match.matches()) {
                digests.add(HexFormat.of().parseHex(match.group(1)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw unusable(file, "a line is not the SHA-256 of a token: make it with 'sha256sum'");
            }
        }
        if (digests.isEmpty()) {
            throw unusable(file, "there is no token: make one with 'openssl rand -hex 32'");
        }
        return new Tokens(Optional.of(digests));
    }

    private static List<String> lines(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unusable(file, "it is larger than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException unreadable) {
            throw unusable(file, "it cannot be read");
        }
    }

    private static CommandFailure unusable(String file, String why) {
        return new CommandFailure(
                ExitCode.USAGE, "--token-file " + RawPath.of(file).shown() + ": " + why);
    }

    /** Whether a request with this {@code Authorization} header may write. */
    boolean allow(@Nullable String authorization) {
        if (digests.isEmpty()) {
            return true;
        }
        Matcher match = HEADER.matcher(authorization == null ? "" : authorization);
        if (!match.matches()) {
            return false;
        }
        byte[] asked = sha256(match.group(1));
        boolean found = false;
        for (byte[] digest : digests.get()) {
            found |= MessageDigest.isEqual(digest, asked);
        }
        return found;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Tokens by which users are known: 48 random bytes as 64 characters. The database has {@code sha256:SALT:HASH}, so that a copy of the
 * database lets nobody in. A token is so random that one round of the hash is enough.
 */
final class Secret {

    private static final int TOKEN_BYTES = 48;
    private static final int SALT_BYTES = 16;
    private static final String ALGORITHM = "sha256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** A new token. It has no minus, so that it never looks like an option in a command line. */
    static String token() {
        return Base64.getUrlEncoder().encodeToString(random(TOKEN_BYTES)).replace('-', '.');
    }

    /** The hash of a token that the database keeps, with a new salt. */
    static String kept(String token) {
        return kept(token, HexFormat.of().formatHex(random(SALT_BYTES)));
    }

    private static String kept(String token, String salt) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(salt.getBytes(StandardCharsets.UTF_8));
        digest.update(token.getBytes(StandardCharsets.UTF_8));
        return ALGORITHM + ":" + salt + ":" + HexFormat.of().formatHex(digest.digest());
    }

    /** Whether a kept hash is that of a token. The time does not depend on how much of the hash is equal. */
    static boolean isOf(String token, String kept) {
        String[] parts = kept.split(":", -1);
        return parts.length == 3
                && MessageDigest.isEqual(
                        kept(token, parts[1]).getBytes(StandardCharsets.UTF_8), kept.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}

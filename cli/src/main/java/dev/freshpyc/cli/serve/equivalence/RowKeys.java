package dev.freshpyc.cli.serve.equivalence;

import dev.freshpyc.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The numbers by which the indexes of the database find rows: 64 bits of the SHA-256 of the texts. An index of the texts themselves has five
 * times the size, and since hashes come in no order, each new row changes another of its pages: the first fill of a database would write
 * mostly pages of indexes.
 *
 * <p>Two texts may have one number. So statements compare the texts, too. Only the unique index of rows compares numbers alone. It would
 * take two rows for one if both of their 64-bit numbers were equal.
 */
final class RowKeys {

    /** No text in UTF-8 has this byte, so that a pair of texts cannot look like another pair. */
    private static final byte SEPARATOR = (byte) 0xff;

    private RowKeys() {}

    /** The value of the column {@code task_key}. */
    static long ofTask(TaskKey task) {
        return ofTask(task.method(), task.taskhash());
    }

    /** The value of the column {@code task_key}. */
    static long ofTask(String method, String taskhash) {
        return number(method, taskhash);
    }

    /** The value of the column {@code output_key}. */
    static long ofOutput(String method, String outhash) {
        return number(method, outhash);
    }

    /** The value of the column {@code unihash_key}. */
    static long ofUnihash(String unihash) {
        return number(unihash);
    }

    private static long number(String... texts) {
        MessageDigest digest = Sha256.newDigest();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(SEPARATOR);
        }
        return Sha256.of(digest.digest()).first();
    }
}

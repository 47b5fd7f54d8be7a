package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The compilation of one source, as a task of the equivalence protocol; the package says what the hash covers.
 *
 * @param method the interpreter's magic and the level
 * @param taskhash 64 hexadecimal digits
 */
public record CompileTask(String method, String taskhash) {

    private static final byte[] TASK = "freshpyc task 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_FLAGS = 0;

    /** Names the definition of task and code hashes. Raise the number when either changes, so that no old hash meets a new one. */
    private static final String DEFINITION = "freshpyc2/";

    /**
     * The task of a source.
     *
     * @param content SHA-256 of the source
     * @param fileName the name of the source in the code
     */
    static CompileTask of(Magic magic, OptimizationLevel level, Sha256 content, RawPath fileName) {
        MessageDigest hash = Sha256.newDigest();
        hash.update(TASK);
        hash.update(content.toBytes());
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(NO_FLAGS).array());
        hash.update(fileName.toBytes());
        return new CompileTask(method(magic, level), Sha256.of(hash.digest()).toString());
    }

    /** The method of all tasks of an interpreter at a level. */
    static String method(Magic magic, OptimizationLevel level) {
        String suffix = level.name().isEmpty() ? "" : "/opt-" + level.name();
        return DEFINITION + magic.number() + suffix;
    }
}

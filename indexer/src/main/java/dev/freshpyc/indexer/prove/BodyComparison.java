package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.compile.CompileOutcome;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.prove.BodyComparison.Result.Different;
import dev.freshpyc.indexer.prove.BodyComparison.Result.Equal;
import dev.freshpyc.indexer.prove.BodyComparison.Result.Unknown;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the code of a pyc with the code that the pyc's interpreter makes of the source. Belongs to one worker of a scan, which
 * waits for the compiler.
 */
final class BodyComparison {

    private static final int MAX_FILE = 64 << 20;

    private final Compilers compilers;
    private final CodeDigester digester = new CodeDigester();
    private final MessageDigest sha256 = Sha256.newDigest();

    BodyComparison(Compilers compilers) {
        this.compilers = compilers;
    }

    /** Why code could not be compared. */
    enum Obstacle {
        CHANGING("changing or unreadable"),
        NO_CODE("no code that can be compared"),
        NO_INTERPRETER("no interpreter"),
        LEVEL("a level that no interpreter has"),
        DOES_NOT_COMPILE("the source does not compile");

        private final String words;

        Obstacle(String words) {
            this.words = words;
        }
    }

    /** What a comparison shows. */
    sealed interface Result {

        /** The interpreter makes the same code of the source. */
        record Equal() implements Result {}

        /** The interpreter makes other code of the source. */
        record Different() implements Result {}

        /**
         * Nothing could be compared.
         *
         * @param detail the interpreter that is missing; empty for other obstacles
         */
        record Unknown(Obstacle obstacle, String detail) implements Result {

            Unknown(Obstacle obstacle) {
                this(obstacle, "");
            }

            /** The obstacle in words. */
            String words() {
                return detail.isEmpty() ? obstacle.words : obstacle.words + " for " + detail;
            }
        }
    }

    /**
     * Reads both files; empty where one cannot be read, or is too large.
     *
     * @param head the first bytes of the pyc
     */
    Optional<PairContents> read(Sighting sighting, HeaderBytes head) {
        byte @Nullable [] source = read(sighting.openSource());
        byte @Nullable [] pyc = read(sighting.openPyc());
        if (source == null || pyc == null) {
            return Optional.empty();
        }
        int length = PycFormat.of(sighting.tag(), new Magic((int) head.low()))
                .layout()
                .length();
        int bodyAt = Math.min(length, pyc.length);
        sha256.update(pyc, bodyAt, pyc.length - bodyAt);
        Sha256 body = Sha256.of(sha256.digest());
        return Optional.of(new PairContents(head, source, pyc, bodyAt, Sha256.of(sha256.digest(source)), body));
    }

    /** Compiles the source and compares. */
    Result compare(Sighting sighting, PairContents read) {
        Optional<CodeDigest> code = digester.digest(read.pyc(), read.bodyAt(), sighting.tag(), read.magic());
        if (code.isEmpty()) {
            return new Unknown(Obstacle.NO_CODE);
        }
        WantedInterpreter wanted = WantedInterpreter.ofPyc(sighting.tag(), read.head());
        Optional<LocatedInterpreter> interpreter = compilers.interpreters().find(wanted);
        if (interpreter.isEmpty()) {
            return new Unknown(Obstacle.NO_INTERPRETER, wanted.toString());
        }
        if (!CompileRequest.canMake(sighting.level())) {
            return new Unknown(Obstacle.LEVEL);
        }
        Optional<byte[]> compiled = compile(interpreter.get(), code.get(), read, sighting.level());
        if (compiled.isEmpty()) {
            return new Unknown(Obstacle.DOES_NOT_COMPILE);
        }
        if (!isUnchanged(sighting)) {
            return new Unknown(Obstacle.CHANGING);
        }
        byte[] body = compiled.get();
        boolean equal = Arrays.equals(body, 0, body.length, read.pyc(), read.bodyAt(), read.pyc().length)
                || digester.digest(body, 0, sighting.tag(), read.magic()).equals(code);
        return equal ? new Equal() : new Different();
    }

    private Optional<byte[]> compile(
            LocatedInterpreter interpreter, CodeDigest code, PairContents read, OptimizationLevel level) {
        try {
            CompileRequest request = CompileRequest.of(code.fileName(), read.source(), List.of(level));
            return compilers.workers().compile(interpreter, request) instanceof CompileOutcome.Compiled compiled
                    ? Optional.of(Objects.requireNonNull(compiled.bodies().get(level)))
                    : Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static boolean isUnchanged(Sighting sighting) {
        return sighting.sourceState() instanceof SourceState.Present present
                && sighting.sourceStampNow().equals(Optional.of(present.stamp()));
    }

    private static byte @Nullable [] read(FileContents.Opening opening) {
        if (!(opening instanceof FileContents.Opening.Open open)) {
            return null;
        }
        try (FileContents contents = open.contents()) {
            if (contents.size() > MAX_FILE) {
                return null;
            }
            byte[] bytes = new byte[(int) contents.size()];
            return contents.readFully(0, bytes, bytes.length) ? bytes : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}

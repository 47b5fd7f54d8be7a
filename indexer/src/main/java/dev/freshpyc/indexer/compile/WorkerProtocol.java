package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.BodyTooLarge;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
import dev.freshpyc.indexer.compile.CompileOutcome.SyntaxFault;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the two kinds of lines that a worker prints; {@code package-info} describes them. */
final class WorkerProtocol {

    private WorkerProtocol() {}

    /** A worker broke the protocol. */
    static final class ViolationException extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        ViolationException(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** The magic number in a worker's first line. */
    static Magic hello(ByteBuffer line) throws ViolationException {
        List<byte[]> magic = ReplyFields.of(line).bytes("magic");
        if (magic.isEmpty() || magic.getFirst().length != Magic.LENGTH) {
            throw ReplyFields.noReply();
        }
        ByteBuffer bytes = ByteBuffer.wrap(magic.getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        return new Magic(bytes.getInt());
    }

    /** The reply to the request with that id. */
    static CompileOutcome reply(int id, EncodedRequest request, ByteBuffer line) throws ViolationException {
        ReplyFields fields = ReplyFields.of(line);
        if (fields.number("id").orElse(id + 1) != id) {
            throw new ViolationException("the interpreter replied to another request");
        }
        Optional<String> syntax = fields.text("syntax");
        if (syntax.isPresent()) {
            return new SyntaxFault(fields.number("line"), syntax.get());
        }
        Optional<String> refused = fields.text("refused");
        if (refused.isPresent()) {
            return new Refused(refused.get(), fields.text("message").orElse(""));
        }
        if (fields.number("large").isPresent()) {
            return new BodyTooLarge(request.limits().reply());
        }
        return new Compiled(bodies(fields.bytes("bodies"), request.levels()));
    }

    private static Map<OptimizationLevel, byte[]> bodies(List<byte[]> list, List<OptimizationLevel> levels)
            throws ViolationException {
        if (list.size() != levels.size() || list.stream().anyMatch(body -> body.length == 0)) {
            throw ReplyFields.noReply();
        }
        Map<OptimizationLevel, byte[]> bodies = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            bodies.put(levels.get(i), list.get(i));
        }
        return bodies;
    }
}

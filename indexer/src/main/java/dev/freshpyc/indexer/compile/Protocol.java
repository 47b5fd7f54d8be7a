package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
import dev.freshpyc.indexer.compile.CompileOutcome.SyntaxFault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines that workers answer with, which {@code package-info} describes. */
final class Protocol {

    private Protocol() {}

    static Magic hello(ByteBuffer line) throws GarbledException {
        List<byte[]> magic = ReplyFields.of(line).bytes("magic");
        if (magic.isEmpty() || magic.getFirst().length != Magic.LENGTH) {
            throw ReplyFields.noReply();
        }
        ByteBuffer bytes = ByteBuffer.wrap(magic.getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        return new Magic(bytes.getInt());
    }

    static CompileOutcome reply(int id, Question question, ByteBuffer line) throws GarbledException {
        ReplyFields fields = ReplyFields.of(line);
        if (fields.number("id").orElse(id + 1) != id) {
            throw new GarbledException("it answered another request");
        }
        Optional<String> syntax = fields.text("syntax");
        if (syntax.isPresent()) {
            return new SyntaxFault(fields.number("line"), syntax.get());
        }
        Optional<String> refused = fields.text("refused");
        if (refused.isPresent()) {
            return new Refused(refused.get(), fields.text("message").orElse(""));
        }
        return new Compiled(bodies(fields.bytes("bodies"), question.levels()));
    }

    private static Map<OptimizationLevel, byte[]> bodies(List<byte[]> list, List<OptimizationLevel> levels)
            throws GarbledException {
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

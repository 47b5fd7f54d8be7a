package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.Refused;
import dev.freshpyc.indexer.compile.CompileOutcome.SyntaxFault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The lines of the protocol, which {@code package-info} describes. */
final class Protocol {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int ROOM_FOR_NAMES = 1024;

    private Protocol() {}

    static ByteArrayOutputStream request(int id, CompileRequest request, List<OptimizationLevel> levels) {
        int base64 = Math.ceilDiv(request.source().length, 3) * 4;
        ByteArrayOutputStream line = new ByteArrayOutputStream(base64 + ROOM_FOR_NAMES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeNumberProperty("id", id);
            json.writeBinaryProperty("name", request.name().toBytes());
            json.writeBinaryProperty("source", request.source());
            json.writeArrayPropertyStart("levels");
            levels.forEach(level -> json.writeNumber(CompileRequest.number(level)));
            json.writeEndArray();
            json.writeEndObject();
        }
        line.write('\n');
        return line;
    }

    static Magic hello(ByteBuffer line) throws GarbledException {
        List<byte[]> magic = ReplyFields.of(line).bytes("magic");
        if (magic.isEmpty() || magic.getFirst().length != Magic.LENGTH) {
            throw ReplyFields.noReply();
        }
        ByteBuffer bytes = ByteBuffer.wrap(magic.getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        return new Magic(bytes.getInt());
    }

    static CompileOutcome reply(int id, ByteBuffer line, List<OptimizationLevel> levels) throws GarbledException {
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
        return new Compiled(bodies(fields.bytes("bodies"), levels));
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

package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A request as a JSON line without its id. The line is encoded before a worker is free; the id is added when the line is sent,
 * since each worker counts its own requests.
 */
final class EncodedRequest {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int ROOM_FOR_NAMES = 1024;

    /** A JSON object without the property {@code id}. */
    private final byte[] line;

    private final List<OptimizationLevel> levels;

    private final CompileLimits limits;

    private EncodedRequest(byte[] line, List<OptimizationLevel> levels, CompileLimits limits) {
        this.line = line;
        this.levels = levels;
        this.limits = limits;
    }

    static EncodedRequest of(CompileRequest request, List<OptimizationLevel> levels, CompileLimits limits) {
        int base64 = Math.ceilDiv(request.source().length, 3) * 4;
        ByteArrayOutputStream line = new ByteArrayOutputStream(base64 + ROOM_FOR_NAMES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeBinaryProperty("name", request.name().toBytes());
            json.writeBinaryProperty("source", request.source());
            json.writeArrayPropertyStart("levels");
            levels.forEach(level -> json.writeNumber(CompileRequest.number(level)));
            json.writeEndArray();
            json.writeNumberProperty("limit", limits.reply());
            json.writeEndObject();
        }
        line.write('\n');
        return new EncodedRequest(line.toByteArray(), levels, limits);
    }

    /** The levels whose bodies the reply must hold, in that order. */
    List<OptimizationLevel> levels() {
        return levels;
    }

    /** The limits of the compilation. */
    CompileLimits limits() {
        return limits;
    }

    /** Writes the line with an id, which the reply must repeat. */
    void send(int id, OutputStream worker) throws IOException {
        worker.write(("{\"id\":" + id + ",").getBytes(StandardCharsets.US_ASCII));
        worker.write(line, 1, line.length - 1); // without its brace
    }
}

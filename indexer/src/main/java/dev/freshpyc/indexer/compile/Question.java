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
 * A request as a line for any worker: written while all of them are busy with others, and numbered when one is sent it, since
 * each counts its own.
 */
final class Question {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int ROOM_FOR_NAMES = 1024;

    /** An object without the number. */
    private final byte[] line;

    private final List<OptimizationLevel> levels;

    private Question(byte[] line, List<OptimizationLevel> levels) {
        this.line = line;
        this.levels = levels;
    }

    static Question of(CompileRequest request, List<OptimizationLevel> levels) {
        int base64 = Math.ceilDiv(request.source().length, 3) * 4;
        ByteArrayOutputStream line = new ByteArrayOutputStream(base64 + ROOM_FOR_NAMES);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeBinaryProperty("name", request.name().toBytes());
            json.writeBinaryProperty("source", request.source());
            json.writeArrayPropertyStart("levels");
            levels.forEach(level -> json.writeNumber(CompileRequest.number(level)));
            json.writeEndArray();
            json.writeEndObject();
        }
        line.write('\n');
        return new Question(line.toByteArray(), levels);
    }

    /** For which levels there are to be bodies in the answer, in that order. */
    List<OptimizationLevel> levels() {
        return levels;
    }

    /** @param id that the answer must bear */
    void send(int id, OutputStream worker) throws IOException {
        worker.write(("{\"id\":" + id + ",").getBytes(StandardCharsets.US_ASCII));
        worker.write(line, 1, line.length - 1); // behind its brace
    }
}

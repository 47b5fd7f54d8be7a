package dev.freshpyc.cli.serve;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The lines of a body while it arrives, within limits. Blank lines are left out. */
final class BodyLines {

    private static final int PART = 64 * 1024;

    private final BodyStream in;
    private final int maxLine;
    private final long maxBytes;
    private final byte[] part = new byte[PART];
    private int at;
    private int end;
    private long total;

    /** Lines of a stream that is not closed here. */
    BodyLines(BodyStream in, int maxLine, long maxBytes) {
        this.in = in;
        this.maxLine = maxLine;
        this.maxBytes = maxBytes;
    }

    /** The next line that is not blank, without its end; empty at the end of the body. */
    Optional<byte[]> next() throws BadRequestException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isBlank = true;
        while (at < end || fill()) {
            int from = at;
            while (at < end && part[at] != '\n') {
                isBlank &= part[at] == ' ' || part[at] == '\t' || part[at] == '\r';
                at++;
            }
            line.write(part, from, at - from);
            if (line.size() > maxLine) {
                throw tooLarge("A line is longer than " + maxLine + " bytes.");
            }
            if (at < end) {
                at++; // the end of the line
                if (!isBlank) {
                    return Optional.of(line.toByteArray());
                }
                line.reset();
            }
        }
        return isBlank ? Optional.empty() : Optional.of(line.toByteArray());
    }

    private boolean fill() throws BadRequestException {
        at = 0;
        end = Math.max(in.read(part), 0);
        total += end;
        if (total > maxBytes) {
            throw tooLarge("The body is larger than " + maxBytes + " bytes.");
        }
        return end > 0;
    }

    private static BadRequestException tooLarge(String sentence) {
        return new BadRequestException(HttpStatus.PAYLOAD_TOO_LARGE_413, sentence);
    }
}

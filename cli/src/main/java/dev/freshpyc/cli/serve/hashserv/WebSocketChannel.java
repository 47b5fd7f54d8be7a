package dev.freshpyc.cli.serve.hashserv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Carries each text or message as one message of a websocket (RFC 6455, section 5). */
final class WebSocketChannel implements MessageChannel {

    private static final byte[] NORMAL = {0x03, (byte) 0xe8}; // status 1000

    private final Wire wire;
    private boolean isEnded;

    WebSocketChannel(Wire wire) {
        this.wire = wire;
    }

    @Override
    public Optional<String> receive() throws IOException, RefusedException {
        return receiveMessage().map(String::stripTrailing);
    }

    @Override
    public Optional<String> receiveMessage() throws IOException, RefusedException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int expected = FrameHead.TEXT;
        while (awaitFrame()) {
            FrameHead head = FrameHead.of(wire).orElseThrow();
            byte[] payload = head.take(wire);
            if (head.isControl() && !answer(head.opcode(), payload)) {
                return Optional.empty();
            }
            if (!head.isControl()) {
                requireOrder(head.opcode() == expected);
                add(message, payload);
                if (head.isLast()) {
                    wire.settle();
                    return Optional.of(TextBytes.text(message.toByteArray()));
                }
                expected = FrameHead.CONTINUED;
                wire.expectRest();
            }
        }
        return Optional.empty();
    }

    private static void requireOrder(boolean isRight) throws RefusedException {
        if (!isRight) {
            throw new RefusedException("The websocket has frames in a wrong order.");
        }
    }

    private void add(ByteArrayOutputStream message, byte[] payload) throws RefusedException {
        int size = message.size() + payload.length;
        if (size > MAX_MESSAGE) {
            throw new RefusedException("The message is longer than " + MAX_MESSAGE + " bytes.");
        }
        if (size > Wire.LARGE) {
            wire.expectMuch();
        }
        message.writeBytes(payload);
    }

    /** Answers a control frame; false when the frame ends the websocket. */
    private boolean answer(int opcode, byte[] payload) throws IOException {
        if (opcode == FrameHead.PING) {
            write(FrameHead.PONG, payload);
            wire.flush();
        } else if (opcode == FrameHead.CLOSE) {
            end();
            return false;
        }
        return true;
    }

    /** Waits for a whole frame; false when the client has ended the connection. */
    private boolean awaitFrame() throws IOException, RefusedException {
        Optional<FrameHead> head = FrameHead.of(wire);
        while (head.isEmpty() || !head.get().hasArrived(wire)) {
            if (head.isPresent() && head.get().total() > Wire.LARGE) {
                wire.expectMuch();
            }
            if (!wire.fill()) {
                return false;
            }
            head = FrameHead.of(wire);
        }
        return true;
    }

    /** Whether a message in one frame has arrived. A message in several frames counts as not arrived, even where it has. */
    @Override
    public boolean hasArrived() throws RefusedException {
        Optional<FrameHead> head = FrameHead.of(wire);
        return head.isPresent() && head.get().isLast() && head.get().hasArrived(wire);
    }

    @Override
    public void send(String text) throws IOException {
        write(FrameHead.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sendMessage(String json) throws IOException {
        send(json);
    }

    private void write(int opcode, byte[] payload) throws IOException {
        wire.write(FrameHead.bytes(opcode, payload.length));
        wire.write(payload);
    }

    @Override
    public void flush() throws IOException {
        wire.flush();
    }

    @Override
    public void endGreeting() {
        wire.endGreeting();
    }

    @Override
    public void end() throws IOException {
        if (!isEnded) {
            isEnded = true;
            write(FrameHead.CLOSE, NORMAL);
        }
        wire.flush();
    }
}

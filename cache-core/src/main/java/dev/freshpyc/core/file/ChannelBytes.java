package dev.freshpyc.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A stream of a file's bytes from a position on. Leaves the channel's own position alone, so many streams may read one channel. */
public final class ChannelBytes extends InputStream {

    private final FileChannel channel;
    private long at;

    /** @param channel stays open when the stream is closed */
    public ChannelBytes(FileChannel channel, long from) {
        this.channel = channel;
        this.at = from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = channel.read(ByteBuffer.wrap(into, offset, length), at);
        at += Math.max(read, 0);
        return read;
    }
}

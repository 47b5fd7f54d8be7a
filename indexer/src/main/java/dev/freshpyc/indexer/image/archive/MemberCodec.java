package dev.freshpyc.indexer.image.archive;

import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.Attribute;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes members to the store of names and reads them again. */
final class MemberCodec {

    private static final List<MemberType> TYPES = List.of(MemberType.values());

    private MemberCodec() {}

    /**
     * A member as it was read.
     *
     * @param content where the kept content is
     * @param kept whether the file belongs into the tree
     */
    record StoredMember(TarMember member, long content, boolean kept) {}

    static void write(DataOutputStream out, StoredMember stored) throws IOException {
        TarMember member = stored.member();
        out.writeByte(TYPES.indexOf(member.type()));
        write(out, member.name());
        out.writeBoolean(stored.kept());
        if (!stored.kept()) {
            return;
        }
        write(out, member.link());
        out.writeInt(member.mode());
        out.writeLong(member.user());
        out.writeLong(member.group());
        out.writeLong(member.mtimeSeconds());
        out.writeInt(member.mtimeNanos());
        out.writeLong(member.size());
        out.writeLong(stored.content());
        out.writeInt(member.attributes().size());
        for (Attribute attribute : member.attributes()) {
            write(out, RawPath.of(attribute.key()));
            write(out, attribute.value());
        }
    }

    static StoredMember read(DataInputStream in) throws IOException {
        MemberType type = TYPES.get(in.readByte());
        RawPath name = readPath(in);
        if (!in.readBoolean()) {
            TarMember bare = new TarMember(name, type, 0, 0, 0, 0, 0, 0, RawPath.EMPTY, List.of());
            return new StoredMember(bare, -1, false);
        }
        RawPath link = readPath(in);
        int mode = in.readInt();
        long user = in.readLong();
        long group = in.readLong();
        long seconds = in.readLong();
        int nanos = in.readInt();
        long size = in.readLong();
        long content = in.readLong();
        int count = in.readInt();
        List<Attribute> attributes = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            attributes.add(new Attribute(readPath(in).toPython(), readPath(in)));
        }
        TarMember member = new TarMember(name, type, mode, user, group, seconds, nanos, size, link, attributes);
        return new StoredMember(member, content, true);
    }

    private static void write(DataOutputStream out, RawPath path) throws IOException {
        byte[] bytes = path.toBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static RawPath readPath(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        return RawPath.of(bytes, 0, bytes.length);
    }
}

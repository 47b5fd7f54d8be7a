package dev.freshpyc.indexer.image;

import dev.freshpyc.core.image.TarMember;
import dev.freshpyc.core.image.TarMember.Attribute;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.util.List;

/** A file of a merged image, which may have several names: the counterpart of an inode. */
public sealed class ImageFile permits ImageDirectory {

    /** In place of a position: the content was not kept. */
    public static final long NO_CONTENT = -1;

    private final long number;
    private final MemberType type;
    private final RawPath link;
    private final long content;
    private final boolean replacement;
    private int layer;
    private int mode;
    private long user;
    private long group;
    private long mtimeSeconds;
    private int mtimeNanos;
    private long size;
    private List<Attribute> attributes;
    private int links = 1;

    /**
     * A file.
     *
     * @param number tells files apart, as an inode number does
     * @param layer the number of the layer that the file is from, from 1
     * @param content where the content is in the store, or {@link #NO_CONTENT}
     * @param replacement whether a lower layer had another file of that name
     */
    ImageFile(long number, int layer, TarMember member, long content, boolean replacement) {
        this.number = number;
        this.type = member.type();
        this.link = member.link();
        this.content = content;
        this.replacement = replacement;
        this.layer = layer;
        this.mode = member.mode();
        this.user = member.user();
        this.group = member.group();
        this.mtimeSeconds = member.mtimeSeconds();
        this.mtimeNanos = member.mtimeNanos();
        this.size = member.size();
        this.attributes = member.attributes();
    }

    /** Takes over what a member of a higher layer says of this directory. */
    void describe(int newLayer, TarMember member) {
        layer = newLayer;
        mode = member.mode();
        user = member.user();
        group = member.group();
        mtimeSeconds = member.mtimeSeconds();
        mtimeNanos = member.mtimeNanos();
        attributes = member.attributes();
    }

    long number() {
        return number;
    }

    /** The number of the layer that the file is from, from 1; 0 for a directory that no layer describes. */
    public int layer() {
        return layer;
    }

    /** Whether a lower layer had another file of that name. */
    public boolean isReplacement() {
        return replacement;
    }

    public MemberType type() {
        return type;
    }

    boolean isDirectory() {
        return type == MemberType.DIRECTORY;
    }

    boolean isRegular() {
        return type == MemberType.REGULAR || type == MemberType.HARD_LINK;
    }

    boolean isLink() {
        return type == MemberType.SYMBOLIC_LINK;
    }

    public int mode() {
        return mode;
    }

    public long user() {
        return user;
    }

    public long group() {
        return group;
    }

    public long mtimeSeconds() {
        return mtimeSeconds;
    }

    int mtimeNanos() {
        return mtimeNanos;
    }

    public long size() {
        return size;
    }

    /** What a symbolic link leads to. */
    RawPath link() {
        return link;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    /** Where the content is in the store of the image, or {@link #NO_CONTENT}. */
    public long content() {
        return content;
    }

    /** The number of names that the file has. */
    public int links() {
        return links;
    }

    void addLink() {
        links++;
    }

    void removeLink() {
        links--;
    }
}

package dev.freshpyc.core.marshal;

/** The hash that the digests of objects are made with. */
enum ObjectHash {
    /** Fast, and valid inside this process only. */
    KEYED(KeyedDigest.LENGTH) {
        @Override
        PartDigest begin() {
            return new KeyedDigest();
        }
    },
    /** The same on every machine. */
    SHA256(PlainDigest.LENGTH) {
        @Override
        PartDigest begin() {
            return new PlainDigest();
        }
    };

    private final int length;

    ObjectHash(int length) {
        this.length = length;
    }

    /** How many bytes a digest has. */
    int length() {
        return length;
    }

    /** A digest without input. */
    abstract PartDigest begin();
}

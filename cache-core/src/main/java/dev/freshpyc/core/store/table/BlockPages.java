package dev.freshpyc.core.store.table;

import java.io.IOException;

/** Where the blocks of a table are: the blocks are in pages, each of which is read when it is asked for. */
interface BlockPages {

    int pages();

    /** The only page whose blocks can have a key; -1 if the key comes before all keys of the table. */
    int pageOf(byte[] key);

    BlockPage page(int number) throws IOException;

    /** The blocks of a short table, in one page. */
    static BlockPages of(BlockIndex blocks) {
        BlockPage only = new BlockPage(0, blocks);
        return new BlockPages() {
            @Override
            public int pages() {
                return 1;
            }

            @Override
            public int pageOf(byte[] key) {
                return 0;
            }

            @Override
            public BlockPage page(int number) {
                return only;
            }
        };
    }
}

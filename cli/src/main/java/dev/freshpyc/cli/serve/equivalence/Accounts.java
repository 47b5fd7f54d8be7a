package dev.freshpyc.cli.serve.equivalence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The users that a store knows, the same for all services that use it. Each change is on disk when its method returns. */
public final class Accounts {

    private final EquivalenceStore store;

    Accounts(EquivalenceStore store) {
        this.store = store;
    }

    /** The account of a name. */
    public Optional<Account> find(String username) throws IOException, InterruptedException {
        return store.read(lookups -> lookups.accounts().find(username));
    }

    /** All accounts by their names. */
    public List<Account> all() throws IOException, InterruptedException {
        return store.read(lookups -> lookups.accounts().all());
    }

    /** Makes an account; false when its name is taken. */
    public boolean insert(Account account) throws IOException, InterruptedException {
        return store.commit(changes -> changes.accounts().insert(account));
    }

    /** Changes the hash of a secret; false when there is no such account. */
    public boolean setToken(String username, String token) throws IOException, InterruptedException {
        return store.commit(changes -> changes.accounts().setToken(username, token));
    }

    /** Changes permissions; false when there is no such account. */
    public boolean setPermissions(String username, String permissions) throws IOException, InterruptedException {
        return store.commit(changes -> changes.accounts().setPermissions(username, permissions));
    }

    /** Removes an account; false when there is none. */
    public boolean delete(String username) throws IOException, InterruptedException {
        return store.commit(changes -> changes.accounts().delete(username));
    }
}

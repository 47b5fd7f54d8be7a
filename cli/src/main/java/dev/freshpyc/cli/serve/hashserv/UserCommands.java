package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.Tokens;
import dev.freshpyc.cli.serve.equivalence.Account;
import dev.freshpyc.cli.serve.equivalence.Accounts;
import dev.freshpyc.cli.serve.equivalence.Equivalences;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * The commands about users. A client with a token of the service is the user {@value #ADMINISTRATOR}; other users are accounts of the
 * database. Guessing is slow: a wrong token takes a second, and the service makes at most ten tokens a second.
 */
final class UserCommands {

    /** The user who has all permissions and no account. */
    static final String ADMINISTRATOR = "admin";

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PER_TOKEN = Duration.ofMillis(100);
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.@+-]{1,128}");

    private final Accounts accounts;
    private final Equivalences equivalences;
    private final Tokens tokens;
    private final ReentrantLock making = new ReentrantLock();

    UserCommands(Equivalences equivalences, Tokens tokens) {
        this.equivalences = equivalences;
        this.tokens = tokens;
        accounts = equivalences.store().accounts();
    }

    Map<String, HashservCommand> all() {
        return Map.of(
                "auth", this::authenticate,
                "become-user", this::become,
                "new-user", this::create,
                "get-user", this::get,
                "get-all-users", this::getAll,
                "refresh-token", this::refresh,
                "set-user-perms", this::setPermissions,
                "delete-user", this::delete);
    }

    private String authenticate(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        String name = arguments.required(Arguments.USERNAME);
        Optional<User> user = known(name, arguments.required(Arguments.TOKEN));
        if (user.isEmpty()) {
            Thread.sleep(AFTER_FAILURE);
            throw new RefusedException("Unable to authenticate as " + name);
        }
        caller.become(user.get());
        return Reply.object(json -> {
            json.writeBooleanProperty("result", true);
            json.writeStringProperty(Arguments.USERNAME, name);
            Reply.write(json, "permissions", Permission.labels(user.get().permissions()));
        });
    }

    private Optional<User> known(String name, String token) throws RefusedException, IOException, InterruptedException {
        if (name.equals(ADMINISTRATOR)) {
            return tokens.areNeeded() && tokens.has(token) ? Optional.of(administrator()) : Optional.empty();
        }
        Optional<Account> account = accounts.find(name);
        return account.isPresent() && Secret.isOf(token, account.get().token())
                ? Optional.of(User.of(account.get()))
                : Optional.empty();
    }

    private static User administrator() {
        return new User(ADMINISTRATOR, Set.of(Permission.ALL));
    }

    private String become(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.requireUserAdmin();
        String name = arguments.required(Arguments.USERNAME);
        if (!caller.user().map(User::name).filter(name::equals).isPresent()) {
            caller.become(find(name).orElseThrow(() -> new RefusedException("User " + name + " doesn't exist")));
        }
        return user(caller.user().orElseThrow());
    }

    private Optional<User> find(String name) throws RefusedException, IOException, InterruptedException {
        Optional<Account> account = accounts.find(name);
        return account.isEmpty() ? Optional.empty() : Optional.of(User.of(account.get()));
    }

    private String create(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.requireUserAdmin();
        EquivalenceCommands.requireWritable(equivalences);
        String name = arguments.required(Arguments.USERNAME);
        Set<Permission> permissions = Permission.of(arguments.permissions());
        String token = newToken();
        Account account = new Account(name, Secret.kept(token), User.stored(permissions));
        if (!NAME.matcher(name).matches() || name.equals(ADMINISTRATOR) || !accounts.insert(account)) {
            throw new RefusedException("Cannot create new user '" + name + "'");
        }
        return Reply.object(json -> {
            write(json, new User(name, permissions));
            json.writeStringProperty(Arguments.TOKEN, token);
        });
    }

    private String newToken() throws InterruptedException {
        making.lock();
        try {
            Thread.sleep(PER_TOKEN);
            return Secret.token();
        } finally {
            making.unlock();
        }
    }

    private String get(Arguments arguments, Caller caller) throws RefusedException, IOException, InterruptedException {
        String name = ownOrAdministrated(arguments, caller);
        return name.equals(ADMINISTRATOR) && tokens.areNeeded()
                ? user(administrator())
                : find(name).map(UserCommands::user).orElse(Reply.NOTHING);
    }

    /** The name in a command that every user may give about itself. */
    private static String ownOrAdministrated(Arguments arguments, Caller caller) throws RefusedException {
        Optional<String> own = caller.user().map(User::name);
        Optional<String> named = arguments.text(Arguments.USERNAME).or(() -> own);
        if (named.isEmpty() || !named.equals(own)) {
            caller.requireUserAdmin();
        }
        return named.orElseThrow();
    }

    private String getAll(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.requireUserAdmin();
        List<User> users = new ArrayList<>();
        if (tokens.areNeeded()) {
            users.add(administrator());
        }
        for (Account account : accounts.all()) {
            users.add(User.of(account));
        }
        return Reply.object(json -> {
            json.writeArrayPropertyStart("users");
            for (User user : users) {
                json.writeStartObject();
                write(json, user);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private String refresh(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        String name = ownOrAdministrated(arguments, caller);
        EquivalenceCommands.requireWritable(equivalences);
        String token = newToken();
        requireFound(accounts.setToken(name, Secret.kept(token)), name);
        return Reply.object(json -> {
            json.writeStringProperty(Arguments.USERNAME, name);
            json.writeStringProperty(Arguments.TOKEN, token);
        });
    }

    private String setPermissions(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        caller.requireUserAdmin();
        EquivalenceCommands.requireWritable(equivalences);
        String name = arguments.required(Arguments.USERNAME);
        Set<Permission> permissions = Permission.of(arguments.permissions());
        requireFound(accounts.setPermissions(name, User.stored(permissions)), name);
        return user(new User(name, permissions));
    }

    private String delete(Arguments arguments, Caller caller)
            throws RefusedException, IOException, InterruptedException {
        String name = ownOrAdministrated(arguments, caller);
        EquivalenceCommands.requireWritable(equivalences);
        requireFound(accounts.delete(name), name);
        return Reply.object(json -> json.writeStringProperty(Arguments.USERNAME, name));
    }

    private static void requireFound(boolean found, String name) throws RefusedException {
        if (!found) {
            throw new RefusedException("No user named '" + name + "' exists");
        }
    }

    private static String user(User user) {
        return Reply.object(json -> write(json, user));
    }

    private static void write(JsonGenerator json, User user) {
        json.writeStringProperty(Arguments.USERNAME, user.name());
        Reply.write(json, "permissions", Permission.allowed(user.permissions()));
    }
}

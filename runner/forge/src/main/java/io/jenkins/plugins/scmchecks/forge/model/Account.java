package io.jenkins.plugins.scmchecks.forge.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A person, an organization or an app's bot. */
public final class Account {

    /** What an account is. */
    public enum Kind { USER, ORGANIZATION, BOT }

    /** What an account may do with a repository or an organization; each includes the ones before it. */
    public enum Role {
        NONE,
        READ,
        WRITE,
        ADMIN;

        public boolean includes(Role other) {
            return compareTo(other) >= 0;
        }
    }

    private final long id;
    private final String login;
    private final Kind kind;
    private final Map<Account, Role> members = new ConcurrentHashMap<>();

    Account(long id, String login, Kind kind) {
        this.id = id;
        this.login = login;
        this.kind = kind;
    }

    public long id() {
        return id;
    }

    public String login() {
        return login;
    }

    public Kind kind() {
        return kind;
    }

    /** Makes {@code user} a member of this organization: ADMIN owns it, WRITE may push to every repository. */
    public Account member(Account user, Role role) {
        members.put(user, role);
        return this;
    }

    /** {@return what {@code user} is in this organization; an account is the admin of itself} */
    public Role roleOf(Account user) {
        return user == this ? Role.ADMIN : members.getOrDefault(user, Role.NONE);
    }

    @Override
    public String toString() {
        return login;
    }
}

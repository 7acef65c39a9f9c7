package io.syncline.loader.target;

import io.syncline.common.model.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says in the target server's words what the source server's catalogue printed. Between servers of one kind nothing
 * changes; between MySQL and MariaDB what the other lacks becomes its nearest equal, which {@code differences} takes in,
 * or is refused. Stateless.
 */
interface Dialect {

    Dialect SAME = new SameDialect();

    static Dialect between(String sourceServer, String targetServer) {
        boolean fromMariaDb = isMariaDb(sourceServer);
        boolean toMariaDb = isMariaDb(targetServer);
        if (fromMariaDb == toMariaDb) {
            return SAME;
        }
        return toMariaDb ? new MariaDbDialect() : new MySqlDialect();
    }

    static boolean isMariaDb(String version) {
        return version.toLowerCase(Locale.ROOT).contains("mariadb");
    }

    /** @throws UnfitTargetException for a type that has no equal */
    ColumnDefinition column(Column column, ColumnDefinition definition, List<String> differences);

    /** An index or a check; empty where the target can have none like it. */
    Optional<String> index(String index, List<String> differences);

    /** What follows the closing parenthesis. */
    Tokens options(Tokens options, List<String> differences);

    /** Whether the target knows all functions of an expression. */
    boolean knows(String expression);

    /** The target's name for a collation of the source's. */
    String collation(String name);
}
